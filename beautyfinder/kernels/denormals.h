// Numbers too small for a float's normal range: kept, or taken for zero.
#pragma once

namespace kernels {

// In the calling thread, and in those that it starts, from now on; what was so before. Intel's processors take a hundred times as
// long for an operation on such a number, and weights that training drove to nothing are full of
// them. Other processors than x86 do not mind: nothing is done there.
bool denormals_as_zero(bool as_zero);

}  // namespace kernels
