#include "bot/service/turn/conversations.h"

#include <algorithm>
#include <list>
#include <unordered_map>
#include <utility>

#include "bot/engine/decide.h"

namespace svar::service {
namespace {

constexpr int kRetryAfterMs = 1'000;

RefusalCode refusal_code(engine::Refusal why) {
  switch (why) {
    case engine::Refusal::too_long:
      return RefusalCode::too_long;
    case engine::Refusal::empty:
      return RefusalCode::empty;
    case engine::Refusal::not_offered:
      return RefusalCode::not_offered;
    case engine::Refusal::not_yours:
      return RefusalCode::not_yours;
    case engine::Refusal::not_open:
      return RefusalCode::not_open;
    case engine::Refusal::unknown:
      return RefusalCode::unknown;
  }
  return RefusalCode::unavailable;
}

// The text an input brought, and the text an event stored for it; both empty where there is none.
const std::string& text_of(const Input& input) {
  static const std::string kNone;
  if (const auto* says = std::get_if<CitizenSays>(&input)) return says->text;
  if (const auto* says = std::get_if<AgentSays>(&input)) return says->text;
  if (const auto* notes = std::get_if<AgentNotes>(&input)) return notes->text;
  return kNone;
}

const std::string& text_of(const Event& event) {
  static const std::string kNone;
  if (const auto* spoke = std::get_if<CitizenSpoke>(&event)) return spoke->text;
  if (const auto* spoke = std::get_if<AgentSpoke>(&event)) return spoke->text;
  if (const auto* noted = std::get_if<AgentNoted>(&event)) return noted->text;
  return kNone;
}

// The event that holds what was sent: what begins or reopens a conversation comes before it, or
// what leads out of the queue.
bool holds_input(const Event& event) {
  const auto* returned = std::get_if<CitizenReturnedToBot>(&event);
  if (returned != nullptr && returned->id.empty()) return false;
  return !std::holds_alternative<ConversationOpened>(event) &&
         !std::holds_alternative<ControllerSet>(event) &&
         !std::holds_alternative<ConversationReopened>(event);
}

// What the store is to empty beside appending these.
std::vector<Seq> emptied_by(const std::vector<Recorded>& events) {
  std::vector<Seq> seqs;
  for (const Recorded& recorded : events) {
    const auto* redacted = std::get_if<Redacted>(&recorded.event);
    if (redacted) seqs.insert(seqs.end(), redacted->seqs.begin(), redacted->seqs.end());
  }
  return seqs;
}

}  // namespace

std::string_view code(RefusalCode code) {
  switch (code) {
    case RefusalCode::too_long:
      return "too_long";
    case RefusalCode::empty:
      return "empty";
    case RefusalCode::not_offered:
      return "not_offered";
    case RefusalCode::not_yours:
      return "not_yours";
    case RefusalCode::not_open:
      return "not_open";
    case RefusalCode::unknown:
      return "unknown";
    case RefusalCode::at_capacity:
      return "at_capacity";
    case RefusalCode::absent:
      return "absent";
    case RefusalCode::overloaded:
      return "overloaded";
    case RefusalCode::unavailable:
      return "unavailable";
  }
  return {};
}

struct Conversations::Impl {
  struct Job {
    std::optional<Opening> opening;
    Input input;
    Acceptance acceptance = Acceptance::with_outcome;
    std::function<void(SubmitOutcome)> done;
    int conflicts = 0;
    bool looked_behind = false;  // for words that a crash left without an outcome
  };
  using StateDone = std::function<void(Result<Conversation, StoreError>)>;

  // One conversation: its inputs in order, and its state while it is cached.
  struct Inbox {
    std::optional<Conversation> state;
    std::list<Job> jobs;             // no deque: an empty one holds 600 bytes
    std::vector<StateDone> readers;  // wait for the state
    bool busy = false;               // the first job is being decided, appended or loaded for
    std::list<ConversationId>::iterator recent;
  };

  EventStore& store;
  Executor& executor;
  const Clock& clock;
  ReleaseSource release;
  Limits limits;
  StaffingSource staffing;
  IncidentSource incidents;
  std::unordered_map<ConversationId, Inbox> inboxes;
  std::list<ConversationId> recently_used;  // most recent first
  std::vector<ConversationObserver*> observers;
  bool draining = false;
  std::function<void()> drained;  // set while draining and still busy
  std::size_t busy_count = 0;

  Inbox& inbox(ConversationId id) {
    auto [found, is_new] = inboxes.try_emplace(id);
    if (is_new) {
      recently_used.push_front(id);
      found->second.recent = recently_used.begin();
      forget_oldest();
    } else {
      recently_used.splice(recently_used.begin(), recently_used, found->second.recent);
    }
    return found->second;
  }

