#include "intents/model/weights.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace svar::intents {
namespace {

constexpr std::size_t kCacheLine = 64;

using Term = std::pair<const std::int8_t*, std::int32_t>;

// sums[c] += Σ row[column + c] * factor for the kLane columns from `column` on. `terms` has an even
// number of elements. Both versions compute the same whole numbers.
void add_plain(const std::vector<Term>& terms, std::size_t column, std::int32_t* sums) {
  for (const auto& [row, factor] : terms) {
    for (std::size_t c = 0; c < Weights::kLane; ++c) sums[c] += row[column + c] * factor;
  }
}

#if defined(__x86_64__)
// Two rows at a time: their cells interleaved, so that one instruction multiplies and adds pairs.
__attribute__((target("avx2"))) void add_wide(const std::vector<Term>& terms, std::size_t column,
                                              std::int32_t* sums) {
  auto* out = reinterpret_cast<__m256i*>(sums);
  __m256i total[4];
  for (int i = 0; i < 4; ++i) total[i] = _mm256_loadu_si256(out + i);
  for (std::size_t t = 0; t + 1 < terms.size(); t += 2) {
    const std::int32_t low = terms[t].second & 0xffff;
    const __m256i factors = _mm256_set1_epi32(low | (terms[t + 1].second << 16));
    const auto* first = reinterpret_cast<const __m128i*>(terms[t].first + column);
    const auto* second = reinterpret_cast<const __m128i*>(terms[t + 1].first + column);
    for (int half = 0; half < 2; ++half) {
      const __m128i a = _mm_loadu_si128(first + half);
      const __m128i b = _mm_loadu_si128(second + half);
      const __m256i near = _mm256_cvtepi8_epi16(_mm_unpacklo_epi8(a, b));
      const __m256i far = _mm256_cvtepi8_epi16(_mm_unpackhi_epi8(a, b));
      total[2 * half] = _mm256_add_epi32(total[2 * half], _mm256_madd_epi16(near, factors));
      total[2 * half + 1] = _mm256_add_epi32(total[2 * half + 1], _mm256_madd_epi16(far, factors));
    }
  }
  for (int i = 0; i < 4; ++i) _mm256_storeu_si256(out + i, total[i]);
}
#endif

using Add = void (*)(const std::vector<Term>&, std::size_t, std::int32_t*);

Add fastest() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) return add_wide;
#endif
  return add_plain;
}

}  // namespace

Weights::Weights(std::size_t columns, std::vector<float> scales, std::vector<std::int8_t> cells,
                 std::vector<float> bias)
    : columns_(columns),
      scales_(std::move(scales)),
      cells_(std::move(cells)),
      bias_(std::move(bias)) {}

Weights Weights::rounded(const std::vector<float>& dense, std::vector<float> bias) {
  const std::size_t columns = bias.size();
  const std::size_t rows = columns == 0 ? 0 : dense.size() / columns;
  std::vector<float> scales(rows, 0);
  std::vector<std::int8_t> cells(rows * stride(columns), 0);
  for (std::size_t row = 0; row < rows; ++row) {
    const float* from = dense.data() + row * columns;
    float largest = 0;
    for (std::size_t c = 0; c < columns; ++c) largest = std::max(largest, std::fabs(from[c]));
    if (largest == 0) continue;
    scales[row] = largest / 127;
    for (std::size_t c = 0; c < columns; ++c) {
      cells[row * stride(columns) + c] =
          static_cast<std::int8_t>(std::lround(from[c] / scales[row]));
    }
  }
  return Weights(columns, std::move(scales), std::move(cells), std::move(bias));
}

void Weights::score(const SparseVector& vector, Scratch& scratch,
                    std::vector<float>& scores) const {
  static const Add add = fastest();
  for (std::size_t c = 0; c < columns_; ++c) scores[c] += bias_[c];
  float largest = 0;
  float sum = 0;
  for (const SparseVector::Entry& entry : vector.entries) {
    if (entry.row >= scales_.size()) continue;
    const float factor = entry.value * scales_[entry.row];
    largest = std::max(largest, factor);
    sum += factor;
  }
  if (largest == 0) return;
  // Factors fill 15 bits, and no sum of 127 times all of them leaves 31.
  const float unit = std::min(32'000 / largest, 16'000'000 / sum);
  scratch.terms.clear();
  for (const SparseVector::Entry& entry : vector.entries) {
    if (entry.row >= scales_.size()) continue;
    const auto factor =
        static_cast<std::int32_t>(std::lrint(entry.value * scales_[entry.row] * unit));
    if (factor == 0) continue;
    const std::int8_t* row = cells_.data() + entry.row * stride(columns_);
    for (std::size_t c = 0; c < columns_; c += kCacheLine) __builtin_prefetch(row + c);
    scratch.terms.push_back({row, factor});
  }
  if (scratch.terms.size() % 2 == 1) scratch.terms.push_back({cells_.data(), 0});
  scratch.sums.assign(stride(columns_), 0);
  for (std::size_t column = 0; column < columns_; column += kLane) {
    add(scratch.terms, column, scratch.sums.data() + column);
  }
  for (std::size_t c = 0; c < columns_; ++c) {
    scores[c] += static_cast<float>(scratch.sums[c]) / unit;
  }
}

}  // namespace svar::intents
