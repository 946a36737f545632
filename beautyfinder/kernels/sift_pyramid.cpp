// The pyramid of blurred pictures that SIFT looks at, and the extrema of their differences.
#include "sift_pyramid.h"

#include <algorithm>
#include <cmath>
#include <new>
#include <tuple>

namespace kernels {
namespace {

constexpr int kBorder = 5;       // pixels beside which nothing is looked for
constexpr int kSteps = 5;        // from pixel to pixel until an extremum must have settled
constexpr float kContrast = 0.04f, kEdge = 10;
constexpr float kWhite = 255;
constexpr int kSmallest = 2 * kBorder + 1;
constexpr std::size_t kLine = 64;  // bytes of a line of the cache

struct Kernel {
  int radius;
  float weights[kMargin];
};

// Half of a Gaussian's kernel, four sigmas wide, that sums to 1.
Kernel gaussian(double sigma) {
  Kernel kernel{};
  kernel.radius = (static_cast<int>(std::lrint(sigma * 8 + 1)) | 1) / 2;
  double weights[kMargin], sum = 0;
  for (int i = 0; i <= kernel.radius; ++i) {
    weights[i] = std::exp(-i * i / (2 * sigma * sigma));
    sum += i ? 2 * weights[i] : weights[i];
  }
  for (int i = 0; i <= kernel.radius; ++i)
    kernel.weights[i] = static_cast<float>(weights[i] / sum);
  return kernel;
}

// What makes the first blurred picture of the first octave, then each from the one before it.
struct Kernels {
  Kernel of[kBlurred];
  // The first, on a picture doubled by linear interpolation: what the picture's own rows weigh.
  float even[kDoubledTaps], odd[kDoubledTaps];

