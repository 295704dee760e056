// Every number that the example model's training depends on. One set for every file and for the
// product; fitted on public validation data, never on a municipality's.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace svar::intents {

struct HyperParameters {
  // What a message is seen as.
  double letters_shortest = 2;  // letter n-grams within a word, its two edges counted as letters
  double letters_longest = 5;
  double word_weight = 1;      // length of the block of words
  double letter_weight = 1.4;  // length of the block of letters

  // One classifier a label, «this one» against all others.
  double svm_cost = 1;
  double svm_positive_weight = 5;
  double svm_tolerance = 0.1;
  double svm_bias = 1;
  double svm_epochs = 5;  // at most: it ends when no example is off by svm_tolerance

  // All labels against each other.
  double softmax_epochs = 8;
  double softmax_rate = 1.5;
  double softmax_words_dropped = 0.3;  // so many of an example's words are left out at each look

  // What each says in the whole.
  double softmax_share = 0.3;
  double centroid_share = 0.5;
  double nearest_share = 0.25;
  double nearest_common = 0.02;  // what more of the examples hold than this tells none from another

  // The gate and the thresholds.
  double folds = 4;
  double gate_cost = 1;
  double out_of_scope_share = 0.2;  // so much of what citizens write is assumed to be no topic
  double kept_in_scope = 0.996;     // so many of the rightly understood held-out examples pass
  double clear_precision = 0.94;    // so many of the clear held-out answers are right

  double false_alarms = 1.0 / 3000;  // so many of the held-out ordinary examples may be alarms

  double seed = 20'261'123;
};

struct NamedNumber {
  std::string_view name;
  double value = 0;
};

// By name, in the order above.
std::vector<NamedNumber> listed(const HyperParameters&);

// Changes one number; false when there is none of that name.
bool set(HyperParameters&, std::string_view name, double value);

// Hex, 16 characters, over all names and values; tells sets apart, no protection against malice.
std::string digest(const HyperParameters&);

}  // namespace svar::intents
