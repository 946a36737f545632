// Products of descriptors in whole numbers, for one instruction set: INSTRUCTION_SET.
#include <math.h>
#include <string.h>

#include "intrinsics.h"
#include "loops.h"
#include "loops_of.h"

namespace kernels {
namespace {

void root_sift(const std::uint8_t* values, int count, float* roots, float* greatest) {
  float most = 0;
  for (int row = 0; row < count; ++row, values += kLength, roots += kLength) {
    int sum = 0;
    for (int i = 0; i < kLength; ++i) sum += values[i];
    const float whole = sum ? static_cast<float>(sum) : 1.0f;
    int largest = 0;
    for (int i = 0; i < kLength; ++i) largest = values[i] > largest ? values[i] : largest;
    for (int i = 0; i < kLength; ++i) roots[i] = sqrtf(static_cast<float>(values[i]) / whole);
    const float root = sqrtf(static_cast<float>(largest) / whole);
    most = root > most ? root : most;
  }
  *greatest = most;
}

float round(const float* rows, int count, float scale, std::int8_t* rounded) {
  float most = 0;
  for (int row = 0; row < count; ++row, rows += kLength, rounded += kLength) {
    float lost[16] = {};
    for (int i = 0; i < kLength; i += 16) {
      for (int j = 0; j < 16; ++j) {
        const int whole = static_cast<int>(rows[i + j] * scale + 0.5f);
        const float off = rows[i + j] - static_cast<float>(whole) / scale;
        lost[j] += off * off;
        rounded[i + j] = static_cast<std::int8_t>(whole);
      }
    }
    float sum = 0;
    for (float part : lost) sum += part;
    most = sum > most ? sum : most;
  }
  return sqrtf(most);
}

#if defined(__AVX2__) || defined(__ARM_FEATURE_DOTPROD)
// As one number, in the order of memory.
inline std::int32_t four_values(const std::int8_t* values) {
  std::int32_t four;
  memcpy(&four, values, sizeof four);
  return four;
}
#endif

#if defined(__AVX512BW__)

using Sums = __m512i;

inline __m512i load(const void* from) { return _mm512_loadu_si512(from); }

template <int Rows, int Panels>
inline void block(const std::int8_t* rows, const std::int8_t* panels, Sums sums[Rows][Panels]) {
  for (int row = 0; row < Rows; ++row)
    for (int panel = 0; panel < Panels; ++panel) sums[row][panel] = _mm512_setzero_si512();
  for (int four = 0; four < kLength / 4; ++four) {
    __m512i columns[Panels];
    for (int panel = 0; panel < Panels; ++panel)
      columns[panel] = load(panels + (panel * kLength + four * 4) * kPanel);
    for (int row = 0; row < Rows; ++row) {
      const __m512i values = _mm512_set1_epi32(four_values(rows + row * kLength + four * 4));
      for (int panel = 0; panel < Panels; ++panel)
        sums[row][panel] = _mm512_dpbusd_epi32(sums[row][panel], columns[panel], values);
    }
  }
}

inline Sums lesser(Sums a, Sums b) { return _mm512_min_epi32(a, b); }
inline Sums greater(Sums a, Sums b) { return _mm512_max_epi32(a, b); }
inline Sums load_sums(const std::int32_t* from) { return load(from); }
inline void store_sums(std::int32_t* to, Sums sums) { _mm512_storeu_si512(to, sums); }
constexpr int kRows = 8, kPanels = 2, kGroup = 4;

#elif defined(__AVX2__)

struct Sums {
  __m256i low, high;
};

inline __m256i load(const void* from) {
  return _mm256_loadu_si256(static_cast<const __m256i*>(from));
}
inline __m256i add_products(__m256i sum, __m256i columns, __m256i values) {
  // Two products of 127 * 127 fit into 16 bits.
  const __m256i pairs = _mm256_maddubs_epi16(columns, values);
  return _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
}

template <int Rows, int Panels>
inline void block(const std::int8_t* rows, const std::int8_t* panels, Sums sums[Rows][Panels]) {
  static_assert(Panels == 1, "one panel takes two registers a row");
  for (int row = 0; row < Rows; ++row)
    sums[row][0].low = sums[row][0].high = _mm256_setzero_si256();
  for (int four = 0; four < kLength / 4; ++four) {
    const __m256i low = load(panels + four * 4 * kPanel);
    const __m256i high = load(panels + four * 4 * kPanel + 32);
    for (int row = 0; row < Rows; ++row) {
      const __m256i values = _mm256_set1_epi32(four_values(rows + row * kLength + four * 4));
      sums[row][0].low = add_products(sums[row][0].low, low, values);
      sums[row][0].high = add_products(sums[row][0].high, high, values);
    }
  }
}

inline Sums lesser(Sums a, Sums b) {
  return {_mm256_min_epi32(a.low, b.low), _mm256_min_epi32(a.high, b.high)};
}
inline Sums greater(Sums a, Sums b) {
  return {_mm256_max_epi32(a.low, b.low), _mm256_max_epi32(a.high, b.high)};
}
inline Sums load_sums(const std::int32_t* from) { return {load(from), load(from + 8)}; }
inline void store_sums(std::int32_t* to, Sums sums) {
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), sums.low);
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(to + 8), sums.high);
}
constexpr int kRows = 4, kPanels = 1, kGroup = 4;

