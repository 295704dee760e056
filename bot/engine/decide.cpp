#include "bot/engine/decide.h"

#include <algorithm>
#include <iterator>

#include "bot/engine/agent_decisions.h"
#include "bot/engine/answering.h"
#include "bot/engine/deferral.h"
#include "bot/engine/masking.h"

namespace svar::engine {
namespace {

// An input of the agents' side.
template <class T>
concept OfAgent = requires(AgentDeciding deciding, const T& input) {
  deciding(input);
};

// Decides one input; an overload for each kind of the citizen's and the sweep's, in the order of
// input.h.
//
// Masked is every string a citizen can fill, and every name: message, rating, the page's address
// and title. Not masked: what a choice says, because only what the bot offered is taken; ids, which
// programs make and which are sent back as they came; and an agent's words, because the account to
// pay to is for the citizen to read.
class Deciding {
 public:
  Deciding(const Conversation& state, const std::optional<Opening>& opening, const Release& release,
           const Moment& moment)
      : state_(state), opening_(opening), release_(release), moment_(moment) {}

  template <OfAgent Input>
  Decision operator()(const Input& input) {
    return AgentDeciding{state_, release_}(input);
  }

  Decision operator()(const CitizenSays& input) { return hear(input.id, input.text, std::nullopt); }

  Decision operator()(const CitizenEdits& input) {
    return hear(input.id, input.text, seq_of(input.of));
  }

  Decision operator()(const CitizenWithdraws& input) {
    if (auto stop = before_known(input.id)) return *stop;
    const auto message = seq_of(input.of);
    if (!message) return Events{};
    add(CitizenWithdrew{input.id, *message});
    add(Redacted{{*message}});
    return take();
  }

  Decision operator()(const CitizenSendsOther& input) {
    if (auto stop = before_citizen_writes(input.id)) return *stop;
    add(CitizenSentOther{input.id, input.kind});
    return take();
  }

  // Not masked, like the words of an agent of ours.
  Decision operator()(const PlatformAnswers& input) {
    if (auto stop = before_known(input.id)) return *stop;
    if (const auto fault = text_fault(input.text)) return Rejected{*fault, {}};
    add(AnsweredElsewhere{input.id, input.text});
    return take();
  }

  Decision operator()(const AgentCountsContact& input) {
    if (auto stop = repeated(input.id)) return *stop;
    if (state_.lifecycle != Lifecycle::unstored || !opening_)
      return Rejected{Refusal::not_open, {}};
    if (is_too_long(input.text)) return Rejected{Refusal::too_long, {}};
    begin(*opening_);
    add(ContactCounted{input.id, input.agent, mask(input.name).text, input.topic,
                       mask(input.text).text});
    add(ConversationClosed{ClosedBy::agent, {}, input.agent, {}, input.outcome, input.topic});
    return take();
  }
  Decision operator()(const CitizenChooses& input) {
    if (auto stop = before_citizen_writes(input.id)) return *stop;
    const auto& offered = state_.pending.choices;
    const auto found = std::find_if(offered.begin(), offered.end(), [&](const Choice& choice) {
      return choice.id == input.choice;
    });
    if (found == offered.end()) return Rejected{Refusal::not_offered, {}};
    if (found->id == kDeleteChoice) return erase(input.id);
    // Whoever would rather leave a message gives the place in the queue up for it.
    if (!bot_answers(state_)) add(CitizenReturnedToBot{{}, text("left_queue_for_message")});
    add(CitizenChose{input.id, *found});
    return take();
  }

  Decision operator()(const CitizenAsksForPerson& input) {
    if (auto stop = before_citizen_writes(input.id)) return *stop;
    add(CitizenAskedForPerson{input.id});
    return take();
  }

  Decision operator()(const CitizenGoesBackToBot& input) {
    if (auto stop = before_known(input.id)) return *stop;
    if (state_.lifecycle != Lifecycle::open) return Rejected{Refusal::not_open, {}};
    add(CitizenReturnedToBot{input.id, text("returned_to_bot")});
    return take();
  }

  Decision operator()(const CitizenRates& input) {
    if (auto stop = before_known(input.id)) return *stop;
    if (is_too_long(input.text)) return Rejected{Refusal::too_long, {}};
    add(CitizenRated{input.id, std::clamp(input.score, 1, 5), mask(input.text).text});
    return take();
  }

