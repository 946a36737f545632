// Registers of floats for the loops of one instruction set; for loops_*.cpp alone.
#pragma once

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "intrinsics.h"

namespace kernels {
namespace {

// N floats without intrinsics.
template <int N>
struct Plain {
  struct Floats {
    float of[N];
  };
  static constexpr int kCount = N;
  template <typename F>
  static Floats each(F value) {
    Floats floats;
    for (int i = 0; i < N; ++i) floats.of[i] = value(i);
    return floats;
  }
  static Floats load(const float* from) {
    return each([=](int i) { return from[i]; });
  }
  // Finite float16: exponent and fraction, shifted to where a float has them, are off by a power
  // of two. Their denormals become 0 in a thread in which denormals do.
  static Floats load_half(const uint16_t* from) {
    return each([=](int i) {
      const uint32_t shifted = (from[i] & 0x7fffu) << 13, sign = (from[i] & 0x8000u) << 16;
      float value;
      memcpy(&value, &shifted, sizeof value);
      value *= 0x1p112f;
      uint32_t bits;
      memcpy(&bits, &value, sizeof bits);
      bits |= sign;
      memcpy(&value, &bits, sizeof value);
      return value;
    });
  }
  static void store(float* to, Floats a) {
    for (int i = 0; i < N; ++i) to[i] = a.of[i];
  }
  static Floats all(float a) {
    return each([=](int) { return a; });
  }
  static Floats add(Floats a, Floats b) {
    return each([=](int i) { return a.of[i] + b.of[i]; });
  }
  static Floats subtract(Floats a, Floats b) {
    return each([=](int i) { return a.of[i] - b.of[i]; });
  }
  static Floats multiply(Floats a, Floats b) {
    return each([=](int i) { return a.of[i] * b.of[i]; });
  }
  static Floats floor(Floats a) {
    return each([=](int i) { return floorf(a.of[i]); });
  }
  static Floats multiply_add(Floats a, Floats b, Floats c) {
    return each([=](int i) { return a.of[i] * b.of[i] + c.of[i]; });
  }
  static Floats greater(Floats a, Floats b) {
    return each([=](int i) { return a.of[i] > b.of[i] ? a.of[i] : b.of[i]; });
  }
  static Floats lesser(Floats a, Floats b) {
    return each([=](int i) { return a.of[i] < b.of[i] ? a.of[i] : b.of[i]; });
  }
  static Floats absolute(Floats a) {
    return each([=](int i) { return fabsf(a.of[i]); });
  }
  // Bit i: a is at least b in lane i.
  static unsigned at_least(Floats a, Floats b) {
    unsigned bits = 0;
    for (int i = 0; i < N; ++i) bits |= unsigned(a.of[i] >= b.of[i]) << i;
    return bits;
  }
};

#if defined(__AVX2__)
struct Eight {
  using Floats = __m256;
  static constexpr int kCount = 8;
  static Floats load(const float* from) { return _mm256_loadu_ps(from); }
  static Floats load_half(const uint16_t* from) {
    return _mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i*>(from)));
  }
  static void store(float* to, Floats a) { _mm256_storeu_ps(to, a); }
  static Floats all(float a) { return _mm256_set1_ps(a); }
  static Floats add(Floats a, Floats b) { return _mm256_add_ps(a, b); }
  static Floats subtract(Floats a, Floats b) { return _mm256_sub_ps(a, b); }
  static Floats multiply(Floats a, Floats b) { return _mm256_mul_ps(a, b); }
  static Floats floor(Floats a) { return _mm256_floor_ps(a); }
  static Floats multiply_add(Floats a, Floats b, Floats c) { return _mm256_fmadd_ps(a, b, c); }
  static Floats greater(Floats a, Floats b) { return _mm256_max_ps(a, b); }
  static Floats lesser(Floats a, Floats b) { return _mm256_min_ps(a, b); }
  static Floats absolute(Floats a) { return _mm256_andnot_ps(_mm256_set1_ps(-0.0f), a); }
  static unsigned at_least(Floats a, Floats b) {
    return static_cast<unsigned>(_mm256_movemask_ps(_mm256_cmp_ps(a, b, _CMP_GE_OQ)));
  }
};
#elif defined(__aarch64__)
struct Four {
  using Floats = float32x4_t;
  static constexpr int kCount = 4;
  static Floats load(const float* from) { return vld1q_f32(from); }
  static Floats load_half(const uint16_t* from) {
    return vcvt_f32_f16(vreinterpret_f16_u16(vld1_u16(from)));
  }
  static void store(float* to, Floats a) { vst1q_f32(to, a); }
  static Floats all(float a) { return vdupq_n_f32(a); }
  static Floats add(Floats a, Floats b) { return vaddq_f32(a, b); }
  static Floats subtract(Floats a, Floats b) { return vsubq_f32(a, b); }
  static Floats multiply(Floats a, Floats b) { return vmulq_f32(a, b); }
  static Floats floor(Floats a) { return vrndmq_f32(a); }
  static Floats multiply_add(Floats a, Floats b, Floats c) { return vfmaq_f32(c, a, b); }
  static Floats greater(Floats a, Floats b) { return vmaxq_f32(a, b); }
  static Floats lesser(Floats a, Floats b) { return vminq_f32(a, b); }
  static Floats absolute(Floats a) { return vabsq_f32(a); }
  static unsigned at_least(Floats a, Floats b) {
    const uint32x4_t bits = {1, 2, 4, 8};
    return vaddvq_u32(vandq_u32(vcgeq_f32(a, b), bits));
  }
};
// As far as descriptors of eight directions need it.
struct Eight {
  using Floats = float32x4x2_t;
  static constexpr int kCount = 8;
  static Floats load(const float* from) { return {{vld1q_f32(from), vld1q_f32(from + 4)}}; }
  static void store(float* to, Floats a) {
    vst1q_f32(to, a.val[0]);
    vst1q_f32(to + 4, a.val[1]);
  }
  static Floats all(float a) { return {{vdupq_n_f32(a), vdupq_n_f32(a)}}; }
  static Floats subtract(Floats a, Floats b) {
    return {{vsubq_f32(a.val[0], b.val[0]), vsubq_f32(a.val[1], b.val[1])}};
  }
  static Floats multiply_add(Floats a, Floats b, Floats c) {
    return {{vfmaq_f32(c.val[0], a.val[0], b.val[0]), vfmaq_f32(c.val[1], a.val[1], b.val[1])}};
  }
  static Floats greater(Floats a, Floats b) {
    return {{vmaxq_f32(a.val[0], b.val[0]), vmaxq_f32(a.val[1], b.val[1])}};
  }
  static Floats lesser(Floats a, Floats b) {
    return {{vminq_f32(a.val[0], b.val[0]), vminq_f32(a.val[1], b.val[1])}};
  }
  static Floats absolute(Floats a) { return {{vabsq_f32(a.val[0]), vabsq_f32(a.val[1])}}; }
};
#else
using Eight = Plain<8>;
#endif

