// Which of many centroids a descriptor is nearest to.
#pragma once

#include <cstdint>
#include <vector>

#include "cell_loops.h"

namespace kernels {

// Centroids, whole-numbered like the descriptors: distances are whole numbers, too, and exact.
//
// Where there are inner cells, each centroid lies in that of the nearest, and a descriptor is
// compared with the centroids in the `probes` inner cells that are nearest to it (with none, and
// given 0, where those are all empty); else with all. Of equally near ones that in the inner cell of
// the lower number is the nearest, within a cell that of the lower number. May be used from several
// threads.
class Cells {
 public:
  // centroids (count, 128), at least one; inner (inner_count, 128), or none.
  Cells(const std::uint8_t* centroids, int count, const std::uint8_t* inner, int inner_count,
        int probes, const CellLoops& loops);

  // The number of the nearest centroid of each of descriptors (count, 128).
  void nearest(const std::uint8_t* descriptors, int count, std::int32_t* numbers) const;

 private:
  // Some centroids in panels of kCellPanel, and the squares of their lengths; panels are filled up
  // with what nothing is near to. `numbers`: whose they are.
  struct Panels {
    std::vector<std::uint8_t> panels;
    std::vector<std::int32_t> squares, numbers;

    int panel_count() const { return static_cast<int>(squares.size()) / kCellPanel; }
  };

  Panels panels_of(const std::uint8_t* centroids, std::vector<std::int32_t> numbers) const;
  void nearest_of_all(const std::uint8_t* descriptors, int count, const Panels& group,
                      std::int32_t* numbers) const;
  void nearest_of_probed(const std::uint8_t* descriptors, int count, std::int32_t* numbers) const;
  void probe(const std::uint8_t* descriptors, int count, std::int32_t* probes) const;

  const CellLoops& loops_;
  Panels inner_;
  std::vector<Panels> groups_;
  int probes_;
};

}  // namespace kernels
