// SIFT (Lowe 2004) with the conventions of OpenCV's: the strongest keypoints of a grey picture.
#include "sift.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "sift_pyramid.h"

namespace kernels {
namespace {

constexpr float kDirectionSigma = 1.5f;   // of the weights around a keypoint, in its scale
constexpr float kDirectionReach = 4.5f;   // how far they go, in its scale
constexpr float kPeak = 0.8f;             // what a further angle must have of the best
constexpr float kCellWidth = 3;           // in a keypoint's scale
constexpr float kClip = 0.2f, kFactor = 512;
constexpr double kRadian = 3.14159265358979323846 / 180;
constexpr int kWidest = 48;  // of a patch: 10.6 of the greatest scale, 3.6 and a little more

struct Keypoint {
  float x, y, size, angle, response;
  const Extremum* from;
};

// The scale of an extremum in pixels of its octave.
float scale_of(const Extremum& one) {
  return float(kSigma) * std::pow(2.0f, (float(one.layer) + one.between) / kLayers);
}

// The patch of `radius` around an extremum, without what lies on the plane's edge or beyond.
Patch patch_of(const Extremum& one, const Plane& plane, int radius) {
  return {&plane,
          one.x,
          one.y,
          std::max(-radius, 1 - one.x),
          std::min(radius, plane.width - 2 - one.x),
          std::max(-radius, 1 - one.y),
          std::min(radius, plane.height - 2 - one.y)};
}

// exp(-i² / 2 sigma²) for i from -radius to radius, 0 beyond: a Gaussian of two dimensions is the
// product of two of these.
class Weights {
 public:
  Weights(float sigma, int radius) {
    for (int i = 0; i <= radius; ++i)
      values_[kWidest + i] = values_[kWidest - i] = std::exp(-float(i * i) / (2 * sigma * sigma));
  }
  const float* middle() const { return values_ + kWidest; }

 private:
  float values_[2 * kWidest + 1 + kGradientBlock] = {};
};

// One keypoint for each peak of the directions around an extremum.
void add_keypoints(const Extremum& one, const Plane& plane, const GradientLoops& loops,
                   std::vector<Keypoint>& keypoints) {
  const float scale = scale_of(one);
  const int radius = static_cast<int>(std::lrint(kDirectionReach * scale));
  const Weights weights(kDirectionSigma * scale, radius);
  float raw[kDirections], smooth[kDirections];
  loops.directions(patch_of(one, plane, radius), weights.middle(), raw);
  const auto at = [&](const float* bins, int i) { return bins[(i + kDirections) % kDirections]; };
  for (int i = 0; i < kDirections; ++i)
    smooth[i] = (at(raw, i - 2) + at(raw, i + 2)) * (1.0f / 16) +
                (at(raw, i - 1) + at(raw, i + 1)) * (4.0f / 16) + raw[i] * (6.0f / 16);
  const float least = *std::max_element(smooth, smooth + kDirections) * kPeak;
  const float pixel = std::ldexp(0.5f, one.octave);  // of the octave, in the picture's
  for (int i = 0; i < kDirections; ++i) {
    const float before = at(smooth, i - 1), here = smooth[i], after = at(smooth, i + 1);
    if (here <= before || here <= after || here < least) continue;
    float bin = float(i) + 0.5f * (before - after) / (before - 2 * here + after);
    bin = bin < 0 ? bin + kDirections : bin >= kDirections ? bin - kDirections : bin;
    float angle = 360 - 360.0f / kDirections * bin;
    if (std::abs(angle - 360) < 1e-6f) angle = 0;
    keypoints.push_back({(float(one.x) + one.across) * pixel, (float(one.y) + one.down) * pixel,
                         2 * scale * pixel, angle, one.response, &one});
  }
}

void describe(const Keypoint& keypoint, const Plane& plane, const GradientLoops& loops,
              std::uint8_t* descriptor) {
  const Extremum& one = *keypoint.from;
  const float width = kCellWidth * scale_of(one);
  const int radius = std::min(
      static_cast<int>(std::lrint(width * std::sqrt(2.0f) * (kCells + 1) * 0.5f)),
      static_cast<int>(std::hypot(double(plane.width), double(plane.height))));
  // The keypoint's angle as gradients have it: counter-clockwise.
  const float angle = keypoint.angle > 0 ? 360 - keypoint.angle : 0;
  const Weights weights(width * kCells / 2, radius);
  float bins[kDescriptor];
  loops.describe(patch_of(one, plane, radius), weights.middle(),
                 std::cos(angle * float(kRadian)) / width, std::sin(angle * float(kRadian)) / width,
                 angle * (kTurns / 360.0f), bins);
  float square = 0;
  for (float bin : bins) square += bin * bin;
  const float most = std::sqrt(square) * kClip;
  square = 0;
  for (float& bin : bins) {
    bin = std::min(bin, most);
    square += bin * bin;
  }
  const float factor = kFactor / std::max(std::sqrt(square), 1e-7f);
  for (int i = 0; i < kDescriptor; ++i)
    descriptor[i] = static_cast<std::uint8_t>(std::min(std::lrint(bins[i] * factor), 255L));
}

}  // namespace

Keypoints sift(const std::uint8_t* grey, int height, int width, int limit,
               const PyramidLoops& pyramid_loops, const GradientLoops& gradient_loops) {
  if (limit < 1) return {};
  static thread_local Pyramid pyramid;
  const std::vector<Extremum>& extrema = pyramid.extrema(grey, height, width, pyramid_loops);

  // No weaker extremum can give one of the strongest keypoints.
  std::vector<const Extremum*> strongest;
  for (const Extremum& one : extrema) strongest.push_back(&one);
  std::sort(strongest.begin(), strongest.end(),
            [](const Extremum* a, const Extremum* b) { return a->response > b->response; });
  std::vector<Keypoint> keypoints;
  for (const Extremum* one : strongest) {
    if (keypoints.size() >= std::size_t(limit) && one->response < keypoints.back().response) break;
    add_keypoints(*one, pyramid.layer(one->octave, one->layer), gradient_loops, keypoints);
  }
  const auto order = [](const Keypoint& one) {
    return std::make_tuple(-one.response, one.y, one.x, one.angle);
  };
  std::sort(keypoints.begin(), keypoints.end(),
            [&](const Keypoint& a, const Keypoint& b) { return order(a) < order(b); });
  keypoints.resize(std::min(keypoints.size(), std::size_t(limit)));

  Keypoints found;
  found.descriptors.resize(keypoints.size() * kDescriptor);
  std::uint8_t* descriptor = found.descriptors.data();
  for (const Keypoint& one : keypoints) {
    found.points.insert(found.points.end(), {one.x, one.y});
    found.sizes.push_back(one.size);
    found.angles.push_back(one.angle);
    found.responses.push_back(one.response);
    describe(one, pyramid.layer(one.from->octave, one.from->layer), gradient_loops, descriptor);
    descriptor += kDescriptor;
  }
  return found;
}

}  // namespace kernels