  Kernels() {
    // A picture counts as blurred by half a pixel, doubled by a whole one.
    of[0] = gaussian(std::sqrt(kSigma * kSigma - 1));
    const double step = std::pow(2.0, 1.0 / kLayers);
    double before = kSigma;
    for (int i = 1; i < kBlurred; ++i, before *= step)
      of[i] = gaussian(before * std::sqrt(step * step - 1));
    const auto weight = [this](int off) {
      return std::abs(off) > of[0].radius ? 0.0 : double(of[0].weights[std::abs(off)]);
    };
    for (int i = 0; i < kDoubledTaps; ++i) {
      const int off = 2 * (i - kDoubledReach);
      even[i] = float(weight(off) + (weight(off - 1) + weight(off + 1)) / 2);
      odd[i] = float(weight(off - 1) + (weight(off - 2) + weight(off)) / 2);
    }
  }
};

const Kernels& kernels_of_layers() {
  static const Kernels kernels;
  return kernels;
}

// A place beyond the ends as in a mirror in the middle of the first and of the last pixel.
int mirrored(int place, int count) {
  while (place < 0 || place >= count) place = place < 0 ? -place : 2 * (count - 1) - place;
  return place;
}

// The same, but the second mirror stands at the last pixel's outer edge: a doubled picture's last
// pixel repeats the one before.
int mirrored_at_edge(int place, int count) {
  while (place < 0 || place >= count) place = place < 0 ? -place : 2 * count - 1 - place;
  return place;
}

int padded(int width) { return (width + kWidthStep - 1) / kWidthStep * kWidthStep; }

// Not a multiple of 4096 bytes: rows would then share the same few lines of the cache.
int stride_of(int width) { return padded(width) + 2 * kMargin; }

}  // namespace

void Buffer::Freed::operator()(float* values) const {
  ::operator delete(values, std::align_val_t(kLine));
}

float* Buffer::at_least(std::size_t count) {
  if (count > count_) {
    values_.reset();
    count_ = 0;
    values_.reset(static_cast<float*>(
        ::operator new(count * sizeof(float), std::align_val_t(kLine))));
    count_ = count;
    std::fill_n(values_.get(), count, 0.0f);
  }
  return values_.get();
}

void Pyramid::lay_out(int height, int width) {
  octaves_.clear();
  std::size_t kept = 0;
  for (int h = 2 * height, w = 2 * width; std::min(h, w) >= kSmallest; h /= 2, w /= 2) {
    const std::size_t count = std::size_t(h + kBlurRows) * stride_of(w);
    // Those that no keypoint is described in are shared by all octaves.
    const int layers = octaves_.empty() ? kBlurred : kLayers;
    kept += layers * count;
    Octave octave;
    for (Plane& plane : octave.planes) plane = {nullptr, w, h, stride_of(w)};
    octaves_.push_back(octave);
  }
  if (octaves_.empty()) return;
  float* next = planes_.at_least(kept);
  float* shared[kBlurred] = {};
  for (Octave& octave : octaves_)
    for (int layer = 0; layer < kBlurred; ++layer) {
      Plane& plane = octave[layer];
      const bool own = layer >= 1 && layer <= kLayers;
      if (own || !shared[layer]) {
        plane.values = shared[layer] = next;
        next += std::size_t(plane.height + kBlurRows) * plane.stride;
      } else {
        plane.values = shared[layer];
      }
    }
}

const std::vector<Extremum>& Pyramid::extrema(const std::uint8_t* grey, int height, int width,
                                              const PyramidLoops& loops) {
  found_.clear();
  lay_out(height, width);
  if (octaves_.empty()) return found_;
  whole_ = {nullptr, width, height, stride_of(width)};
  whole_.values = picture_.at_least(std::size_t(height) * whole_.stride);
  for (int y = 0; y < height; ++y)
    std::copy_n(grey + std::size_t(y) * width, width, row_of(whole_, y));
  for (int octave = 0; octave < int(octaves_.size()); ++octave) look_at_octave(octave, loops);
  const auto place = [](const Extremum& one) {
    return std::tie(one.octave, one.layer, one.y, one.x);
  };
  std::sort(found_.begin(), found_.end(),
            [&](const Extremum& a, const Extremum& b) { return place(a) < place(b); });
  found_.erase(
      std::unique(found_.begin(), found_.end(),
                  [&](const Extremum& a, const Extremum& b) { return place(a) == place(b); }),
      found_.end());
  return found_;
}

// Two rows of an octave's first picture.
void Pyramid::fill_first_rows(Octave& octave, int from, const Plane* source,
                              const PyramidLoops& loops) {
  Plane& first = octave[0];
  if (source) {  // every second pixel of the picture of twice the blur
    for (int y = from; y < std::min(from + 2, first.height); ++y) {
      const float* row = row_of(*source, 2 * y);
      float* to = row_of(first, y);
      for (int x = 0; x < first.width; ++x) to[x] = row[2 * x];
    }
    return;
  }
  const float* rows[kDoubledTaps];
  for (int i = 0; i < kDoubledTaps; ++i)
    rows[i] = row_of(whole_, mirrored_at_edge(from / 2 + i - kDoubledReach, whole_.height));
  float* const to[] = {row_of(first, from), row_of(first, from + 1)};
  const Kernels& kernels = kernels_of_layers();
  loops.doubled(rows, whole_.width, kernels.even, kernels.odd,
                scratch_.at_least(whole_.stride + 2 * kMargin), to);
}

// kBlurRows rows of a layer, from y.
void Pyramid::blur_rows(Octave& octave, int layer, int y, const PyramidLoops& loops) {
  const Kernel& kernel = kernels_of_layers().of[layer];
  const Plane &source = octave[layer - 1], &target = octave[layer];
  const float* rows[kBlurRows + 2 * kMargin];
  for (int i = 0; i < kBlurRows + 2 * kernel.radius; ++i)
    rows[i] = row_of(source, mirrored(y - kernel.radius + i, source.height));
  float* to[kBlurRows];
  for (int i = 0; i < kBlurRows; ++i) to[i] = row_of(target, y + i);
  loops.blur(rows, target.width, kernel.radius, kernel.weights,
             scratch_.at_least(std::size_t(kBlurRows) * (target.stride + 2 * kMargin)), to);
}

void Pyramid::look_at_octave(int number, const PyramidLoops& loops) {
  Octave& octave = octaves_[number];
  const int height = octave[0].height, width = octave[0].width, stride = octave[0].stride;
  const Plane* source = number ? &octaves_[number - 1][kLayers] : nullptr;
  constexpr int kDifferences = kBlurred - 1, kKept = 4;  // rows of the differences
  float* kept = rows_.at_least(std::size_t(kDifferences) * kKept * stride);
  const auto difference = [=](int layer, int y) {
    return kept + std::size_t(layer * kKept + y % kKept) * stride;
  };
  candidates_.clear();
  columns_.resize(width);
  // OpenCV's own first test: half the contrast, as a whole number.
  const float least = std::nextafter(std::floor(kContrast / 2 / kLayers * kWhite), kWhite);

  // All layers grow together, row by row, so that what the next one needs is still in the cache.
  int ready[kBlurred] = {};
  int subtracted = 0;
  while (ready[kBlurred - 1] < height) {
    for (int i = 0; i < kBlurRows && ready[0] < height; i += 2) {
      fill_first_rows(octave, ready[0], source, loops);
      ready[0] = std::min(ready[0] + 2, height);
    }
    for (int layer = 1; layer < kBlurred; ++layer) {
      const bool whole = ready[layer - 1] == height;
      const int possible =
          whole ? height : ready[layer - 1] - kernels_of_layers().of[layer].radius;
      while (ready[layer] + (whole ? 1 : kBlurRows) <= possible) {
        blur_rows(octave, layer, ready[layer], loops);
        ready[layer] = std::min(ready[layer] + kBlurRows, height);
      }
    }
    for (; subtracted < ready[kBlurred - 1]; ++subtracted) {
      const float* from[kBlurred];
      float* to[kDifferences];
      for (int i = 0; i < kBlurred; ++i) from[i] = row_of(octave[i], subtracted);
      for (int i = 0; i < kDifferences; ++i) to[i] = difference(i, subtracted);
      loops.subtract(from, width, to);
      const int y = subtracted - 1;
      if (y < kBorder || y >= height - kBorder) continue;
      for (int layer = 1; layer <= kLayers; ++layer) {
        const float* rows[9];
        for (int i = 0; i < 9; ++i) rows[i] = difference(layer - 1 + i / 3, y - 1 + i % 3);
        const int count = loops.extrema(rows, kBorder, width - kBorder, least, columns_.data());
        for (int i = 0; i < count; ++i) candidates_.push_back({layer, y, columns_[i]});
      }
    }
  }
  for (const Candidate& one : candidates_) refine(number, one.layer, one.y, one.x);
}

// Fits a parabola through the differences around an extremum, and keeps it where it is one.
void Pyramid::refine(int number, int layer, int y, int x) {
  const Octave& octave = octaves_[number];
  const int height = octave[0].height, width = octave[0].width;
  for (int step = 0; step < kSteps; ++step) {
    const auto at = [&](int up, int down, int across) {
      return row_of(octave[layer + up + 1], y + down)[x + across] -
             row_of(octave[layer + up], y + down)[x + across];
    };
    const float here = at(0, 0, 0);
    const double dx = (at(0, 0, 1) - at(0, 0, -1)) * 0.5, dy = (at(0, 1, 0) - at(0, -1, 0)) * 0.5,
                 ds = (at(1, 0, 0) - at(-1, 0, 0)) * 0.5;
    const double xx = at(0, 0, 1) + at(0, 0, -1) - 2 * here,
                 yy = at(0, 1, 0) + at(0, -1, 0) - 2 * here,
                 ss = at(1, 0, 0) + at(-1, 0, 0) - 2 * here,
                 xy = (at(0, 1, 1) - at(0, 1, -1) - at(0, -1, 1) + at(0, -1, -1)) * 0.25,
                 xs = (at(1, 0, 1) - at(1, 0, -1) - at(-1, 0, 1) + at(-1, 0, -1)) * 0.25,
                 ys = (at(1, 1, 0) - at(1, -1, 0) - at(-1, 1, 0) + at(-1, -1, 0)) * 0.25;
    // By Cramer's rule.
    const double a = yy * ss - ys * ys, b = ys * xs - xy * ss, c = xy * ys - yy * xs;
    const double determinant = xx * a + xy * b + xs * c;
    double across = 0, down = 0, between = 0;
    if (determinant != 0) {
      across = -(a * dx + b * dy + c * ds) / determinant;
      down = -(b * dx + (xx * ss - xs * xs) * dy + (xy * xs - xx * ys) * ds) / determinant;
      between = -(c * dx + (xy * xs - xx * ys) * dy + (xx * yy - xy * xy) * ds) / determinant;
    }
    if (std::abs(across) < 0.5 && std::abs(down) < 0.5 && std::abs(between) < 0.5) {
      const double value =
          (here + (dx * across + dy * down + ds * between) * 0.5) / double(kWhite);
      if (std::abs(value) * kLayers < kContrast) return;
      // A ridge is sharp one way only.
      const double trace = xx + yy, both = xx * yy - xy * xy;
      if (both <= 0 || trace * trace * kEdge >= (kEdge + 1) * (kEdge + 1) * both) return;
      found_.push_back({number, layer, y, x, float(across), float(down), float(between),
                        float(std::abs(value))});
      return;
    }
    const double far = 1e6;  // no whole number beyond a picture's size is worth stepping to
    if (!(std::abs(across) < far && std::abs(down) < far && std::abs(between) < far)) return;
    x += static_cast<int>(std::lrint(across));
    y += static_cast<int>(std::lrint(down));
    layer += static_cast<int>(std::lrint(between));
    if (layer < 1 || layer > kLayers || x < kBorder || x >= width - kBorder || y < kBorder ||
        y >= height - kBorder)
      return;
  }
}

}  // namespace kernels
