#include "bot/engine/question_parts.h"

#include <algorithm>
#include <unordered_set>

namespace svar::engine {
namespace {

constexpr std::size_t kWordsMin = 3;  // «er NAV ope»; fewer lean on the other part
constexpr std::size_t kPartsMax = 3;

using Words = std::unordered_set<std::string_view>;

bool joins(std::string_view word) {
  static const Words words = {"og", "and", "samt", "pluss", "eller"};
  return words.count(word) != 0;
}

bool opens_question(std::string_view word) {
  static const Words words = {
      "kva",     "hva",    "ka",      "ke",     "når",    "kor",     "kvar",  "hvor",    "hvordan",
      "kven",    "hvem",   "kem",     "kossen", "koss",   "korleis", "åssen", "katti",   "kan",
      "må",      "skal",   "er",      "e",      "har",    "får",     "finst", "finnes",  "går",
      "kva",     "kvifor", "hvorfor", "what",   "when",   "where",   "how",   "who",     "can",
      "is",      "are",    "do",      "does",   "treng",  "trenger", "gjeld", "gjelder", "vil",
      "hvilken", "kvifor", "kos",     "kossn",  "kordan", "kordant"};
  return words.count(word) != 0;
}

// Where a part may begin: at a sentence's first word, or behind a joining one.
std::vector<std::size_t> beginnings(const intents::NormalText& text) {
  std::vector<std::size_t> out = {0};
  for (std::size_t i = 1; i < text.tokens.size(); ++i) {
    const bool behind_join = joins(text.word(i - 1)) && opens_question(text.word(i));
    if (text.tokens[i].sentence || behind_join) out.push_back(i);
  }
  return out;
}

}  // namespace

std::vector<std::string_view> question_parts(std::string_view message,
                                             const intents::NormalText& text) {
  if (text.tokens.size() < 2 * kWordsMin) return {};
  const std::vector<std::size_t> first = beginnings(text);
  if (first.size() < 2) return {};
  std::vector<std::string_view> out;
  for (std::size_t i = 0; i < first.size(); ++i) {
    const std::size_t end = i + 1 < first.size() ? first[i + 1] : text.tokens.size();
    if (end - first[i] < kWordsMin) continue;
    const std::size_t from = text.tokens[first[i]].original.begin;
    // Up to the next part, so that the question mark comes along.
    const std::size_t to =
        end < text.tokens.size() ? text.tokens[end].original.begin : message.size();
    out.push_back(message.substr(from, to - from));
  }
  if (out.size() > kPartsMax) return {};
  return out.size() < 2 ? std::vector<std::string_view>{} : out;
}

bool asks(std::string_view part) {
  if (part.find('?') != std::string_view::npos) return true;
  const intents::NormalText text = intents::normalise(part);
  return !text.tokens.empty() && opens_question(text.word(0));
}

}  // namespace svar::engine
