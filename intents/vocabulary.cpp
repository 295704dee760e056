#include "intents/vocabulary.h"

#include <algorithm>
#include <array>
#include <bit>
#include <tuple>

#include "intents/normal_text.h"

namespace svar::intents {
namespace {

constexpr std::size_t kTypoLettersMin = 5;      // of a whole word
constexpr std::size_t kTypoStemLettersMin = 6;  // of a stem: more of the word stays unproved
constexpr std::size_t kTwoTyposLettersMin = 8;  // of a whole word, and of the one it is led to
constexpr std::size_t kTwoTyposLettersMax = 40;
constexpr std::size_t kEndingLettersMax = 8;  // after a mended stem: «sykehjem|splassen»
constexpr std::size_t kPartBytesMin = 3;
constexpr std::size_t kCompoundBytesMax = 64;
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

// Bits of a set of letters; counted without an instruction that older processors lack.
bool more_than_one(std::uint64_t bits) {
  return (bits & (bits - 1)) != 0;
}

bool more_than_two(std::uint64_t bits) {
  return more_than_one(bits & (bits - 1));
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

bool within_two_typos(std::u32string_view a, std::u32string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 2) return false;
  const auto at =
      static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin()).first - a.begin());
  if (at == a.size()) return true;
  const std::u32string_view left = a.substr(at), right = b.substr(at);
  if (within_one_typo(left.substr(1), right.substr(1))) return true;  // another letter
  if (within_one_typo(left, right.substr(1))) return true;            // one too few
  if (within_one_typo(left.substr(1), right)) return true;            // one too many
  return left.size() > 1 && right.size() > 1 && left[0] == right[1] && left[1] == right[0] &&
         within_one_typo(left.substr(2), right.substr(2));
}

void Vocabulary::add_goal(const WordPattern& word) {
  if (!word.text.empty()) added_[word.text] |= word.stem ? kGoalStem : kGoal;
}

void Vocabulary::add_known(std::string_view word) {
  added_[std::string(word)] |= kKnown;
}

void Vocabulary::add_seen(std::string_view word) {
  added_[std::string(word)] |= kSeen;
}

void Vocabulary::add_untouchable(const WordPattern& word) {
  added_[word.text] |= word.stem ? kUntouchableStem : kUntouchable;
}

void Vocabulary::close() {
  std::vector<std::string> words;
  for (const auto& [word, marks] : added_) words.push_back(word);
  words_ = WordTrie(std::move(words));
  for (WordTrie::Number number = 0; number < words_.size(); ++number) {
    marks_.push_back(added_.at(words_.word(number)));
    size_ += std::popcount(static_cast<unsigned>(marks_.back()) & (kGoal | kGoalStem));
  }
  close_folds();
  close_typos();
  added_.clear();
}

namespace {

// The keys as a trie, and by its numbers the values.
std::pair<WordTrie, std::vector<std::string>> as_trie(
    const std::map<std::string, std::string>& map) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : map) keys.push_back(key);
  std::pair<WordTrie, std::vector<std::string>> out{WordTrie(std::move(keys)), {}};
  for (const auto& [key, value] : map) out.second.push_back(value);  // both in the keys' order
  return out;
}

}  // namespace

// Goals win over words that are only known; of several the last.
void Vocabulary::close_folds() {
  std::map<std::string, std::string> folds, stem_folds;
  for (const auto& [word, marks] : added_) {
    if ((marks & kKnown) != 0) folds.emplace(fold(word), word);
  }
  for (const auto& [word, marks] : added_) {
    if ((marks & kGoal) != 0) folds[fold(word)] = word;
    if ((marks & kGoalStem) == 0) continue;
    const std::string folded = fold(word);
    if (folded.size() >= kFoldStemMin) stem_folds[folded] = word;
  }
  std::tie(folds_, unfolded_) = as_trie(folds);
  std::tie(stem_folds_, unfolded_stems_) = as_trie(stem_folds);
}

void Vocabulary::close_typos() {
  const auto add = [this](const std::string& word, bool stem) {
    if (has_digit(word) || look(word).untouchable) return;
    std::u32string letters = letters_of(word);
    if (letters.size() < (stem ? kTypoStemLettersMin : kTypoLettersMin)) return;
    const std::uint64_t seen = letters_seen(letters);
    by_first_[letters.front()].push_back({std::move(letters), stem, seen});
  };
  for (const auto& [word, marks] : added_) {
    if ((marks & kGoal) != 0) add(word, false);
    if ((marks & kGoalStem) != 0) add(word, true);
  }
  // Longer goals first: they explain more of the word.
  for (auto& [first, goals] : by_first_) {
    std::sort(goals.begin(), goals.end(), [](const Goal& a, const Goal& b) {
      return a.letters.size() != b.letters.size() ? a.letters.size() > b.letters.size()
                                                  : a.letters < b.letters;
    });
  }
}

