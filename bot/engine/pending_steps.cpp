// Steps for what was asked or offered before.
#include <algorithm>

#include "bot/engine/answering_steps.h"
#include "bot/engine/pending_answer.h"

namespace svar::engine {

using intents::PlaceMention;

std::optional<Reply> Answering::pending_question() {
  const Pending& pending = question_.pending;
  if (pending.answered) return another_of_list();
  if (const auto picked = picked_choice(matches_.text, pending.choices)) return choice(*picked);
  if (auto reply = one_of_last_topics()) return reply;
  if (pending.choices.empty() && pending.articles.empty()) return std::nullopt;
  const bool no = matches_.hits.empty() && says_no(matches_.text);
  if (no || find_act("other") != nullptr) {
    return replies_.something_else(because("choice"));
  }
  if (!pending.articles.empty()) return pending_municipality();
  return pending_topic();
}

std::optional<Reply> Answering::another_of_list() {
  if (!ordinal(matches_.text)) return std::nullopt;
  const auto picked = picked_choice(matches_.text, question_.pending.choices);
  return picked ? std::optional(choice(*picked)) : std::nullopt;
}

std::optional<Reply> Answering::one_of_last_topics() {
  if (!question_.pending.choices.empty() || question_.last_topics.size() < 2) return std::nullopt;
  const std::optional<int> place = ordinal(matches_.text);
  const auto count = static_cast<int>(question_.last_topics.size());
  if (!place || *place > count) return std::nullopt;
  const auto index = static_cast<std::size_t>(*place == kLast ? count - 1 : *place - 1);
  const kb::Article* article = release_.articles->find(question_.last_topics[index]);
  if (article == nullptr) return std::nullopt;
  return answer({article}, whose(), because("choice"), kConfidenceChosen);
}

std::optional<Reply> Answering::pending_municipality() {
  const std::vector<ArticleId>& waiting = question_.pending.articles;
  const bool other_topic =
      std::any_of(matches_.hits.begin(), matches_.hits.end(), [&](const auto& hit) {
        return std::find(waiting.begin(), waiting.end(), hit.article) == waiting.end();
      });
  if (other_topic) return std::nullopt;
  if (matches_.place.kind == PlaceMention::Kind::none) return std::nullopt;
  return answer(articles_of(waiting), whose(), because("municipality"), kConfidenceChosen);
}

std::optional<Reply> Answering::pending_topic() {
  std::vector<Choice> topics;
  std::vector<ArticleId> offered;
  for (const Choice& choice : question_.pending.choices) {
    if (const auto article = after(choice.id, "article:")) {
      topics.push_back(choice);
      offered.push_back({std::string(*article)});
    }
  }
  if (topics.empty() || find_act("person") != nullptr) return std::nullopt;
  const auto is_offered = [&](const ArticleId& id) {
    return std::find(offered.begin(), offered.end(), id) != offered.end();
  };
  std::vector<const intents::Hit*> meant;
  for (const intents::Hit& hit : matches_.hits) {
    if (is_offered(hit.article)) meant.push_back(&hit);
  }
  if (meant.size() == 1) return choice({"article:" + meant.front()->article.value, {}});
  // A yes to several says nothing of which.
  if (!matches_.hits.empty() || says_yes(matches_.text)) return std::nullopt;
  if (const auto named = named_choice(matches_.text, topics)) return choice(*named);
  if (const auto id = nearest_of(*release_.articles, matches_.search_text, offered)) {
    return choice({"article:" + id->value, {}});
  }
  return std::nullopt;
}

std::optional<Reply> Answering::waiting_still() {
  if (question_.pending.articles.empty()) return std::nullopt;
  return replies_.ask_municipality(question_.pending.articles, because("municipality"));
}

Reply Answering::municipality_chosen(const MunicipalityId& id, Explanation why) {
  const kb::Municipality* municipality = release_.municipality(id);
  if (municipality == nullptr) return replies_.not_understood(std::move(why));
  const std::vector<ArticleId>& waiting =
      question_.pending.articles.empty() ? question_.last_topics : question_.pending.articles;
  Reply reply = waiting.empty()
                    ? replies_.say(Outcome::smalltalk, "smalltalk_greeting", std::move(why))
                    : replies_.answer(articles_of(waiting), {municipality, "choice"},
                                      std::move(why), kConfidenceChosen);
  reply.settled = id;
  reply.said.municipality = id;
  return reply;
}

}  // namespace svar::engine
