// Words of the examples that a misspelt word may have been meant as: one letter left out, too many,
// another, or two swapped.
//
// Threads: immutable after construction.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace svar::intents {

class NearWords {
 public:
  NearWords() = default;
  // `words`: normalised, without repeats, the likelier first. Takes milliseconds for ten thousand.
  explicit NearWords(std::vector<std::string> words);

  // The likeliest word one typing error from `word`; empty when there is none, and for what needs
  // none: words that are known, short ones, numbers. Lives as long as this object.
  std::string_view nearest(std::string_view word) const;

  // Whether others may be led to `word`.
  static bool may_be_meant(std::string_view word);

  const std::vector<std::string>& words() const { return words_; }
  std::size_t memory_bytes() const;

 private:
  struct Slot {
    std::uint32_t fingerprint = 0;
    std::uint32_t word = kFree;
  };
  static constexpr std::uint32_t kFree = 0xffff'ffff;

  void put(std::uint64_t hash, std::uint32_t word);
  template <class See>
  void each_at(std::uint64_t hash, See) const;

  std::vector<std::string> words_;
  std::vector<Slot> slots_;  // by the hash of a word, or of a word without one of its letters
  std::uint64_t mask_ = 0;
};

}  // namespace svar::intents