Vocabulary::Look Vocabulary::look(std::string_view word) const {
  Look out;
  words_.walk(word, [&](std::size_t length, WordTrie::Number number) {
    const std::uint8_t marks = marks_[number];
    if ((marks & kUntouchableStem) != 0) out.untouchable = true;
    const bool whole = length == word.size();
    if ((marks & kGoalStem) != 0 && (whole || !is_continuation(word[length]))) {
      out.longest_stem = length;
    }
    if (whole) out.marks = marks;
  });
  out.untouchable = out.untouchable || out.has(kUntouchable);
  return out;
}

std::uint8_t Vocabulary::marks(std::string_view word) const {
  const WordTrie::Number number = words_.find(word);
  return number == WordTrie::kNone ? std::uint8_t{0} : marks_[number];
}

std::optional<Mending> Vocabulary::mend(std::string_view word) const {
  if (has_digit(word) || word.size() < 2) return {};
  const Look known = look(word);
  if (known.untouchable || known.has(kGoal) || known.longest_stem > 0) return {};
  if (known.has(kKnown)) return {};
  const bool seen = known.has(kSeen);
  if (seen && word.size() <= kShortWordBytesMax)
    return {};  // «far» is a word of its own, not «får»
  if (auto better = mend_fold(word)) return Mending{std::move(*better), How::fold};
  if (auto better = mend_inflection(word)) return Mending{std::move(*better), How::inflection};
  if (seen) return {};
  const std::u32string letters = letters_of(word);
  if (auto better = mend_typo(letters)) return Mending{std::move(*better), How::typo};
  if (auto better = mend_two_typos(letters)) return Mending{std::move(*better), How::two_typos};
  return {};
}

std::optional<std::string> Vocabulary::mend_fold(std::string_view word) const {
  const std::string folded = fold(word);
  if (folded.size() < 2) return {};
  if (const auto whole = folds_.find(folded); whole != WordTrie::kNone) {
    const std::string& better = unfolded_[whole];
    if (better == word || look(better).untouchable) return {};
    return better;
  }
  std::size_t longest = 0;
  WordTrie::Number stem = WordTrie::kNone;
  stem_folds_.walk(folded, [&](std::size_t length, WordTrie::Number number) {
    longest = length;
    stem = number;
  });
  if (stem == WordTrie::kNone || look(unfolded_stems_[stem]).untouchable) return {};
  return unfolded_stems_[stem] + folded.substr(longest);
}

std::optional<std::string> Vocabulary::mend_inflection(std::string_view word) const {
  for (const std::string_view ending : kEndings) {
    if (word.size() < ending.size() + 4 || word.substr(word.size() - ending.size()) != ending)
      continue;
    const std::string base(word.substr(0, word.size() - ending.size()));
    for (const char* const vowel : {"", "e", "a"}) {
      if ((marks(base + vowel) & kGoal) != 0) return base + vowel;
    }
  }
  return {};
}

std::uint64_t Vocabulary::letters_seen(std::u32string_view letters) {
  std::uint64_t seen = 0;
  for (const char32_t letter : letters) seen |= std::uint64_t{1} << (letter % 64);
  return seen;
}

// The word with the goal in place of its misspelling; nothing when it is more than one typo away.
std::optional<std::u32string> Vocabulary::as_goal(std::u32string_view letters, const Goal& goal) {
  const std::size_t size = goal.letters.size();
  if (!goal.stem) {
    if (within_one_typo(letters, goal.letters)) return goal.letters;
    return std::nullopt;
  }
  for (const std::size_t length : {size, size - 1, size + 1}) {
    if (length > letters.size() || letters.size() - length > kEndingLettersMax) continue;
    if (within_one_typo(letters.substr(0, length), goal.letters)) {
      return goal.letters + std::u32string(letters.substr(length));
    }
  }
  return std::nullopt;
}

