// Which instructions this processor has, and the loops that use them.
#pragma once

#include <string>
#include <vector>

#include "cell_loops.h"
#include "distance_loops.h"
#include "loops.h"
#include "sift_loops.h"

namespace kernels {

struct InstructionSet {
  std::string name;
  const Loops& matching;
  const PyramidLoops& pyramid;
  const GradientLoops& gradients;
  const CellLoops& cells;
  const DistanceLoops& distances;
};

// Names of the instruction sets that there are loops for and that the processor has, best first.
std::vector<std::string> instruction_sets();

// The instruction set of this name, or the best where it is empty. Throws std::invalid_argument for
// one that is not among instruction_sets().
const InstructionSet& instruction_set(const std::string& name);

}  // namespace kernels
