#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "bot/domain/conversation.h"

namespace svar {
namespace {

// The part of a message that a value points at; nothing when the message was emptied since.
std::string part_of(const std::string& text, const Span& span) {
  if (span.begin >= span.end || span.end > text.size()) return {};
  return text.substr(span.begin, span.end - span.begin);
}

// Folds one event into the state; one small overload an event, in the order of event.h.
class Fold {
 public:
  Fold(Conversation& state, const Recorded& recorded) : state_(state), recorded_(recorded) {}

  void operator()(const ConversationOpened& event) {
    state_.site = event.site;
    state_.channel = event.channel;
    state_.language = event.language;
    own_by_bot();
    if (event.site != kCommonSite) state_.municipality = MunicipalityId{event.site.value};
  }

  // On the common site the first controller is the host; the second is the citizen's own
  // municipality.
  void operator()(const ControllerSet& event) {
    if (state_.controller) state_.municipality = event.municipality;
    state_.controller = event.municipality;
  }

  void operator()(const LanguageSet& event) { state_.language = event.language; }

  void operator()(const CitizenSpoke& event) {
    see(event.id);
    heard();
    state_.begun_number.reset();
    if (event.begins_number) state_.begun_number = recorded_.seq;
    fall_due({recorded_.seq, event.id, event.text, std::nullopt});
  }

  void operator()(const CitizenSentOther& event) {
    see(event.id);
    heard();
    AnswerDue due{recorded_.seq, event.id, {}, std::nullopt};
    due.is_other = true;
    fall_due(std::move(due));
  }

  // What is not said any more needs no answer.
  void operator()(const CitizenWithdrew& event) {
    see(event.id);
    if (state_.answer_due && state_.answer_due->seq == event.message) state_.answer_due.reset();
  }

  void operator()(const CitizenChose& event) {
    see(event.id);
    state_.last_citizen_at = recorded_.at;
    fall_due({recorded_.seq, event.id, event.choice.label, event.choice});
  }

  void operator()(const CitizenAskedForPerson& event) {
    see(event.id);
    state_.last_citizen_at = recorded_.at;
    fall_due({recorded_.seq, event.id, "", std::nullopt, true});
  }

  // A message that was left stays where it waits.
  void operator()(const CitizenReturnedToBot& event) {
    see(event.id);
    if (!state_.message_waits) return own_by_bot();
    state_.bot_meanwhile = true;
    forget_questions();
  }

  void operator()(const CitizenRated& event) { see(event.id); }

  void operator()(const BotReplied& event) {
    follow_form(event.form);
    state_.answer_due.reset();
    if (event.outcome == Outcome::safety) raise(event.safety);
    if (event.outcome == Outcome::answer) {
      state_.last_topics = event.topics;
      keep_list(event);
      state_.clarify_turns = state_.misses = 0;
    } else if (asks(event.outcome)) {
      ++state_.clarify_turns;
      if (event.outcome == Outcome::clarify && event.topics.empty()) ++state_.misses;
      state_.pending = {{}, event.choices};
      if (event.outcome == Outcome::clarify_municipality) state_.pending.articles = event.topics;
    } else {
      state_.pending = {{}, event.choices};
      state_.clarify_turns = 0;
    }
  }

  void operator()(const SystemNoticed& event) { raise(event.safety); }

  void operator()(const HandoffRequested& event) {
    leave_agent(Owner::queue);
    state_.handoff_reason = event.reason;
    state_.message_waits = event.reason == HandoffReason::form;
    state_.bot_meanwhile = event.bot_meanwhile;
    state_.told_of_wait = false;
    state_.waiting_since = recorded_.at;
    forget_questions();
  }

  void operator()(const AgentJoined& event) {
    leave_agent(Owner::agent);
    state_.with_agent = true;
    state_.agent = event.agent;
    state_.agent_name = event.name;
    state_.message_waits = state_.bot_meanwhile = false;
    forget_questions();
  }

  void operator()(const AgentSpoke& event) { see(event.id); }

  // Somebody has answered: what the bot would say now comes too late.
  void operator()(const AnsweredElsewhere& event) {
    see(event.id);
    state_.answer_due.reset();
  }

  void operator()(const AgentHandedBack& event) {
    see(event.id);
    own_by_bot();
  }

  void operator()(const ConversationClosed& event) {
    see(event.id);
    end(Lifecycle::closed);
  }

  void operator()(const ConversationReopened&) {
    own_by_bot();
    state_.safety_shown.clear();
    state_.safety_flag.reset();
  }

  void operator()(const Redacted& event) {
    state_.begun_number.reset();
    if (!state_.form) return;
    for (std::size_t i = 0; i < state_.form->words.size(); ++i) {
      const Seq seq = state_.form->at.filled[i].seq;
      const bool emptied = std::find(event.seqs.begin(), event.seqs.end(), seq) != event.seqs.end();
      if (emptied) state_.form->words[i].clear();
    }
  }

  void operator()(const Erased& event) {
    see(event.id);
    end(Lifecycle::erased);
    state_.last_topics.clear();
  }

  void operator()(const HandoffDeferred&) {}

  void operator()(const WaitGrewLong& event) {
    state_.told_of_wait = true;
    state_.pending = {{}, event.choices};
  }

  void operator()(const AgentLost&) {
    leave_agent(Owner::queue);
    if (state_.waiting_since == Time{}) state_.waiting_since = recorded_.at;
    state_.told_of_wait = false;
  }

