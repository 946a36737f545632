// SIFT (Lowe 2004) with the conventions of OpenCV's: the strongest keypoints of a grey picture.
#pragma once

#include <cstdint>
#include <vector>

#include "sift_loops.h"

namespace kernels {

constexpr int kDescriptor = kCells * kCells * kTurns;

struct Keypoints {
  std::vector<float> points;  // x, y: (0, 0) is the middle of the first pixel
  std::vector<float> sizes;   // diameters in pixels
  std::vector<float> angles;  // degrees clockwise
  std::vector<float> responses;
  std::vector<std::uint8_t> descriptors;  // kDescriptor each
};

// grey: height rows of width pixels. At most `limit` keypoints, strongest first, ties by y, x, angle.
Keypoints sift(const std::uint8_t* grey, int height, int width, int limit,
               const PyramidLoops& pyramid_loops, const GradientLoops& gradient_loops);

}  // namespace kernels
