// The second half of a decision: what is said to what falls due.
#include "bot/engine/answering.h"
#include "bot/engine/decide.h"
#include "bot/engine/deferral.h"

namespace svar::engine {
namespace {

// The events of a reply, in the order they are told.
class Outcomes {
 public:
  Outcomes(const Conversation& state, const Release& release, const Moment& moment)
      : state_(state), release_(release), moment_(moment), due_(*state.answer_due) {}

  Events from(Reply reply) {
    if (reply.language_wish && *reply.language_wish != state_.language) {
      add(LanguageSet{*reply.language_wish});
    }
    const bool settles = reply.settled && state_.site == kCommonSite && !state_.municipality;
    if (settles) add(ControllerSet{*reply.settled});
    if (reply.handoff) {
      hand_off(*reply.handoff, std::move(reply.said));
    } else {
      say(std::move(reply));
    }
    return std::move(events_);
  }

  // A picture, a sound, a place: the bot reads words.
  Events only_text() {
    BotReplied said;
    said.outcome = Outcome::smalltalk;
    said.language = state_.language;
    said.text = release_.text("only_text", state_.language);
    said.choices = {{"person", release_.text("choice_person", state_.language)}};
    said.release = release_.number;
    said.because.how = "none";
    said.reply_to = due_.id;
    add(std::move(said));
    return std::move(events_);
  }

  Events person() {
    BotReplied said;
    said.language = state_.language;
    said.topics = state_.last_topics;
    said.because.how = "person";
    if (state_.form) said.form = state_.form->at;
    hand_off(HandoffReason::asked, std::move(said));
    return std::move(events_);
  }

 private:
  void hand_off(HandoffReason reason, BotReplied said) {
    if (auto deferred = defer(reason, said, state_, release_, moment_)) {
      for (Event& event : *deferred) add(std::move(event));
      return;
    }
    const MunicipalityId desk = desk_of(state_, said.municipality, release_);
    const bool nobody_comes = reason == HandoffReason::form &&
                              delay_of(moment_.staffing, release_, desk, moment_.now).has_value();
    // A sent form has its own confirmation.
    std::string text = reason == HandoffReason::form
                           ? std::move(said.text)
                           : handoff_text(reason, state_, said, release_, moment_);
    add(HandoffRequested{due_.id, reason, std::move(text), std::move(said.topics),
                         std::move(said.municipality), said.language, release_.number,
                         std::move(said.because), std::move(said.form), nobody_comes});
  }

  void say(Reply reply) {
    BotReplied& said = reply.said;
    said.reply_to = due_.id;
    if (said.outcome == Outcome::clarify_municipality) said.topics = reply.waiting_articles;
    // A safety text stands in the transcript once; after that a person is what helps.
    if (said.safety && state_.safety_shown.contains(*said.safety)) {
      said.text = release_.text("offer_person", said.language);
    }
    add(std::move(said));
  }

  void add(Event event) { events_.events.push_back(std::move(event)); }

  const Conversation& state_;
  const Release& release_;
  const Moment& moment_;
  const AnswerDue& due_;
  Events events_;
};

}  // namespace

Events decide_outcome(const Conversation& state, const Release& release, const Moment& moment) {
  if (!state.answer_due || !bot_answers(state)) return {};
  const AnswerDue& due = *state.answer_due;
  Outcomes outcomes{state, release, moment};
  if (due.is_other) return outcomes.only_text();
  if (due.asks_for_person || (due.choice && due.choice->id == "person")) return outcomes.person();
  const Question question{due.text,
                          state.site,
                          state.municipality,
                          state.language,
                          state.pending,
                          state.last_topics,
                          state.clarify_turns,
                          state.misses,
                          state.form ? &*state.form : nullptr,
                          due.seq,
                          state.channel,
                          &moment.incidents};
  if (due.choice) return outcomes.from(answer_choice(*due.choice, question, release, moment.now));
  return outcomes.from(answer(question, release, moment.now));
}

}  // namespace svar::engine
