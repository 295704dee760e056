// Short answers that say too little of their own: those that would fit another question as well,
// and those that are mostly telephone numbers.
#include <algorithm>
#include <map>
#include <set>

#include "bot/service/content/checks.h"
#include "intents/normal_text.h"
#include "kb-adapter/articles/compose.h"

namespace svar::service {
namespace {

// Two answers are too alike when more than this share of the shorter one's own words is in both.
constexpr double kSharedWordsMax = 0.6;
// A word of more than a quarter of all short answers in a language («du», «kommunen») is part of
// the template they are written after and says nothing of one of them. A small content has no
// template.
constexpr std::size_t kTemplateShare = 4;
constexpr std::size_t kTemplateAnswersMin = 12;
constexpr int kContactSentencesMax = 1;

using Words = std::set<std::string>;

struct Answer {
  const kb::Article* article = nullptr;
  Words words;
};

std::vector<std::string_view> sentences_of(std::string_view text) {
  std::vector<std::string_view> out;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool stop = text[i] == '.' || text[i] == '!' || text[i] == '?';
    const bool ends = text[i] == '\n' || (stop && (i + 1 == text.size() || text[i + 1] == ' '));
    if (!ends) continue;
    if (i > begin) out.push_back(text.substr(begin, i + 1 - begin));
    begin = i + 1;
  }
  if (begin < text.size()) out.push_back(text.substr(begin));
  return out;
}

// Slots are the same word whatever they hold, and no word of the answer.
std::string without_slots(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t open = text.find("{{");
    const std::size_t close = open == std::string_view::npos ? open : text.find("}}", open);
    if (close == std::string_view::npos) break;
    out += text.substr(0, open);
    out += ' ';
    text.remove_prefix(close + 2);
  }
  return out += text;
}

// A sentence that tells a telephone number or an e-mail address of the municipality.
bool is_contact(std::string_view sentence, const std::map<std::string, FactSpec>& facts) {
  const auto slots = kb::slots_in(sentence);
  return std::any_of(slots.begin(), slots.end(), [&](std::string_view slot) {
    const auto spec = facts.find(std::string(slot));
    return spec != facts.end() && (spec->second.kind == "phone" || spec->second.kind == "email");
  });
}

Words own_words(const std::string& answer, const std::map<std::string, FactSpec>& facts) {
  Words out;
  for (const std::string_view sentence : sentences_of(answer)) {
    if (is_contact(sentence, facts)) continue;
    const intents::NormalText text = intents::normalise(without_slots(sentence));
    for (std::size_t i = 0; i < text.tokens.size(); ++i) out.emplace(text.word(i));
  }
  return out;
}

void drop_template(std::vector<Answer>& answers) {
  if (answers.size() < kTemplateAnswersMin) return;
  std::map<std::string, std::size_t> used;
  for (const Answer& answer : answers) {
    for (const std::string& word : answer.words) ++used[word];
  }
  for (Answer& answer : answers) {
    std::erase_if(answer.words, [&](const std::string& word) {
      return used.at(word) * kTemplateShare > answers.size();
    });
  }
}

double shared(const Words& one, const Words& other) {
  const std::size_t shorter = std::min(one.size(), other.size());
  if (shorter == 0) return 0;
  const auto both =
      std::count_if(one.begin(), one.end(), [&](auto& word) { return other.contains(word); });
  return static_cast<double>(both) / static_cast<double>(shorter);
}

}  // namespace

void Checker::check_answers() {
  for (const Language language : {Language::nn, Language::nb, Language::en}) {
    std::vector<Answer> answers;
    for (const kb::Article& article : content_.articles) {
      if (article.spoken(language) != language) continue;
      check_contact_block(article, language);
      answers.push_back({&article, own_words(article.body(language).short_answer, content_.facts)});
    }
    drop_template(answers);
    for (std::size_t i = 0; i < answers.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        const double share = shared(answers[j].words, answers[i].words);
        if (share <= kSharedWordsMax) continue;
        const kb::Article& one = *answers[j].article;
        const kb::Article& other = *answers[i].article;
        findings_.push_back({Severity::warning, one.place.file, one.place.line,
                             "the short answer (" + std::string(code(language)) + ") shares " +
                                 std::to_string(static_cast<int>(share * 100)) +
                                 " % of its words with that of " + other.id.value +
                                 "; say what is special about each",
                             "similar_answers", other.place.file, other.place.line});
      }
    }
  }
}

void Checker::check_contact_block(const kb::Article& article, Language language) {
  const auto sentences = sentences_of(article.body(language).short_answer);
  const auto contact = std::count_if(
      sentences.begin(), sentences.end(),
      [&](std::string_view sentence) { return is_contact(sentence, content_.facts); });
  if (contact <= kContactSentencesMax) return;
  findings_.push_back({Severity::warning, article.place.file, article.place.line,
                       "the short answer (" + std::string(code(language)) + ") has " +
                           std::to_string(contact) +
                           " sentences with telephone numbers or e-mail addresses; keep one and "
                           "move the rest under ## contact",
                       "contact_sentences"});
}

}  // namespace svar::service
