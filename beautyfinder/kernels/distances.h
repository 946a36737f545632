// The paper's three distances between a query and rows of float16.
#pragma once

#include <cstdint>

#include "distance_loops.h"

namespace kernels {

enum class Metric { kCosine, kL1, kL2 };  // paper, eq. 8, 6, 7

// Distances of rows (_, dimensions), float16 by their bits, to the query: of those at `places`, or
// of the first `count` where that is null. Summed in float32. A row or query of zeros is at cosine
// distance 1 from everything.
void distances(const float* query, int dimensions, Metric metric, const std::uint16_t* rows,
               const std::int64_t* places, std::int64_t count, const DistanceLoops& loops,
               float* found);

}  // namespace kernels
