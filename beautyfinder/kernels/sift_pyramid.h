// The pyramid of blurred pictures that SIFT looks at, and the extrema of their differences.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "sift_loops.h"

namespace kernels {

constexpr double kSigma = 1.6;  // of the first blurred picture of an octave, in its pixels

// Numbers that are kept from picture to picture: the system hands big blocks out anew page by page.
class Buffer {
 public:
  // At least `count`, aligned to a line of the cache; what they were is lost when they are too few.
  float* at_least(std::size_t count);

 private:
  struct Freed {
    void operator()(float* values) const;
  };
  std::unique_ptr<float, Freed> values_;
  std::size_t count_ = 0;
};

// An extremum of the differences, refined.
struct Extremum {
  int octave, layer, y, x;     // the pixel it lies in, in its octave
  float across, down, between;  // from there, in pixels and layers; within half of one
  float response;
};

class Pyramid {
 public:
  // The extrema of a picture that pass the tests of contrast and edges, each once, in no order. The
  // layers they were found in stay until the next call.
  const std::vector<Extremum>& extrema(const std::uint8_t* grey, int height, int width,
                                       const PyramidLoops& loops);

  // The blurred picture of an extremum's octave and layer (1 to kLayers).
  const Plane& layer(int octave, int layer) const { return octaves_[octave][layer]; }

 private:
  struct Octave {
    Plane planes[kBlurred];
    Plane& operator[](int layer) { return planes[layer]; }
    const Plane& operator[](int layer) const { return planes[layer]; }
  };

  void lay_out(int height, int width);
  void fill_first_rows(Octave& octave, int from, const Plane* source, const PyramidLoops& loops);
  void blur_rows(Octave& octave, int layer, int y, const PyramidLoops& loops);
  void look_at_octave(int octave, const PyramidLoops& loops);
  void refine(int octave, int layer, int y, int x);

  struct Candidate {
    int layer, y, x;
  };
  Buffer picture_, planes_, rows_, scratch_;
  Plane whole_{};  // the picture in floats
  std::vector<Octave> octaves_;
  std::vector<Candidate> candidates_;
  std::vector<std::int32_t> columns_;
  std::vector<Extremum> found_;
};

}  // namespace kernels
