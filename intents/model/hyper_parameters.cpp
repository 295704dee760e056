#include "intents/model/hyper_parameters.h"

#include <charconv>

#include "intents/model/hashing.h"

namespace svar::intents {
namespace {

// The one list of names: what is listed, set and digested can't differ.
template <class Parameters, class Visit>
void visit(Parameters& p, Visit see) {
  see("letters_shortest", p.letters_shortest);
  see("letters_longest", p.letters_longest);
  see("word_weight", p.word_weight);
  see("letter_weight", p.letter_weight);
  see("svm_cost", p.svm_cost);
  see("svm_positive_weight", p.svm_positive_weight);
  see("svm_tolerance", p.svm_tolerance);
  see("svm_bias", p.svm_bias);
  see("svm_epochs", p.svm_epochs);
  see("softmax_epochs", p.softmax_epochs);
  see("softmax_rate", p.softmax_rate);
  see("softmax_words_dropped", p.softmax_words_dropped);
  see("softmax_share", p.softmax_share);
  see("centroid_share", p.centroid_share);
  see("nearest_share", p.nearest_share);
  see("nearest_common", p.nearest_common);
  see("folds", p.folds);
  see("gate_cost", p.gate_cost);
  see("out_of_scope_share", p.out_of_scope_share);
  see("kept_in_scope", p.kept_in_scope);
  see("clear_precision", p.clear_precision);
  see("false_alarms", p.false_alarms);
  see("seed", p.seed);
}

}  // namespace

std::vector<NamedNumber> listed(const HyperParameters& parameters) {
  std::vector<NamedNumber> all;
  visit(parameters, [&](std::string_view name, double value) { all.push_back({name, value}); });
  return all;
}

bool set(HyperParameters& parameters, std::string_view name, double value) {
  bool found = false;
  visit(parameters, [&](std::string_view one, double& number) {
    if (one != name) return;
    number = value;
    found = true;
  });
  return found;
}

std::string digest(const HyperParameters& parameters) {
  std::uint64_t hash = kHashStart;
  for (const NamedNumber& one : listed(parameters)) {
    char number[32];
    const auto written = std::to_chars(number, number + sizeof number, one.value);
    hash = hash_bytes(one.name, hash);
    hash = hash_bytes({number, static_cast<std::size_t>(written.ptr - number)}, hash);
  }
  return hex(spread(hash));
}

std::string hex(std::uint64_t hash) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out(16, '0');
  for (std::size_t i = 0; i < out.size(); ++i) out[15 - i] = kDigits[(hash >> (4 * i)) & 15];
  return out;
}

}  // namespace svar::intents
