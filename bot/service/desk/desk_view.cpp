#include "bot/service/desk/desk_view.h"

#include <algorithm>
#include <utility>

namespace svar::service {
namespace {

constexpr int kRetryAfterMs = 1'000;

Refused unknown() {
  return {RefusalCode::unknown, "", 0};
}
Refused unavailable() {
  return {RefusalCode::unavailable, "", kRetryAfterMs};
}

bool joins_queue(const Recorded& recorded) {
  return std::holds_alternative<HandoffRequested>(recorded.event);
}

bool rewrites_history(const Event& event) {
  return std::holds_alternative<Redacted>(event) || std::holds_alternative<Erased>(event);
}

}  // namespace

DeskView::DeskView(Conversations& conversations, ConversationDirectory& directory,
                   TypingHub& typing, Conversations::ReleaseSource release, Limits limits)
    : conversations_(conversations),
      directory_(directory),
      typing_(typing),
      release_(std::move(release)),
      limits_(limits),
      self_(std::make_shared<DeskView*>(this)) {
  conversations_.add_observer(*this);
}

DeskView::~DeskView() {
  conversations_.remove_observer(*this);
}

void DeskView::add_listener(DeskListener& listener) {
  listeners_.push_back(&listener);
}
void DeskView::remove_listener(DeskListener& listener) {
  std::erase(listeners_, &listener);
}

template <class Call>
void DeskView::for_each_listener(Call call) {
  const auto listeners = listeners_;  // one may be removed meanwhile
  for (DeskListener* listener : listeners) {
    if (std::find(listeners_.begin(), listeners_.end(), listener) != listeners_.end()) {
      call(*listener);
    }
  }
}

// ---- Reading the log

void DeskView::start(std::function<void(std::optional<StoreError>)> done) {
  const auto find = [this](Owner owner, auto then) {
    directory_.find_owned(owner, Time::max(), [self = std::weak_ptr(self_), then](auto found) {
      if (const auto view = self.lock()) then(**view, std::move(found));
    });
  };
  find(Owner::queue, [find, done = std::move(done)](DeskView& view, auto queue) {
    view.load_found(queue, [find, done](std::optional<StoreError> error) {
      if (error) return done(std::move(error));
      find(Owner::agent,
           [done](DeskView& held_view, auto held) { held_view.load_found(held, done); });
    });
  });
}

void DeskView::load_found(
    const Result<std::vector<ConversationDirectory::Entry>, StoreError>& found,
    std::function<void(std::optional<StoreError>)> done) {
  if (!found) return done(found.error());
  if (found->empty()) return done(std::nullopt);
  const auto left = std::make_shared<std::size_t>(found->size());
  const auto one_loaded = [left, done](const std::optional<StoreError>&) {
    if (--*left == 0) done(std::nullopt);  // what failed is stale and loaded again by the sweep
  };
  for (const auto& entry : *found) {
    Kept& kept = kept_[entry.conversation];
    kept.waiting.push_back(one_loaded);
    load(entry.conversation, kept);
  }
}

void DeskView::load(ConversationId conversation, Kept& kept) {
  if (kept.loading) return;
  if (std::exchange(kept.rewritten, false)) {
    const Time waiting_since_min = kept.dossier.waiting_since_min;
    kept.dossier = Dossier{};
    kept.dossier.waiting_since_min = waiting_since_min;
  }
  kept.loading = true;
  kept.stale = false;
  kept.dossier.id = conversation;
  conversations_.transcript(
      conversation, kept.dossier.state.last_seq,
      [self = std::weak_ptr(self_), conversation](Result<std::vector<Recorded>, StoreError> log) {
        if (const auto view = self.lock()) (*view)->loaded(conversation, log);
      });
}

void DeskView::loaded(ConversationId conversation,
                      const Result<std::vector<Recorded>, StoreError>& log) {
  Kept& kept = kept_.at(conversation);
  kept.loading = false;
  if (log && (kept.rewritten || kept.stale)) {  // more was appended while this was read
    if (!kept.rewritten) {
      for (const Recorded& recorded : *log) fold(kept.dossier, recorded);
    }
    return load(conversation, kept);
  }
  const auto waiting = std::exchange(kept.waiting, {});
  if (log) {
    for (const Recorded& recorded : *log) fold(kept.dossier, recorded);
    tell(conversation, kept);  // may forget it, when it was erased
  } else {
    kept.stale = true;
  }
  const auto error = log ? std::nullopt : std::optional(log.error());
  for (const auto& one : waiting) one(error);
}

void DeskView::appended(ConversationId conversation, const std::vector<Recorded>& events,
                        const Conversation& after) {
  const auto found = kept_.find(conversation);
  if (found == kept_.end()) {
    if (after.owner != Owner::queue && after.owner != Owner::agent) return;
    Kept& kept = kept_[conversation];
    kept.joined = std::any_of(events.begin(), events.end(), joins_queue);
    return load(conversation, kept);
  }
  for_each_listener([&](DeskListener& l) { l.appended(conversation, events); });
  Kept& kept = kept_[conversation];
  if (std::any_of(events.begin(), events.end(), joins_queue)) kept.joined = true;
  const bool rewritten = std::any_of(events.begin(), events.end(),
                                     [](const Recorded& r) { return rewrites_history(r.event); });
  if (rewritten) kept.rewritten = true;
  if (rewritten || kept.loading ||
      kept.dossier.state.last_seq.value + 1 != events.front().seq.value) {
    kept.stale = true;
    return load(conversation, kept);
  }
  note_accept(kept.dossier.state, events);
  for (const Recorded& recorded : events) fold(kept.dossier, recorded);
  tell(conversation, kept);
}

// A transfer that is accepted tells nothing of how fast the queue moves.
void DeskView::note_accept(const Conversation& before, const std::vector<Recorded>& events) {
  if (before.owner != Owner::queue || before.offer) return;
  for (const Recorded& recorded : events) {
    const auto* joined = std::get_if<AgentJoined>(&recorded.event);
    if (joined != nullptr) queue_.accepted(joined->agent);
  }
}

void DeskView::tell(ConversationId conversation, Kept& kept) {
  const bool at_desk = kept.dossier.is_at_desk();
  const bool left = kept.shown && !at_desk;
  const bool joined = kept.joined;
  kept.shown = at_desk;
  kept.used = ++uses_;
  if (std::exchange(kept.joined, false)) place_behind_others(kept);
  const Card card = card_of(kept.dossier);
  const bool erased = kept.dossier.state.lifecycle == Lifecycle::erased;
  if (at_desk) for_each_listener([&](DeskListener& l) { l.card_changed(card); });
  if (left) for_each_listener([&](DeskListener& l) { l.left_desk(conversation); });
  // Most of what happens at the desk is said between an agent and a citizen and moves nobody.
  const auto place = place_of(kept.dossier);
  const bool moved = std::exchange(kept.place, place) != place;
  if (joined || moved) order_queue();
  if (erased && kept.waiting.empty() && !kept.loading) kept_.erase(conversation);
  if (!at_desk) forget_oldest();
}

std::optional<DeskView::Place> DeskView::place_of(const Dossier& dossier) {
  if (dossier.state.owner != Owner::queue) return std::nullopt;
  return Place{dossier.state.waiting_since, dossier.waiting_since_min, dossier.state.safety_flag};
}

// The queue's order is that of the times in the log, and those are of a clock that may be set back.
void DeskView::place_behind_others(Kept& joined) {
  joined.dossier.waiting_since_min = {};
  for (const auto& [id, kept] : kept_) {
    if (&kept == &joined || !kept.shown) continue;
    const auto since = card_of(kept.dossier).waiting_since;
    if (!since || *since <= joined.dossier.state.waiting_since) continue;
    joined.dossier.waiting_since_min =
        std::max(joined.dossier.waiting_since_min, *since + std::chrono::milliseconds{1});
  }
}

void DeskView::order_queue() {
  std::vector<Card> waiting;
  for (const auto& [id, kept] : kept_) {
    if (kept.shown && kept.dossier.state.owner == Owner::queue) {
      waiting.push_back(card_of(kept.dossier));
    }
  }
  std::sort(waiting.begin(), waiting.end(), comes_before);
  std::vector<QueueOrder::Waiting> order;
  for (const Card& card : waiting) {
    order.push_back({card.id, card.controller, !card.message_waits});
  }
  queue_.set(std::move(order));
}

void DeskView::sweep() {
  std::vector<ConversationId> stale;
  for (const auto& [id, kept] : kept_) {
    if (kept.stale && !kept.loading) stale.push_back(id);
  }
  for (const ConversationId id : stale) load(id, kept_.at(id));
}

void DeskView::forget_oldest() {
  const auto idle = [](const Kept& kept) {
    return !kept.shown && !kept.loading && !kept.stale && kept.waiting.empty();
  };
  const auto count = static_cast<std::size_t>(std::count_if(
      kept_.begin(), kept_.end(), [&](const auto& item) { return idle(item.second); }));
  if (count <= limits_.opened_max) return;
  auto oldest = kept_.end();
  for (auto item = kept_.begin(); item != kept_.end(); ++item) {
    if (!idle(item->second)) continue;
    if (oldest == kept_.end() || item->second.used < oldest->second.used) oldest = item;
  }
  kept_.erase(oldest);
}

// ---- What an agent sees

bool DeskView::may_see(const Account& agent, const Card& card) {
  return agent.has(Role::agent) && card.controller && agent.may_see(*card.controller);
}

void DeskView::for_each_at_desk(const std::function<void(const Card&)>& call) const {
  for (const auto& [id, kept] : kept_) {
    if (kept.shown) call(card_of(kept.dossier));
  }
}

std::vector<Card> DeskView::cards(const Account& agent) const {
  std::vector<Card> cards;
  for (const auto& [id, kept] : kept_) {
    if (!kept.shown) continue;
    Card card = card_of(kept.dossier);
    if (may_see(agent, card)) cards.push_back(std::move(card));
  }
  std::sort(cards.begin(), cards.end(), comes_before);
  return cards;
}

std::optional<Card> DeskView::card(const Account& agent, ConversationId conversation) const {
  const auto found = kept_.find(conversation);
  if (found == kept_.end() || !found->second.dossier.was_at_desk) return std::nullopt;
  Card card = card_of(found->second.dossier);
  if (!may_see(agent, card)) return std::nullopt;
  return card;
}

void DeskView::find(const Account& agent, ConversationId conversation, Found found) {
  const auto judge = [this, agent, conversation, found](const std::optional<StoreError>& error) {
    const auto item = kept_.find(conversation);
    if (error || item == kept_.end()) return found(nullptr, error ? unavailable() : unknown());
    item->second.used = ++uses_;
    const Dossier& dossier = item->second.dossier;
    const bool seen = dossier.was_at_desk && dossier.state.lifecycle != Lifecycle::erased &&
                      may_see(agent, card_of(dossier));
    found(seen ? &dossier : nullptr, seen ? Refused{} : unknown());
  };
  const auto item = kept_.find(conversation);
  if (item != kept_.end() && !item->second.loading && !item->second.stale) {
    return judge(std::nullopt);
  }
  Kept& kept = kept_[conversation];
  kept.waiting.push_back(judge);
  load(conversation, kept);
}

void DeskView::open(const Account& agent, ConversationId conversation, Language reader,
                    std::function<void(std::variant<Opened, Refused>)> done) {
  events_after(agent, conversation, Seq{},
               [self = std::weak_ptr(self_), conversation, reader, done](auto outcome) {
                 if (auto* refused = std::get_if<Refused>(&outcome)) return done(*refused);
                 const auto view = self.lock();
                 if (!view) return done(unavailable());
                 const auto item = (*view)->kept_.find(conversation);
                 if (item == (*view)->kept_.end()) return done(unknown());
                 const Dossier& dossier = item->second.dossier;
                 done(Opened{card_of(dossier), packet_of(dossier, *(*view)->release_(), reader),
                             std::get<0>(std::move(outcome))});
               });
}

void DeskView::events_after(
    const Account& agent, ConversationId conversation, Seq after,
    std::function<void(std::variant<std::vector<Recorded>, Refused>)> done) {
  find(agent, conversation,
       [this, conversation, after, done](const Dossier* dossier, auto refused) {
         if (!dossier) return done(refused);
         conversations_.transcript(conversation, after, [done](auto log) {
           if (!log) return done(unavailable());
           done(std::move(*log));
         });
       });
}

// ---- What an agent does

void DeskView::act(const Account& agent, ConversationId conversation, Input input,
                   std::function<void(SubmitOutcome)> done) {
  find(agent, conversation,
       [this, conversation, input = std::move(input), done](const Dossier* dossier,
                                                            const Refused& refused) {
         if (!dossier) return done(refused);
         conversations_.submit(conversation, std::nullopt, input, Acceptance::with_outcome, done);
       });
}

void DeskView::take(const Account& agent, ConversationId conversation,
                    std::function<void(std::variant<Card, Refused>)> done) {
  act(agent, conversation, AgentTakes{agent.name, agent.display_name},
      [self = std::weak_ptr(self_), agent, conversation, done](const SubmitOutcome& outcome) {
        if (const auto* refused = std::get_if<Refused>(&outcome)) return done(*refused);
        const auto view = self.lock();
        const auto card = view ? (*view)->card(agent, conversation) : std::nullopt;
        if (!card) return done(unknown());
        done(*card);
      });
}

void DeskView::say(const Account& agent, ConversationId conversation, ClientId id, std::string text,
                   std::function<void(SubmitOutcome)> done) {
  act(agent, conversation,
      AgentSays{agent.name, agent.display_name, std::move(id), std::move(text)}, std::move(done));
}

void DeskView::hand_back(const Account& agent, ConversationId conversation, ClientId id,
                         std::function<void(SubmitOutcome)> done) {
  act(agent, conversation, AgentHandsBack{agent.name, std::move(id)}, std::move(done));
}

void DeskView::agent_types(const Account& agent, ConversationId conversation) {
  const auto held = card(agent, conversation);
  if (held && held->agent == agent.name) typing_.typing(conversation, TypingFrom::agent);
}

}  // namespace svar::service
