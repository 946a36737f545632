// Inner loops, compiled once for every instruction set.
#pragma once

#include <cstdint>

namespace kernels {

constexpr int kLength = 128;    // values of a descriptor
constexpr int kPanel = 16;      // descriptors that lie together in a panel
constexpr int kRowsAtATime = 8;  // rows that are multiplied in one pass over the panels

// What the loops of one instruction set are called by.
struct Loops {
  // Values of a descriptor that lie together in a panel: (128 / group, kPanel, group).
  int group;

  // RootSIFT: values (count, 128) become square roots of their share of the row's sum, and `greatest`
  // the greatest of all. A row of zeros stays one.
  void (*root_sift)(const std::uint8_t* values, int count, float* roots, float* greatest);

  // Rows times `scale`, rounded to whole numbers (0 to 127 in a byte); the greatest length of what
  // rounding takes from a row.
  float (*round)(const float* rows, int count, float scale, std::int8_t* rounded);

  // Products of up to kRowsAtATime rounded rows with `panels` panels of kPanel descriptors each:
  // products (kRowsAtATime, panels * kPanel). `second`: the second greatest of each row.
  // `most` (panels * kPanel) is raised to the greatest of each column.
  void (*multiply)(const std::int8_t* rows, int count, const std::int8_t* panels, int panel_count,
                   std::int32_t* products, std::int32_t* second, std::int32_t* most);

  // Products of one rounded row with each of `count` others.
  void (*multiply_one)(const std::int8_t* one, const std::int8_t* rows, int count,
                       std::int32_t* products);

  // Places at which values (count) are at least `least`; their number.
  int (*at_least)(const std::int32_t* values, int count, std::int32_t least, std::int32_t* places);

  // Product of two rows of 128, summed in float64.
  double (*dot)(const float* one, const float* other);
};

extern const Loops loops_generic;
#if defined(X86_LOOPS) && (defined(__x86_64__) || defined(_M_X64))
extern const Loops loops_avx2;
extern const Loops loops_avx512;
#endif

}  // namespace kernels
