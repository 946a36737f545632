// The inner loop of looking for nearest cells, once for every instruction set.
#pragma once

#include <cstdint>

#include "loops.h"

namespace kernels {

constexpr int kCellPanel = 16;  // centroids that lie together in a panel
constexpr int kCellRows = 8;    // descriptors that are scored in one pass over the panels

struct CellLoops {
  int bytes;  // of a centroid's value in a panel

  // Lays one centroid down as number `lane` of a panel (kCellPanel * kLength * bytes).
  void (*lay)(const std::uint8_t* centroid, int lane, void* panel);

  // 2 v c - |c|², the greater the nearer, of up to kCellRows descriptors with all centroids of the
  // panels, plus what is the same for all centroids: scores (count, panel_count * kCellPanel).
  void (*score)(const std::uint8_t* const* rows, int count, const void* panels,
                const std::int32_t* squares, int panel_count, std::int32_t* scores);

  // Of the same scores only the greatest of each descriptor, and its place, the first of equal ones.
  void (*best)(const std::uint8_t* const* rows, int count, const void* panels,
               const std::int32_t* squares, int panel_count, std::int32_t* greatest,
               std::int32_t* places);
};

extern const CellLoops cell_loops_generic;
#if defined(X86_LOOPS) && (defined(__x86_64__) || defined(_M_X64))
extern const CellLoops cell_loops_avx2;
extern const CellLoops cell_loops_avx512;
#endif

}  // namespace kernels
