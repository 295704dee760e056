#include "bot/engine/answering.h"

#include <algorithm>

#include "bot/engine/pending_answer.h"
#include "bot/engine/replies.h"
#include "bot/engine/topics.h"

namespace svar::engine {
namespace {

using intents::ActHit;
using intents::PlaceMention;

constexpr double kActShareAlone = 0.4;  // of a message: «hei» is the message, not its beginning
constexpr std::size_t kFewWords = 3;
constexpr double kConfidenceChosen = 1;
constexpr double kConfidenceCarried = 0.9;  // the topic is the last one's

Explanation because(std::string_view how) {
  Explanation out;
  out.how = how;
  return out;
}

std::optional<std::string_view> after(std::string_view text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return std::nullopt;
  return text.substr(prefix.size());
}

// One message on its way to its reply; each step either knows the reply or leaves it to the next.
class Answering {
 public:
  Answering(const Question& question, const Release& release, Time now)
      : question_(question), release_(release), replies_(question, release, now) {}

  Reply message() {
    matches_ = release_.intents->match(question_.text);
    if (auto reply = danger()) return std::move(*reply);
    hear_language_wish();
    using Step = std::optional<Reply> (Answering::*)();
    for (const Step step : {&Answering::pending_question, &Answering::person_or_case,
                            &Answering::outside, &Answering::definitive, &Answering::carried_topic,
                            &Answering::language, &Answering::small_talk, &Answering::searched}) {
      if (auto reply = (this->*step)()) return remember_place(std::move(*reply));
    }
    return remember_place(replies_.not_understood(because("none")));
  }

  Reply choice(const Choice& chosen) {
    Explanation why = because("choice");
    if (chosen.id == "person")
      return replies_.hand_off(HandoffReason::asked, question_.last_topics, why);
    if (const auto article = after(chosen.id, "article:")) {
      const kb::Article* found = release_.articles->find({std::string(*article)});
      if (found == nullptr) return replies_.not_understood(std::move(why));
      return answer({found}, replies_.known(), std::move(why), kConfidenceChosen);
    }
    if (const auto municipality = after(chosen.id, "municipality:")) {
      return municipality_chosen({std::string(*municipality)}, std::move(why));
    }
    return replies_.something_else(std::move(why));
  }

 private:
  std::optional<Reply> danger() {
    if (!matches_.safety) return std::nullopt;
    auto text = safety(question_.text, replies_.language(), whose().municipality_id(), release_);
    if (!text) return std::nullopt;
    Reply reply = replies_.say(Outcome::safety, "", std::move(text->because));
    reply.said.text = std::move(text->text);
    reply.said.safety = text->kind;
    reply.said.confidence = 1;
    reply.said.choices = {replies_.person()};
    return remember_place(std::move(reply));
  }

  void hear_language_wish() {
    for (const auto& [act, language] :
         {std::pair{"language_nn", Language::nn}, std::pair{"language_nb", Language::nb},
          std::pair{"language_en", Language::en}}) {
      if (find_act(act) != nullptr) replies_.switch_to(language);
    }
  }

