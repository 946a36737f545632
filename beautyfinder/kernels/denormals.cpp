// Numbers too small for a float's normal range: kept, or taken for zero.
#include "denormals.h"

#if defined(__x86_64__) || defined(_M_X64)
#include <xmmintrin.h>
#endif

namespace kernels {

bool denormals_as_zero(bool as_zero) {
#if defined(__x86_64__) || defined(_M_X64)
  constexpr unsigned kGiven = 1u << 6, kMade = 1u << 15;  // "denormals are zero", "flush to zero"
  const unsigned before = _mm_getcsr();
  _mm_setcsr(as_zero ? before | kGiven | kMade : before & ~(kGiven | kMade));
  return (before & kGiven) != 0;
#else
  (void)as_zero;
  return false;
#endif
}

}  // namespace kernels