  void forget_oldest() {
    auto oldest = recently_used.end();
    while (inboxes.size() > limits.cached_states_max && oldest != recently_used.begin()) {
      --oldest;
      const auto found = inboxes.find(*oldest);
      const Inbox& idle = found->second;
      if (idle.busy || !idle.jobs.empty() || !idle.readers.empty() ||
          oldest == recently_used.begin()) {
        continue;
      }
      inboxes.erase(found);
      oldest = recently_used.erase(oldest);
    }
  }

  void start(ConversationId id, Inbox& box) {
    if (box.busy) return;
    box.busy = true;
    ++busy_count;
    proceed(id, box);
  }

  // Works until the inbox is empty or waits for the store.
  void proceed(ConversationId id, Inbox& box) {
    while (!box.jobs.empty() || !box.readers.empty()) {
      if (!box.state) return load(id);
      for (StateDone& reader : std::exchange(box.readers, {})) reader(*box.state);
      if (box.jobs.empty()) continue;
      if (decide_first(id, box)) return;
    }
    box.busy = false;
    --busy_count;
    if (drained && busy_count == 0) std::exchange(drained, nullptr)();
  }

  void load(ConversationId id) {
    store.load(id, Seq{}, [this, id](Result<std::vector<Recorded>, StoreError> log) {
      Inbox& box = inboxes.at(id);
      if (!log) return fail(id, box, log.error());
      box.state.emplace();
      for (const Recorded& recorded : *log) evolve(*box.state, recorded);
      proceed(id, box);
    });
  }

  // Nothing is known about the log: what waits is told so, the state is loaded again next time.
  void fail(ConversationId id, Inbox& box, const StoreError& error) {
    box.state.reset();
    for (StateDone& reader : std::exchange(box.readers, {})) reader(Failure{error});
    if (!box.jobs.empty()) finish(box, Refused{RefusalCode::unavailable, {}, kRetryAfterMs});
    proceed(id, box);
  }

  // True when the store was asked and the loop must wait.
  bool decide_first(ConversationId id, Inbox& box) {
    answer_left_behind(box);
    Job& job = box.jobs.front();
    const auto now_release = release();
    const Time now = clock.now();
    const auto at_work = staffing ? staffing() : nullptr;
    const auto out_of_order = incidents ? incidents() : nullptr;
    const engine::Moment calm = at_work ? engine::Moment(now, *at_work) : engine::Moment(now);
    const engine::Moment moment(now, calm.staffing, out_of_order ? *out_of_order : calm.incidents);
    engine::Decision decision =
        engine::decide(*box.state, job.opening, job.input, *now_release, moment);
    if (const auto* rejected = std::get_if<engine::Rejected>(&decision)) {
      finish(box, Refused{refusal_code(rejected->why), rejected->held_by, 0});
      return false;
    }
    if (const auto* repeated = std::get_if<engine::AlreadyAccepted>(&decision)) {
      acknowledge_again(id, repeated->first);
      return true;
    }
    auto& events = std::get<engine::Events>(decision).events;
    if (events.empty()) {
      finish(box, Accepted{box.state->last_seq, {}, true});
      return false;
    }
    const Seq expected = box.state->last_seq;
    auto recorded = std::make_shared<std::vector<Recorded>>();
    fold(box, std::move(events), now, *recorded);
    if (job.acceptance == Acceptance::with_outcome) {
      fold(box, engine::decide_outcome(*box.state, *now_release, moment).events, now, *recorded);
    }
    append(id, box, expected, std::move(recorded), now);
    return true;
  }

  // The cached state runs ahead of the log until the append is done. Nobody sees it meanwhile, and
  // an append that fails or loses drops it: so no turn copies a state.
  static void fold(Inbox& box, std::vector<Event> events, Time now,
                   std::vector<Recorded>& recorded) {
    for (Event& event : events) {
      recorded.push_back({Seq{box.state->last_seq.value + 1}, now, std::move(event)});
      evolve(*box.state, recorded.back());
    }
  }

  void append(ConversationId id, Inbox& box, Seq expected, NewEvents events, Time now) {
    const bool erases = std::holds_alternative<Erased>(events->back().event);
    std::vector<Seq> emptied = emptied_by(*events);
    auto done = [this, id, events](const Result<AppendOutcome, StoreError>& outcome) {
      appended(id, outcome, *events);
    };
    Append request{id, expected, now, std::move(events), row_of(*box.state)};
    if (erases) {
      store.erase({std::move(request), {}, true}, std::move(done));
    } else if (!emptied.empty()) {
      store.erase({std::move(request), std::move(emptied), false}, std::move(done));
    } else {
      store.append(std::move(request), std::move(done));
    }
  }

  void appended(ConversationId id, const Result<AppendOutcome, StoreError>& outcome,
                const std::vector<Recorded>& recorded) {
    Inbox& box = inboxes.at(id);
    if (!outcome) return fail(id, box, outcome.error());
    if (std::holds_alternative<Conflict>(*outcome)) return decide_again(id, box);
    for (ConversationObserver* observer : std::vector{observers}) {
      if (std::count(observers.begin(), observers.end(), observer)) {
        observer->appended(id, recorded, *box.state);
      }
    }
    answer_words_first(box);
    finish(box, accepted(box.jobs.front().input, recorded));
    proceed(id, box);
  }

