#include "bot/engine/answering.h"

#include <algorithm>

#include "bot/engine/answering_steps.h"
#include "bot/engine/pending_answer.h"

namespace svar::engine {
namespace {

using intents::ActHit;

constexpr double kActShareAlone = 0.4;  // of a message: «hei» is the message, not its beginning
constexpr std::size_t kFewWords = 3;
constexpr std::string_view kPrivacyArticle = "kommune.personvern";

Explanation because_of(const ActHit& act, std::string_view how) {
  Explanation out = because(how);
  out.rule = act.rule;
  out.matched = act.matched;
  return out;
}

}  // namespace

Explanation because(std::string_view how) {
  Explanation out;
  out.how = how;
  return out;
}

std::optional<std::string_view> after(std::string_view text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return std::nullopt;
  return text.substr(prefix.size());
}

Reply Answering::message() {
  Reply reply = with_care(understood());
  forms_.keep(reply);
  return reply;
}

Reply Answering::choice(const Choice& chosen) {
  Reply reply = pressed(chosen);
  forms_.keep(reply);
  return reply;
}

Reply Answering::understood() {
  matches_ = release_.intents->match(question_.text, context());
  if (auto reply = danger()) return std::move(*reply);
  hear_language_wish();
  using Step = std::optional<Reply> (Answering::*)();
  for (const Step step : {&Answering::running_form, &Answering::pending_question,
                          &Answering::several_questions, &Answering::person_or_case,
                          &Answering::outside, &Answering::definitive, &Answering::carried_topic,
                          &Answering::language, &Answering::small_talk, &Answering::possible}) {
    if (auto reply = (this->*step)()) return remember_place(std::move(*reply));
  }
  return remember_place(replies_.not_understood(because("none")));
}

Reply Answering::pressed(const Choice& chosen) {
  Explanation why = because("choice");
  if (chosen.id == "person")
    return replies_.hand_off(HandoffReason::asked, question_.last_topics, why);
  if (chosen.id == kKeepChoice)
    return replies_.say(Outcome::smalltalk, "smalltalk_ok", std::move(why));
  if (auto reply = forms_.chosen(chosen)) return std::move(*reply);
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

std::optional<Reply> Answering::danger() {
  auto text = safety_text();
  if (!text) return std::nullopt;
  Reply reply = replies_.say(Outcome::safety, "", std::move(text->because));
  reply.said.text = std::move(text->text);
  reply.said.safety = text->kind;
  reply.said.confidence = text->confidence;
  reply.said.choices = {replies_.person()};
  return remember_place(std::move(reply));
}

// What a rule or an exact example explains needs no guess; nor does a place alone.
std::optional<SafetyText> Answering::safety_text() {
  const auto municipality = whose().municipality_id();
  if (matches_.safety) return safety(question_.text, replies_.language(), municipality, release_);
  const auto alarm = believed_alarm();
  if (!alarm) return std::nullopt;
  return learned_danger(*alarm, ranking(), matches_.text, replies_.language(), municipality,
                        release_);
}

// The model's own threshold, on how alarming the words are, lets hardly an ordinary example pass.
// The share of all that the message may be about finds others: those that no topic explains.
std::optional<std::uint32_t> Answering::believed_alarm() {
  if (matches_.place.alone) return std::nullopt;
  const bool explained = !matches_.hits.empty();
  const bool surely = explained && (is_short(matches_.text) ||
                                    matches_.hits.front().kind == intents::HitKind::example);
  if (surely) return std::nullopt;
  if (!explained && ranking().alarm) return ranking().alarm;
  const double least = explained ? kDangerOverRule : kDangerLikely;
  if (!matches_.acts.empty() || danger_in(release_, ranking()) < least) return std::nullopt;
  const auto& best = ranking().best;
  const auto first = std::find_if(best.begin(), best.end(), [&](const auto& one) {
    return release_.model->label(one.label).starts_with(intents::kAlarmPrefix);
  });
  return first->label;
}

const intents::Ranking& Answering::ranking() {
  if (!ranking_) ranking_ = release_.model->rank(matches_.search_text, kWeighedMax);
  return *ranking_;
}

void Answering::hear_language_wish() {
  for (const auto& [act, language] :
       {std::pair{"language_nn", Language::nn}, std::pair{"language_nb", Language::nb},
        std::pair{"language_en", Language::en}}) {
    if (find_act(act) != nullptr) replies_.switch_to(language);
  }
}

std::optional<Reply> Answering::running_form() {
  if (!forms_.runs()) return forms_.taken_up(matches_);
  if (auto reply = wished_person()) return reply;
  if (forms_.asks_beside(matches_)) {
    if (auto reply = definitive()) return forms_.beside(std::move(*reply));
  }
  return forms_.next(matches_);
}

const ActHit* Answering::find_act(std::string_view act) const {
  const auto found = std::find_if(matches_.acts.begin(), matches_.acts.end(),
                                  [&](const ActHit& hit) { return hit.act == act; });
  return found == matches_.acts.end() ? nullptr : &*found;
}

std::vector<ArticleId> Answering::topics_so_far() const {
  std::vector<ArticleId> out;
  for (const intents::Hit& hit : matches_.hits) out.push_back(hit.article);
  return out.empty() ? question_.last_topics : out;
}

// The person who takes over should know what the case is about, even when it is only likely.
std::vector<ArticleId> Answering::topics_of_case() {
  if (!matches_.hits.empty()) return topics_so_far();
  const Found found = possible_topics(release_, matches_, ranking());
  if (found.articles.empty()) return question_.last_topics;
  return {found.articles.front()->id};
}

// «eg vil snakke med nokon» names nothing; «kan nokon ringe meg om vassmålaren» does.
std::vector<ArticleId> Answering::topics_beside(const ActHit& act) {
  const bool alone = act.share >= kActShareAlone || matches_.text.tokens.size() <= kFewWords;
  return alone || !question_.last_topics.empty() ? topics_so_far() : topics_of_case();
}

std::optional<Reply> Answering::wished_person() {
  const ActHit* act = find_act("person");
  if (act == nullptr || find_act("person_declined") != nullptr) return std::nullopt;
  return replies_.hand_off(HandoffReason::asked, topics_beside(*act), because_of(*act, "person"));
}

std::optional<Reply> Answering::person_or_case() {
  if (auto reply = wished_person()) return reply;
  if (const ActHit* act = find_act("personal_case")) {
    return replies_.hand_off(HandoffReason::personal, topics_of_case(),
                             because_of(*act, "personal"));
  }
  const ActHit* anger = find_act("anger");
  if (anger != nullptr && matches_.hits.empty()) {
    return replies_.hand_off(HandoffReason::angry, topics_beside(*anger),
                             because_of(*anger, "anger"));
  }
  return std::nullopt;
}

Reply Answering::with_care(Reply reply) {
  const Outcome outcome = reply.said.outcome;
  if (reply.handoff || reply.said.form || outcome == Outcome::safety) return reply;
  const ActHit* health = find_act("health");
  if (health != nullptr && outcome == Outcome::clarify && question_.pending.choices.empty()) {
    return remember_place(replies_.hand_off(HandoffReason::sensitive, topics_of_case(),
                                            because_of(*health, "health")));
  }
  const bool upset = health != nullptr || find_act("anger") != nullptr;
  if (!upset || outcome != Outcome::answer) return reply;
  if (health != nullptr) {
    reply.said.text =
        release_.text("health_reminder", replies_.language()) + "\n\n" + reply.said.text;
  }
  std::vector<Choice>& choices = reply.said.choices;
  if (std::find(choices.begin(), choices.end(), replies_.person()) == choices.end()) {
    choices.push_back(replies_.person());
  }
  return reply;
}

std::optional<Reply> Answering::outside() {
  const ActHit* act = find_act("offtopic");
  if (act == nullptr) return std::nullopt;
  return replies_.say(Outcome::offtopic, "offtopic", because_of(*act, "offtopic"));
}

std::optional<Reply> Answering::small_talk() {
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
    if (courtesy && together < kActShareAlone && matches_.text.tokens.size() > kFewWords) continue;
    Reply reply = say_of_controller(key, because_of(*act, name));
    if (name == "delete" || name == "privacy") name_article(kPrivacyArticle, reply);
    if (name == "delete") {
      reply.said.choices = {
          {std::string(kDeleteChoice), release_.text("choice_delete", replies_.language())},
          {std::string(kKeepChoice), release_.text("choice_keep", replies_.language())}};
    }
    return reply;
  }
  return std::nullopt;
}

// What the system says in its own words is the answer to a topic, where there is one.
void Answering::name_article(std::string_view id, Reply& reply) const {
  const kb::Article* article = release_.articles->find({std::string(id)});
  if (article == nullptr) return;
  reply.said.outcome = Outcome::answer;
  reply.said.topics = {article->id};
  reply.said.topic_title = article->topic.in(replies_.language());
  reply.said.confidence = kConfidenceChosen;
}

Reply Answering::say_of_controller(std::string_view key, Explanation why) {
  const Whose whose_is = whose();
  const kb::Municipality* controller = whose_is.municipality != nullptr
                                           ? whose_is.municipality
                                           : release_.municipality(release_.host_municipality);
  const std::string name =
      controller != nullptr ? controller->full_name.in(replies_.language()) : "";
  const std::string days = controller != nullptr ? std::to_string(controller->retention_days) : "";
  const std::string with_agent =
      controller != nullptr ? std::to_string(controller->retention_days_with_agent) : "";
  return replies_.say(Outcome::smalltalk, key, std::move(why),
                      {{"municipality", name}, {"days", days}, {"days_with_agent", with_agent}});
}

std::optional<Reply> Answering::language() {
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

bool declines_person(std::string_view text, const Release& release) {
  const intents::Matches matches = release.intents->match(text, {});
  return !matches.safety &&
         std::any_of(matches.acts.begin(), matches.acts.end(),
                     [](const ActHit& hit) { return hit.act == "person_declined"; });
}

bool wishes_deletion(std::string_view text, bool was_offered, const Release& release) {
  const intents::Matches matches = release.intents->match(text, {});
  if (was_offered && says_yes(matches.text)) return true;
  return std::any_of(matches.acts.begin(), matches.acts.end(),
                     [](const ActHit& hit) { return hit.act == "delete"; });
}

Reply answer(const Question& question, const Release& release, Time now) {
  return Answering(question, release, now).message();
}

Reply answer_choice(const Choice& choice, const Question& question, const Release& release,
                    Time now) {
  return Answering(question, release, now).choice(choice);
}

}  // namespace svar::engine
