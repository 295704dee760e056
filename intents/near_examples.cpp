#include "intents/near_examples.h"

#include <algorithm>
#include <functional>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "intents/findings.h"
#include "intents/normal_text.h"

namespace svar::intents {
namespace {

constexpr std::size_t kTypoKeyBytesMin = 8;
constexpr std::size_t kTypoWordBytesMin = 5;

// Words that change no question's topic, in the reading of the shipped equivalents and in English.
const std::unordered_set<std::string_view>& small_words() {
  static const std::unordered_set<std::string_view> words = {
      "eg",  "me", "vi",   "du",   "de",  "det", "den",  "dei",  "ein",    "ei",    "eit",  "en",
      "et",  "er", "e",    "i",    "på",  "å",   "og",   "for",  "til",    "av",    "at",   "som",
      "med", "om", "kan",  "skal", "vil", "må",  "hei",  "takk", "då",     "da",    "òg",   "no",
      "min", "mi", "mitt", "mine", "oss", "vår", "vårt", "the",  "a",      "an",    "is",   "are",
      "do",  "my", "to",   "of",   "in",  "on",  "can",  "we",   "please", "hallo", "vere", "så"};
  return words;
}

using Words = std::vector<std::string>;

// What an example says: its words in their reading, folded, without the small ones, sorted.
Words essence(const std::string& example, const Equivalents& equivalents) {
  const NormalText text = normalise(example);
  const std::vector<ReadWord> written = words_of(text);
  Words all, out;
  for (const ReadWord& word : read_words(written, equivalents)) {
    all.push_back(fold(word.text));
    if (small_words().count(word.text) == 0) out.push_back(all.back());
  }
  if (out.empty()) out = all;
  std::sort(out.begin(), out.end());
  return out;
}

std::string joined(const Words& words) {
  std::string out;
  for (const std::string& word : words) out.append(word).append(" ");
  return out;
}

std::u32string widened(const std::string& word) {
  return {word.begin(), word.end()};
}

// All words equal but one, and that a long one with one letter wrong.
bool one_letter_apart(const Words& a, const Words& b) {
  if (a.size() != b.size()) return false;
  Words only_a, only_b;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(only_a));
  std::set_difference(b.begin(), b.end(), a.begin(), a.end(), std::back_inserter(only_b));
  return only_a.size() == 1 && only_b.size() == 1 && only_a[0].size() >= kTypoWordBytesMin &&
         only_b[0].size() >= kTypoWordBytesMin &&
         within_one_typo(widened(only_a[0]), widened(only_b[0]));
}

class NearExamples {
 public:
  NearExamples(const IntentMatcher::Impl& impl, Findings& out) : impl_(impl), out_(out) {}

  void run() {
    for (std::size_t i = 0; i < impl_.examples.size(); ++i) {
      essences_.push_back(essence(text_of(i), impl_.equivalents));
      if (joined(essences_[i]).empty()) continue;
      look_for_equal(i);
      look_for_typos(i);
    }
  }

 private:
  const std::string& text_of(std::size_t number) const {
    const auto& example = impl_.examples[number];
    return example.intent->examples[example.number];
  }

  Place place(std::size_t number) const {
    const auto& example = impl_.examples[number];
    return place_of(example.intent->place, example.intent->example_lines, example.number);
  }

  void look_for_equal(std::size_t number) {
    for (const std::string& key : {joined(essences_[number]), key_of(number)}) {
      std::vector<std::size_t>& same = by_key_[key];
      for (const std::size_t other : same) report(number, other);
      same.push_back(number);
    }
  }

  // Two keys that differ by one letter are equal once the right letter is left out of each.
  void look_for_typos(std::size_t number) {
    const std::string key = joined(essences_[number]);
    if (key.size() < kTypoKeyBytesMin) return;
    std::set<std::size_t> met;
    for (std::size_t at = 0; at <= key.size(); ++at) {
      std::string shorter = key;
      if (at < key.size()) shorter.erase(at, 1);
      std::vector<std::size_t>& like = by_shorter_[std::hash<std::string>{}(shorter)];
      for (const std::size_t other : like) {
        if (other != number && one_letter_apart(essences_[number], essences_[other]))
          met.insert(other);
      }
      if (like.empty() || like.back() != number) like.push_back(number);
    }
    for (const std::size_t other : met) report(number, other);
  }

  void report(std::size_t number, std::size_t other) {
    const auto& one = impl_.examples[number];
    const auto& two = impl_.examples[other];
    if (one.intent == two.intent || !told_.emplace(number, other).second) return;
    const bool same = key_of(number) == key_of(other);
    // A single vague word stands in several topics on purpose; once is enough said.
    if (!same && essences_[number].size() == 1) return;
    out_.push_back(
        warning(same ? "same_example" : "near_duplicate", place(number),
                "the example " + quoted(text_of(number)) + " of " + one.intent->article.value +
                    (same ? " stands in " : " is nearly ") +
                    (same ? two.intent->article.value + " too ("
                          : quoted(text_of(other)) + " of " + two.intent->article.value + " (") +
                    where(place(other)) + "): the citizen will be asked",
                place(other)));
  }

  std::string key_of(std::size_t number) const {
    const NormalText text = normalise(text_of(number));
    const std::vector<ReadWord> words = words_of(text);
    return fold(without_blanks(words));
  }

  const IntentMatcher::Impl& impl_;
  Findings& out_;
  std::vector<Words> essences_;  // by example
  std::unordered_map<std::string, std::vector<std::size_t>> by_key_;
  std::unordered_map<std::size_t, std::vector<std::size_t>> by_shorter_;
  std::set<std::pair<std::size_t, std::size_t>> told_;
};

}  // namespace

void find_near_examples(const IntentMatcher::Impl& impl, Findings& out) {
  NearExamples(impl, out).run();
}

}  // namespace svar::intents
