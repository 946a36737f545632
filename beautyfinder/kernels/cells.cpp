// Which of many centroids a descriptor is nearest to.
#include "cells.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <limits>
#include <numeric>
#include <utility>

namespace kernels {
namespace {

constexpr std::int32_t kNever = 1 << 29;  // a square that no score makes up for
constexpr int kChunk = 32'768;            // descriptors sorted by their inner cells at a time

// Calls work(rows, count, start) for kCellRows descriptors at a time.
template <typename Work>
void in_blocks(const std::uint8_t* descriptors, int count, Work work) {
  const std::uint8_t* rows[kCellRows];
  for (int start = 0; start < count; start += kCellRows) {
    const int some = std::min(kCellRows, count - start);
    for (int i = 0; i < some; ++i) rows[i] = descriptors + std::size_t(start + i) * kLength;
    work(rows, some, start);
  }
}

// The places of the `wanted` greatest scores, first those of equal ones, in their order.
void greatest(const std::int32_t* scores, int count, int wanted, std::int32_t* places) {
  // The greatest of each panel: as many of them as wanted are at least the least of those wanted.
  std::vector<std::int32_t> peaks;
  for (int start = 0; start < count; start += kCellPanel)
    peaks.push_back(*std::max_element(scores + start, scores + start + kCellPanel));
  std::int32_t least = std::numeric_limits<std::int32_t>::min();
  if (int(peaks.size()) >= wanted) {
    std::nth_element(peaks.begin(), peaks.begin() + wanted - 1, peaks.end(), std::greater<>());
    least = peaks[wanted - 1];
  }
  std::vector<std::pair<std::int32_t, std::int32_t>> found;
  for (int i = 0; i < count; ++i)
    if (scores[i] >= least) found.emplace_back(-scores[i], i);
  std::partial_sort(found.begin(), found.begin() + wanted, found.end());
  for (int i = 0; i < wanted; ++i) places[i] = found[i].second;
}

}  // namespace

Cells::Cells(const std::uint8_t* centroids, int count, const std::uint8_t* inner, int inner_count,
             int probes, const CellLoops& loops)
    : loops_(loops), probes_(std::min(probes, inner_count)) {
  std::vector<std::int32_t> all(std::max(count, inner_count));
  std::iota(all.begin(), all.end(), 0);
  if (!inner_count) {
    groups_.push_back(panels_of(centroids, all));
    return;
  }
  inner_ = panels_of(inner, {all.begin(), all.begin() + inner_count});
  std::vector<std::int32_t> homes(count);
  nearest_of_all(centroids, count, inner_, homes.data());
  std::vector<std::vector<std::int32_t>> members(inner_count);
  for (int i = 0; i < count; ++i) members[homes[i]].push_back(i);
  for (auto& numbers : members) groups_.push_back(panels_of(centroids, std::move(numbers)));
}

Cells::Panels Cells::panels_of(const std::uint8_t* centroids,
                             std::vector<std::int32_t> numbers) const {
  const std::size_t panel = std::size_t(kCellPanel) * kLength * loops_.bytes;
  const std::size_t panels = (numbers.size() + kCellPanel - 1) / kCellPanel;
  Panels group;
  group.panels.resize(panels * panel);
  group.squares.assign(panels * kCellPanel, kNever);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const std::uint8_t* values = centroids + std::size_t(numbers[i]) * kLength;
    loops_.lay(values, int(i % kCellPanel), group.panels.data() + i / kCellPanel * panel);
    group.squares[i] = std::inner_product(values, values + kLength, values, 0);
  }
  group.numbers = std::move(numbers);
  return group;
}

void Cells::nearest(const std::uint8_t* descriptors, int count, std::int32_t* numbers) const {
  if (!probes_) return nearest_of_all(descriptors, count, groups_[0], numbers);
  for (int start = 0; start < count; start += kChunk)
    nearest_of_probed(descriptors + std::size_t(start) * kLength, std::min(kChunk, count - start),
                    numbers + start);
}

void Cells::nearest_of_all(const std::uint8_t* descriptors, int count, const Panels& group,
                           std::int32_t* numbers) const {
  std::int32_t scores[kCellRows];
  in_blocks(descriptors, count, [&](const std::uint8_t* const* rows, int some, int start) {
    loops_.best(rows, some, group.panels.data(), group.squares.data(), group.panel_count(), scores,
                numbers + start);
  });
}

// The inner cells that each descriptor looks into: probes (count, probes_).
void Cells::probe(const std::uint8_t* descriptors, int count, std::int32_t* probes) const {
  const int columns = inner_.panel_count() * kCellPanel;
  std::vector<std::int32_t> scores(std::size_t(kCellRows) * columns);
  in_blocks(descriptors, count, [&](const std::uint8_t* const* rows, int some, int start) {
    loops_.score(rows, some, inner_.panels.data(), inner_.squares.data(), inner_.panel_count(),
                 scores.data());
    for (int i = 0; i < some; ++i)
      greatest(scores.data() + std::size_t(i) * columns, columns, probes_,
               probes + std::size_t(start + i) * probes_);
  });
}

// All descriptors that look into one inner cell together, so that its centroids stay in the cache.
void Cells::nearest_of_probed(const std::uint8_t* descriptors, int count,
                            std::int32_t* numbers) const {
  std::vector<std::int32_t> probes(std::size_t(count) * probes_);
  probe(descriptors, count, probes.data());
  std::vector<std::int32_t> ends(groups_.size() + 1), order(probes.size());
  for (const std::int32_t cell : probes) ++ends[cell + 1];
  std::partial_sum(ends.begin(), ends.end(), ends.begin());
  const std::vector<std::int32_t> starts = ends;
  for (std::size_t i = 0; i < probes.size(); ++i)
    order[ends[probes[i]]++] = static_cast<std::int32_t>(i / probes_);

  std::fill_n(numbers, count, 0);  // of a descriptor whose inner cells are all empty
  std::vector<std::int32_t> nearness(count, std::numeric_limits<std::int32_t>::min());
  for (std::size_t cell = 0; cell < groups_.size(); ++cell) {
    const Panels& group = groups_[cell];
    if (group.numbers.empty()) continue;
    for (std::int32_t start = starts[cell]; start < starts[cell + 1]; start += kCellRows) {
      const int some = std::min(kCellRows, starts[cell + 1] - start);
      const std::uint8_t* rows[kCellRows];
      std::int32_t scores[kCellRows], places[kCellRows];
      for (int i = 0; i < some; ++i)
        rows[i] = descriptors + std::size_t(order[start + i]) * kLength;
      loops_.best(rows, some, group.panels.data(), group.squares.data(), group.panel_count(),
                  scores, places);
      for (int i = 0; i < some; ++i) {
        const std::int32_t row = order[start + i];
        if (scores[i] <= nearness[row]) continue;
        nearness[row] = scores[i];
        numbers[row] = group.numbers[places[i]];
      }
    }
  }
}

}  // namespace kernels
