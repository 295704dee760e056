#include "intents/reading.h"

#include <algorithm>
#include <unordered_set>

namespace svar::intents {
namespace {

void add_line(const std::vector<ReadWord>& words, Lines& lines) {
  lines.begin(' ');
  for (const ReadWord& word : words) lines.add(word.text, word.original, word.how);
  lines.end();
}

void add_joined(const std::vector<ReadWord>& words, const Vocabulary& vocabulary, Lines& lines) {
  struct Joined {
    std::string text;
    Span original;
    How how;
  };
  std::vector<Joined> joined;
  joined.reserve(words.size());
  for (const ReadWord& word : words) {
    if (!joined.empty() && vocabulary.joins(joined.back().text, word.text)) {
      Joined& whole = joined.back();
      whole.text.append(word.text);
      whole.original.end = word.original.end;
      whole.how = std::max({whole.how, word.how, How::joined});
    } else {
      joined.push_back({std::string(word.text), word.original, word.how});
    }
  }
  if (joined.size() == words.size()) return;
  lines.begin(' ');
  for (const Joined& word : joined) lines.add(word.text, word.original, word.how);
  lines.end();
}

void add_split(const std::vector<ReadWord>& words, const Vocabulary& vocabulary,
               const std::vector<ReadWord>& reading, Lines& lines) {
  std::vector<ReadWord> parts;
  bool any = false;
  for (const ReadWord& word : words) {
    if (const auto split = vocabulary.split(word.text)) {
      const How how = std::max(word.how, How::split);
      parts.push_back({split->first, word.original, how});
      parts.push_back({split->second, word.original, how});
      any = true;
    } else {
      parts.push_back(word);
    }
  }
  if (any && !same_words(parts, reading)) add_line(parts, lines);
}

}  // namespace

bool same_words(const std::vector<ReadWord>& a, const std::vector<ReadWord>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i].text != b[i].text) return false;
  }
  return true;
}

std::vector<ReadWord> words_of(const NormalText& text) {
  std::vector<ReadWord> out;
  out.reserve(text.tokens.size());
  for (const Token& token : text.tokens)
    out.push_back({text.word(token), token.original, How::written});
  return out;
}

std::vector<ReadWord> read_words(const std::vector<ReadWord>& words,
                                 const Equivalents& equivalents) {
  std::vector<std::string_view> plain;
  plain.reserve(words.size());
  for (const ReadWord& word : words) plain.push_back(word.text);
  std::vector<ReadWord> out;
  out.reserve(words.size());
  for (std::size_t i = 0; i < words.size();) {
    const Equivalents::Found found = equivalents.find(plain, i);
    if (found.words == 0) {
      out.push_back(words[i++]);
      continue;
    }
    const Span original{words[i].original.begin, words[i + found.words - 1].original.end};
    How how = How::equivalent;
    for (std::size_t k = 0; k < found.words; ++k) how = std::max(how, words[i + k].how);
    for (const std::string& word : *found.reading) out.push_back({word, original, how});
    i += found.words;
  }
  return out;
}

void lay_out(const NormalText& text, const std::vector<ReadWord>& written,
             const std::vector<ReadWord>& reading, Lines& lines) {
  add_line(written, lines);
  if (!same_words(written, reading)) add_line(reading, lines);
  if (!text.emoji.empty()) {
    lines.begin(' ');
    for (std::size_t i = 0; i < text.emoji.size(); ++i)
      lines.add(text.emoji[i], text.emoji_originals[i], How::written);
    lines.end();
  }
}

void lay_out_folded(const std::vector<ReadWord>& reading, Lines& lines) {
  lines.begin('_');
  for (const ReadWord& word : reading) {
    const std::string folded = fold_letters(word.text);
    lines.add(folded, word.original, folded == word.text ? word.how : How::fold);
  }
  lines.end();
}

void lay_out_compounds(const std::vector<ReadWord>& written, const std::vector<ReadWord>& reading,
                       const Vocabulary& vocabulary, Lines& lines) {
  add_joined(written, vocabulary, lines);
  add_split(written, vocabulary, reading, lines);
}

Mended mend(const std::vector<ReadWord>& written, const Vocabulary& vocabulary) {
  Mended out;
  out.words.reserve(written.size());  // all views into it stay valid
  bool any = false;
  out.all.reserve(written.size());
  for (const ReadWord& word : written) {
    std::optional<Mending> better = vocabulary.mend(word.text);
    if (!better || better->word == word.text) {
      out.all.push_back(word);
      continue;
    }
    out.words.push_back(std::move(better->word));
    out.all.push_back({out.words.back(), word.original, better->how});
    any = true;
  }
  if (!any) out.all.clear();
  return out;
}

void lay_out_mended(const Mended& mended, const Vocabulary& vocabulary,
                    const Equivalents& equivalents, Lines& lines) {
  if (mended.all.empty()) return;
  const std::vector<ReadWord> reading = read_words(mended.all, equivalents);
  add_line(mended.all, lines);
  if (!same_words(mended.all, reading)) add_line(reading, lines);
  add_joined(mended.all, vocabulary, lines);
  add_split(mended.all, vocabulary, reading, lines);
}

std::vector<Reading> readings_of(std::span<const ReadWord> words) {
  std::vector<Reading> out;
  for (const ReadWord& word : words) {
    if (word.how != How::written) out.push_back({word.original, std::string(word.text), word.how});
  }
  return out;
}

double weight_of(std::span<const ReadWord> words) {
  double weight = 1;
  for (const ReadWord& word : words) weight *= weight_of(word.how);
  return weight;
}

std::string without_blanks(std::span<const ReadWord> words) {
  std::string out;
  std::size_t bytes = 0;
  for (const ReadWord& word : words) bytes += word.text.size();
  out.reserve(bytes);
  for (const ReadWord& word : words) out.append(word.text);
  return out;
}

std::span<const ReadWord> without_courtesies(std::span<const ReadWord> words) {
  static const std::unordered_set<std::string_view> before = {
      "hei", "heisann", "hallo", "hello", "hi", "god", "dag", "morgen", "kveld", "heihei", "hey"};
  static const std::unordered_set<std::string_view> behind = {
      "takk", "please", "thanks", "mvh", "hilsen", "helsing", "førehand", "på", "forhånd"};
  std::size_t first = 0;
  std::size_t last = words.size();
  while (first < last && before.count(words[first].text) != 0) ++first;
  while (last > first && behind.count(words[last - 1].text) != 0) --last;
  if (first == last) return words;
  return words.subspan(first, last - first);
}

}  // namespace svar::intents