#elif defined(__ARM_FEATURE_DOTPROD)

struct Sums {
  int32x4_t of[4];
};

template <int Rows, int Panels>
inline void block(const std::int8_t* rows, const std::int8_t* panels, Sums sums[Rows][Panels]) {
  static_assert(Panels == 1, "one panel takes four registers a row");
  for (int row = 0; row < Rows; ++row)
    for (int part = 0; part < 4; ++part) sums[row][0].of[part] = vdupq_n_s32(0);
  for (int four = 0; four < kLength / 4; ++four) {
    int8x16_t columns[4];
    for (int part = 0; part < 4; ++part)
      columns[part] = vld1q_s8(panels + four * 4 * kPanel + part * 16);
    for (int row = 0; row < Rows; ++row) {
      const int8x16_t values =
          vreinterpretq_s8_s32(vdupq_n_s32(four_values(rows + row * kLength + four * 4)));
      for (int part = 0; part < 4; ++part)
        sums[row][0].of[part] = vdotq_s32(sums[row][0].of[part], columns[part], values);
    }
  }
}

inline Sums lesser(Sums a, const Sums& b) {
  for (int part = 0; part < 4; ++part) a.of[part] = vminq_s32(a.of[part], b.of[part]);
  return a;
}
inline Sums greater(Sums a, const Sums& b) {
  for (int part = 0; part < 4; ++part) a.of[part] = vmaxq_s32(a.of[part], b.of[part]);
  return a;
}
inline Sums load_sums(const std::int32_t* from) {
  return {{vld1q_s32(from), vld1q_s32(from + 4), vld1q_s32(from + 8), vld1q_s32(from + 12)}};
}
inline void store_sums(std::int32_t* to, const Sums& sums) {
  for (int part = 0; part < 4; ++part) vst1q_s32(to + 4 * part, sums.of[part]);
}
constexpr int kRows = 4, kPanels = 1, kGroup = 4;

#else

struct Sums {
  std::int32_t of[kPanel];
};

template <int Rows, int Panels>
inline void block(const std::int8_t* rows, const std::int8_t* panels, Sums sums[Rows][Panels]) {
  static_assert(Rows == 1 && Panels == 1, "compilers vectorise the columns of one row");
  // No value is negative: taken as unsigned, they are widened at half the cost.
  std::uint32_t sum[kPanel] = {};
  const auto* columns = reinterpret_cast<const std::uint8_t*>(panels);
  for (int i = 0; i < kLength; i += 2, columns += 2 * kPanel) {
    const auto one = static_cast<std::uint8_t>(rows[i]), two = static_cast<std::uint8_t>(rows[i + 1]);
#if defined(__GNUC__)
    asm volatile("");  // or GCC takes values of eight i at a time, which lie apart
#endif
    std::uint16_t pair[kPanel];  // 2 * 127 * 127 fits
    for (int column = 0; column < kPanel; ++column)
      pair[column] = static_cast<std::uint16_t>(columns[column] * one);
    for (int column = 0; column < kPanel; ++column)
      pair[column] = static_cast<std::uint16_t>(pair[column] + columns[kPanel + column] * two);
    for (int column = 0; column < kPanel; ++column) sum[column] += pair[column];
  }
  for (int column = 0; column < kPanel; ++column)
    sums[0][0].of[column] = static_cast<std::int32_t>(sum[column]);
}

inline Sums lesser(Sums a, const Sums& b) {
  for (int i = 0; i < kPanel; ++i) a.of[i] = a.of[i] < b.of[i] ? a.of[i] : b.of[i];
  return a;
}
inline Sums greater(Sums a, const Sums& b) {
  for (int i = 0; i < kPanel; ++i) a.of[i] = a.of[i] > b.of[i] ? a.of[i] : b.of[i];
  return a;
}
inline Sums load_sums(const std::int32_t* from) {
  Sums sums;
  for (int i = 0; i < kPanel; ++i) sums.of[i] = from[i];
  return sums;
}
inline void store_sums(std::int32_t* to, const Sums& sums) {
  for (int i = 0; i < kPanel; ++i) to[i] = sums.of[i];
}
constexpr int kRows = 1, kPanels = 1, kGroup = 1;

#endif

// The two greatest so far of each row, lane by lane.
struct Greatest {
  std::int32_t first[kRowsAtATime][kPanel], second[kRowsAtATime][kPanel];
};

