// Exact matches of one photo's RootSIFT descriptors with those of catalogue pictures.
#pragma once

#include <cstdint>
#include <vector>

#include "loops.h"

namespace kernels {

struct MatchList {
  std::vector<std::int64_t> query, candidate;
  std::vector<float> distances;
};

struct NeighbourList {
  std::vector<std::int64_t> nearest;
  std::vector<float> distances;  // (count, 2): to the nearest and the second nearest
  std::vector<std::uint8_t> mutual;
};

// A photo's descriptors (count, 128), prepared to be matched many times, by several threads at once.
//
// A candidate's keypoint and its nearest query keypoint match when nearest / second nearest is at
// most `ratio`, and it is the nearest of that query keypoint, too; of equally near ones the first is
// the nearest. Products of descriptors rounded to 7 bits, and the most that rounding can be off,
// leave few pairs in question; those are summed in float64.
class QueryDescriptors {
 public:
  QueryDescriptors(const std::uint8_t* descriptors, int count, const Loops& loops);

  int count() const { return count_; }

  // candidate (count, 128). In the order of its keypoints.
  MatchList match(const std::uint8_t* candidate, int count, float ratio) const;

  // What match() decides by, of every keypoint of the candidate: all pairs summed in float64. There
  // must be two query keypoints at least.
  NeighbourList neighbours(const std::uint8_t* candidate, int count) const;

 private:
  int count_, panel_count_;
  const Loops& loops_;
  std::vector<float> roots_;
  std::vector<std::int8_t> rounded_, panels_;
  float scale_, loss_, longest_;
};

}  // namespace kernels
