#include "intents/condition.h"

#include <algorithm>

#include "intents/normal_text.h"

namespace svar::intents {
namespace {

constexpr int kGroupDepthMax = 8;

std::vector<std::string> words_of(std::string_view text) {
  const NormalText normal = normalise(text);
  std::vector<std::string> words;
  for (const Token& token : normal.tokens) words.emplace_back(normal.word(token));
  if (words.empty()) words = normal.emoji;  // «👍» may stand in a rule
  return words;
}

}  // namespace

Equivalents::Equivalents(const std::vector<WordGroup>& lines) {
  for (const WordGroup& line : lines) {
    const std::vector<std::string> reading = words_of(line.name);
    if (reading.empty()) continue;
    for (const std::string& word : line.words) {
      const std::vector<std::string> words = words_of(word);
      if (words.empty() || words == reading) continue;
      by_first_[words.front()].push_back({words, reading});
    }
  }
  for (auto& [first, entries] : by_first_) {
    std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
      return a.words.size() > b.words.size();
    });
  }
}

Equivalents::Found Equivalents::find(const std::vector<std::string_view>& words,
                                     std::size_t index) const {
  const std::vector<Entry>* entries = by_first_.find(words[index]);
  if (entries == nullptr) return {};
  for (const Entry& entry : *entries) {
    if (entry.words.size() > words.size() - index) continue;
    if (std::equal(entry.words.begin(), entry.words.end(),
                   words.begin() + static_cast<std::ptrdiff_t>(index))) {
      return {entry.words.size(), &entry.reading};
    }
  }
  return {};
}

std::vector<std::string> Equivalents::read(const std::vector<std::string_view>& words) const {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < words.size();) {
    const Found found = find(words, i);
    if (found.words == 0) {
      out.emplace_back(words[i++]);
    } else {
      out.insert(out.end(), found.reading->begin(), found.reading->end());
      i += found.words;
    }
  }
  return out;
}

std::vector<std::string> Equivalents::all_words() const {
  std::vector<std::string> out;
  for (const auto& [first, entries] : by_first_) {
    for (const Entry& entry : entries) {
      out.insert(out.end(), entry.words.begin(), entry.words.end());
      out.insert(out.end(), entry.reading.begin(), entry.reading.end());
    }
  }
  return out;
}

ConditionReader::ConditionReader(const std::vector<WordGroup>& groups,
                                 const Equivalents& equivalents)
    : equivalents_(equivalents) {
  for (const WordGroup& group : groups) groups_.emplace(group.name, &group);
}

Result<Alternatives, std::string> ConditionReader::read(
    const std::vector<std::string>& alternatives) const {
  Alternatives out;
  for (const std::string& alternative : alternatives) {
    if (Fault fault = add(alternative, out, 0); !fault.empty()) return Failure{fault};
  }
  if (out.empty())
    return Failure{std::string("a group has no alternatives: write at least one word")};
  return out;
}

ConditionReader::Fault ConditionReader::add(std::string_view alternative, Alternatives& out,
                                            int depth) const {
  while (!alternative.empty() && alternative.front() == ' ') alternative.remove_prefix(1);
  if (!alternative.empty() && alternative.front() == '@') {
    return add_group(alternative.substr(1), out, depth);
  }
  return add_phrase(alternative, out);
}

ConditionReader::Fault ConditionReader::add_group(std::string_view name, Alternatives& out,
                                                  int depth) const {
  const auto found = groups_.find(name);
  if (found == groups_.end()) {
    return "the word group «@" + std::string(name) +
           "» does not exist: add it to intents/words.yaml";
  }
  if (depth >= kGroupDepthMax) {
    return "the word group «@" + std::string(name) + "» names itself: break the circle";
  }
  const WordGroup& group = *found->second;
  for (const std::string& word : group.words) {
    const bool fixed = word.starts_with('@') || word.ends_with('*');
    const auto forms = fixed ? std::vector{word} : inflected(word, group.inflection);
    for (const std::string& form : forms) {
      if (Fault fault = add(form, out, depth + 1); !fault.empty()) return fault;
    }
  }
  return {};
}

ConditionReader::Fault ConditionReader::add_phrase(std::string_view phrase,
                                                   Alternatives& out) const {
  Phrase plain;  // as written
  bool has_stem = false;
  for (std::size_t at = 0; at < phrase.size();) {
    const std::size_t end = std::min(phrase.find(' ', at), phrase.size());
    const std::string_view piece = phrase.substr(at, end - at);
    at = end + 1;
    if (piece.empty()) continue;
    const std::size_t star = piece.find('*');
    if (star == 0 || (star != std::string_view::npos && star + 1 != piece.size())) {
      return "«" + std::string(phrase) + "»: a star stands at the end of a word («hent*»)";
    }
    const std::vector<std::string> words = words_of(piece);
    for (const std::string& word : words) plain.push_back({word, false});
    if (star != std::string_view::npos && !words.empty()) plain.back().stem = has_stem = true;
  }
  if (plain.empty()) return "«" + std::string(phrase) + "» holds no letters";
  std::vector<std::string_view> words;
  for (const WordPattern& word : plain) words.push_back(word.text);
  const std::vector<std::string> reading = equivalents_.read(words);
  Phrase read;
  for (const std::string& word : reading) read.push_back({word, false});
  if (!has_stem) {
    out.push_back(std::move(read));
    return {};
  }
  // A stem is looked for in the words as written and in their reading; «søppel*» also means what
  // «søppel» is read as.
  if (plain.size() == reading.size()) {
    for (std::size_t i = 0; i < plain.size(); ++i) {
      read[i].stem = plain[i].stem && read[i].text == plain[i].text;
    }
    if (read != plain) out.push_back(std::move(read));
  }
  out.push_back(std::move(plain));
  return {};
}

}  // namespace svar::intents
