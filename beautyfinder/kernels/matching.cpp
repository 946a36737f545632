// Exact matches of one photo's RootSIFT descriptors with those of catalogue pictures.
#include "matching.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace kernels {
namespace {

constexpr float kMost = 127;      // of a rounded value: two products of it fit into 16 bits
constexpr double kSlack = 1e-5;   // more than float32 can be off in what is said of rounding

// What a thread needs while it matches, kept: the system hands big blocks out anew page by page.
struct Scratch {
  std::vector<float> roots;
  std::vector<std::int8_t> rounded;
  std::vector<std::int32_t> products, most, column, places;
};

struct Likely {
  int candidate, query;
  double similarity;
  float distance;
};

// Of rows whose greatest value is `greatest`.
float scale_of(float greatest) { return greatest > 0 ? kMost / greatest : 1; }

float distance_of(double similarity) {
  // |u - v|² = 2 - 2uv for unit vectors.
  return static_cast<float>(std::sqrt(std::max(2 - 2 * similarity, 0.0)));
}

// The place of the greatest similarity, the first of equal ones; that and the second greatest.
struct Best {
  int place = -1;
  double first = -1, second = -1;

  void add(int at, double similarity) {
    if (similarity > first) {
      second = first;
      first = similarity;
      place = at;
    } else if (similarity > second) {
      second = similarity;
    }
  }
};

// Of the similarities of `row` to the rows of `others` at `places`, which ascend.
Best best_of(const float* row, const float* others, const std::int32_t* places, int count,
             const Loops& loops) {
  Best best;
  for (int i = 0; i < count; ++i)
    best.add(places[i], loops.dot(row, others + std::size_t(places[i]) * kLength));
  return best;
}

}  // namespace

QueryDescriptors::QueryDescriptors(const std::uint8_t* descriptors, int count, const Loops& loops)
    : count_(count),
      panel_count_((count + kPanel - 1) / kPanel),
      loops_(loops),
      roots_(std::size_t(count) * kLength),
      rounded_(std::size_t(count) * kLength),
      panels_(std::size_t(panel_count_) * kPanel * kLength) {
  float greatest;
  loops.root_sift(descriptors, count, roots_.data(), &greatest);
  scale_ = scale_of(greatest);
  loss_ = loops.round(roots_.data(), count, scale_, rounded_.data());
  std::int32_t longest = 0;
  for (int row = 0; row < count; ++row) {
    const std::int8_t* values = rounded_.data() + std::size_t(row) * kLength;
    std::int32_t length;
    loops.multiply_one(values, values, 1, &length);
    longest = std::max(longest, length);
    std::int8_t* panel = panels_.data() + std::size_t(row / kPanel) * kPanel * kLength;
    const int group = loops.group;
    for (int i = 0; i < kLength; ++i)
      panel[(i / group * kPanel + row % kPanel) * group + i % group] = values[i];
  }
  longest_ = std::sqrt(static_cast<float>(longest)) / scale_;
}

MatchList QueryDescriptors::match(const std::uint8_t* candidate, int count, float ratio) const {
  MatchList found;
  if (count_ < 2 || count < 1) return found;
  static thread_local Scratch scratch;
  const int columns = panel_count_ * kPanel;
  scratch.roots.resize(std::size_t(count) * kLength);
  scratch.rounded.resize(std::size_t(count) * kLength);
  scratch.products.resize(std::size_t(kRowsAtATime) * columns);
  scratch.most.assign(columns, 0);
  scratch.places.resize(std::max(columns, count));
  const float* roots = scratch.roots.data();
  const std::int8_t* rounded = scratch.rounded.data();
  std::int32_t* places = scratch.places.data();

  float greatest;
  loops_.root_sift(candidate, count, scratch.roots.data(), &greatest);
  const float scale = scale_of(greatest);
  const float loss = loops_.round(roots, count, scale, scratch.rounded.data());
  // By Cauchy and Schwarz, uv - u'v' = u(v - v') + (u - u')v' is off by no more than this.
  const double units = double(scale) * scale_;
  const double off = loss_ + double(loss) * longest_ + kSlack;
  const auto twice = static_cast<std::int32_t>(std::ceil(2 * off * units)) + 1;

  std::vector<Likely> likely;
  for (int start = 0; start < count; start += kRowsAtATime) {
    const int rows = std::min(kRowsAtATime, count - start);
    std::int32_t second[kRowsAtATime];
    loops_.multiply(rounded + std::size_t(start) * kLength, rows, panels_.data(), panel_count_,
                    scratch.products.data(), second, scratch.most.data());
    for (int row = 0; row < rows; ++row) {
      const float* root = roots + std::size_t(start + row) * kLength;
      const std::int32_t* products = scratch.products.data() + std::size_t(row) * columns;
      const auto best_at_least = [&](std::int32_t least) {
        const int near = loops_.at_least(products, count_, least, places);
        return best_of(root, roots_.data(), places, near, loops_);
      };
      // Of those with the two greatest products; no other is nearer than what rounding hides.
      const Best likeliest = best_at_least(second[row]);
      const double nearest = std::max(likeliest.first, second[row] / units + off);
      if (distance_of(nearest) > ratio * distance_of(likeliest.second)) continue;
      const Best best = best_at_least(second[row] - twice);
      const float distance = distance_of(best.first);
      if (distance <= ratio * distance_of(best.second))
        likely.push_back({start + row, best.place, best.first, distance});
    }
  }

  // Mutual: no other keypoint of the candidate may be nearer to the query keypoint.
  scratch.column.resize(count);
  for (const Likely& one : likely) {
    if (scratch.most[one.query] > (one.similarity + off) * units) continue;  // one is nearer
    const auto least = static_cast<std::int32_t>(std::floor((one.similarity - off) * units));
    loops_.multiply_one(rounded_.data() + std::size_t(one.query) * kLength, rounded, count,
                        scratch.column.data());
    const int near = loops_.at_least(scratch.column.data(), count, least, places);
    const float* root = roots_.data() + std::size_t(one.query) * kLength;
    if (best_of(root, roots, places, near, loops_).place != one.candidate) continue;
    found.query.push_back(one.query);
    found.candidate.push_back(one.candidate);
    found.distances.push_back(one.distance);
  }
  return found;
}

NeighbourList QueryDescriptors::neighbours(const std::uint8_t* candidate, int count) const {
  std::vector<float> roots(std::size_t(count) * kLength);
  float greatest;
  loops_.root_sift(candidate, count, roots.data(), &greatest);
  NeighbourList found;
  std::vector<int> nearest_of_query(count_, -1);
  std::vector<double> greatest_of_query(count_, -1);
  for (int row = 0; row < count; ++row) {
    const float* root = roots.data() + std::size_t(row) * kLength;
    Best best;
    for (int column = 0; column < count_; ++column) {
      const double similarity = loops_.dot(root, roots_.data() + std::size_t(column) * kLength);
      best.add(column, similarity);
      if (similarity > greatest_of_query[column]) {
        greatest_of_query[column] = similarity;
        nearest_of_query[column] = row;
      }
    }
    found.nearest.push_back(best.place);
    found.distances.push_back(distance_of(best.first));
    found.distances.push_back(distance_of(best.second));
  }
  for (int row = 0; row < count; ++row)
    found.mutual.push_back(nearest_of_query[found.nearest[row]] == row);
  return found;
}

}  // namespace kernels
