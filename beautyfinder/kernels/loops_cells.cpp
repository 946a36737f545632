// Products of whole-numbered descriptors with centroids, for one instruction set: INSTRUCTION_SET.
#include <string.h>

#include "cell_loops.h"
#include "intrinsics.h"
#include "loops_of.h"

namespace kernels {
namespace {

#if defined(__AVX512BW__)

// Four values of a centroid side by side, less 128, since one factor of `dpbusd` has a sign: that
// takes 128 times the sum of a descriptor's values from each of its products.
using Value = std::int8_t;
constexpr int kGroup = 4, kRows = 8, kPanels = 2;
Value value_of(std::uint8_t value) { return static_cast<Value>(value - 128); }

using Sums = __m512i;
struct Rows {
  explicit Rows(const std::uint8_t* const* rows, int) : of(rows) {}
  const std::uint8_t* const* of;
};

template <int Count, int Panels>
inline void block(const Rows& rows, int row, const Value* panels, Sums sums[Count][Panels]) {
  for (int i = 0; i < Count; ++i)
    for (int panel = 0; panel < Panels; ++panel) sums[i][panel] = _mm512_setzero_si512();
  for (int start = 0; start < kLength; start += kGroup) {
    __m512i columns[Panels];
    for (int panel = 0; panel < Panels; ++panel)
      columns[panel] = _mm512_loadu_si512(panels + (panel * kLength + start) * kCellPanel);
    for (int i = 0; i < Count; ++i) {
      std::int32_t four;
      memcpy(&four, rows.of[row + i] + start, sizeof four);
      const __m512i values = _mm512_set1_epi32(four);
      for (int panel = 0; panel < Panels; ++panel)
        sums[i][panel] = _mm512_dpbusd_epi32(sums[i][panel], values, columns[panel]);
    }
  }
}

inline Sums scores_of(Sums sums, const std::int32_t* squares) {
  return _mm512_sub_epi32(_mm512_add_epi32(sums, sums), _mm512_loadu_si512(squares));
}
inline void store(std::int32_t* to, Sums sums) { _mm512_storeu_si512(to, sums); }
inline Sums load(const std::int32_t* from) { return _mm512_loadu_si512(from); }
// Takes the scores that are greater, and their panel's number.
inline void take(Sums scores, int number, Sums& greatest, Sums& numbers) {
  const __mmask16 greater = _mm512_cmpgt_epi32_mask(scores, greatest);
  greatest = _mm512_mask_mov_epi32(greatest, greater, scores);
  numbers = _mm512_mask_mov_epi32(numbers, greater, _mm512_set1_epi32(number));
}

#elif defined(__AVX2__)

using Value = std::int16_t;
constexpr int kGroup = 2, kRows = 4, kPanels = 1;
Value value_of(std::uint8_t value) { return value; }

struct Sums {
  __m256i low, high;
};
struct Rows {
  Rows(const std::uint8_t* const* rows, int count) {
    for (int i = 0; i < count; ++i)
      for (int j = 0; j < kLength; ++j) of[i][j] = rows[i][j];
  }
  std::int16_t of[kCellRows][kLength];
};

inline __m256i load_half(const void* from) {
  return _mm256_loadu_si256(static_cast<const __m256i*>(from));
}

template <int Count, int Panels>
inline void block(const Rows& rows, int row, const Value* panels, Sums sums[Count][Panels]) {
  static_assert(Panels == 1, "one panel takes two registers a row");
  for (int i = 0; i < Count; ++i) sums[i][0].low = sums[i][0].high = _mm256_setzero_si256();
  for (int start = 0; start < kLength; start += kGroup, panels += kGroup * kCellPanel) {
    const __m256i low = load_half(panels), high = load_half(panels + 16);
    for (int i = 0; i < Count; ++i) {
      std::int32_t two;
      memcpy(&two, rows.of[row + i] + start, sizeof two);
      const __m256i values = _mm256_set1_epi32(two);
      sums[i][0].low = _mm256_add_epi32(sums[i][0].low, _mm256_madd_epi16(values, low));
      sums[i][0].high = _mm256_add_epi32(sums[i][0].high, _mm256_madd_epi16(values, high));
    }
  }
}

inline Sums load(const std::int32_t* from) { return {load_half(from), load_half(from + 8)}; }
inline void store(std::int32_t* to, Sums sums) {
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), sums.low);
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(to + 8), sums.high);
}
inline Sums scores_of(Sums sums, const std::int32_t* squares) {
  const Sums taken = load(squares);
  return {_mm256_sub_epi32(_mm256_add_epi32(sums.low, sums.low), taken.low),
          _mm256_sub_epi32(_mm256_add_epi32(sums.high, sums.high), taken.high)};
}
inline void take_half(__m256i scores, __m256i number, __m256i& greatest, __m256i& numbers) {
  const __m256i greater = _mm256_cmpgt_epi32(scores, greatest);
  greatest = _mm256_max_epi32(scores, greatest);
  numbers = _mm256_blendv_epi8(numbers, number, greater);
}
inline void take(Sums scores, int number, Sums& greatest, Sums& numbers) {
  const __m256i all = _mm256_set1_epi32(number);
  take_half(scores.low, all, greatest.low, numbers.low);
  take_half(scores.high, all, greatest.high, numbers.high);
}

