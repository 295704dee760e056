// What a text is found by: its words in their common form (norwegian_forms.h), and the pieces of
// three to five letters that each of them holds. Pure.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace svar::kb {

// A word or a piece of one, as a number that is the same on every machine. Never 0.
using Feature = std::uint64_t;

Feature word_feature(std::string_view word);

// The word that two words make when they are written together («tømme kalender»).
Feature joined_feature(std::string_view first, std::string_view second);

// Appends the pieces of one word, its beginning and its end marked, so that «^bo» is not found in
// «jobb».
void append_pieces(std::string_view word, std::vector<Feature>& out);

// Whether a folded word only holds a sentence together («korleis», «er», «the»): it says nothing of
// the topic.
bool is_function_word(Feature word);

// Features, numbered 0, 1, 2 … in the order in which they were first added. One flat table, because
// a query looks up a hundred of them.
class FeatureTable {
 public:
  FeatureTable();

  std::uint32_t add(Feature feature);  // its number, a new one when it is not there
  static constexpr std::uint32_t kUnknown = 0xFFFFFFFF;
  // kUnknown when it is not there.
  std::uint32_t find(Feature feature) const {
    const std::size_t at = place_of(feature);
    return keys_[at] == 0 ? kUnknown : numbers_[at];
  }
  // Brings its place near before find() asks for it.
  void prefetch(Feature feature) const { __builtin_prefetch(&keys_[first_place_of(feature)]); }
  std::uint32_t size() const { return size_; }
  std::size_t bytes() const;

 private:
  void grow();
  std::size_t first_place_of(Feature feature) const { return (feature >> 8) & (keys_.size() - 1); }
  std::size_t place_of(Feature feature) const {
    std::size_t at = first_place_of(feature);
    while (keys_[at] != 0 && keys_[at] != feature) at = (at + 1) & (keys_.size() - 1);
    return at;
  }

  std::vector<Feature> keys_;  // 0: free; a power of two of places
  std::vector<std::uint32_t> numbers_;
  std::uint32_t size_ = 0;
};

}  // namespace svar::kb