  std::optional<Reply> pending_question() {
    const Pending& pending = question_.pending;
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

  // «den andre» after an answer to two questions.
  std::optional<Reply> one_of_last_topics() {
    if (!question_.pending.choices.empty() || question_.last_topics.size() < 2) return std::nullopt;
    const std::optional<int> place = ordinal(matches_.text);
    const auto count = static_cast<int>(question_.last_topics.size());
    if (!place || *place > count) return std::nullopt;
    const auto index = static_cast<std::size_t>(*place == kLast ? count - 1 : *place - 1);
    const kb::Article* article = release_.articles->find(question_.last_topics[index]);
    if (article == nullptr) return std::nullopt;
    return answer({article}, whose(), because("choice"), kConfidenceChosen);
  }

  // We asked which municipality; a text that clearly asks something else is a new question.
  std::optional<Reply> pending_municipality() {
    const std::vector<ArticleId>& waiting = question_.pending.articles;
    const bool other_topic =
        std::any_of(matches_.hits.begin(), matches_.hits.end(), [&](const auto& hit) {
          return std::find(waiting.begin(), waiting.end(), hit.article) == waiting.end();
        });
    if (other_topic) return std::nullopt;
    if (matches_.place.kind == PlaceMention::Kind::none) return std::nullopt;
    return answer(articles_of(waiting), whose(), because("municipality"), kConfidenceChosen);
  }

  std::optional<Reply> pending_topic() {
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
    if (!matches_.hits.empty()) return std::nullopt;
    if (const auto named = named_choice(matches_.text, topics)) return choice(*named);
    if (const auto id = nearest_of(*release_.articles, matches_.search_text, offered)) {
      return choice({"article:" + id->value, {}});
    }
    return std::nullopt;
  }

  const ActHit* find_act(std::string_view act) const {
    const auto found = std::find_if(matches_.acts.begin(), matches_.acts.end(),
                                    [&](const ActHit& hit) { return hit.act == act; });
    return found == matches_.acts.end() ? nullptr : &*found;
  }

  static Explanation because_of(const ActHit& act, std::string_view how) {
    Explanation out = because(how);
    out.rule = act.rule;
    out.matched = act.matched;
    return out;
  }

  std::vector<ArticleId> topics_so_far() const {
    std::vector<ArticleId> out;
    for (const intents::Hit& hit : matches_.hits) out.push_back(hit.article);
    return out.empty() ? question_.last_topics : out;
  }

  std::optional<Reply> person_or_case() {
    if (const ActHit* act = find_act("person");
        act != nullptr && find_act("person_declined") == nullptr) {
      return replies_.hand_off(HandoffReason::asked, topics_so_far(), because_of(*act, "person"));
    }
    if (const ActHit* act = find_act("personal_case")) {
      return replies_.hand_off(HandoffReason::personal, topics_so_far(),
                               because_of(*act, "personal"));
    }
    const ActHit* anger = find_act("anger");
    if (anger != nullptr && matches_.hits.empty()) {
      return replies_.hand_off(HandoffReason::angry, topics_so_far(), because_of(*anger, "anger"));
    }
    return std::nullopt;
  }

  std::optional<Reply> outside() {
    const ActHit* act = find_act("offtopic");
    if (act == nullptr) return std::nullopt;
    return replies_.say(Outcome::offtopic, "offtopic", because_of(*act, "offtopic"));
  }

  // A greeting in front of a question is no answer to the question.
  std::optional<Reply> small_talk() {
    static constexpr std::pair<std::string_view, std::string_view> kActs[] = {
        {"delete", "delete_how"},
        {"privacy", "privacy_how"},
        {"about_bot", "smalltalk_about_bot"},
        {"goodbye", "smalltalk_goodbye"},
        {"thanks", "smalltalk_thanks"},
        {"person_declined", "smalltalk_ok"},
        {"greeting", "smalltalk_greeting"}};
    double together = 0;
    for (const ActHit& act : matches_.acts) together += act.share;
    for (const auto& [name, key] : kActs) {
      const ActHit* act = find_act(name);
      if (act == nullptr) continue;
      const bool courtesy = name == "goodbye" || name == "thanks" || name == "greeting";
      if (courtesy && together < kActShareAlone && matches_.text.tokens.size() > kFewWords)
        continue;
      return say_of_controller(key, because_of(*act, name));
    }
    return std::nullopt;
  }

  Reply say_of_controller(std::string_view key, Explanation why) {
    const Whose whose_is = whose();
    const kb::Municipality* controller = whose_is.municipality != nullptr
                                             ? whose_is.municipality
                                             : release_.municipality(release_.host_municipality);
    const std::string name =
        controller != nullptr ? controller->full_name.in(replies_.language()) : "";
    const std::string days =
        controller != nullptr ? std::to_string(controller->retention_days) : "";
    return replies_.say(Outcome::smalltalk, key, std::move(why),
                        {{"municipality", name}, {"days", days}});
  }

  // A wish alone; with a question the question is answered in the language wished. What was asked
  // before still waits.
  std::optional<Reply> language() {
    for (const char* act : {"language_nn", "language_nb", "language_en"}) {
      const ActHit* wish = find_act(act);
      if (wish == nullptr) continue;
      Explanation why = because_of(*wish, "language");
      Reply changed = replies_.language_changed(why);
      if (question_.pending.articles.empty()) return changed;
      Reply again = replies_.ask_municipality(question_.pending.articles, std::move(why));
      again.said.text = changed.said.text + " " + again.said.text;
      return again;
    }
    if (matches_.foreign != nullptr) {
      return replies_.other_language(*matches_.foreign, because("language"));
    }
    return std::nullopt;
  }

  std::optional<Reply> definitive() {
    if (matches_.hits.empty()) return std::nullopt;
    Explanation why = because_hits(matches_.hits);
    const std::vector<ArticleId> together = asked_together(matches_.hits, matches_.text);
    std::vector<ArticleId> all;
    for (const intents::Hit& hit : matches_.hits) all.push_back(hit.article);
    const double confidence = why.candidates.front().score;
    if (all.size() == 1) return answer(articles_of(all), whose(), std::move(why), confidence);
    if (!together.empty()) {
      return answer(articles_of(together), whose(), std::move(why), confidence);
    }
    return replies_.clarify(articles_of(all), std::move(why),
                            1.0 / static_cast<double>(all.size()));
  }

  // «kva med Gulen då», «og i Gulen?», «og kva kostar det»: the topic is the last one, or lies
  // beside it.
  std::optional<Reply> carried_topic() {
    if (question_.last_topics.empty()) return std::nullopt;
    const PlaceMention& place = matches_.place;
    if (place.kind != PlaceMention::Kind::none && (place.alone || place.about_other)) {
      return answer(articles_of(question_.last_topics), whose(), because("municipality"),
                    kConfidenceCarried);
    }
    if (!is_half_sentence(matches_.text)) return std::nullopt;
    const kb::Article* last = release_.articles->find(question_.last_topics.front());
    if (last == nullptr) return std::nullopt;
    const std::string whole = std::string(question_.text) + " " + last->topic.nn;
    const intents::Matches carried = release_.intents->match(whole);
    std::vector<ArticleId> others;
    for (const intents::Hit& hit : carried.hits) {
      if (hit.article != last->id) others.push_back(hit.article);
    }
    if (others.size() != 1) return std::nullopt;
    Explanation why = because("follow-up");
    why.candidates.push_back({others.front(), kConfidenceCarried, "rule"});
    return answer(articles_of(others), whose(), std::move(why), kConfidenceCarried);
  }

  std::optional<Reply> searched() {
    const Found found = search(*release_.articles, matches_.search_text);
    if (found.articles.empty()) return waiting_still();
    Explanation why = because("search");
    why.candidates = found.candidates;
    if (found.clear) {
      return answer({found.articles.front()}, whose(), std::move(why),
                    found.candidates.front().score);
    }
    if (auto reply = waiting_still()) return reply;
    return replies_.clarify(found.articles, std::move(why), found.candidates.front().score);
  }

  // We asked which municipality and can't read the answer: ask once more, bounded like every
  // question.
  std::optional<Reply> waiting_still() {
    if (question_.pending.articles.empty()) return std::nullopt;
    return replies_.ask_municipality(question_.pending.articles, because("municipality"));
  }

  struct Settled : Whose {
    std::optional<MunicipalityId> municipality_id() const {
      return municipality == nullptr ? std::nullopt
                                     : std::optional<MunicipalityId>(municipality->id);
    }
  };

  // A place in the text goes before what is known; a name that may be elsewhere is taken for the
  // known one's.
  Settled whose() const {
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
    const bool among = known.municipality != nullptr &&
                       place.kind == PlaceMention::Kind::ambiguous &&
                       std::find(place.municipalities.begin(), place.municipalities.end(),
                                 known.municipality->id) != place.municipalities.end();
    return among ? Settled{known} : Settled{};
  }

  Reply answer(const std::vector<const kb::Article*>& articles, const Whose& whose_is,
               Explanation why, double confidence) {
    if (articles.empty()) return replies_.not_understood(std::move(why));
    Reply reply = replies_.answer(articles, whose_is, why, confidence);
    if (reply.said.outcome != Outcome::clarify_municipality) return reply;
    const PlaceMention& place = matches_.place;
    if (place.kind == PlaceMention::Kind::ambiguous) {
      return replies_.ask_place(reply.waiting_articles, place, std::move(why));
    }
    if (place.kind == PlaceMention::Kind::several) {
      return replies_.ask_municipality(reply.waiting_articles, place.municipalities,
                                       std::move(why));
    }
    return reply;
  }

  Reply municipality_chosen(const MunicipalityId& id, Explanation why) {
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

  std::vector<const kb::Article*> articles_of(const std::vector<ArticleId>& ids) const {
    std::vector<const kb::Article*> out;
    for (const ArticleId& id : ids) {
      if (const kb::Article* article = release_.articles->find(id)) out.push_back(article);
    }
    return out;
  }

  Reply remember_place(Reply reply) const {
    if (matches_.place.kind != PlaceMention::Kind::settled) return reply;
    if (!reply.settled) reply.settled = matches_.place.municipalities.front();
    if (reply.said.outcome != Outcome::answer) reply.said.municipality = reply.settled;
    return reply;
  }

  const Question& question_;
  const Release& release_;
  Replies replies_;
  intents::Matches matches_;
};

}  // namespace

Reply answer(const Question& question, const Release& release, Time now) {
  return Answering(question, release, now).message();
}

Reply answer_choice(const Choice& choice, const Question& question, const Release& release,
                    Time now) {
  return Answering(question, release, now).choice(choice);
}

}  // namespace svar::engine