  Decision operator()(const CitizenCloses& input) {
    if (auto stop = before_known(input.id)) return *stop;
    if (state_.lifecycle != Lifecycle::open) return Rejected{Refusal::not_open, {}};
    add(ConversationClosed{ClosedBy::citizen, input.id, {}, text("closed_by_citizen")});
    return take();
  }

  Decision operator()(const CitizenDeletes& input) {
    if (auto stop = before_known(input.id)) return *stop;
    add(Erased{input.id});
    return take();
  }

  Decision operator()(const AnswerFallsDue&) { return decide_outcome(state_, release_, moment_); }

  // Only the bot's conversations end by themselves: nobody who waits for a person is ever dropped.
  Decision operator()(const InactivityPasses& input) {
    if (state_.owner != Owner::bot || state_.last_at > input.last_at_max) return Events{};
    add(ConversationClosed{ClosedBy::inactivity, {}, {}, text("closed_inactivity")});
    return take();
  }

  Decision operator()(const WaitGrowsLong& input) {
    if (auto told = wait_grew_long(state_, release_, moment_, input.waiting_since_max)) {
      add(std::move(*told));
    }
    return take();
  }

  Decision operator()(const RetentionPasses& input) {
    const bool is_kept =
        state_.lifecycle == Lifecycle::open || state_.lifecycle == Lifecycle::closed;
    if (!is_kept || state_.last_at > input.last_at_max) return Events{};
    if (state_.lifecycle == Lifecycle::open)
      add(ConversationClosed{ClosedBy::inactivity, {}, {}, text("closed_inactivity")});
    add(Erased{});
    return take();
  }

 private:
  // Words, or new words for what stands at `edited`: that is emptied.
  Decision hear(const ClientId& id, const std::string& words, std::optional<Seq> edited) {
    if (auto stop = before_citizen_writes(id)) return *stop;
    if (const auto fault = text_fault(words)) return Rejected{*fault, {}};
    if (deletes_by(words)) return erase(id);
    const bool completes = state_.begun_number && is_second_half(words);
    const Masked masked = completes ? mask_second_half(words) : mask(words);
    add(CitizenSpoke{id, masked.text, masked.changed(), is_first_half(masked.text), edited});
    if (masked.changed()) {
      add(SystemNoticed{id, {}, masking_notice(masked, completes), release_.number});
    }
    add_safety_notice(id, masked.text);
    if (completes) add(emptied_half());
    if (edited) add(Redacted{{*edited}});
    if (leaves_queue(masked.text)) add(CitizenReturnedToBot{{}, text("handoff_cancelled")});
    return take();
  }

  // By words, when it was offered; and at once where somebody may be looking over a shoulder.
  bool deletes_by(std::string_view words) const {
    const auto& offered = state_.pending.choices;
    const bool asked = std::ranges::any_of(
        offered, [](const Choice& choice) { return choice.id == kDeleteChoice; });
    const bool hunted = state_.safety_shown.contains(SafetyKind::violence) ||
                        state_.safety_shown.contains(SafetyKind::child);
    if (state_.lifecycle != Lifecycle::open || (!asked && !hunted)) return false;
    return wishes_deletion(words, asked, release_);
  }

  Decision erase(const ClientId& id) const { return Events{{Erased{id}}}; }

  // Where what was sent with this id stands; nothing when it is not known.
  std::optional<Seq> seq_of(const ClientId& id) const {
    const auto seen = state_.seen.find(id);
    return id.empty() || seen == state_.seen.end() ? std::nullopt : std::optional{seen->second};
  }

  // What holds for every citizen's word that may begin or reopen a conversation; begins it.
  std::optional<Decision> before_citizen_writes(const ClientId& id) {
    if (auto stop = repeated(id)) return stop;
    if (state_.lifecycle == Lifecycle::erased) return Rejected{Refusal::not_open, {}};
    if (state_.lifecycle == Lifecycle::unstored) {
      if (!opening_) return Rejected{Refusal::unknown, {}};
      begin(*opening_);
    }
    if (state_.lifecycle == Lifecycle::closed) add(ConversationReopened{});
    return std::nullopt;
  }

  std::optional<Decision> before_known(const ClientId& id) const {
    if (auto stop = repeated(id)) return stop;
    if (state_.lifecycle == Lifecycle::unstored) return Rejected{Refusal::unknown, {}};
    if (state_.lifecycle == Lifecycle::erased) return Rejected{Refusal::not_open, {}};
    return std::nullopt;
  }

  std::optional<Decision> repeated(const ClientId& id) const {
    const auto seen = state_.seen.find(id);
    if (id.empty() || seen == state_.seen.end()) return std::nullopt;
    return AlreadyAccepted{seen->second};
  }

