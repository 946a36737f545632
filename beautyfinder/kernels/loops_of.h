// How loops_*.cpp name what they offer: NAMED(x_, INSTRUCTION_SET) is x_avx2 where that is the set.
//
// Nothing inline of the standard library is used in those files: the linker keeps one copy of such a
// function, and that might be one with instructions that the processor lacks.
#pragma once

#define JOINED(a, b) a##b
#define NAMED(a, b) JOINED(a, b)