#else

using Value = std::uint8_t;
Value value_of(std::uint8_t value) { return value; }

struct Sums {
  std::int32_t of[kCellPanel];
};
struct Rows {
  explicit Rows(const std::uint8_t* const* rows, int) : of(rows) {}
  const std::uint8_t* const* of;
};

#if defined(__ARM_FEATURE_DOTPROD)

constexpr int kGroup = 4, kRows = 4, kPanels = 1;

template <int Count, int Panels>
inline void block(const Rows& rows, int row, const Value* panels, Sums sums[Count][Panels]) {
  static_assert(Panels == 1, "one panel takes four registers a row");
  uint32x4_t parts[Count][4];
  for (int i = 0; i < Count; ++i)
    for (int part = 0; part < 4; ++part) parts[i][part] = vdupq_n_u32(0);
  for (int start = 0; start < kLength; start += kGroup, panels += kGroup * kCellPanel) {
    uint8x16_t columns[4];
    for (int part = 0; part < 4; ++part) columns[part] = vld1q_u8(panels + 16 * part);
    for (int i = 0; i < Count; ++i) {
      std::uint32_t four;
      memcpy(&four, rows.of[row + i] + start, sizeof four);
      const uint8x16_t values = vreinterpretq_u8_u32(vdupq_n_u32(four));
      for (int part = 0; part < 4; ++part)
        parts[i][part] = vdotq_u32(parts[i][part], columns[part], values);
    }
  }
  for (int i = 0; i < Count; ++i)
    for (int part = 0; part < 4; ++part)
      vst1q_s32(sums[i][0].of + 4 * part, vreinterpretq_s32_u32(parts[i][part]));
}

#else

constexpr int kGroup = 1, kRows = 1, kPanels = 1;

template <int Count, int Panels>
inline void block(const Rows& rows, int row, const Value* panels, Sums sums[Count][Panels]) {
  static_assert(Count == 1 && Panels == 1, "compilers vectorise the columns of one row");
  std::uint32_t sum[kCellPanel] = {};
  for (int i = 0; i < kLength; ++i, panels += kCellPanel) {
    const std::uint32_t value = rows.of[row][i];
    for (int column = 0; column < kCellPanel; ++column) sum[column] += panels[column] * value;
  }
  for (int column = 0; column < kCellPanel; ++column)
    sums[0][0].of[column] = static_cast<std::int32_t>(sum[column]);
}

#endif

