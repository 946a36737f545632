// The paper's three distances between a query and rows of float16.
#include "distances.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace kernels {
namespace {

constexpr float kNear = 0.01f;
constexpr float kLeast = 1e-12f;  // of a product of lengths

// One minus nearly one loses all digits, down to negative distances of near-twins: of two unit
// vectors the cosine distance is half of their squared Euclidean distance.
class Cosine {
 public:
  Cosine(const float* query, int dimensions, const DistanceLoops& loops)
      : query_(query), dimensions_(dimensions), loops_(loops), unit_(query, query + dimensions) {
    double square = 0;
    for (float value : unit_) square += double(value) * value;
    length_ = static_cast<float>(std::sqrt(square));
    for (float& value : unit_) value /= std::max(length_, kLeast);
  }

  float operator()(const std::uint16_t* row) const {
    float dot, square;
    loops_.products(row, query_, dimensions_, &dot, &square);
    const float length = std::sqrt(square);
    const float distance = 1 - dot / std::max(length * length_, kLeast);
    if (distance >= kNear) return distance;
    return loops_.squares(row, unit_.data(), dimensions_, 1 / length) / 2;
  }

 private:
  const float* query_;
  int dimensions_;
  const DistanceLoops& loops_;
  std::vector<float> unit_;
  float length_;
};

template <typename Measure>
void measure_all(const std::uint16_t* rows, int dimensions, const std::int64_t* places,
                 std::int64_t count, float* found, Measure measure) {
  for (std::int64_t i = 0; i < count; ++i)
    found[i] = measure(rows + std::size_t(places ? places[i] : i) * dimensions);
}

}  // namespace

void distances(const float* query, int dimensions, Metric metric, const std::uint16_t* rows,
               const std::int64_t* places, std::int64_t count, const DistanceLoops& loops,
               float* found) {
  const auto all = [&](auto measure) {
    measure_all(rows, dimensions, places, count, found, measure);
  };
  switch (metric) {
    case Metric::kCosine:
      return all(Cosine(query, dimensions, loops));
    case Metric::kL1:
      return all([&](const std::uint16_t* row) { return loops.l1(row, query, dimensions); });
    case Metric::kL2:
      return all([&](const std::uint16_t* row) {
        return std::sqrt(loops.squares(row, query, dimensions, 1));
      });
  }
}

}  // namespace kernels
