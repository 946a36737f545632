// The inner loops of distances between descriptors, once for every instruction set.
#pragma once

#include <cstdint>

namespace kernels {

// Of a row of `count` float16 (their bits) and a query.
struct DistanceLoops {
  // The sum of their products, and that of the row's squares.
  void (*products)(const std::uint16_t* row, const float* query, int count, float* dot,
                   float* square);

  // The sum of |query - row|.
  float (*l1)(const std::uint16_t* row, const float* query, int count);

  // The sum of (query - factor * row)².
  float (*squares)(const std::uint16_t* row, const float* query, int count, float factor);
};

extern const DistanceLoops distance_loops_generic;
#if defined(X86_LOOPS) && (defined(__x86_64__) || defined(_M_X64))
extern const DistanceLoops distance_loops_avx2;
extern const DistanceLoops distance_loops_avx512;
#endif

}  // namespace kernels