inline Sums load(const std::int32_t* from) {
  Sums sums;
  memcpy(sums.of, from, sizeof sums.of);
  return sums;
}
inline void store(std::int32_t* to, const Sums& sums) { memcpy(to, sums.of, sizeof sums.of); }
inline Sums scores_of(Sums sums, const std::int32_t* squares) {
  for (int i = 0; i < kCellPanel; ++i) sums.of[i] = 2 * sums.of[i] - squares[i];
  return sums;
}
inline void take(const Sums& scores, int number, Sums& greatest, Sums& numbers) {
  for (int i = 0; i < kCellPanel; ++i) {
    const bool greater = scores.of[i] > greatest.of[i];
    greatest.of[i] = greater ? scores.of[i] : greatest.of[i];
    numbers.of[i] = greater ? number : numbers.of[i];
  }
}

#endif

void lay(const std::uint8_t* centroid, int lane, void* panel) {
  auto* values = static_cast<Value*>(panel);
  for (int i = 0; i < kLength; ++i)
    values[(i / kGroup * kCellPanel + lane) * kGroup + i % kGroup] = value_of(centroid[i]);
}

// Calls see(row, panel, scores) for all rows and panels, the panels of each row in their order.
template <int Count, int Panels, typename See>
inline void see_block(const Rows& rows, int row, const Value* panels, const std::int32_t* squares,
                      int panel, See see) {
  Sums sums[Count][Panels];
  block<Count, Panels>(rows, row, panels + panel * kLength * kCellPanel, sums);
  for (int i = 0; i < Count; ++i)
    for (int next = 0; next < Panels; ++next)
      see(row + i, panel + next, scores_of(sums[i][next], squares + (panel + next) * kCellPanel));
}

template <int Count, typename See>
inline void see_rows(const Rows& rows, int row, const Value* panels, const std::int32_t* squares,
                     int panel_count, See see) {
  int panel = 0;
  for (; panel + kPanels <= panel_count; panel += kPanels)
    see_block<Count, kPanels>(rows, row, panels, squares, panel, see);
  for (; panel < panel_count; ++panel)
    see_block<Count, 1>(rows, row, panels, squares, panel, see);
}

template <typename See>
inline void see_all(const std::uint8_t* const* descriptors, int count, const void* centroids,
                    const std::int32_t* squares, int panel_count, See see) {
  const auto* panels = static_cast<const Value*>(centroids);
  const Rows rows(descriptors, count);
  int row = 0;
  for (; row + kRows <= count; row += kRows)
    see_rows<kRows>(rows, row, panels, squares, panel_count, see);
  for (; row < count; ++row) see_rows<1>(rows, row, panels, squares, panel_count, see);
}

void score(const std::uint8_t* const* rows, int count, const void* panels,
           const std::int32_t* squares, int panel_count, std::int32_t* scores) {
  const int columns = panel_count * kCellPanel;
  see_all(rows, count, panels, squares, panel_count, [=](int row, int panel, const Sums& sums) {
    store(scores + row * columns + panel * kCellPanel, sums);
  });
}

void best(const std::uint8_t* const* rows, int count, const void* panels,
          const std::int32_t* squares, int panel_count, std::int32_t* greatest,
          std::int32_t* places) {
  std::int32_t first[kCellRows][kCellPanel], numbers[kCellRows][kCellPanel] = {};
  for (int row = 0; row < count; ++row)
    for (int lane = 0; lane < kCellPanel; ++lane) first[row][lane] = INT32_MIN;
  see_all(rows, count, panels, squares, panel_count, [&](int row, int panel, const Sums& sums) {
    Sums most = load(first[row]), which = load(numbers[row]);
    take(sums, panel, most, which);
    store(first[row], most);
    store(numbers[row], which);
  });
  for (int row = 0; row < count; ++row) {
    greatest[row] = INT32_MIN;
    places[row] = 0;
    for (int lane = 0; lane < kCellPanel; ++lane) {
      const std::int32_t here = first[row][lane];
      const std::int32_t place = numbers[row][lane] * kCellPanel + lane;
      if (here < greatest[row] || (here == greatest[row] && place > places[row])) continue;
      greatest[row] = here;
      places[row] = place;
    }
  }
}

}  // namespace

extern const CellLoops NAMED(cell_loops_, INSTRUCTION_SET) = {sizeof(Value), lay, score, best};

}  // namespace kernels
