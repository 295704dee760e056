#include "intents/model/near_words.h"

#include <algorithm>
#include <bit>

#include "intents/model/hashing.h"

namespace svar::intents {
namespace {

constexpr std::size_t kLettersMin = 4;  // of a word that is led to another
constexpr std::size_t kShort = 4;       // so short a one begins as it was meant
constexpr std::size_t kBytesMax = 40;

bool begins_letter(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
}

std::size_t letters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_letter));
}

bool has_digit(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::uint64_t hash_of(std::string_view before, std::string_view after) {
  return spread(hash_bytes(after, hash_bytes(before)));
}

// The hashes of `word` without each of its letters.
template <class See>
void each_shortened(std::string_view word, See see) {
  for (std::size_t begin = 0; begin < word.size();) {
    std::size_t end = begin + 1;
    while (end < word.size() && !begins_letter(word[end])) ++end;
    see(hash_of(word.substr(0, begin), word.substr(end)));
    begin = end;
  }
}

bool swapped(std::string_view a, std::string_view b) {
  if (a.size() != b.size() || letters(a) != 2) return false;
  const std::size_t second = begins_letter(a[1]) ? 1 : 2;
  return b.starts_with(a.substr(second)) && b.ends_with(a.substr(0, second));
}

// Whether one typing error makes one of the other.
bool one_error_apart(std::string_view a, std::string_view b) {
  const auto begins = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  auto same = static_cast<std::size_t>(begins.first - a.begin());
  while (same > 0 && same < std::max(a.size(), b.size()) &&
         ((same < a.size() && !begins_letter(a[same])) ||
          (same < b.size() && !begins_letter(b[same])))) {
    --same;
  }
  a.remove_prefix(same);
  b.remove_prefix(same);
  const auto ends = std::mismatch(a.rbegin(), a.rend(), b.rbegin(), b.rend());
  same = static_cast<std::size_t>(ends.first - a.rbegin());
  while (same > 0 && !begins_letter(a[a.size() - same])) --same;
  a.remove_suffix(same);
  b.remove_suffix(same);
  return (letters(a) <= 1 && letters(b) <= 1) || swapped(a, b);
}

}  // namespace

NearWords::NearWords(std::vector<std::string> words) : words_(std::move(words)) {
  std::size_t count = 0;
  for (const std::string& word : words_) count += 1 + letters(word);
  slots_.resize(std::bit_ceil(count * 2 + 2));
  mask_ = slots_.size() - 1;
  for (std::uint32_t i = 0; i < words_.size(); ++i) {
    put(hash_of(words_[i], {}), i);
    each_shortened(words_[i], [&](std::uint64_t hash) { put(hash, i); });
  }
}

void NearWords::put(std::uint64_t hash, std::uint32_t word) {
  std::uint64_t at = hash & mask_;
  while (slots_[at].word != kFree) at = (at + 1) & mask_;
  slots_[at] = {static_cast<std::uint32_t>(hash >> 32), word};
}

template <class See>
void NearWords::each_at(std::uint64_t hash, See see) const {
  const auto fingerprint = static_cast<std::uint32_t>(hash >> 32);
  for (std::uint64_t at = hash & mask_; slots_[at].word != kFree; at = (at + 1) & mask_) {
    if (slots_[at].fingerprint == fingerprint) see(slots_[at].word);
  }
}

std::string_view NearWords::nearest(std::string_view word) const {
  if (words_.empty() || word.size() > kBytesMax || letters(word) < kLettersMin || has_digit(word)) {
    return {};
  }
  std::uint32_t best = kFree;
  bool known = false;
  const bool is_short = letters(word) <= kShort;
  const auto consider = [&](std::uint32_t one) {
    if (is_short && words_[one].front() != word.front()) return;
    known = known || words_[one] == word;
    if (one < best && one_error_apart(word, words_[one])) best = one;
  };
  each_at(hash_of(word, {}), consider);
  if (known) return {};
  each_shortened(word, [&](std::uint64_t hash) { each_at(hash, consider); });
  return best == kFree ? std::string_view() : std::string_view(words_[best]);
}

bool NearWords::may_be_meant(std::string_view word) {
  return word.size() <= kBytesMax && letters(word) + 1 >= kLettersMin && !word.empty() &&
         !has_digit(word);
}

std::size_t NearWords::memory_bytes() const {
  return slots_.size() * sizeof(Slot) + words_.size() * sizeof(std::string);
}

}  // namespace svar::intents
