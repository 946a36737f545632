// Blurs, differences and their extrema, for one instruction set: INSTRUCTION_SET.
#include "lanes.h"
#include "loops_of.h"
#include "sift_loops.h"

#if defined(__clang__)
#define UNROLLED _Pragma("unroll")
#elif defined(__GNUC__)
#define UNROLLED _Pragma("GCC unroll 64")
#else
#define UNROLLED
#endif

namespace kernels {
namespace {

// Registers for sums and a kernel: 32 with AVX-512, else 16.
constexpr int kColumnsAtATime = 2;
constexpr int kAlongAtATime = 4;

constexpr int distance(int a, int b) { return a < b ? b - a : a - b; }

// kBlurRows rows of sums down the columns.
template <int Radius>
void blur_down(const float* const* rows, int width, const float* kernel, float* to, int stride) {
  using L = Wide;
  typename L::Floats weights[Radius + 1];
  UNROLLED for (int i = 0; i <= Radius; ++i) weights[i] = L::all(kernel[i]);
  for (int x = 0; x < width; x += L::kCount * kColumnsAtATime) {
    typename L::Floats sums[kBlurRows][kColumnsAtATime];
    UNROLLED for (int row = 0; row < kBlurRows; ++row)
      UNROLLED for (int i = 0; i < kColumnsAtATime; ++i) sums[row][i] = L::all(0);
    UNROLLED for (int from = 0; from < kBlurRows + 2 * Radius; ++from) {
      typename L::Floats values[kColumnsAtATime];
      UNROLLED for (int i = 0; i < kColumnsAtATime; ++i)
        values[i] = L::load(rows[from] + x + i * L::kCount);
      UNROLLED for (int row = 0; row < kBlurRows; ++row) {
        const int off = distance(from, row + Radius);
        if (off > Radius) continue;
        UNROLLED for (int i = 0; i < kColumnsAtATime; ++i)
          sums[row][i] = L::multiply_add(weights[off], values[i], sums[row][i]);
      }
    }
    UNROLLED for (int row = 0; row < kBlurRows; ++row)
      UNROLLED for (int i = 0; i < kColumnsAtATime; ++i)
        L::store(to + row * stride + x + i * L::kCount, sums[row][i]);
  }
}

// One row of sums along the row. Eight lanes, since half of the loads cross a line of the cache.
template <int Radius>
void blur_along(const float* row, int width, const float* kernel, float* to) {
  using L = Middle;
  typename L::Floats weights[Radius + 1];
  UNROLLED for (int i = 0; i <= Radius; ++i) weights[i] = L::all(kernel[i]);
  for (int x = 0; x < width; x += L::kCount * kAlongAtATime) {
    typename L::Floats sums[kAlongAtATime];
    UNROLLED for (int i = 0; i < kAlongAtATime; ++i) sums[i] = L::all(0);
    UNROLLED for (int from = 0; from <= L::kCount * (kAlongAtATime - 1) + 2 * Radius; ++from) {
      const typename L::Floats values = L::load(row + x + from - Radius);
      UNROLLED for (int i = 0; i < kAlongAtATime; ++i) {
        const int off = distance(from, i * L::kCount + Radius);
        if (off <= Radius) sums[i] = L::multiply_add(weights[off], values, sums[i]);
      }
    }
    UNROLLED for (int i = 0; i < kAlongAtATime; ++i) L::store(to + x + i * L::kCount, sums[i]);
  }
}

// The row goes on beyond its ends as in a mirror in the middle of the last pixel.
void mirror(float* row, int width, int reach) {
  for (int i = 1; i <= reach; ++i) {
    const int back = i < width ? i : 2 * (width - 1) - i;
    row[-i] = row[back];
    row[width - 1 + i] = row[width - 1 - back];
  }
}

template <int Radius>
void blur_of(const float* const* rows, int width, const float* kernel, float* scratch,
             float* const* to) {
  const int stride = (width + kWidthStep - 1) / kWidthStep * kWidthStep + 2 * kMargin;
  blur_down<Radius>(rows, width, kernel, scratch + kMargin, stride);
  for (int row = 0; row < kBlurRows; ++row) {
    float* values = scratch + kMargin + row * stride;
    mirror(values, width, Radius);
    blur_along<Radius>(values, width, kernel, to[row]);
  }
}

void blur(const float* const* rows, int width, int radius, const float* kernel, float* scratch,
          float* const* to) {
  switch (radius) {
    case 5: return blur_of<5>(rows, width, kernel, scratch, to);
    case 6: return blur_of<6>(rows, width, kernel, scratch, to);
    case 8: return blur_of<8>(rows, width, kernel, scratch, to);
    case 10: return blur_of<10>(rows, width, kernel, scratch, to);
    default: return blur_of<13>(rows, width, kernel, scratch, to);
  }
}

// `kDoubledTaps` sums of each column, or of each place in a row when rows are the row itself,
// shifted.
inline float weighed(const float* const* rows, int x, const float* weights) {
  float sum = 0;
  UNROLLED for (int i = 0; i < kDoubledTaps; ++i) sum += weights[i] * rows[i][x];
  return sum;
}

void doubled(const float* const* rows, int width, const float* even, const float* odd,
             float* scratch, float* const* to) {
  for (int row = 0; row < 2; ++row) {
    const float* weights = row ? odd : even;
    float* sums = scratch + kMargin;
    for (int x = 0; x < width; ++x) sums[x] = weighed(rows, x, weights);
    for (int i = 1; i <= kDoubledReach; ++i) {
      sums[-i] = sums[i];
      sums[width - 1 + i] = sums[width - i];
    }
    const float* shifted[kDoubledTaps];
    for (int i = 0; i < kDoubledTaps; ++i) shifted[i] = sums + i - kDoubledReach;
    float* out = to[row];
    for (int x = 0; x < width; ++x) {
      out[2 * x] = weighed(shifted, x, even);
      out[2 * x + 1] = weighed(shifted, x, odd);
    }
  }
}

void subtract(const float* const* rows, int width, float* const* to) {
  using L = Wide;
  for (int x = 0; x < width; x += L::kCount) {
    typename L::Floats below = L::load(rows[0] + x);
    UNROLLED for (int layer = 0; layer < kBlurred - 1; ++layer) {
      const typename L::Floats above = L::load(rows[layer + 1] + x);
      L::store(to[layer] + x, L::subtract(above, below));
      below = above;
    }
  }
}

// Lanes of `here` that are no less than all of `most`, or no greater than all of `least`.
template <typename L>
unsigned beyond(typename L::Floats here, typename L::Floats most, typename L::Floats least) {
  const typename L::Floats zero = L::all(0);
  return (L::at_least(here, most) & L::at_least(here, zero)) |
         (L::at_least(least, here) & L::at_least(zero, here));
}

// What remains of a row is listed after every test instead of jumping past the next one: no
// processor foresees such jumps.
int extrema(const float* const* rows, int begin, int end, float least, std::int32_t* columns) {
  using L = Wide;
  using Floats = typename L::Floats;
  const Floats bound = L::all(least);
  int listed = 0;
  for (int x = begin; x < end; x += L::kCount) {
    columns[listed] = x;
    listed += L::at_least(L::absolute(L::load(rows[4] + x)), bound) != 0;
  }
  const auto look = [&](int row, int x, Floats& most, Floats& fewest) {
    UNROLLED for (int step = -1; step <= 1; ++step) {
      const Floats values = L::load(rows[row] + x + step);
      most = L::greater(most, values);
      fewest = L::lesser(fewest, values);
    }
  };
  // The layer itself first: most are no extrema in it.
  const int loud = listed;
  listed = 0;
  for (int i = 0; i < loud; ++i) {
    const int x = columns[i];
    const Floats here = L::load(rows[4] + x);
    Floats most = here, fewest = here;
    UNROLLED for (int row = 3; row < 6; ++row) look(row, x, most, fewest);
    columns[listed] = x;
    listed += (beyond<L>(here, most, fewest) & L::at_least(L::absolute(here), bound)) != 0;
  }
  std::int32_t* const blocks = columns + (end - begin) - listed;  // the list's end stays free
  for (int i = listed; i-- > 0;) blocks[i] = columns[i];
  int found = 0;
  for (int i = 0; i < listed; ++i) {
    const int x = blocks[i];
    const Floats here = L::load(rows[4] + x);
    Floats most = here, fewest = here;
    UNROLLED for (int row = 0; row < 9; ++row) look(row, x, most, fewest);
    unsigned bits = beyond<L>(here, most, fewest) & L::at_least(L::absolute(here), bound);
    if (end - x < L::kCount) bits &= (1u << (end - x)) - 1;
    for (; bits; bits &= bits - 1) {
      int lane = 0;
      while (!(bits >> lane & 1)) ++lane;
      columns[found++] = x + lane;
    }
  }
  return found;
}

}  // namespace

extern const PyramidLoops NAMED(pyramid_loops_, INSTRUCTION_SET) = {doubled, blur, subtract,
                                                                    extrema};

}  // namespace kernels
