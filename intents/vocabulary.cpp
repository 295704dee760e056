#include "intents/vocabulary.h"

#include <algorithm>
#include <array>
#include <bit>

#include "intents/normal_text.h"

namespace svar::intents {
namespace {

constexpr std::size_t kTypoLettersMin = 5;      // of a whole word
constexpr std::size_t kTypoStemLettersMin = 6;  // of a stem: more of the word stays unproved
constexpr std::size_t kEndingLettersMax = 8;    // after a mended stem: «sykehjem|splassen»
constexpr std::size_t kPartBytesMin = 3;
constexpr std::size_t kFoldStemMin = 4;
constexpr std::size_t kShortWordBytesMax = 4;

std::u32string letters_of(std::string_view word) {
  std::u32string out;
  for (std::size_t i = 0; i < word.size();) {
    const auto lead = static_cast<unsigned char>(word[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t c = length == 1 ? lead : lead & (0xFFu >> (length + 1));
    for (std::size_t k = 1; k < length && i + k < word.size(); ++k) {
      c = (c << 6) | (static_cast<unsigned char>(word[i + k]) & 0x3F);
    }
    out.push_back(c);
    i += length;
  }
  return out;
}

std::string bytes_of(std::u32string_view letters) {
  std::string out;
  for (const char32_t c : letters) {
    if (c < 0x80) {
      out.push_back(static_cast<char>(c));
    } else if (c < 0x800) {
      out.push_back(static_cast<char>(0xC0 | (c >> 6)));
      out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
    } else if (c < 0x10000) {
      out.push_back(static_cast<char>(0xE0 | (c >> 12)));
      out.push_back(static_cast<char>(0x80 | ((c >> 6) & 0x3F)));
      out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
    } else {
      out.push_back(static_cast<char>(0xF0 | (c >> 18)));
      out.push_back(static_cast<char>(0x80 | ((c >> 12) & 0x3F)));
      out.push_back(static_cast<char>(0x80 | ((c >> 6) & 0x3F)));
      out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
    }
  }
  return out;
}

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

bool has_digit(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Endings of both written languages, longest first.
constexpr std::array<std::string_view, 19> kEndings = {
    "ingane", "ingar", "inga", "inger", "ane", "ene", "ana", "ast", "est", "ar",
    "er",     "or",    "en",   "et",    "a",   "e",   "n",   "t",   "s"};

bool contains(const std::unordered_set<std::string>& set, std::string_view word) {
  thread_local std::string key;  // spares an allocation a word; holds no state between calls
  key.assign(word);
  return set.count(key) != 0;
}

}  // namespace

bool within_one_typo(std::u32string_view a, std::u32string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  const auto split = std::mismatch(a.begin(), a.end(), b.begin()).first - a.begin();
  const auto at = static_cast<std::size_t>(split);
  if (a.size() < b.size()) return a.substr(at) == b.substr(at + 1);
  if (at == a.size()) return true;
  if (a.substr(at + 1) == b.substr(at + 1)) return true;
  return at + 1 < a.size() && a[at] == b[at + 1] && a[at + 1] == b[at] &&
         a.substr(at + 2) == b.substr(at + 2);
}

void Vocabulary::add_goal(const WordPattern& word) {
  if (word.text.empty()) return;
  (word.stem ? stems_ : goals_).insert(word.text);
}

void Vocabulary::add_known(std::string_view word) {
  known_.emplace(word);
}

void Vocabulary::add_seen(std::string_view word) {
  seen_.emplace(word);
}

void Vocabulary::add_untouchable(const WordPattern& word) {
  (word.stem ? untouchable_stems_ : untouchable_).insert(word.text);
}

void Vocabulary::close() {
  for (const std::string& stem : untouchable_stems_) {
    untouchable_stem_max_ = std::max(untouchable_stem_max_, stem.size());
  }
  for (const std::string& word : known_) folds_.emplace(fold(word), word);
  for (const std::string& word : goals_) folds_[fold(word)] = word;
  for (const std::string& stem : stems_) {
    stem_max_ = std::max(stem_max_, stem.size());
    const std::string folded = fold(stem);
    if (folded.size() < kFoldStemMin) continue;
    stem_folds_[folded] = stem;
    stem_fold_max_ = std::max(stem_fold_max_, folded.size());
  }
  const auto add = [this](const std::string& word, bool stem) {
    if (has_digit(word) || is_untouchable(word)) return;
    std::u32string letters = letters_of(word);
    if (letters.size() < (stem ? kTypoStemLettersMin : kTypoLettersMin)) return;
    const std::uint64_t seen = letters_seen(letters);
    by_first_[letters.front()].push_back({std::move(letters), stem, seen});
  };
  for (const std::string& word : goals_) add(word, false);
  for (const std::string& stem : stems_) add(stem, true);
  // A hash set's order is not promised: the same content must mend the same way on every machine.
  for (auto& [first, goals] : by_first_) {
    std::sort(goals.begin(), goals.end(), [](const Goal& a, const Goal& b) {
      return a.letters.size() != b.letters.size() ? a.letters.size() > b.letters.size()
                                                  : a.letters < b.letters;
    });
  }
}

std::size_t Vocabulary::longest_stem(std::string_view word) const {
  for (std::size_t length = std::min(stem_max_, word.size()); length > 0; --length) {
    if (length < word.size() && is_continuation(word[length])) continue;
    if (contains(stems_, word.substr(0, length))) return length;
  }
  return 0;
}

bool Vocabulary::is_goal(std::string_view word) const {
  return contains(goals_, word) || longest_stem(word) > 0;
}

bool Vocabulary::is_untouchable(std::string_view word) const {
  if (contains(untouchable_, word)) return true;
  for (std::size_t length = std::min(untouchable_stem_max_, word.size()); length > 0; --length) {
    if (contains(untouchable_stems_, word.substr(0, length))) return true;
  }
  return false;
}

std::optional<std::string> Vocabulary::mend(std::string_view word) const {
  if (has_digit(word) || word.size() < 2 || is_untouchable(word) || is_goal(word)) return {};
  if (contains(known_, word)) return {};
  const bool seen = contains(seen_, word);
  if (seen && word.size() <= kShortWordBytesMax)
    return {};  // «far» is a word of its own, not «får»
  if (auto better = mend_fold(word)) return better;
  if (auto better = mend_inflection(word)) return better;
  if (seen) return {};
  return mend_typo(word);
}

std::optional<std::string> Vocabulary::mend_fold(std::string_view word) const {
  const std::string folded = fold(word);
  if (folded.size() < 2) return {};
  const auto whole = folds_.find(folded);
  if (whole != folds_.end()) {
    if (whole->second == word || is_untouchable(whole->second)) return {};
    return whole->second;
  }
  for (std::size_t length = std::min(stem_fold_max_, folded.size()); length >= kFoldStemMin;
       --length) {
    const auto stem = stem_folds_.find(folded.substr(0, length));
    if (stem == stem_folds_.end()) continue;
    if (is_untouchable(stem->second)) return {};
    return stem->second + folded.substr(length);
  }
  return {};
}

std::optional<std::string> Vocabulary::mend_inflection(std::string_view word) const {
  for (const std::string_view ending : kEndings) {
    if (word.size() < ending.size() + 4 || word.substr(word.size() - ending.size()) != ending)
      continue;
    const std::string base(word.substr(0, word.size() - ending.size()));
    if (contains(goals_, base)) return base;
    if (contains(goals_, base + "e")) return base + "e";
    if (contains(goals_, base + "a")) return base + "a";
  }
  return {};
}

std::uint64_t Vocabulary::letters_seen(std::u32string_view letters) {
  std::uint64_t seen = 0;
  for (const char32_t letter : letters) seen |= std::uint64_t{1} << (letter % 64);
  return seen;
}

// The word with the goal in place of its misspelling; nothing when it is more than one typo away.
std::optional<std::u32string> Vocabulary::as_goal(const std::u32string& letters, const Goal& goal) {
  const std::size_t size = goal.letters.size();
  if (!goal.stem) {
    if (within_one_typo(letters, goal.letters)) return goal.letters;
    return std::nullopt;
  }
  for (const std::size_t length : {size, size - 1, size + 1}) {
    if (length > letters.size() || letters.size() - length > kEndingLettersMax) continue;
    const auto begin = std::u32string_view(letters).substr(0, length);
    if (within_one_typo(begin, goal.letters)) return goal.letters + letters.substr(length);
  }
  return std::nullopt;
}

std::optional<std::string> Vocabulary::mend_typo(std::string_view word) const {
  const std::u32string letters = letters_of(word);
  if (letters.size() < kTypoLettersMin) return {};
  const std::uint64_t seen = letters_seen(letters);
  for (const char32_t first :
       {letters[0], letters[1]}) {  // the second: the first two swapped, or one too many before
    const auto goals = by_first_.find(first);
    if (goals == by_first_.end()) continue;
    for (const Goal& goal : goals->second) {
      if (std::popcount(goal.letters_seen & ~seen) > 1) continue;
      if (!goal.stem && std::popcount(seen & ~goal.letters_seen) > 1) continue;
      if (const auto better = as_goal(letters, goal)) return bytes_of(*better);
    }
    if (letters[0] == letters[1]) break;
  }
  return {};
}

bool Vocabulary::joins(std::string_view first, std::string_view second) const {
  if (first.size() < 2 || second.size() < 2 || has_digit(first) || has_digit(second)) return false;
  if (first.size() + second.size() < 5) return false;
  thread_local std::string whole;
  whole.assign(first).append(second);
  if (contains(goals_, whole)) return true;
  return longest_stem(whole) > first.size() + 1;
}

bool Vocabulary::is_part(std::string_view word, bool first) const {
  if (word.size() < kPartBytesMin || is_untouchable(word)) return false;
  if (contains(goals_, word) || contains(stems_, word)) return true;
  return !first && longest_stem(word) >= 4;
}

std::optional<Vocabulary::Parts> Vocabulary::split(std::string_view word) const {
  if (word.size() < 2 * kPartBytesMin + 1 || has_digit(word) || contains(goals_, word)) return {};
  const std::size_t known = longest_stem(word);  // no border inside what rules know as a whole
  for (std::size_t at = word.size() - kPartBytesMin; at >= std::max(kPartBytesMin, known); --at) {
    if (is_continuation(word[at])) continue;
    std::string_view first = word.substr(0, at);
    if (!is_part(first, true)) {
      if (first.back() != 's' && first.back() != 'e') continue;
      first.remove_suffix(1);
      if (!is_part(first, true)) continue;
    }
    if (is_part(word.substr(at), false)) return Parts{first, word.substr(at)};
  }
  return {};
}

}  // namespace svar::intents
