#include "kb-adapter/articles/logistic.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace svar::kb {
namespace {

constexpr int kStepsMax = 30;
constexpr double kRidge = 1e-2;  // keeps a cleanly separable set from running away
constexpr std::size_t kSamplesMin = 40;

using Vector = std::array<double, 3>;
using Matrix = std::array<Vector, 3>;

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

// Solves the 3×3 system by Gauss with pivoting. The ridge keeps it regular.
Vector solve(Matrix a, Vector b) {
  for (std::size_t column = 0; column < 3; ++column) {
    std::size_t pivot = column;
    for (std::size_t row = column + 1; row < 3; ++row) {
      if (std::abs(a[row][column]) > std::abs(a[pivot][column])) pivot = row;
    }
    std::swap(a[column], a[pivot]);
    std::swap(b[column], b[pivot]);
    for (std::size_t row = column + 1; row < 3; ++row) {
      const double factor = a[row][column] / a[column][column];
      for (std::size_t k = column; k < 3; ++k) a[row][k] -= factor * a[column][k];
      b[row] -= factor * b[column];
    }
  }
  Vector x{};
  for (std::size_t row = 3; row-- > 0;) {
    x[row] = b[row];
    for (std::size_t k = row + 1; k < 3; ++k) x[row] -= a[row][k] * x[k];
    x[row] /= a[row][row];
  }
  return x;
}

}  // namespace

double Logistic::probability(double score, double lead) const {
  return sigmoid(base_ + per_score_ * score + per_lead_ * lead);
}

// Newton's method.
std::optional<Logistic> Logistic::fit(const std::vector<LogisticSample>& samples) {
  const auto right = std::count_if(samples.begin(), samples.end(), [](auto& sample) { return sample.right; });
  if (samples.size() < kSamplesMin || right == 0 || right == static_cast<std::ptrdiff_t>(samples.size())) return std::nullopt;
  Vector w{};
  for (int step = 0; step < kStepsMax; ++step) {
    Matrix hessian{};
    Vector gradient{};
    for (const LogisticSample& sample : samples) {
      const Vector x{1, sample.score, sample.lead};
      const double p = sigmoid(w[0] + w[1] * x[1] + w[2] * x[2]);
      for (std::size_t i = 0; i < 3; ++i) {
        gradient[i] += (p - (sample.right ? 1 : 0)) * x[i];
        for (std::size_t k = 0; k < 3; ++k) hessian[i][k] += p * (1 - p) * x[i] * x[k];
      }
    }
    for (std::size_t i = 0; i < 3; ++i) {
      gradient[i] += kRidge * w[i];
      hessian[i][i] += kRidge;
    }
    const Vector change = solve(hessian, gradient);
    for (std::size_t i = 0; i < 3; ++i) w[i] -= change[i];
    if (std::abs(change[0]) + std::abs(change[1]) + std::abs(change[2]) < 1e-9) break;
  }
  return Logistic(w[0], std::max(w[1], 0.0), std::max(w[2], 0.0));
}

}  // namespace svar::kb
