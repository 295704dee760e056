// When a ranking is believed: the gate that tells topics from what is no topic, and the thresholds,
// with the held-out figures they were chosen from.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

namespace svar::intents {

// What the gate looks at, in this order.
inline constexpr std::array<std::string_view, 8> kGateInputs = {
    "margin",         // score of the best label against all others
    "gap",            // to the second best
    "probability",    // its logarithm, among all labels
    "nearest",        // cosine to the nearest example of the best label
    "known_words",    // share of the message's words that training had seen
    "known_letters",  // and of its letter n-grams
    "length",         // logarithm of the number of words
    "agreement",      // 1 when the two kinds of classifiers name the same label
};
using GateInputs = std::array<double, kGateInputs.size()>;

// Labels that begin so are alarms: what is learned of danger, by kind. What they stand for goes
// before every topic, so they have a threshold of their own.
inline constexpr std::string_view kAlarmPrefix = "danger:";

struct Thresholds {
  bool fitted = false;  // false: too few examples were held out; the numbers are general ones
  GateInputs gate = {0.9, 0.6, 0.6, 0.2, 1.4, 1.6, 0, 0};
  double gate_bias = -0.7;
  double temperature = 0.35;  // of the scores, when they become probabilities
  double accept = 0.5;        // least `in_scope` of a ranking that is believed
  double clear = 0.8;         // least score of a best label that needs no question back
  // Least total of an alarm that is believed at once. Never, where too few ordinary examples were
  // held out to say that it hardly ever is one of those.
  double alarm = std::numeric_limits<double>::infinity();

  // One candidate for a threshold and what it would have done to the held-out examples, shares of
  // one. Ascending by `at`.
  struct AcceptPoint {
    double at = 0;
    double kept = 0;      // of the rightly understood
    double rejected = 0;  // of those out of scope
  };
  struct ClearPoint {
    double at = 0;
    double coverage = 0;   // of all in scope, clear
    double precision = 0;  // of the clear, right
  };
  struct AlarmPoint {
    double at = 0;
    double found = 0;         // of the alarms
    double false_alarms = 0;  // of the other examples
  };
  std::vector<AcceptPoint> accept_curve;
  std::vector<ClearPoint> clear_curve;
  std::vector<AlarmPoint> alarm_curve;
  std::uint32_t held_out = 0;               // examples in scope that the figures rest on
  std::uint32_t held_out_out_of_scope = 0;  // and out of scope
};

// 0…1: how sure the gate is that a message asks for one of the labels.
double in_scope(const Thresholds&, const GateInputs&);

}  // namespace svar::intents
