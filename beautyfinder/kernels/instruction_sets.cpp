// Which instructions this processor has, and the loops that use them.
#include "instruction_sets.h"

#include <stdexcept>

#if defined(_M_X64)
#include <immintrin.h>
#include <intrin.h>
#elif defined(__x86_64__)
#include <cpuid.h>
#endif

namespace kernels {
namespace {

struct Has {
  bool avx2 = false, avx512 = false;
};

#if defined(X86_LOOPS) && defined(_M_X64)

Has look() {
  int leaf[4];
  __cpuid(leaf, 1);
  // Without registers saved by the system, FMA or conversions of float16.
  if (!(leaf[2] & (1 << 27)) || !(leaf[2] & (1 << 12)) || !(leaf[2] & (1 << 29))) return {};
  const unsigned long long saved = _xgetbv(0);
  __cpuidex(leaf, 7, 0);
  Has has;
  has.avx2 = (saved & 0x6) == 0x6 && (leaf[1] & (1 << 5));
  // AVX-512 F, DQ, BW, VL and VNNI.
  const unsigned parts = (1u << 16) | (1u << 17) | (1u << 30) | (1u << 31);
  has.avx512 = has.avx2 && (saved & 0xe6) == 0xe6 &&
               (static_cast<unsigned>(leaf[1]) & parts) == parts && (leaf[2] & (1 << 11));
  return has;
}

#elif defined(X86_LOOPS) && defined(__x86_64__)

Has look() {
  __builtin_cpu_init();
  Has has;
  unsigned a, b, c, d;  // older compilers cannot be asked for "f16c"
  const bool halves = __get_cpuid(1, &a, &b, &c, &d) && (c & (1u << 29));
  has.avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && halves;
  has.avx512 = has.avx2 && __builtin_cpu_supports("avx512f") &&
               __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
               __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vnni");
  return has;
}

#else

Has look() { return {}; }

#endif

const std::vector<InstructionSet>& known() {
  static const std::vector<InstructionSet> all = [] {
    std::vector<InstructionSet> found;
    const Has has = look();
#if defined(X86_LOOPS) && (defined(__x86_64__) || defined(_M_X64))
    if (has.avx512)
      found.push_back({"avx512", loops_avx512, pyramid_loops_avx512, gradient_loops_avx512,
                       cell_loops_avx512, distance_loops_avx512});
    if (has.avx2)
      found.push_back({"avx2", loops_avx2, pyramid_loops_avx2, gradient_loops_avx2,
                       cell_loops_avx2, distance_loops_avx2});
#else
    (void)has;
#endif
    found.push_back({"generic", loops_generic, pyramid_loops_generic, gradient_loops_generic,
                     cell_loops_generic, distance_loops_generic});
    return found;
  }();
  return all;
}

}  // namespace

std::vector<std::string> instruction_sets() {
  std::vector<std::string> names;
  for (const InstructionSet& one : known()) names.push_back(one.name);
  return names;
}

const InstructionSet& instruction_set(const std::string& name) {
  if (name.empty()) return known().front();
  for (const InstructionSet& one : known())
    if (one.name == name) return one;
  throw std::invalid_argument("this processor or this build has no instructions " + name);
}

}  // namespace kernels