#if defined(__AVX512F__)
struct Wide {
  using Floats = __m512;
  static constexpr int kCount = 16;
  static Floats load(const float* from) { return _mm512_loadu_ps(from); }
  static Floats load_half(const uint16_t* from) {
    return _mm512_cvtph_ps(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(from)));
  }
  static void store(float* to, Floats a) { _mm512_storeu_ps(to, a); }
  static Floats all(float a) { return _mm512_set1_ps(a); }
  static Floats add(Floats a, Floats b) { return _mm512_add_ps(a, b); }
  static Floats subtract(Floats a, Floats b) { return _mm512_sub_ps(a, b); }
  static Floats multiply(Floats a, Floats b) { return _mm512_mul_ps(a, b); }
  static Floats floor(Floats a) {
    return _mm512_roundscale_ps(a, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC);
  }
  static Floats multiply_add(Floats a, Floats b, Floats c) { return _mm512_fmadd_ps(a, b, c); }
  static Floats greater(Floats a, Floats b) { return _mm512_max_ps(a, b); }
  static Floats lesser(Floats a, Floats b) { return _mm512_min_ps(a, b); }
  static Floats absolute(Floats a) { return _mm512_abs_ps(a); }
  static unsigned at_least(Floats a, Floats b) {
    return _mm512_cmp_ps_mask(a, b, _CMP_GE_OQ);
  }
};
using Middle = Eight;
#elif defined(__AVX2__)
using Wide = Eight;
using Middle = Eight;
#elif defined(__aarch64__)
using Wide = Four;
using Middle = Four;
#else
using Wide = Plain<4>;
using Middle = Plain<4>;
#endif

}  // namespace
}  // namespace kernels