template <int Rows, int Panels>
inline void multiply_block(const std::int8_t* rows, const std::int8_t* panels, int columns,
                           std::int32_t* products, std::int32_t (*first)[kPanel],
                           std::int32_t (*second)[kPanel], std::int32_t* most) {
  Sums sums[Rows][Panels];
  block<Rows, Panels>(rows, panels, sums);
  for (int panel = 0; panel < Panels; ++panel) {
    Sums highest = load_sums(most + panel * kPanel);
    for (int row = 0; row < Rows; ++row) {
      const Sums sum = sums[row][panel];
      store_sums(products + row * columns + panel * kPanel, sum);
      highest = greater(highest, sum);
      const Sums best = load_sums(first[row]);
      store_sums(second[row], greater(load_sums(second[row]), lesser(best, sum)));
      store_sums(first[row], greater(best, sum));
    }
    store_sums(most + panel * kPanel, highest);
  }
}

template <int Rows>
inline void multiply_rows(const std::int8_t* rows, const std::int8_t* panels, int panel_count,
                          std::int32_t* products, std::int32_t (*first)[kPanel],
                          std::int32_t (*second)[kPanel], std::int32_t* most) {
  const int columns = panel_count * kPanel;
  int panel = 0;
  for (; panel + kPanels <= panel_count; panel += kPanels)
    multiply_block<Rows, kPanels>(rows, panels + panel * kPanel * kLength, columns,
                                  products + panel * kPanel, first, second,
                                  most + panel * kPanel);
  for (; panel < panel_count; ++panel)
    multiply_block<Rows, 1>(rows, panels + panel * kPanel * kLength, columns,
                            products + panel * kPanel, first, second, most + panel * kPanel);
}

void multiply(const std::int8_t* rows, int count, const std::int8_t* panels, int panel_count,
              std::int32_t* products, std::int32_t* second, std::int32_t* most) {
  Greatest greatest = {};  // no product is negative
  const int columns = panel_count * kPanel;
  int row = 0;
  for (; row + kRows <= count; row += kRows)
    multiply_rows<kRows>(rows + row * kLength, panels, panel_count, products + row * columns,
                         greatest.first + row, greatest.second + row, most);
  for (; row < count; ++row)
    multiply_rows<1>(rows + row * kLength, panels, panel_count, products + row * columns,
                     greatest.first + row, greatest.second + row, most);
  for (row = 0; row < count; ++row) {
    std::int32_t one = 0, two = 0;
    for (int lane = 0; lane < kPanel; ++lane) {
      const std::int32_t best = greatest.first[row][lane], next = greatest.second[row][lane];
      const std::int32_t loser = best < one ? best : one;
      one = best > one ? best : one;
      two = loser > two ? loser : two;
      two = next > two ? next : two;
    }
    second[row] = two;
  }
}

void multiply_one(const std::int8_t* one, const std::int8_t* rows, int count,
                  std::int32_t* products) {
  for (int row = 0; row < count; ++row, rows += kLength) {
#if defined(__AVX512BW__)
    const __m512i sum = _mm512_dpbusd_epi32(
        _mm512_dpbusd_epi32(_mm512_setzero_si512(), load(one), load(rows)), load(one + 64),
        load(rows + 64));
    products[row] = _mm512_reduce_add_epi32(sum);
#else
    std::int32_t sum = 0;
    for (int i = 0; i < kLength; ++i) sum += one[i] * rows[i];
    products[row] = sum;
#endif
  }
}

int at_least(const std::int32_t* values, int count, std::int32_t least, std::int32_t* places) {
  int found = 0;
  int start = 0;
  for (; start + kPanel <= count; start += kPanel) {
#if defined(__AVX512BW__)
    const __mmask16 enough = _mm512_cmpge_epi32_mask(load(values + start), _mm512_set1_epi32(least));
    if (!enough) continue;
#elif defined(__AVX2__)
    const Sums some = load_sums(values + start);
    const __m256i less = _mm256_set1_epi32(least - 1);
    if (_mm256_testz_si256(_mm256_cmpgt_epi32(some.low, less), _mm256_set1_epi32(-1)) &&
        _mm256_testz_si256(_mm256_cmpgt_epi32(some.high, less), _mm256_set1_epi32(-1)))
      continue;
#else
    int enough = 0;
    for (int i = 0; i < kPanel; ++i) enough += values[start + i] >= least;
    if (!enough) continue;
#endif
    for (int i = 0; i < kPanel; ++i) {
      places[found] = start + i;  // without a branch: kept only where it counts
      found += values[start + i] >= least;
    }
  }
  for (; start < count; ++start)
    if (values[start] >= least) places[found++] = start;
  return found;
}

double dot(const float* one, const float* other) {
  double sums[32] = {};
  for (int i = 0; i < kLength; i += 32)
    for (int j = 0; j < 32; ++j)
      sums[j] += static_cast<double>(one[i + j]) * static_cast<double>(other[i + j]);
  for (int width = 16; width; width /= 2)
    for (int j = 0; j < width; ++j) sums[j] += sums[j + width];
  return sums[0];
}

}  // namespace

extern const Loops NAMED(loops_, INSTRUCTION_SET) = {kGroup,       root_sift, round, multiply,
                                                     multiply_one, at_least,  dot};

}  // namespace kernels
