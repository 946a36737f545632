// Which of many centroids a descriptor is nearest to.
#pragma once

#include <cstdint>
#include <vector>

#include "cell_loops.h"

namespace kernels {

// Centroids, whole-numbered like the descriptors: distances are whole numbers, too, and exact.
//
// Where there are inner cells, each centroid lies in that of the nearest, and a descriptor is
// compared with the centroids in the kProbes inner cells that are nearest to it; else with all. Of
// equally near ones those of inner cells before others' come first, then the lower number. May be
// used from several threads.
class Cells {
 public:
  static constexpr int kProbes = 8;

  // centroids (count, 128), at least one; inner (inner_count, 128), or none.
  Cells(const std::uint8_t* centroids, int count, const std::uint8_t* inner, int inner_count,
        const CellLoops& loops);

  // The number of the nearest centroid of each of descriptors (count, 128).
  void nearest(const std::uint8_t* descriptors, int count, std::int32_t* numbers) const;

 private:
  // Some centroids in panels of kCellPanel, and the squares of their lengths; panels are filled up
  // with what nothing is near to. `numbers`: whose they are.
  struct Group {
    std::vector<std::uint8_t> panels;
    std::vector<std::int32_t> squares, numbers;

    int panel_count() const { return static_cast<int>(squares.size()) / kCellPanel; }
  };

  Group group_of(const std::uint8_t* centroids, std::vector<std::int32_t> numbers) const;
  void nearest_of_all(const std::uint8_t* descriptors, int count, const Group& group,
                      std::int32_t* numbers) const;
  void nearest_of_some(const std::uint8_t* descriptors, int count, std::int32_t* numbers) const;
  void probe(const std::uint8_t* descriptors, int count, std::int32_t* probes) const;

  const CellLoops& loops_;
  Group inner_;
  std::vector<Group> groups_;
  int probes_ = 0;
};

}  // namespace kernels
