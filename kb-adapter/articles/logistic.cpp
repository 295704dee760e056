#include "kb-adapter/articles/logistic.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

namespace svar::kb {
namespace {

constexpr int kStepsMax = 30;
constexpr double kRidge = 1e-2;  // keeps a cleanly separable set from running away
constexpr std::size_t kSamplesMin = 40;

constexpr std::size_t kSize = std::tuple_size_v<Logistic::Weights>;

using Vector = Logistic::Weights;
using Matrix = std::array<Vector, kSize>;

double sigmoid(double x) {
  return 1 / (1 + std::exp(-x));
}

Vector inputs_of(const Evidence& evidence) {
  return {1, evidence.score, evidence.lead, evidence.covered};
}

double dot(const Vector& a, const Vector& b) {
  double sum = 0;
  for (std::size_t i = 0; i < kSize; ++i) sum += a[i] * b[i];
  return sum;
}

// Solves the system by Gauss with pivoting. The ridge keeps it regular.
Vector solve(Matrix a, Vector b) {
  for (std::size_t column = 0; column < kSize; ++column) {
    std::size_t pivot = column;
    for (std::size_t row = column + 1; row < kSize; ++row) {
      if (std::abs(a[row][column]) > std::abs(a[pivot][column])) pivot = row;
    }
    std::swap(a[column], a[pivot]);
    std::swap(b[column], b[pivot]);
    for (std::size_t row = column + 1; row < kSize; ++row) {
      const double factor = a[row][column] / a[column][column];
      for (std::size_t k = column; k < kSize; ++k) a[row][k] -= factor * a[column][k];
      b[row] -= factor * b[column];
    }
  }
  Vector x{};
  for (std::size_t row = kSize; row-- > 0;) {
    x[row] = b[row];
    for (std::size_t k = row + 1; k < kSize; ++k) x[row] -= a[row][k] * x[k];
    x[row] /= a[row][row];
  }
  return x;
}

}  // namespace

double Logistic::probability(const Evidence& evidence) const {
  return sigmoid(dot(weights_, inputs_of(evidence)));
}

// Newton's method. More similarity never makes an article less likely, whatever the samples say.
std::optional<Logistic> Logistic::fit(const std::vector<LogisticSample>& samples) {
  const auto right =
      std::count_if(samples.begin(), samples.end(), [](auto& sample) { return sample.right; });
  const bool one_kind = right == 0 || right == static_cast<std::ptrdiff_t>(samples.size());
  if (samples.size() < kSamplesMin || one_kind) return std::nullopt;
  Vector weights{};
  for (int step = 0; step < kStepsMax; ++step) {
    Matrix hessian{};
    Vector gradient{};
    for (const LogisticSample& sample : samples) {
      const Vector x = inputs_of(sample.evidence);
      const double p = sigmoid(dot(weights, x));
      for (std::size_t i = 0; i < kSize; ++i) {
        gradient[i] += (p - (sample.right ? 1 : 0)) * x[i];
        for (std::size_t k = 0; k < kSize; ++k) hessian[i][k] += p * (1 - p) * x[i] * x[k];
      }
    }
    for (std::size_t i = 0; i < kSize; ++i) {
      gradient[i] += kRidge * weights[i];
      hessian[i][i] += kRidge;
    }
    const Vector change = solve(hessian, gradient);
    double size = 0;
    for (std::size_t i = 0; i < kSize; ++i) {
      weights[i] -= change[i];
      size += std::abs(change[i]);
    }
    if (size < 1e-9) break;
  }
  for (std::size_t i = 1; i < kSize; ++i) weights[i] = std::max(weights[i], 0.0);
  return Logistic(weights);
}

}  // namespace svar::kb