  void operator()(const AgentNoted& event) { see(event.id); }

  void operator()(const TransferOffered& event) {
    see(event.id);
    if (event.kind == TransferKind::cold) leave_agent(Owner::queue);
    state_.parked = false;
    state_.offer = TransferOffer{event.kind,    event.agent, event.name,  event.to,
                                 event.to_name, event.unit,  recorded_.at};
  }

  void operator()(const TransferAccepted&) { state_.offer.reset(); }

  // It was never out of the hands of whoever offered it warmly.
  void operator()(const TransferReturned& event) {
    see(event.id);
    if (!state_.offer) return;
    const TransferOffer offer = *state_.offer;
    state_.offer.reset();
    if (state_.owner != Owner::queue) return;
    state_.owner = Owner::agent;
    state_.agent = offer.from;
    state_.agent_name = offer.from_name;
  }

  void operator()(const ColleagueInvited& event) {
    see(event.id);
    auto& invited = state_.invited;
    const bool known = std::find(invited.begin(), invited.end(), event.colleague) != invited.end();
    if (!known) invited.push_back(event.colleague);
  }

  void operator()(const ColleagueLeft& event) {
    see(event.id);
    std::erase(state_.invited, event.colleague);
  }

  void operator()(const AgentParked& event) {
    see(event.id);
    state_.parked = true;
  }

  void operator()(const AgentResumed& event) {
    see(event.id);
    state_.parked = false;
  }

  void operator()(const ContactCounted& event) {
    see(event.id);
    state_.with_agent = true;
  }

 private:
  static bool asks(Outcome outcome) {
    return outcome == Outcome::clarify || outcome == Outcome::clarify_municipality;
  }

  void see(const ClientId& id) {
    if (!id.empty()) state_.seen.emplace(id, recorded_.seq);
  }

  // The citizen has written: nothing is parked any more.
  void heard() {
    state_.parked = false;
    state_.last_citizen_at = recorded_.at;
  }

  // Only the bot owes an answer: what is said to the queue or an agent waits for a person.
  void fall_due(AnswerDue due) {
    if (bot_answers(state_)) state_.answer_due = std::move(due);
  }

  // Each value's words are at hand when it is first told: in the message just answered, or in what
  // the form held already.
  void follow_form(const std::optional<FormProgress>& progress) {
    if (!progress) return state_.form.reset();
    RunningForm now{*progress, {}, recorded_.seq};
    for (const FormValue& value : progress->filled) now.words.push_back(words_of(value));
    state_.form = std::move(now);
  }

  std::string words_of(const FormValue& value) const {
    if (state_.form) {
      const auto& held = state_.form->at.filled;
      const auto found = std::find(held.begin(), held.end(), value);
      if (found != held.end()) {
        return state_.form->words[static_cast<std::size_t>(found - held.begin())];
      }
    }
    const bool just_said = state_.answer_due && state_.answer_due->seq == value.seq;
    return just_said ? part_of(state_.answer_due->text, value.span) : std::string();
  }

  // A list stands while its topics are given one by one.
  void keep_list(const BotReplied& event) {
    const auto was_offered = [&](const ArticleId& topic) {
      return std::any_of(
          state_.pending.choices.begin(), state_.pending.choices.end(),
          [&](const Choice& choice) { return choice.id == "article:" + topic.value; });
    };
    const bool from_list = event.choices.empty() && !event.topics.empty() &&
                           std::all_of(event.topics.begin(), event.topics.end(), was_offered);
    if (from_list) {
      state_.pending.articles.clear();
      state_.pending.answered = true;
    } else {
      state_.pending = {{}, event.choices};
    }
  }

  void raise(const std::optional<SafetyKind>& kind) {
    if (!kind) return;
    state_.safety_shown.insert(*kind);
    state_.safety_flag = kind;
  }

  // Nobody has it any more, or another.
  void leave_agent(Owner owner) {
    state_.owner = owner;
    state_.agent.reset();
    state_.agent_name.clear();
    state_.offer.reset();
    state_.parked = false;
  }

  void leave_desk(Owner owner) {
    leave_agent(owner);
    state_.message_waits = state_.bot_meanwhile = state_.told_of_wait = false;
    state_.invited.clear();
    forget_questions();
  }

  void own_by_bot() {
    state_.lifecycle = Lifecycle::open;
    leave_desk(Owner::bot);
    state_.handoff_reason.reset();
    state_.waiting_since = {};
  }

  void end(Lifecycle lifecycle) {
    state_.lifecycle = lifecycle;
    leave_desk(Owner::none);
  }

  void forget_questions() {
    state_.answer_due.reset();
    state_.form.reset();
    state_.pending = {};
    state_.clarify_turns = state_.misses = 0;
  }

  Conversation& state_;
  const Recorded& recorded_;
};

}  // namespace

void evolve(Conversation& state, const Recorded& recorded) {
  if (recorded.seq.value != state.last_seq.value + 1) {
    std::fprintf(stderr, "svarsentral: a gap in a conversation's log: %lld follows %lld\n",
                 static_cast<long long>(recorded.seq.value),
                 static_cast<long long>(state.last_seq.value));
    std::abort();
  }
  std::visit(Fold{state, recorded}, recorded.event);
  state.last_seq = recorded.seq;
  state.last_at = recorded.at;
}

}  // namespace svar
