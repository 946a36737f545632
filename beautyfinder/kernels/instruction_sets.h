// Which instructions this processor has, and the loops that use them.
#pragma once

#include <string>
#include <vector>

#include "loops.h"

namespace kernels {

// Names of the instruction sets that there are loops for and that the processor has, best first.
std::vector<std::string> instruction_sets();

// The loops of the instruction set of this name, or the best where it is empty. Throws
// std::invalid_argument for one that is not among instruction_sets().
const Loops& loops_of(const std::string& name);

}  // namespace kernels