  // The web chat has shown its notice before the first word, and who phones is told by mouth; on
  // any other channel it is the first thing said.
  void begin(const Opening& opening) {
    const MunicipalityId controller = opening.site == kCommonSite
                                          ? release_.host_municipality
                                          : MunicipalityId{opening.site.value};
    add(ConversationOpened{opening.site, opening.language, opening.channel, kNoticeVersion,
                           mask_address(opening.page_url), mask(opening.page_title).text,
                           !release_.is_open(controller, moment_.now)});
    add(ControllerSet{controller});
    if (opening.channel == kWebChat || opening.channel == kTelephone) return;
    add(SystemNoticed{
        {}, {}, text("channel_notice") + way_to_web_chat(opening, controller), release_.number});
  }

  // Where the same can be asked without a platform in between; nothing when the content names no
  // page of the site's.
  std::string way_to_web_chat(const Opening& opening, const MunicipalityId& controller) const {
    const auto* municipality = release_.municipality(controller);
    const auto& pages = opening.site == kCommonSite || !municipality ? release_.common_origins
                                                                     : municipality->origins;
    if (pages.empty()) return {};
    return ' ' + release_.text("channel_web_chat", opening.language, {{"page", pages.front()}});
  }

  // What was hidden and why, each kind once; never the number.
  std::string masking_notice(const Masked& masked, bool was_halved) const {
    if (was_halved) return text("masked_halves");
    std::string notice;
    for (const Hidden what : masked.hidden) {
      if (!notice.empty()) notice += ' ';
      notice += text(what == Hidden::identity ? "masked_identity"
                     : what == Hidden::card   ? "masked_card"
                                              : "masked_account");
    }
    return notice;
  }

  // While the queue or an agent owns the conversation the bot is silent, but never about danger.
  void add_safety_notice(const ClientId& id, std::string_view words) {
    const bool waits_or_held = state_.owner == Owner::queue || state_.owner == Owner::agent;
    if (!waits_or_held || bot_answers(state_)) return;
    auto found = safety(words, state_.language, state_.municipality, release_);
    if (!found || state_.safety_shown.contains(found->kind)) return;
    add(SystemNoticed{id, found->kind, std::move(found->text), release_.number});
  }

  // By words. Nobody leaves like that who was in danger, nor with a form that somebody must read.
  bool leaves_queue(std::string_view words) const {
    if (state_.owner != Owner::queue || state_.safety_flag) return false;
    if (state_.handoff_reason == HandoffReason::form) return false;
    return declines_person(words, release_);
  }

  // The first half of a number written in two messages; and what a form said since, which may
  // repeat it.
  Redacted emptied_half() const {
    Redacted redacted{{*state_.begun_number}};
    const bool repeated = state_.form && state_.form->shown > *state_.begun_number;
    if (repeated) redacted.seqs.push_back(state_.form->shown);
    return redacted;
  }

  std::string text(std::string_view key) const {
    const bool begins = state_.lifecycle == Lifecycle::unstored && opening_;
    return release_.text(key, begins ? opening_->language : state_.language);
  }
  void add(Event event) { events_.events.push_back(std::move(event)); }
  Decision take() { return std::move(events_); }

  const Conversation& state_;
  const std::optional<Opening>& opening_;
  const Release& release_;
  const Moment& moment_;
  Events events_;
};

void fold(Conversation& state, const std::vector<Event>& events, Time now) {
  for (const Event& event : events) evolve(state, {Seq{state.last_seq.value + 1}, now, event});
}

}  // namespace

Decision decide(const Conversation& state, const std::optional<Opening>& opening,
                const Input& input, const Release& release, const Moment& moment) {
  return std::visit(Deciding{state, opening, release, moment}, input);
}

Decision decide_with_outcome(const Conversation& state, const std::optional<Opening>& opening,
                             const Input& input, const Release& release, const Moment& moment) {
  Decision decision = decide(state, opening, input, release, moment);
  auto* decided = std::get_if<Events>(&decision);
  if (!decided || decided->events.empty() || std::holds_alternative<AnswerFallsDue>(input)) {
    return decision;
  }
  Conversation after = state;
  fold(after, decided->events, moment.now);
  Events outcome = decide_outcome(after, release, moment);
  std::move(outcome.events.begin(), outcome.events.end(), std::back_inserter(decided->events));
  return decision;
}

}  // namespace svar::engine
