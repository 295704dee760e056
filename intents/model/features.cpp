#include "intents/model/features.h"

#include <algorithm>
#include <array>

#include "intents/model/hashing.h"
#include "intents/model/skeleton.h"

namespace svar::intents {
namespace {

// Tells the kinds of features apart: «a b» as neighbours is another feature than with a word
// between.
enum Kind : std::uint64_t {
  kWord = 1,
  kPair,
  kSkipped,
  kFirst,
  kLast,
  kLetters,
  kSkeleton,
  kSkeletons
};

std::uint64_t key_of(Kind kind, std::uint64_t hash) {
  return spread(hash + kind * 0x9e37'79b9'7f4a'7c15);
}

std::uint64_t joined(std::uint64_t first, std::uint64_t second) {
  return spread(first) * 31 + second;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Numbers count by their length alone: «17» and «18» are the same to a topic.
std::uint64_t word_hash(std::string_view word) {
  if (!std::all_of(word.begin(), word.end(), is_digit)) return hash_bytes(word);
  std::uint64_t hash = kHashStart;
  for (std::size_t i = 0; i < word.size(); ++i) hash = hash_byte(hash, '0');
  return hash;
}

bool begins_letter(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
}

using Hashes = std::array<std::uint64_t, FeatureReader::kTokensMax>;

void read_pairs(Kind kind, const Hashes& hashes, std::size_t count, std::size_t apart,
                std::vector<Feature>& out) {
  for (std::size_t i = 0; i + apart < count; ++i) {
    out.push_back({key_of(kind, joined(hashes[i], hashes[i + apart])),
                   static_cast<std::uint16_t>(i), Block::words, false, true});
  }
}

}  // namespace

void WordForms::add(std::string form, std::string word) {
  if (form != word) words_.insert_or_assign(std::move(form), std::move(word));
}

std::string_view WordForms::operator()(std::string_view form) const {
  const auto found = words_.find(form);
  return found == words_.end() ? form : std::string_view(found->second);
}

std::vector<std::pair<std::string, std::string>> WordForms::sorted() const {
  std::vector<std::pair<std::string, std::string>> all(words_.begin(), words_.end());
  std::sort(all.begin(), all.end());
  return all;
}

FeatureReader::FeatureReader(const HyperParameters& parameters, WordForms forms,
                             std::shared_ptr<const NearWords> near_words)
    : letters_shortest_(static_cast<std::size_t>(parameters.letters_shortest)),
      letters_longest_(static_cast<std::size_t>(parameters.letters_longest)),
      forms_(std::move(forms)),
      near_words_(std::move(near_words)) {}

void FeatureReader::read(std::string_view normalised, std::vector<Feature>& out) const {
  out.clear();
  Hashes words, skeletons;
  std::size_t count = 0;
  while (!normalised.empty() && count < kTokensMax) {
    const std::size_t end = std::min(normalised.find(' '), normalised.size());
    const std::string_view word = forms_(normalised.substr(0, end));
    const auto token = static_cast<std::uint16_t>(count);
    words[count] = word_hash(word);
    skeletons[count] = word_hash(Skeleton(word).text());
    out.push_back({key_of(kWord, words[count]), token, Block::words, true, false});
    out.push_back({key_of(kSkeleton, skeletons[count]), token, Block::words, false, false});
    read_letters(word, token, out);
    if (const std::string_view meant = near_words_->nearest(word); !meant.empty()) {
      read_meant(meant, token, out);
      words[count] = word_hash(meant);
      skeletons[count] = word_hash(Skeleton(meant).text());
    }
    ++count;
    normalised.remove_prefix(std::min(end + 1, normalised.size()));
  }
  if (count == 0) return;
  read_pairs(kPair, words, count, 1, out);
  read_pairs(kSkipped, words, count, 2, out);
  read_pairs(kSkeletons, skeletons, count, 1, out);
  out.push_back({key_of(kFirst, words[0]), 0, Block::words, false, false});
  const auto last = static_cast<std::uint16_t>(count - 1);
  out.push_back({key_of(kLast, words[last]), last, Block::words, false, false});
}

// Beside what was written, not instead of it: a word that training had not met may be right as it
// stands.
void FeatureReader::read_meant(std::string_view word, std::uint16_t token,
                               std::vector<Feature>& out) const {
  const std::size_t begin = out.size();
  out.push_back({key_of(kWord, word_hash(word)), token, Block::words});
  out.push_back({key_of(kSkeleton, word_hash(Skeleton(word).text())), token, Block::words});
  read_letters(word, token, out);
  for (std::size_t i = begin; i < out.size(); ++i) out[i].guessed = true;
}

// From every letter on: the pieces of each length, hashed as they grow. The edges of the word are
// letters too.
void FeatureReader::read_letters(std::string_view word, std::uint16_t token,
                                 std::vector<Feature>& out) const {
  constexpr char kEdge = '_';
  constexpr std::size_t kBytesMax = 120;
  std::array<char, kBytesMax + 2> edged;
  const std::size_t size = std::min(word.size(), kBytesMax);
  edged[0] = edged[size + 1] = kEdge;
  std::transform(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(size), edged.begin() + 1,
                 [](char c) { return is_digit(c) ? '0' : c; });
  const std::size_t end = size + 2;
  for (std::size_t begin = 0; begin < end; ++begin) {
    if (!begins_letter(edged[begin])) continue;
    std::uint64_t hash = kHashStart;
    std::size_t length = 0;
    for (std::size_t at = begin; at < end && length < letters_longest_;) {
      do {
        hash = hash_byte(hash, static_cast<unsigned char>(edged[at++]));
      } while (at < end && !begins_letter(edged[at]));
      if (++length < letters_shortest_) continue;
      if (out.size() >= kFeaturesMax) return;
      out.push_back({key_of(kLetters, hash), token, Block::letters, false, false});
    }
  }
}

}  // namespace svar::intents
