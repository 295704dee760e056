#include "kb-adapter/articles/text_features.h"

#include <algorithm>
#include <string>

#include "kb-adapter/articles/norwegian_forms.h"

namespace svar::kb {
namespace {

constexpr std::size_t kPieceMin = 3;
constexpr std::size_t kPieceMax = 5;
constexpr Feature kBasis = 0xcbf29ce484222325ULL;
constexpr Feature kPrime = 0x100000001b3ULL;

constexpr Feature with(Feature hash, char byte) {
  return (hash ^ static_cast<unsigned char>(byte)) * kPrime;
}

constexpr Feature with(Feature hash, std::string_view bytes) {
  for (const char byte : bytes) hash = with(hash, byte);
  return hash;
}

// FNV leaves the low bits of short keys alike; the table uses the low bits. Never 0.
constexpr Feature spread(Feature hash) {
  hash ^= hash >> 32;
  hash *= 0x9E3779B97F4A7C15ULL;
  return (hash ^ (hash >> 29)) | 1U;
}

constexpr Feature of_word(std::string_view word) {
  return spread(with(with(kBasis, 'w'), word));
}

// Folded, of Nynorsk, Bokmål with common dialect forms, and English.
constexpr std::string_view kFunctionWordList[] = {
    "a",      "al",     "alt",    "an",      "ana",     "and",     "andre", "anen",    "are",
    "at",     "av",     "bade",   "bare",    "be",      "bere",    "ble",   "bli",     "blir",
    "blit",   "burde",  "can",    "could",   "da",      "de",      "deg",   "dei",     "dem",
    "den",    "dene",   "der",    "dere",    "dese",    "det",     "dete",  "di",      "did",
    "din",    "dine",   "dise",   "dit",     "do",      "du",      "dyk",   "eg",      "ei",
    "ein",    "eit",    "eler",   "en",      "er",      "et",      "eter",  "fa",      "far",
    "fek",    "fik",    "for",    "fra",     "from",    "get",     "gjer",  "gjere",   "gjor",
    "gjorde", "gjore",  "got",    "ha",      "had",     "hade",    "han",   "hans",    "har",
    "has",    "have",   "hei",    "henar",   "henes",   "her",     "ho",    "hos",     "how",
    "hun",    "hva",    "hvem",   "hvilke",  "hvilken", "hvilket", "hvor",  "hvordan", "hvorfor",
    "i",      "ike",    "ikje",   "in",      "is",      "it",      "jeg",   "ka",      "kan",
    "kor",    "kordan", "korfor", "korleis", "kos",     "kune",    "kva",   "kvar",    "kvat",
    "kven",   "kvifor", "ma",     "man",     "mange",   "me",      "med",   "meg",     "melom",
    "men",    "mi",     "min",    "mine",    "mit",     "mot",     "my",    "mye",     "mykje",
    "na",     "nar",    "ned",    "no",      "noko",    "nokon",   "non",   "of",      "og",
    "ogsa",   "om",     "on",     "op",      "or",      "os",      "our",   "over",    "pa",
    "sa",     "seg",    "should", "si",      "sin",     "sine",    "sit",   "skal",    "som",
    "that",   "the",    "there",  "this",    "til",     "to",      "under", "ut",      "vaere",
    "vaert",  "var",    "vare",   "vart",    "ved",     "vere",    "vert",  "verte",   "vi",
    "vil",    "vile",   "vore",   "vorte",   "was",     "we",      "what",  "when",    "where",
    "which",  "who",    "why",    "with",    "would",   "you",     "your"};

// Rising, to be searched; in the forms that words are compared in.
const std::vector<Feature>& function_words() {
  static const std::vector<Feature> sorted = [] {
    std::vector<Feature> features;
    std::string form;
    for (const std::string_view word : kFunctionWordList) {
      common_form(word, form);
      features.push_back(of_word(form));
    }
    std::sort(features.begin(), features.end());
    return features;
  }();
  return sorted;
}

}  // namespace

Feature word_feature(std::string_view word) {
  return of_word(word);
}

Feature joined_feature(std::string_view first, std::string_view second) {
  // Folding has made one of two equal letters («buss stopp», «busstopp»).
  if (!first.empty() && !second.empty() && first.back() == second.front()) second.remove_prefix(1);
  return spread(with(with(with(kBasis, 'w'), first), second));
}

void append_pieces(std::string_view word, std::vector<Feature>& out) {
  const std::size_t size = word.size() + 2;  // with its marks
  const auto at = [&](std::size_t i) { return i == 0 ? '^' : i + 1 == size ? '$' : word[i - 1]; };
  for (std::size_t begin = 0; begin + kPieceMin <= size; ++begin) {
    Feature hash = with(kBasis, 'p');
    for (std::size_t length = 1; length <= kPieceMax && begin + length <= size; ++length) {
      hash = with(hash, at(begin + length - 1));
      if (length >= kPieceMin) out.push_back(spread(hash));
    }
  }
}

bool is_function_word(Feature word) {
  const auto& sorted = function_words();
  return std::binary_search(sorted.begin(), sorted.end(), word);
}

FeatureTable::FeatureTable() : keys_(64, 0), numbers_(64, 0) {}

void FeatureTable::grow() {
  std::vector<Feature> keys(keys_.size() * 2, 0);
  std::vector<std::uint32_t> numbers(keys.size(), 0);
  keys.swap(keys_);
  numbers.swap(numbers_);
  for (std::size_t at = 0; at < keys.size(); ++at) {
    if (keys[at] == 0) continue;
    const std::size_t place = place_of(keys[at]);
    keys_[place] = keys[at];
    numbers_[place] = numbers[at];
  }
}

std::uint32_t FeatureTable::add(Feature feature) {
  std::size_t at = place_of(feature);
  if (keys_[at] != 0) return numbers_[at];
  if ((size_ + 1) * 2 > keys_.size()) {
    grow();
    at = place_of(feature);
  }
  keys_[at] = feature;
  numbers_[at] = size_;
  return size_++;
}

std::size_t FeatureTable::bytes() const {
  return keys_.capacity() * sizeof(Feature) + numbers_.capacity() * sizeof(std::uint32_t);
}

}  // namespace svar::kb
