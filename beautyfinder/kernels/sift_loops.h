// Inner loops of SIFT, compiled once for every instruction set.
#pragma once

#include <cstdint>

namespace kernels {

constexpr int kBlurRows = 4;     // rows that are blurred at a time
constexpr int kMargin = 16;      // floats before and after a row that is about to be blurred
constexpr int kWidthStep = 64;   // rows are written up to a multiple of it
constexpr int kDoubledReach = 3;  // rows of the picture on either side that a doubled row needs
constexpr int kDoubledTaps = 2 * kDoubledReach + 1;
constexpr int kLayers = 3;       // of an octave that keypoints are found in
constexpr int kBlurred = kLayers + 3;
constexpr int kDirections = 36;  // of the histogram that gives a keypoint its angle
constexpr int kCells = 4;        // of a descriptor, on each side
constexpr int kTurns = 8;        // directions in a cell
constexpr int kGradientBlock = 16;  // gradients that are computed at a time, past a patch's end, too

// A blurred picture: rows `stride` floats apart, of which `width` count.
struct Plane {
  float* values;
  int width, height, stride;
};

// static: each instruction set has a copy of its own.
static inline float* row_of(const Plane& plane, int y) {
  return plane.values + std::int64_t(y) * plane.stride;
}

// Where a patch of a plane is sampled: the centre and the offsets from it, first and last.
struct Patch {
  const Plane* plane;
  int x, y;
  int left, right, top, bottom;
};

// What the loops of one instruction set are called by.
struct PyramidLoops {
  // Two rows of the doubled and blurred picture from kDoubledTaps rows of the picture, which is
  // `width` wide; even and odd: what these weigh for the one and for the other.
  // scratch: width + 2 kMargin.
  void (*doubled)(const float* const* rows, int width, const float* even, const float* odd,
                  float* scratch, float* const* to);

  // kBlurRows rows of a plane, blurred both ways by a kernel of `radius` (kernel[0] is the middle),
  // from kBlurRows + 2 * radius rows. scratch: kBlurRows rows of width + kWidthStep + 2 kMargin.
  void (*blur)(const float* const* rows, int width, int radius, const float* kernel,
               float* scratch, float* const* to);

  // Differences of one row of kBlurred planes.
  void (*subtract)(const float* const* rows, int width, float* const* to);

  // Columns from `begin` to `end` in which the middle one of 3 x 3 rows (layer by layer, then from
  // top to bottom) is beyond `least` and no less than its 26 neighbours, or no greater.
  // columns: room for end - begin; their number is returned.
  int (*extrema)(const float* const* rows, int begin, int end, float least, std::int32_t* columns);
};

// weights: from `left` or `top` to kGradientBlock beyond `right`, `bottom`, by the offset.
struct GradientLoops {
  // Adds the lengths of the gradients of a patch, weighed by weights[dx] * weights[dy], to the
  // kDirections directions nearest to theirs.
  void (*directions)(const Patch& patch, const float* weights, float* histogram);

  // Adds them to kCells * kCells * kTurns bins, three ways between the two nearest. cosine, sine:
  // of the keypoint's angle, over a cell's width in pixels; turn: the angle in parts of 1 / kTurns.
  void (*describe)(const Patch& patch, const float* weights, float cosine, float sine, float turn,
                   float* bins);
};

extern const PyramidLoops pyramid_loops_generic;
extern const GradientLoops gradient_loops_generic;
#if defined(X86_LOOPS) && (defined(__x86_64__) || defined(_M_X64))
extern const PyramidLoops pyramid_loops_avx2, pyramid_loops_avx512;
extern const GradientLoops gradient_loops_avx2, gradient_loops_avx512;
#endif

}  // namespace kernels
