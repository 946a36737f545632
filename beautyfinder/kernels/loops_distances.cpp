// Distances between a query and rows of float16, for one instruction set: INSTRUCTION_SET.
#include "distance_loops.h"
#include "lanes.h"
#include "loops_of.h"

namespace kernels {
namespace {

using L = Wide;
constexpr int kSums = 4;  // so that a sum need not wait for the one before it
constexpr int kAtATime = kSums * L::kCount;

// Calls each(sum, row, query) for all blocks of the row; what is left over comes with zeros.
template <typename Each>
inline void in_blocks(const std::uint16_t* row, const float* query, int count, Each each) {
  int start = 0;
  for (; start + kAtATime <= count; start += kAtATime)
    for (int i = 0; i < kSums; ++i)
      each(i, L::load_half(row + start + i * L::kCount), L::load(query + start + i * L::kCount));
  if (start == count) return;
  std::uint16_t halves[kAtATime] = {};
  float numbers[kAtATime] = {};
  for (int i = 0; start + i < count; ++i) {
    halves[i] = row[start + i];
    numbers[i] = query[start + i];
  }
  for (int i = 0; i < kSums; ++i)
    each(i, L::load_half(halves + i * L::kCount), L::load(numbers + i * L::kCount));
}

inline float total(const L::Floats* sums) {
  float lanes[L::kCount];
  L::store(lanes, L::add(L::add(sums[0], sums[1]), L::add(sums[2], sums[3])));
  float sum = 0;
  for (float lane : lanes) sum += lane;
  return sum;
}

void products(const std::uint16_t* row, const float* query, int count, float* dot, float* square) {
  L::Floats dots[kSums], squares[kSums];
  for (int i = 0; i < kSums; ++i) dots[i] = squares[i] = L::all(0);
  in_blocks(row, query, count, [&](int i, L::Floats here, L::Floats asked) {
    dots[i] = L::multiply_add(here, asked, dots[i]);
    squares[i] = L::multiply_add(here, here, squares[i]);
  });
  *dot = total(dots);
  *square = total(squares);
}

float l1(const std::uint16_t* row, const float* query, int count) {
  L::Floats sums[kSums];
  for (int i = 0; i < kSums; ++i) sums[i] = L::all(0);
  in_blocks(row, query, count, [&](int i, L::Floats here, L::Floats asked) {
    sums[i] = L::add(sums[i], L::absolute(L::subtract(asked, here)));
  });
  return total(sums);
}

float squares(const std::uint16_t* row, const float* query, int count, float factor) {
  const L::Floats scale = L::all(factor);
  L::Floats sums[kSums];
  for (int i = 0; i < kSums; ++i) sums[i] = L::all(0);
  in_blocks(row, query, count, [&](int i, L::Floats here, L::Floats asked) {
    const L::Floats apart = L::subtract(asked, L::multiply(here, scale));
    sums[i] = L::multiply_add(apart, apart, sums[i]);
  });
  return total(sums);
}

}  // namespace

extern const DistanceLoops NAMED(distance_loops_, INSTRUCTION_SET) = {products, l1, squares};

}  // namespace kernels
