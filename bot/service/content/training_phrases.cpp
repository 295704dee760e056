#include "bot/service/content/training_phrases.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "bot/engine/release.h"
#include "intents/model/thresholds.h"

namespace svar::service {
namespace {

void add(std::vector<TrainingPhrase>& phrases, const std::string& label,
         const std::vector<std::string>& texts) {
  for (const std::string& text : texts) {
    if (!text.empty()) phrases.push_back({label, text});
  }
}

void add_titles(std::vector<TrainingPhrase>& phrases, const kb::Article& article) {
  for (const kb::Localised* name : {&article.title, &article.topic})
    add(phrases, article.id.value, {name->nn, name->nb, name->en});
}

// Acts that name no subject. Others («kva er status i saka mi») speak of our topics' things.
bool is_chat(std::string_view act) {
  static constexpr std::array<std::string_view, 6> kActs = {"greeting",  "thanks",   "goodbye",
                                                            "about_bot", "offtopic", "person"};
  return std::find(kActs.begin(), kActs.end(), act) != kActs.end();
}

std::string danger_label(SafetyKind kind) {
  return std::string(intents::kAlarmPrefix) + std::string(code(kind));
}

bool has_article(const Content& content, const ArticleId& id) {
  return std::any_of(content.articles.begin(), content.articles.end(),
                     [&](const kb::Article& article) { return article.id == id; });
}

}  // namespace

TrainingPhrases training_phrases(const Content& content) {
  TrainingPhrases out;
  for (const kb::Article& article : content.articles) add_titles(out.labelled, article);
  for (const intents::Intent& intent : content.intents.intents) {
    if (!has_article(content, intent.article)) continue;
    add(out.labelled, intent.article.value, intent.examples);
    add(out.labelled, intent.article.value, intent.synonyms);
    for (const intents::Rule& rule : intent.rules)
      add(out.labelled, intent.article.value, rule.examples);
  }
  for (const intents::SafetyRule& safety : content.intents.safety) {
    add(out.labelled, danger_label(safety.kind), safety.rule.examples);
    add(out.labelled, std::string(engine::kHarmlessLabel), safety.rule.not_examples);
  }
  for (const DangerExample& danger : content.danger_examples)
    add(out.labelled, danger_label(danger.kind), {danger.text});
  add(out.labelled, std::string(engine::kHarmlessLabel), content.harmless_examples);
  for (const kb::Article& article : content.articles) {
    if (article.kind == kb::ArticleKind::sensitive) out.near_alarms.push_back(article.id.value);
  }
  out.out_of_scope = content.out_of_scope;
  for (const intents::SpeechActRule& act : content.intents.speech_acts) {
    if (!is_chat(act.act)) continue;
    const auto& examples = act.rule.examples;
    out.out_of_scope.insert(out.out_of_scope.end(), examples.begin(), examples.end());
  }
  return out;
}

}  // namespace svar::service
