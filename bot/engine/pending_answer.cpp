#include "bot/engine/pending_answer.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace svar::engine {
namespace {

using Words = std::unordered_set<std::string_view>;

const std::unordered_map<std::string_view, int>& ordinals() {
  static const std::unordered_map<std::string_view, int> words = {
      {"1", 1},          {"ein", 1},       {"én", 1},        {"en", 1},       {"eitt", 1},
      {"ett", 1},        {"one", 1},       {"første", 1},    {"fyrste", 1},   {"fyste", 1},
      {"forste", 1},     {"first", 1},     {"fysste", 1},    {"2", 2},        {"to", 2},
      {"two", 2},        {"andre", 2},     {"annen", 2},     {"second", 2},   {"3", 3},
      {"tre", 3},        {"three", 3},     {"tredje", 3},    {"third", 3},    {"trede", 3},
      {"4", 4},          {"fire", 4},      {"four", 4},      {"fjerde", 4},   {"fourth", 4},
      {"fjære", 4},      {"5", 5},         {"fem", 5},       {"femte", 5},    {"6", 6},
      {"seks", 6},       {"sjette", 6},    {"7", 7},         {"sju", 7},      {"syv", 7},
      {"8", 8},          {"9", 9},         {"siste", kLast}, {"last", kLast}, {"nederste", kLast},
      {"nedste", kLast}, {"sisste", kLast}};
  return words;
}

const Words& beside_ordinals() {
  static const Words words = {
      "nr",     "nummer", "number", "den", "det",    "da",   "då",     "alternativ", "val",  "valg",
      "valet",  "valget", "nei",    "ja",  "takk",   "òg",   "også",   "please",     "the",  "eg",
      "jeg",    "tek",    "tar",    "vel", "velger", "velg", "meiner", "mener",      "på",   "for",
      "option", "choice", "gjerne", "ta",  "te",     "e",    "æ",      "er",         "punkt"};
  return words;
}

bool is_topic_or_place(const Choice& choice) {
  return choice.id.starts_with("article:") || choice.id.starts_with("municipality:");
}

std::vector<const Choice*> topics_and_places(const std::vector<Choice>& choices) {
  std::vector<const Choice*> out;
  for (const Choice& choice : choices) {
    if (is_topic_or_place(choice)) out.push_back(&choice);
  }
  return out;
}

bool all_words_in(const intents::NormalText& text, const Words& words) {
  return !text.tokens.empty() &&
         std::all_of(text.tokens.begin(), text.tokens.end(), [&](const intents::Token& token) {
           return words.count(text.word(token)) != 0;
         });
}

// How much of the choice's label the message holds, by the beginnings of its words: «oppseiinga»
// for «oppseiing».
std::size_t label_match(const intents::NormalText& text, std::string_view label) {
  constexpr std::size_t kBeginning = 5;
  const intents::NormalText words = intents::normalise(label);
  std::size_t score = 0;
  for (const intents::Token& token : words.tokens) {
    const std::string_view word = words.word(token);
    if (word.size() < 3) continue;
    const std::string_view beginning = word.substr(0, std::max(kBeginning, word.size() * 2 / 3));
    const bool held = std::any_of(
        text.tokens.begin(), text.tokens.end(),
        [&](const intents::Token& own) { return text.word(own).starts_with(beginning); });
    if (held) score += beginning.size();
  }
  return score;
}

}  // namespace

std::optional<int> ordinal(const intents::NormalText& text) {
  constexpr std::size_t kWordsMax = 6;
  if (text.tokens.size() > kWordsMax) return std::nullopt;
  std::optional<int> found;
  for (const intents::Token& token : text.tokens) {
    const std::string_view word = text.word(token);
    if (const auto number = ordinals().find(word); number != ordinals().end()) {
      if (found) return std::nullopt;
      found = number->second;
    } else if (beside_ordinals().count(word) == 0) {
      return std::nullopt;
    }
  }
  return found;
}

std::optional<Choice> picked_choice(const intents::NormalText& text,
                                    const std::vector<Choice>& choices) {
  const auto real = topics_and_places(choices);
  if (says_yes(text)) {
    if (real.size() == 1) return *real.front();
    if (real.empty() && !choices.empty() && choices.front().id == "person") return choices.front();
    return std::nullopt;
  }
  const std::optional<int> place = ordinal(text);
  if (!place) return std::nullopt;
  if (*place == kLast) return real.empty() ? std::nullopt : std::optional<Choice>(*real.back());
  const auto index = static_cast<std::size_t>(*place - 1);
  return index < choices.size() ? std::optional<Choice>(choices[index]) : std::nullopt;
}

std::optional<Choice> named_choice(const intents::NormalText& text,
                                   const std::vector<Choice>& choices) {
  const Choice* best = nullptr;
  std::size_t most = 0;
  std::size_t second = 0;
  for (const Choice& choice : choices) {
    const std::size_t score = label_match(text, choice.label);
    if (score > most) {
      second = most;
      most = score;
      best = &choice;
    } else {
      second = std::max(second, score);
    }
  }
  if (best == nullptr || most == second) return std::nullopt;
  return *best;
}

bool says_yes(const intents::NormalText& text) {
  static const Words yes = {"ja", "jo",   "japp",    "jepp",    "gjerne", "yes",    "yep", "takk",
                            "ok", "okei", "stemmer", "stemmar", "jada",   "please", "det", "vil",
                            "eg", "jeg",  "greitt",  "fint",    "sure",   "yeah",   "joda"};
  static const Words meant = {"ja",      "jo",   "japp", "jepp", "gjerne", "yes",  "yep", "stemmer",
                              "stemmar", "jada", "sure", "yeah", "ok",     "okei", "joda"};
  return all_words_in(text, yes) &&
         std::any_of(text.tokens.begin(), text.tokens.end(), [&](const intents::Token& token) {
           return meant.count(text.word(token)) != 0;
         });
}

bool says_no(const intents::NormalText& text) {
  static const Words no = {"nei",  "nope", "no",    "neida", "takk", "ikkje", "ikke",  "thanks",
                           "nei",  "nah",  "ingen", "av",    "dei",  "de",    "desse", "disse",
                           "none", "of",   "these", "them",  "det",  "noko",  "nokon"};
  static const Words meant = {"nei", "nope", "no", "neida", "nah", "ingen", "none"};
  return all_words_in(text, no) &&
         std::any_of(text.tokens.begin(), text.tokens.end(), [&](const intents::Token& token) {
           return meant.count(text.word(token)) != 0;
         });
}

}  // namespace svar::engine
