#include "intents/condition.h"

#include <re2/re2.h>

#include <algorithm>
#include <cctype>

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
  thread_local std::string key;  // spares an allocation a word; holds no state between calls
  key.assign(words[index]);
  const auto entries = by_first_.find(key);
  if (entries == by_first_.end()) return {};
  for (const Entry& entry : entries->second) {
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
  for (const std::string& word : found->second->words) {
    if (Fault fault = add(word, out, depth + 1); !fault.empty()) return fault;
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

Result<std::string, std::string> to_normal_expression(std::string_view pattern) {
  std::string out;
  bool in_class = false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (pattern.substr(i, 4) == "(?i)") {
      i += 3;
    } else if (c == '\\' && i + 1 < pattern.size()) {
      const char next = pattern[++i];
      if (next == 'B')
        return Failure{
            std::string("«\\B» is not possible here: write the stem with a star («hent*»)")};
      if (next == 'b') {
        if (out.empty() || out.back() != ' ') out += ' ';
      } else if (next == 'w') {
        out += in_class ? "\\pL\\pN" : "[^ \\n]";
      } else if (next == 's' || next == 'W') {
        if (out.empty() || out.back() != ' ') out += ' ';
      } else {
        out += '\\';
        out += next;
      }
    } else if (!in_class && (c == '^' || c == '$')) {
      return Failure{std::string(
          "«^» and «$» are not possible here: for a whole message, write it as an example")};
    } else {
      if (c == '[') in_class = true;
      if (c == ']') in_class = false;
      const bool doubled = c == ' ' && !out.empty() && out.back() == ' ';
      if (!doubled) out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
  }
  re2::RE2::Options options;
  options.set_log_errors(false);
  const re2::RE2 check(out, options);
  if (!check.ok()) return Failure{"the pattern is not valid: " + check.error()};
  return out;
}

bool has_literal(std::string_view pattern) {
  int run = 0;
  bool in_class = false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const unsigned char c = static_cast<unsigned char>(pattern[i]);
    if (c == '\\') {
      ++i;
      run = 0;
      continue;
    }
    if (c == '[') in_class = true;
    if (c == ']') in_class = false;
    const bool optional =
        i + 1 < pattern.size() && (pattern[i + 1] == '?' || pattern[i + 1] == '*');
    run = !in_class && !optional && (std::isalpha(c) || c >= 0x80) ? run + 1 : 0;
    if (run >= 3) return true;
  }
  return false;
}

}  // namespace svar::intents
