#include "bot/engine/replies.h"

#include <algorithm>

#include "kb-adapter/articles/composed_answers.h"

namespace svar::engine {
namespace {

constexpr std::size_t kTopicsOfferedMax = 4;

void begin_paragraph(BotReplied& said) {
  if (!said.text.empty()) said.text += "\n\n";
}

std::vector<ArticleId> ids(const std::vector<const kb::Article*>& articles) {
  std::vector<ArticleId> out;
  for (const kb::Article* article : articles) out.push_back(article->id);
  return out;
}

bool has(const std::vector<const kb::Article*>& articles, kb::ArticleKind kind) {
  return std::any_of(articles.begin(), articles.end(),
                     [&](const kb::Article* article) { return article->kind == kind; });
}

}  // namespace

Whose Replies::known() const {
  if (question_.municipality) {
    if (const auto* municipality = release_.municipality(*question_.municipality)) {
      const bool site = municipality->id.value == question_.site.value;
      return {municipality, site ? "site" : "conversation"};
    }
  }
  if (const auto* municipality = release_.municipality({question_.site.value})) {
    return {municipality, "site"};
  }
  return {};
}

Reply Replies::begin(Outcome outcome, Explanation because) const {
  Reply reply;
  reply.language_wish = wish_;
  reply.said.outcome = outcome;
  reply.said.language = language_;
  reply.said.release = release_.number;
  reply.said.because = std::move(because);
  reply.said.because.language_from = wish_ ? "wish" : "session";
  if (const Whose whose = known(); whose.municipality != nullptr) {
    reply.said.municipality = whose.municipality->id;
  }
  return reply;
}

Choice Replies::choice(const kb::Article& article) const {
  return {"article:" + article.id.value, article.topic.in(language_)};
}

Choice Replies::choice(const kb::Municipality& municipality) const {
  return {"municipality:" + municipality.id.value, municipality.name};
}

Reply Replies::answer(const std::vector<const kb::Article*>& articles, const Whose& whose,
                      Explanation because, double confidence) const {
  if (has(articles, kb::ArticleKind::personal)) {
    return hand_off(HandoffReason::personal, ids(articles), std::move(because));
  }
  Reply reply = begin(Outcome::answer, because);
  reply.said.confidence = confidence;
  if (whose.municipality != nullptr) {
    reply.said.municipality = whose.municipality->id;
    reply.said.because.municipality_from = whose.from;
  }
  for (const kb::Article* article : articles) {
    const bool ask = whose.municipality == nullptr && article->varies;
    if (ask) return ask_municipality(ids(articles), std::move(because));
    const kb::Composed& composed =
        release_.composed->of(article->id, whose.municipality, language_);
    if (composed.complete()) {
      add_incidents(reply, *article, whose);
      add_answer(reply, *article, composed);
      continue;
    }
    if (whose.municipality == nullptr) return ask_municipality(ids(articles), std::move(because));
    if (articles.size() == 1) return missing_fact(*article, whose, std::move(because));
    add_incidents(reply, *article, whose);
    begin_paragraph(reply.said);
    reply.said.text +=
        release_.text("answer_missing_fact", language_, {{"topic", article->topic.in(language_)}});
    reply.said.topics.push_back(article->id);
  }
  if (has(articles, kb::ArticleKind::sensitive)) reply.said.choices.push_back(person());
  return reply;
}

void Replies::add_answer(Reply& reply, const kb::Article& article,
                         const kb::Composed& composed) const {
  BotReplied& said = reply.said;
  begin_paragraph(said);
  if (!said.topics.empty()) said.topic_title += " · ";
  said.text += composed.text;
  said.topic_title += article.topic.in(composed.language);
  said.topics.push_back(article.id);
  said.links.insert(said.links.end(), composed.links.begin(), composed.links.end());
  said.language = composed.language;
  said.sample = said.sample || composed.sample;
}

IncidentNotice Replies::incidents(const kb::Article& article, const Whose& whose) const {
  if (question_.incidents == nullptr || whose.municipality == nullptr) return {};
  return notice_of(*question_.incidents, whose.municipality->id, article.id, language_, now_);
}

void Replies::add_incidents(Reply& reply, const kb::Article& article, const Whose& whose) const {
  IncidentNotice notice = incidents(article, whose);
  if (!notice.id) notice.text = nothing_running(article, whose);
  if (notice.text.empty()) return;
  begin_paragraph(reply.said);
  reply.said.text += notice.text;
  if (!reply.said.incident) reply.said.incident = std::move(notice.id);
}

// For whoever has heard of something: that it is over, or that it is not told of where they ask
// now.
std::string Replies::nothing_running(const kb::Article& article, const Whose& whose) const {
  if (question_.incidents == nullptr || whose.municipality == nullptr) return {};
  const Release::Values here{{"municipality", whose.municipality->name}};
  if (ended_lately(*question_.incidents, whose.municipality->id, article.id, now_)) {
    return release_.text("incident_over", language_, here);
  }
  const auto& last = question_.last_topics;
  const bool goes_on = std::find(last.begin(), last.end(), article.id) != last.end();
  const Whose usual = known();
  const bool elsewhere = usual.municipality != nullptr && usual.municipality != whose.municipality;
  if (!goes_on || !elsewhere || !incidents(article, usual).id) return {};
  return release_.text("incident_elsewhere", language_, here);
}

Reply Replies::missing_fact(const kb::Article& article, const Whose& whose,
                            Explanation because) const {
  Reply reply = begin(Outcome::clarify, std::move(because));
  add_incidents(reply, article, whose);
  begin_paragraph(reply.said);
  reply.said.text +=
      release_.text("answer_missing_fact", language_, {{"topic", article.topic.in(language_)}});
  reply.said.topics = {article.id};
  reply.said.topic_title = article.topic.in(language_);
  reply.said.municipality = whose.municipality->id;
  reply.said.because.municipality_from = whose.from;
  reply.said.choices = {person(), something_else_choice()};
  return reply;
}

Reply Replies::clarify(const std::vector<const kb::Article*>& articles, Explanation because,
                       double confidence) const {
  if (articles.empty()) return not_understood(std::move(because));
  if (asked_enough()) return offer_person(std::move(because));
  Reply reply = say(Outcome::clarify, "clarify", std::move(because));
  reply.said.confidence = confidence;
  for (const kb::Article* article : articles) {
    if (reply.said.topics.size() == kTopicsOfferedMax) break;
    reply.said.topics.push_back(article->id);
    reply.said.choices.push_back(choice(*article));
  }
  reply.said.choices.push_back(something_else_choice());
  reply.said.choices.push_back(person());
  return reply;
}

Reply Replies::ask_municipality(const std::vector<ArticleId>& waiting, Explanation because) const {
  std::vector<MunicipalityId> all;
  for (const auto& [id, municipality] : release_.municipalities) all.push_back(id);
  return ask_municipality(waiting, all, std::move(because));
}

Reply Replies::ask_municipality(const std::vector<ArticleId>& waiting,
                                const std::vector<MunicipalityId>& among,
                                Explanation because) const {
  if (asked_enough()) return offer_person(std::move(because));
  Reply reply = say(Outcome::clarify_municipality, "ask_municipality", std::move(because));
  reply.said.municipality.reset();
  reply.waiting_articles = waiting;
  reply.said.topics = waiting;
  for (const MunicipalityId& id : among) {
    if (const auto* municipality = release_.municipality(id))
      reply.said.choices.push_back(choice(*municipality));
  }
  return reply;
}

Reply Replies::ask_place(const std::vector<ArticleId>& waiting, const intents::PlaceMention& place,
                         Explanation because) const {
  if (place.elsewhere.empty() || place.municipalities.empty()) {
    return ask_municipality(waiting, place.municipalities, std::move(because));
  }
  std::vector<MunicipalityId> order = place.municipalities;
  for (const auto& [id, municipality] : release_.municipalities) {
    if (std::find(order.begin(), order.end(), id) == order.end()) order.push_back(id);
  }
  Reply reply = ask_municipality(waiting, order, std::move(because));
  const kb::Municipality* first = release_.municipality(order.front());
  if (reply.said.outcome != Outcome::clarify_municipality || first == nullptr) return reply;
  reply.said.text = release_.text(
      "ask_municipality_ambiguous", language_,
      {{"place", place.name}, {"municipality", first->name}, {"elsewhere", place.elsewhere}});
  reply.said.choices.push_back(something_else_choice());
  return reply;
}

// Where nobody is at work the offer stands instead: a bot that falls silent for the night helps
// nobody.
Reply Replies::not_understood(Explanation because) const {
  if (question_.misses >= kClarifyTurnsMax) {
    const Whose whose = known();
    const MunicipalityId desk =
        whose.municipality != nullptr ? whose.municipality->id : release_.host_municipality;
    if (release_.is_open(desk, now_)) {
      return hand_off(HandoffReason::not_understood, question_.last_topics, std::move(because));
    }
  }
  if (question_.misses >= 1 || asked_enough()) return offer_person(std::move(because));
  Reply reply = say(Outcome::clarify, "clarify_first_miss", std::move(because));
  reply.said.choices = {person()};
  return reply;
}

Reply Replies::offer_person(Explanation because) const {
  Reply reply = say(Outcome::clarify, "not_understood", std::move(because));
  reply.said.text += " " + release_.text("offer_person", language_);
  reply.said.choices = {person(), something_else_choice()};
  return reply;
}

Reply Replies::something_else(Explanation because) const {
  if (question_.misses >= 1 || asked_enough()) return not_understood(std::move(because));
  Reply reply = say(Outcome::clarify, "clarify_other", std::move(because));
  reply.said.choices = {person()};
  return reply;
}

Reply Replies::hand_off(HandoffReason reason, const std::vector<ArticleId>& topics,
                        Explanation because) const {
  Reply reply = say(Outcome::handoff, "handoff_" + std::string(code(reason)), std::move(because));
  reply.handoff = reason;
  reply.said.topics = topics;
  return reply;
}

Reply Replies::say(Outcome outcome, std::string_view key, Explanation because,
                   const Release::Values& values) const {
  Reply reply = begin(outcome, std::move(because));
  reply.said.text = release_.text(key, language_, values);
  return reply;
}

Reply Replies::other_language(const intents::ForeignLanguage& foreign, Explanation because) const {
  Reply reply = say(Outcome::language, "language_unknown", std::move(because));
  if (!foreign.reply.empty()) reply.said.text = foreign.reply;
  reply.said.choices = {person()};
  return reply;
}

Reply Replies::language_changed(Explanation because) const {
  return say(Outcome::language, "language_changed", std::move(because));
}

}  // namespace svar::engine
