// Histograms of gradients around a keypoint, for one instruction set: INSTRUCTION_SET.
#include "lanes.h"
#include "loops_of.h"
#include "sift_loops.h"

namespace kernels {
namespace {

constexpr int kSide = kCells + 2;  // with what falls beside the cells
constexpr int kBlock = kGradientBlock;

// Lengths of kBlock gradients of a row and their directions, in parts of `parts` of a turn (0 to
// `parts`), counter-clockwise as one sees the picture.
inline void gradients(const float* row, std::int64_t stride, float parts, float* lengths,
                      float* directions) {
  const float *above = row - stride, *below = row + stride;
  for (int i = 0; i < kBlock; ++i) {
    const float x = row[i + 1] - row[i - 1];
    const float y = above[i] - below[i];
    lengths[i] = sqrtf(x * x + y * y);
    // The arc tangent with OpenCV's error of up to 0.01 degrees, which its values were fitted to:
    // gradients between two bins of a histogram then fall into the same one.
    const float along = fabsf(x), across = fabsf(y);
    const float greater = along > across ? along : across;
    const float lesser = along > across ? across : along;
    const float tangent = lesser / (greater + 1e-30f);
    const float square = tangent * tangent;
    float turn = -0.00705479086f;
    turn = turn * square + 0.0247611132f;
    turn = turn * square - 0.0518540177f;
    turn = turn * square + 0.159121185f;
    turn *= tangent;
    turn = across > along ? 0.25f - turn : turn;
    turn = x < 0 ? 0.5f - turn : turn;
    turn = y < 0 ? 1.0f - turn : turn;
    directions[i] = turn * parts;
  }
}

// Asks for a row of a patch that will be needed soon: processors do not foresee where it lies.
inline void prefetch(const Patch& patch, int dy) {
#if defined(__AVX2__)
  constexpr int kAhead = 8, kLine = 16;
  const int ahead = dy + kAhead < patch.bottom ? dy + kAhead : patch.bottom;
  const float* row = row_of(*patch.plane, patch.y + ahead) + patch.x;
  for (int dx = patch.left; dx < patch.right + kLine; dx += kLine)
    _mm_prefetch(reinterpret_cast<const char*>(row + dx), _MM_HINT_T0);
#else
  (void)patch, (void)dy;
#endif
}

void directions(const Patch& patch, const float* weights, float* histogram) {
  constexpr int kCopies = 4;  // so that a sum need not wait for the one before it
  float copies[kCopies][kDirections + 4] = {};
  float lengths[kBlock], turns[kBlock];
  int bins[kBlock];
  const Plane& plane = *patch.plane;
  for (int dy = patch.top; dy <= patch.bottom; ++dy) {
    const float* row = row_of(plane, patch.y + dy) + patch.x;
    const float weight = weights[dy];
    prefetch(patch, dy);
    for (int start = patch.left; start <= patch.right; start += kBlock) {
      gradients(row + start, plane.stride, kDirections, lengths, turns);
      for (int i = 0; i < kBlock; ++i) {
        bins[i] = static_cast<int>(turns[i] + 0.5f);  // the last is the first again
        lengths[i] *= weights[start + i] * weight;
      }
      const int count = patch.right - start + 1 < kBlock ? patch.right - start + 1 : kBlock;
      for (int i = 0; i < count; ++i) copies[i % kCopies][bins[i]] += lengths[i];
    }
  }
  for (int i = 0; i < kDirections; ++i) histogram[i] = 0;
  for (const float(&copy)[kDirections + 4] : copies)
    for (int i = 0; i <= kDirections; ++i) histogram[i % kDirections] += copy[i];
}

// Narrows first..last to the steps at which |step * slope + start| is below `reach`, or one more.
inline void narrow(float slope, float start, float reach, int* first, int* last) {
  if (fabsf(slope) < 1e-6f) return;
  const float one = (-reach - start) / slope, other = (reach - start) / slope;
  const float least = floorf(one < other ? one : other), most = ceilf(one < other ? other : one);
  if (least > static_cast<float>(*first)) *first = least < 1e4f ? static_cast<int>(least) : 10000;
  if (most < static_cast<float>(*last)) *last = most > -1e4f ? static_cast<int>(most) : -10000;
}

void describe(const Patch& patch, const float* weights, float cosine, float sine, float turn,
              float* bins) {
  constexpr float kReach = kCells / 2 + 0.5f, kLast = kSide - 1;
  float lengths[kBlock], turns[kBlock], cells[kBlock];
  float upper_left[kBlock], upper_right[kBlock], lower_left[kBlock], lower_right[kBlock];
  float numbers[kBlock];
  for (int i = 0; i < kBlock; ++i) numbers[i] = static_cast<float>(i);
  using L = Eight;
  const L::Floats places = L::load(numbers), whole = L::all(kTurns), one = L::all(1),
                  none = L::all(0);
  constexpr int kCopies = 2, kPadded = (kSide + 1) * kSide + 1;
  float copies[kCopies][kPadded][kTurns];
  for (float(&copy)[kPadded][kTurns] : copies)
    for (float(&cell)[kTurns] : copy) L::store(cell, none);
  using W = Wide;
  const Plane& plane = *patch.plane;
  for (int dy = patch.top; dy <= patch.bottom; ++dy) {
    const float down = static_cast<float>(dy);
    int first = patch.left, last = patch.right;
    narrow(cosine, -down * sine, kReach, &first, &last);
    narrow(sine, down * cosine, kReach, &first, &last);
    prefetch(patch, dy);
    const float* row = row_of(plane, patch.y + dy) + patch.x;
    for (int start = first; start <= last; start += kBlock) {
      gradients(row + start, plane.stride, kTurns, lengths, turns);
      for (int i = 0; i < kBlock; i += W::kCount) {
        const W::Floats step = W::add(W::load(numbers + i), W::all(static_cast<float>(start)));
        // In cells, from the middle of the one before the first. What lies outside falls, whole, on
        // the middles of cells that do not count.
        const auto place = [&](float slope, float from) {
          const W::Floats free = W::multiply_add(step, W::all(slope), W::all(from + kReach));
          return W::lesser(W::greater(free, W::all(0)), W::all(kLast));
        };
        const W::Floats across = place(cosine, -down * sine), along = place(sine, down * cosine);
        const W::Floats column = W::floor(across), line = W::floor(along);
        const W::Floats length = W::multiply(
            W::load(lengths + i), W::multiply(W::load(weights + start + i), W::all(weights[dy])));
        const W::Floats right = W::subtract(across, column);
        const W::Floats bottom = W::multiply(length, W::subtract(along, line));
        const W::Floats top = W::subtract(length, bottom);
        const W::Floats top_right = W::multiply(top, right);
        const W::Floats bottom_right = W::multiply(bottom, right);
        W::store(upper_right + i, top_right);
        W::store(upper_left + i, W::subtract(top, top_right));
        W::store(lower_right + i, bottom_right);
        W::store(lower_left + i, W::subtract(bottom, bottom_right));
        W::store(cells + i, W::multiply_add(line, W::all(kSide), column));
        const W::Floats off = W::subtract(W::load(turns + i), W::all(turn));
        const W::Floats rounds = W::floor(W::multiply(off, W::all(1.0f / kTurns)));
        W::store(turns + i, W::multiply_add(rounds, W::all(-kTurns), off));
      }
      const int count = last - start + 1 < kBlock ? last - start + 1 : kBlock;
      for (int i = 0; i < count; ++i) {
        // What each of the kTurns directions takes: 1 at it, 0 at its neighbours.
        const L::Floats off = L::absolute(L::subtract(places, L::all(turns[i])));
        const L::Floats share =
            L::greater(none, L::subtract(one, L::lesser(off, L::subtract(whole, off))));
        float* cell = copies[i % kCopies][static_cast<int>(cells[i])];
        const auto give = [&](float* to, float length) {
          L::store(to, L::multiply_add(L::all(length), share, L::load(to)));
        };
        give(cell, upper_left[i]);
        give(cell + kTurns, upper_right[i]);
        give(cell + kSide * kTurns, lower_left[i]);
        give(cell + (kSide + 1) * kTurns, lower_right[i]);
      }
    }
  }
  for (int line = 0; line < kCells; ++line)
    for (int column = 0; column < kCells; ++column)
      for (int i = 0; i < kTurns; ++i) {
        float sum = 0;
        for (int copy = 0; copy < kCopies; ++copy)
          sum += copies[copy][(line + 1) * kSide + column + 1][i];
        *bins++ = sum;
      }
}

}  // namespace

extern const GradientLoops NAMED(gradient_loops_, INSTRUCTION_SET) = {directions, describe};

}  // namespace kernels