  // Whoever appended first is right: forget, load, decide again.
  void decide_again(ConversationId id, Inbox& box) {
    box.state.reset();
    if (++box.jobs.front().conflicts > limits.conflicts_max) {
      finish(box, Refused{RefusalCode::overloaded, {}, kRetryAfterMs});
    }
    proceed(id, box);
  }

  // The words are safe and acknowledged; their outcome is the very next thing this conversation
  // does.
  void answer_words_first(Inbox& box) {
    if (box.jobs.front().acceptance != Acceptance::words_first || !box.state->answer_due) return;
    box.jobs.insert(
        std::next(box.jobs.begin()),
        Job{{}, AnswerFallsDue{}, Acceptance::with_outcome, [](const SubmitOutcome&) {}});
  }

  // A crash came between somebody's words and their outcome: that is decided first, or the words
  // that come now would take its place and nobody would answer the others.
  void answer_left_behind(Inbox& box) {
    Job& next = box.jobs.front();
    const bool looked = std::exchange(next.looked_behind, true);
    if (looked || next.acceptance != Acceptance::words_first || !box.state->answer_due) return;
    box.jobs.insert(
        box.jobs.begin(),
        Job{{}, AnswerFallsDue{}, Acceptance::with_outcome, [](const SubmitOutcome&) {}});
  }

  static Accepted accepted(const Input& input, const std::vector<Recorded>& recorded) {
    const auto held = std::find_if(recorded.begin(), recorded.end(),
                                   [](const Recorded& each) { return holds_input(each.event); });
    const Recorded& holder = held == recorded.end() ? recorded.front() : *held;
    const std::string& stored = text_of(holder.event);
    return {holder.seq, stored == text_of(input) ? std::string{} : stored, false};
  }

  void acknowledge_again(ConversationId id, Seq first) {
    store.load(id, Seq{first.value - 1}, [this, id](Result<std::vector<Recorded>, StoreError> log) {
      Inbox& box = inboxes.at(id);
      if (!log || log->empty()) {
        return fail(id, box, log ? StoreError{"the log lost an accepted message"} : log.error());
      }
      Accepted again = accepted(box.jobs.front().input, {log->front()});
      again.repeated = true;
      finish(box, std::move(again));
      proceed(id, box);
    });
  }

  // Takes the first job off before telling, so that a callback may submit again.
  void finish(Inbox& box, SubmitOutcome outcome) {
    auto done = std::move(box.jobs.front().done);
    box.jobs.pop_front();
    done(std::move(outcome));
  }
};

Conversations::Conversations(EventStore& store, Executor& executor, const Clock& clock,
                             ReleaseSource release, Limits limits)
    : impl_(new Impl{
          store, executor, clock, std::move(release), limits, {}, {}, {}, {}, {}, false, {}, 0}) {}

Conversations::~Conversations() = default;

void Conversations::ask_staffing(StaffingSource staffing) {
  impl_->staffing = std::move(staffing);
}

void Conversations::ask_incidents(IncidentSource incidents) {
  impl_->incidents = std::move(incidents);
}

void Conversations::submit(ConversationId conversation, const std::optional<Opening>& opening,
                           Input input, Acceptance acceptance,
                           std::function<void(SubmitOutcome)> done) {
  Impl::Inbox& box = impl_->inbox(conversation);
  if (impl_->draining || box.jobs.size() >= impl_->limits.inbox_inputs_max) {
    const auto why = impl_->draining ? RefusalCode::unavailable : RefusalCode::overloaded;
    impl_->executor.post([done = std::move(done), why] { done(Refused{why, {}, kRetryAfterMs}); });
    return;
  }
  box.jobs.push_back({opening, std::move(input), acceptance, std::move(done), 0});
  impl_->start(conversation, box);
}

void Conversations::expect_new(ConversationId conversation) {
  Impl::Inbox& box = impl_->inbox(conversation);
  if (!box.busy && !box.state) box.state.emplace();
}

void Conversations::state(ConversationId conversation,
                          std::function<void(Result<Conversation, StoreError>)> done) {
  Impl::Inbox& box = impl_->inbox(conversation);
  box.readers.push_back(std::move(done));
  impl_->start(conversation, box);
}

void Conversations::transcript(
    ConversationId conversation, Seq after,
    std::function<void(Result<std::vector<Recorded>, StoreError>)> done) {
  impl_->store.load(conversation, after, std::move(done));
}

void Conversations::add_observer(ConversationObserver& observer) {
  impl_->observers.push_back(&observer);
}

void Conversations::remove_observer(ConversationObserver& observer) {
  std::erase(impl_->observers, &observer);
}

void Conversations::drain(std::function<void()> done) {
  impl_->draining = true;
  if (impl_->busy_count == 0) return impl_->executor.post(std::move(done));
  impl_->drained = std::move(done);
}

}  // namespace svar::service
