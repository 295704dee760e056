// Steps for what the message asks, and whose facts answer it.
#include <algorithm>

#include "bot/engine/answering_steps.h"
#include "bot/engine/question_parts.h"
#include "kb-adapter/articles/composed_answers.h"

namespace svar::engine {

using intents::PlaceMention;

namespace {

constexpr double kConfidenceCarried = 0.9;  // the topic is the last one's
// Naming the emergency numbers in vain costs a line; not naming them may cost more.
constexpr double kDangerHinted = 0.25;
// From here on a half sentence that would fit the last topic is about something new all the same.
constexpr double kNewSubjectMin = 0.4;

// «enn for sfo» behind how to apply for kindergarten (`barnehage.soke`): of the topics of the new
// subject the one with the same aspect (`sfo.soke`).
const kb::Article* same_aspect(const std::vector<const kb::Article*>& likely,
                               const kb::Article& last) {
  const auto parts = [](const kb::Article& article) {
    const std::string_view id = article.id.value;
    const std::size_t dot = id.find('.');
    return std::pair(id.substr(0, dot), dot == id.npos ? "" : id.substr(dot + 1));
  };
  const auto [subject, any] = parts(*likely.front());
  const std::string_view aspect = parts(last).second;
  for (const kb::Article* article : likely) {
    if (article != &last && !aspect.empty() && parts(*article) == std::pair(subject, aspect))
      return article;
  }
  return nullptr;
}

}  // namespace

std::optional<Reply> Answering::several_questions() {
  const std::vector<std::string_view> texts = question_parts(question_.text, matches_.text);
  if (texts.empty() || find_act("person") != nullptr) return std::nullopt;
  // How many may still be questions of their own: the model, which is dear, isn't asked in vain.
  std::size_t open = texts.size();
  std::vector<Part> parts;
  for (const std::string_view text : texts) {
    parts.push_back({text, release_.intents->match_part(text, context())});
    if (!parts.back().may_ask() && --open < 2) return std::nullopt;
  }
  std::vector<const kb::Article*> articles;
  Explanation why = because("several");
  bool own_case = false, other_case = false;
  for (const Part& part : parts) {
    if (open < 2) return std::nullopt;
    if (!part.may_ask()) continue;
    const kb::Article* article = topic_of_part(part, why);
    const bool known = std::find(articles.begin(), articles.end(), article) != articles.end();
    if (article != nullptr && !known) articles.push_back(article);
    const bool personal = article != nullptr && article->kind == kb::ArticleKind::personal;
    own_case = own_case || part.own_case() || personal;
    other_case = other_case || part.own_case();
    if (known || (article == nullptr && !part.own_case())) --open;
  }
  if (articles.empty() || articles.size() + (other_case ? 1 : 0) < 2) return std::nullopt;
  const double confidence = why.candidates.front().score;
  Reply reply = answer(articles, whose(), std::move(why), confidence);
  if (own_case && reply.said.outcome == Outcome::answer) {
    reply.said.text += "\n\n" + release_.text("own_case_beside", replies_.language());
    reply.said.choices = {replies_.person()};
  }
  return reply;
}

bool Answering::Part::own_case() const {
  return std::any_of(matches.acts.begin(), matches.acts.end(),
                     [](const ActHit& hit) { return hit.act == "personal_case"; });
}

bool Answering::Part::may_ask() const {
  return own_case() || matches.hits.size() == 1 || (matches.hits.empty() && asks(text));
}

const kb::Article* Answering::topic_of_part(const Part& part, Explanation& why) const {
  if (part.own_case()) return nullptr;
  const kb::Article* article = nullptr;
  Explanation of_part;
  if (!part.matches.hits.empty()) {
    of_part = because_hits(part.matches);
    article = release_.articles->find(part.matches.hits.front().article);
  } else {
    Found found = possible_topics(release_, part.matches);
    if (!found.clear) return nullptr;
    of_part = std::move(found.because);
    article = found.articles.front();
  }
  if (article == nullptr) return nullptr;
  const auto begin = static_cast<std::size_t>(part.text.data() - question_.text.data());
  for (const Span& span : of_part.matched)
    why.matched.push_back({span.begin + begin, span.end + begin});
  why.candidates.push_back(of_part.candidates.front());
  if (why.rule.empty()) why.rule = of_part.rule;
  return article;
}

intents::MatchContext Answering::context() const {
  intents::MatchContext out;
  const Whose known = replies_.known();
  if (known.municipality != nullptr) out.municipality = known.municipality->id.value;
  out.channel = question_.channel;
  out.previous = question_.last_topics;
  return out;
}

std::optional<Reply> Answering::definitive() {
  if (matches_.hits.empty()) return std::nullopt;
  Explanation why = because_hits(matches_);
  const double confidence = why.candidates.front().score;
  if (matches_.hits.size() == 1) {
    if (!is_short(matches_.text)) {
      if (auto doubted = doubt(release_, matches_, ranking()))
        return said_with_care(std::move(*doubted));
    }
    if (auto form = begun_form(matches_.hits.front(), why)) return form;
    return answer(articles_of({matches_.hits.front().article}), whose(), std::move(why),
                  confidence);
  }
  const std::vector<ArticleId> together = asked_together(matches_.hits, matches_.text);
  if (!together.empty()) {
    return answer(articles_of(together), whose(), std::move(why), confidence);
  }
  const std::vector<ArticleId> all = likelier_first(release_, matches_);
  return replies_.clarify(articles_of(all), std::move(why), 1.0 / static_cast<double>(all.size()));
}

std::optional<Reply> Answering::begun_form(const intents::Hit& hit, const Explanation& why) {
  const bool may_begin = !forms_.runs() && release_.form_of(hit.article) != nullptr;
  const kb::Article* article = may_begin ? release_.articles->find(hit.article) : nullptr;
  if (article == nullptr) return std::nullopt;
  const Settled whose_is = whose();
  const kb::Composed& composed =
      release_.composed->of(article->id, whose_is.municipality, replies_.language());
  IncidentNotice notice = replies_.incidents(*article, whose_is);
  std::string lead = std::move(notice.text);
  if (composed.complete()) {
    if (!lead.empty() && !composed.short_answer.empty()) lead += "\n\n";
    lead += composed.short_answer;
  }
  auto reply = forms_.begun_by(hit, matches_, lead, why);
  if (reply) reply->said.incident = std::move(notice.id);
  return reply;
}

std::optional<Reply> Answering::carried_topic() {
  if (question_.last_topics.empty()) return std::nullopt;
  const PlaceMention& place = matches_.place;
  if (place.kind != PlaceMention::Kind::none && (place.alone || place.about_other)) {
    return answer(articles_of(question_.last_topics), whose(), because("municipality"),
                  kConfidenceCarried);
  }
  if (!is_half_sentence(matches_.text)) return std::nullopt;
  const kb::Article* last = release_.articles->find(question_.last_topics.front());
  const kb::Article* meant = last == nullptr ? nullptr : beside(*last);
  if (last != nullptr && (meant == nullptr || meant == last)) {
    const double least = meant == last ? kNewSubjectMin : asks(question_.text) ? 0 : 1;
    if (const kb::Article* neighbour = likely_neighbour(*last, least)) meant = neighbour;
  }
  if (meant == nullptr) return std::nullopt;
  Explanation why = because("follow-up");
  why.candidates.push_back({meant->id, kConfidenceCarried, "rule"});
  return answer({meant}, whose(), std::move(why), kConfidenceCarried);
}

const kb::Article* Answering::beside(const kb::Article& last) const {
  const std::string whole = std::string(question_.text) + " " + last.topic.nn;
  const intents::Matches carried = release_.intents->match(whole, context());
  std::vector<ArticleId> others;
  for (const intents::Hit& hit : carried.hits) {
    if (hit.article != last.id) others.push_back(hit.article);
  }
  if (others.size() == 1) return release_.articles->find(others.front());
  // «og på laurdagar?»: nothing new but the question itself.
  const bool only_last = others.empty() && !carried.hits.empty();
  return only_last && opens_follow_up(matches_.text) ? &last : nullptr;
}

// «korleis søkjer eg» behind the price of a kindergarten, «enn for sfo» behind how to apply for
// one: of all that is possible a neighbour of what was spoken of comes first.
const kb::Article* Answering::likely_neighbour(const kb::Article& last, double least) const {
  const Found found = possible_topics(release_, matches_);
  if (found.articles.empty() || found.danger >= kDangerHinted) return nullptr;
  if (found.because.candidates.front().score < least) return nullptr;
  const kb::Article* first = found.articles.front();
  if (const kb::Article* same = same_aspect(found.articles, last)) return same;
  const auto names = [](const kb::Article& one, const kb::Article& other) {
    return std::find(one.related.begin(), one.related.end(), other.id) != one.related.end();
  };
  return names(last, *first) || names(*first, last) ? first : nullptr;
}

// A question back needs something to choose between: what its editor calls its neighbours.
void Answering::add_neighbours(std::vector<const kb::Article*>& articles) const {
  constexpr std::size_t kChoicesMin = 2;
  const std::vector<ArticleId>& neighbours = articles.front()->related;
  for (std::size_t i = 0; i < neighbours.size() && articles.size() < kChoicesMin; ++i) {
    const kb::Article* article = release_.articles->find(neighbours[i]);
    const bool known = std::find(articles.begin(), articles.end(), article) != articles.end();
    if (article != nullptr && !known) articles.push_back(article);
  }
}

std::optional<Reply> Answering::possible() {
  return said_with_care(possible_topics(release_, matches_, ranking()));
}

std::optional<Reply> Answering::said_with_care(Found found) {
  const double danger = found.danger;
  // Topics to choose between would mock somebody in need, unless the first is where help is found.
  const bool help =
      !found.articles.empty() && found.articles.front()->kind == kb::ArticleKind::sensitive;
  const bool likely = danger >= kDangerLikely && !found.clear && !help;
  std::optional<Reply> reply =
      likely ? person_for_danger(std::move(found.because)) : said_of(std::move(found));
  if (reply && !reply->handoff && danger >= kDangerHinted) {
    reply->said.text =
        release_.text("danger_hint", replies_.language()) + "\n\n" + reply->said.text;
  }
  return reply;
}

Reply Answering::person_for_danger(Explanation why) const {
  why.how = "safety";
  Reply reply = replies_.say(Outcome::clarify, "offer_person", std::move(why));
  reply.said.choices = {replies_.person(), replies_.something_else_choice()};
  return reply;
}

std::optional<Reply> Answering::said_of(Found found) {
  if (found.articles.empty()) {
    if (auto reply = waiting_still()) return reply;
    found.because.how = "none";
    return replies_.not_understood(std::move(found.because));
  }
  const double score = found.because.candidates.front().score;
  if (found.clear) {
    return answer({found.articles.front()}, whose(), std::move(found.because), score);
  }
  if (auto reply = waiting_still()) return reply;
  add_neighbours(found.articles);
  return replies_.clarify(found.articles, std::move(found.because), score);
}

Answering::Settled Answering::whose() const {
  const PlaceMention& place = matches_.place;
  const Whose known = replies_.known();
  switch (place.kind) {
    case PlaceMention::Kind::none:
      return {known};
    case PlaceMention::Kind::settled:
      return {{release_.municipality(place.municipalities.front()), "text"}};
    case PlaceMention::Kind::ambiguous:
    case PlaceMention::Kind::several:
      break;
  }
  const bool among = known.municipality != nullptr && place.kind == PlaceMention::Kind::ambiguous &&
                     std::find(place.municipalities.begin(), place.municipalities.end(),
                               known.municipality->id) != place.municipalities.end();
  return among ? Settled{known} : Settled{};
}

Reply Answering::answer(const std::vector<const kb::Article*>& articles, const Whose& whose_is,
                        Explanation why, double confidence) {
  if (articles.empty()) return replies_.not_understood(std::move(why));
  Reply reply = replies_.answer(articles, whose_is, why, confidence);
  if (!forms_.runs()) forms_.offer(reply, matches_);
  if (reply.said.outcome != Outcome::clarify_municipality) return reply;
  const PlaceMention& place = matches_.place;
  if (place.kind == PlaceMention::Kind::ambiguous) {
    return replies_.ask_place(reply.waiting_articles, place, std::move(why));
  }
  if (place.kind == PlaceMention::Kind::several) {
    return replies_.ask_municipality(reply.waiting_articles, place.municipalities, std::move(why));
  }
  return reply;
}

std::vector<const kb::Article*> Answering::articles_of(const std::vector<ArticleId>& ids) const {
  std::vector<const kb::Article*> out;
  for (const ArticleId& id : ids) {
    if (const kb::Article* article = release_.articles->find(id)) out.push_back(article);
  }
  return out;
}

Reply Answering::remember_place(Reply reply) const {
  if (matches_.place.kind != PlaceMention::Kind::settled) return reply;
  if (!reply.settled) reply.settled = matches_.place.municipalities.front();
  if (reply.said.outcome != Outcome::answer) reply.said.municipality = reply.settled;
  return reply;
}

}  // namespace svar::engine