std::optional<std::string> Vocabulary::mend_typo(std::u32string_view letters) const {
  if (letters.size() < kTypoLettersMin) return {};
  const std::uint64_t seen = letters_seen(letters);
  for (const char32_t first :
       {letters[0], letters[1]}) {  // the second: the first two swapped, or one too many before
    const auto goals = by_first_.find(first);
    if (goals == by_first_.end()) continue;
    for (const Goal& goal : goals->second) {
      if (more_than_one(goal.letters_seen & ~seen)) continue;
      if (!goal.stem && more_than_one(seen & ~goal.letters_seen)) continue;
      if (const auto better = as_goal(letters, goal)) return bytes_of(*better);
    }
    if (letters[0] == letters[1]) break;
  }
  return {};
}

// Only whole words that begin alike, and only when a single goal is as near: of two it would be a
// guess.
std::optional<std::string> Vocabulary::mend_two_typos(std::u32string_view letters) const {
  if (letters.size() < kTwoTyposLettersMin || letters.size() > kTwoTyposLettersMax) return {};
  const auto goals = by_first_.find(letters[0]);
  if (goals == by_first_.end()) return {};
  const std::uint64_t seen = letters_seen(letters);
  const Goal* only = nullptr;
  for (const Goal& goal : goals->second) {
    if (goal.letters.size() < kTwoTyposLettersMin) break;  // the longest stand first
    if (more_than_two(goal.letters_seen & ~seen)) continue;
    if (more_than_two(seen & ~goal.letters_seen)) continue;
    if (!within_two_typos(letters, goal.letters)) continue;
    if (only != nullptr && only->letters != goal.letters) return {};
    only = &goal;
  }
  if (only == nullptr) return {};
  return bytes_of(only->letters);
}

bool Vocabulary::joins(std::string_view first, std::string_view second) const {
  if (first.size() < 2 || second.size() < 2 || has_digit(first) || has_digit(second)) return false;
  if (first.size() + second.size() < 5) return false;
  thread_local std::string whole;  // spares an allocation a word; holds no state between calls
  whole.assign(first).append(second);
  const Look known = look(whole);
  return known.has(kGoal) || known.longest_stem > first.size() + 1;
}

// What a compound may end in: a goal, or what a stem of four letters or more begins.
bool Vocabulary::is_last_part(std::string_view word) const {
  if (word.size() < kPartBytesMin) return false;
  const Look known = look(word);
  if (known.untouchable) return false;
  return known.has(kGoal) || known.has(kGoalStem) || known.longest_stem >= 4;
}

std::optional<Vocabulary::Parts> Vocabulary::split(std::string_view word) const {
  if (word.size() < 2 * kPartBytesMin + 1 || word.size() > kCompoundBytesMax || has_digit(word))
    return {};
  // The first parts that it may have, shortest first, and what is known of the whole: one walk.
  std::array<std::uint8_t, kCompoundBytesMax> firsts;
  std::size_t count = 0, least = kPartBytesMin, safe_bytes = 0;
  bool whole_goal = false;
  words_.walk(word, [&](std::size_t length, WordTrie::Number number) {
    const std::uint8_t marks = marks_[number];
    const bool at_border = length == word.size() || !is_continuation(word[length]);
    if ((marks & kUntouchableStem) != 0 && safe_bytes == 0) safe_bytes = length;
    if (length == word.size()) whole_goal = (marks & kGoal) != 0;
    if ((marks & kGoalStem) != 0 && at_border) least = std::max(least, length);
    const bool part = (marks & (kGoal | kGoalStem)) != 0 && (marks & kUntouchable) == 0;
    if (part && safe_bytes == 0 && length >= kPartBytesMin && length < word.size())
      firsts[count++] = static_cast<std::uint8_t>(length);
  });
  if (whole_goal) return {};
  // The longest first part wins; no border inside what rules know as a whole.
  for (std::size_t at = word.size() - kPartBytesMin; at >= least; --at) {
    while (count > 0 && firsts[count - 1] > at) --count;
    if (count == 0) return {};
    const bool joint = word[at - 1] == 's' || word[at - 1] == 'e';
    const bool here = firsts[count - 1] == at;
    const bool before = joint && (firsts[count - 1] == at - 1 ||
                                  (here && count > 1 && firsts[count - 2] == at - 1));
    if ((!here && !before) || is_continuation(word[at])) continue;
    if (is_last_part(word.substr(at)))
      return Parts{word.substr(0, here ? at : at - 1), word.substr(at)};
  }
  return {};
}

}  // namespace svar::intents
