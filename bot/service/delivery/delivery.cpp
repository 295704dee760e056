#include "bot/service/delivery/delivery.h"

#include <algorithm>
#include <utility>

#include "bot/service/delivery/delivery_line.h"
#include "bot/service/delivery/observed_delivery_store.h"
#include "bot/service/delivery/outgoing.h"

namespace svar::service {
struct Delivery::Impl {
  using Line = DeliveryLine;
  using Account = DeliveryAccount;

  ObservedDeliveryStore store;
  Conversations& conversations;
  const Clock& clock;
  const Options options;
  const Alarm alarm;
  std::map<std::string, Account> accounts = {};
  std::map<ConversationId, Line> lines = {};
  bool stopping = false;
  std::function<void()> stopped = {};  // set while it stops and something is on the wire

  // --- Looking: what of the log has no rows yet, and which rows wait.

  void look(ConversationId id) {
    Line& line = lines[id];
    line.look_again = true;
    if (!line.busy && line.parts.empty()) find(id, line);
  }

  void find(ConversationId id, Line& line) {
    line.busy = true;
    line.look_again = false;
    store.find(id, [this, id](Result<DeliveryStore::Found, StoreError> found) {
      if (!found) return put_off(id);
      const auto account = found->contact ? accounts.find(found->contact->channel) : accounts.end();
      // No channel of ours (any more), or erased.
      if (account == accounts.end()) return drop(id);
      Line& line = lines.at(id);
      line.channel = account->second.channel;
      line.address = found->contact->address;
      conversations.state(id, [this, id, found = std::move(*found)](const auto& state) {
        if (!state) return put_off(id);
        if (state->lifecycle == Lifecycle::erased) return forget(id);
        lines.at(id).last_citizen_at = state->last_citizen_at;
        read(id, found, state->language);
      });
    });
  }

  void read(ConversationId id, const DeliveryStore::Found& found, Language language) {
    Seq after = found.contact->expanded;
    std::vector<PartKey> pending;
    for (const DeliveryRow& row : found.rows) {
      if (!is_to_be_sent(row, lines.at(id).channel->facts())) continue;
      pending.push_back(row.key);
      after = std::min(after, Seq{row.key.seq.value - 1});
    }
    const Seq expanded = found.contact->expanded;
    conversations.transcript(id, after,
                             [=, this, pending = std::move(pending)](const auto& events) mutable {
                               if (!events) return put_off(id);
                               render(id, *events, expanded, language, std::move(pending));
                             });
  }

  void render(ConversationId id, const std::vector<Recorded>& events, Seq expanded,
              Language language, std::vector<PartKey> pending) {
    Line& line = lines.at(id);
    PartsAdded added{id, expanded, {}, clock.now()};
    for (const Recorded& recorded : events) {
      const bool is_new = recorded.seq > expanded;
      if (is_new) added.expanded = recorded.seq;
      const auto message = outgoing(recorded, language);
      if (!message) continue;
      int number = 0;
      for (Part& part : line.channel->render(*message)) {
        const PartKey key{id, recorded.seq, number++};
        if (is_new) added.parts.push_back(key);
        if (is_new || std::count(pending.begin(), pending.end(), key)) {
          line.parts.push_back({key, std::move(part), message->by_person});
        }
      }
    }
    if (added.expanded == expanded) return proceed(id);
    store.write(std::move(added), [this, id](const auto& error) {
      if (error) return put_off(id);
      proceed(id);
    });
  }

  // The store failed: nothing is known, so that everything is read again.
  void put_off(ConversationId id) {
    Line& line = lines.at(id);
    line.parts.clear();
    line.look_again = true;
    pause(line, options, clock.steady(), std::nullopt);
    line.busy = false;
  }

  void drop(ConversationId id) { lines.erase(id); }

  void forget(ConversationId id) {
    store.write(Forgotten{id}, [](const auto&) {});
    drop(id);
  }

  // --- Sending: the first part, then the next.

  void proceed(ConversationId id) {
    Line& line = lines.at(id);
    line.busy = false;
    if (line.parts.empty()) {
      if (line.look_again) return find(id, line);
      return drop(id);
    }
    try_first(id, line);
  }

  void try_first(ConversationId id, Line& line) {
    if (stopping || line.busy || clock.steady() < line.due) return;
    if (line.parts.empty()) {
      if (line.look_again) find(id, line);
      return;
    }
    Account& account = accounts.at(line.channel->facts().id);
    if (account.counters.under_way >= options.sends_max) {
      if (!std::exchange(line.in_turn, true)) account.turn.push_back(id);
      return;
    }
    if (!account.counters.stopped_by.empty()) {
      if (clock.steady() < account.probe_at) return;
      account.probe_at = clock.steady() + options.stopped_pause;
    }
    line.busy = true;
    ++account.counters.under_way;
    const WaitingPart& first = line.parts.front();
    const Window& window = line.channel->facts().window;
    const auto silence = clock.now() - line.last_citizen_at;
    if (silence > (first.by_person ? window.person : window.bot)) {
      return settle(id, {SendOutcome::Kind::failed, {}, {}, "outside_window"});
    }
    const bool late = silence > window.bot;
    store.write(PartMoved{first.key, DeliveryState::sending, {}, {}, clock.now()},
                [this, id, late](const auto& error) {
                  if (error) return settle(id, {SendOutcome::Kind::retry, {}, {}, "store"});
                  if (stopping) return settle(id, {SendOutcome::Kind::retry, {}, {}, "stopping"});
                  send(id, late);
                });
  }

  void send(ConversationId id, bool late) {
    Line& line = lines.at(id);
    const WaitingPart& first = line.parts.front();
    line.channel->send({line.address, first.part, token_of(first.key), first.by_person, late},
                       [this, id](SendOutcome outcome) { settle(id, std::move(outcome)); });
  }

  void settle(ConversationId id, SendOutcome outcome) {
    Line& line = lines.at(id);
    Account& account = accounts.at(line.channel->facts().id);
    if (outcome.kind == SendOutcome::Kind::uncertain && line.channel->facts().is_idempotent)
      outcome.kind = SendOutcome::Kind::retry;
    if (outcome.kind == SendOutcome::Kind::retry && is_given_up(line, options, clock.steady()))
      outcome = {SendOutcome::Kind::failed, {}, {}, "given_up"};
    count(account, outcome);
    store.write(PartMoved{line.parts.front().key, state_of(outcome.kind), outcome.message,
                          outcome.why, clock.now()},
                [this, id, outcome](const auto&) { settled(id, outcome); });
  }

  void count(Account& account, const SendOutcome& outcome) {
    raise(account, news_of(account, outcome, options, clock.steady()));
    service::count(account.counters, state_of(outcome.kind));
  }

  void raise(const Account& account, const std::optional<std::string>& news) {
    if (!news) return;
    alarm(account.counters.channel, *news);
    store.tell_of_channels();
  }

  void check(Account& account) {
    if (stopping || account.checking || clock.steady() < account.check_at) return;
    account.check_at = clock.steady() + options.check_every;
    account.checking = account.channel->check_token([this, &account](const SendOutcome& outcome) {
      account.checking = false;
      raise(account, news_of_check(account, outcome, options, clock.steady()));
    });
  }

  // Whatever the store said: what was not stored is «sending» there, and becomes uncertain.
  void settled(ConversationId id, const SendOutcome& outcome) {
    Account& account = accounts.at(lines.at(id).channel->facts().id);
    --account.counters.under_way;
    next_turn(account);
    go_on(id, outcome);
    if (stopped && under_way() == 0) std::exchange(stopped, nullptr)();
  }

  void go_on(ConversationId id, const SendOutcome& outcome) {
    Line& line = lines.at(id);
    if (state_of(outcome.kind) == DeliveryState::pending) {
      pause(line, options, clock.steady(), outcome.retry_after);
      line.busy = false;
      return;
    }
    const Seq seq = line.parts.front().key.seq;
    first_is_done(line);
    const bool gone = outcome.kind == SendOutcome::Kind::unreachable;
    if (outcome.kind == SendOutcome::Kind::failed || gone) give_up_rest(line, seq, gone, outcome);
    proceed(id);
  }

  std::size_t under_way() const {
    std::size_t count = 0;
    for (const auto& [id, account] : accounts) count += account.counters.under_way;
    return count;
  }

  void next_turn(Account& account) {
    while (!account.turn.empty() && account.counters.under_way < options.sends_max) {
      const ConversationId id = account.turn.front();
      account.turn.pop_front();
      const auto line = lines.find(id);
      if (line == lines.end() || !std::exchange(line->second.in_turn, false)) continue;
      try_first(id, line->second);
    }
  }

  // Nothing more goes out but for what is on the wire already.
  void abandon(ConversationId id) {
    const auto found = lines.find(id);
    if (found == lines.end()) return;
    Line& line = found->second;
    if (!line.busy) return drop(id);
    if (line.parts.size() > 1) line.parts.resize(1);
  }

  // Half a message says nothing, and whoever is gone is gone for what comes after as well.
  void give_up_rest(Line& line, Seq seq, bool all, const SendOutcome& outcome) {
    while (!line.parts.empty() && (all || line.parts.front().key.seq == seq)) {
      store.write(
          PartMoved{line.parts.front().key, DeliveryState::failed, {}, outcome.why, clock.now()},
          [](const auto&) {});
      line.parts.pop_front();
    }
  }
};

Delivery::Delivery(DeliveryStore& store, Conversations& conversations, const Clock& clock,
                   Options options, Alarm alarm)
    : impl_(
          new Impl{ObservedDeliveryStore{store}, conversations, clock, options, std::move(alarm)}) {
  conversations.add_observer(*this);
}

Delivery::~Delivery() {
  impl_->conversations.remove_observer(*this);
}

void Delivery::add(Channel& channel) {
  Impl::Account account;
  account.channel = &channel;
  account.counters.channel = channel.facts().id;
  account.check_at = impl_->clock.steady() + impl_->options.check_every;
  impl_->accounts[channel.facts().id] = std::move(account);
}

void Delivery::start() {
  impl_->store.begin(impl_->clock.now(), [this](const auto& found) {
    if (!found) return;
    for (const ConversationId id : *found) impl_->look(id);
  });
}

void Delivery::sweep() {
  for (auto& [id, account] : impl_->accounts) impl_->check(account);
  std::vector<ConversationId> due;
  for (const auto& [id, line] : impl_->lines) {
    if (!line.busy && impl_->clock.steady() >= line.due) due.push_back(id);
  }
  for (const ConversationId id : due) {
    const auto line = impl_->lines.find(id);
    if (line != impl_->lines.end()) impl_->try_first(id, line->second);
  }
}

void Delivery::stop(std::function<void()> done) {
  impl_->stopping = true;
  if (impl_->under_way() == 0) return done();
  impl_->stopped = std::move(done);
}

void Delivery::note(const ChannelFacts& channel, std::optional<ConversationId> conversation,
                    const Incoming& incoming, std::function<void(std::optional<StoreError>)> done) {
  DeliveryStore& store = impl_->store;
  if (const auto* receipt = std::get_if<Incoming::Receipt>(&incoming.what)) {
    return store.write(ReceiptNoted{channel.id, receipt->message, receipt->rank, receipt->why},
                       std::move(done));
  }
  if (const auto* echo = std::get_if<Incoming::Echo>(&incoming.what)) {
    if (const auto key = part_of_token(echo->token))
      return store.write(EchoNoted{*key, echo->message}, std::move(done));
    return store.write(ReceiptNoted{channel.id, echo->message, Rank::sent, {}}, std::move(done));
  }
  const auto* up_to = std::get_if<Incoming::ReceiptUpTo>(&incoming.what);
  if (up_to != nullptr && conversation) {
    return store.write(ReceiptUpToNoted{*conversation, up_to->watermark, up_to->rank},
                       std::move(done));
  }
  if (std::holds_alternative<Incoming::Unreachable>(incoming.what) && conversation) {
    impl_->abandon(*conversation);
    return store.write(GivenUp{*conversation, "unreachable", impl_->clock.now()}, std::move(done));
  }
  done(std::nullopt);
}

void Delivery::see_contact(ContactSeen seen, std::function<void(std::optional<StoreError>)> done) {
  impl_->store.write(std::move(seen), std::move(done));
}

void Delivery::states(ConversationId conversation,
                      std::function<void(Result<std::vector<DeliveryRow>, StoreError>)> done) {
  impl_->store.find(conversation,
                    [done = std::move(done)](Result<DeliveryStore::Found, StoreError> found) {
                      if (!found) return done(Failure{found.error()});
                      done(std::move(found->rows));
                    });
}

void Delivery::send_again(ConversationId conversation, Seq seq,
                          std::function<void(Result<std::size_t, StoreError>)> done) {
  states(conversation, [this, conversation, seq, done = std::move(done)](auto rows) {
    if (!rows) return done(Failure{rows.error()});
    std::erase_if(*rows, [&](const DeliveryRow& row) {
      return row.key.seq != seq ||
             (row.state != DeliveryState::failed && row.state != DeliveryState::uncertain);
    });
    if (rows->empty()) return done(std::size_t{0});
    auto left = std::make_shared<std::size_t>(rows->size());
    auto failed = std::make_shared<std::optional<StoreError>>();
    for (const DeliveryRow& row : *rows) {
      impl_->store.write(PartMoved{row.key, DeliveryState::pending, {}, {}, impl_->clock.now()},
                         [=, this, count = rows->size()](const auto& error) {
                           if (error) *failed = *error;
                           if (--*left > 0) return;
                           impl_->look(conversation);  // those that were stored go out
                           if (*failed) return done(Failure{**failed});
                           done(count);
                         });
    }
  });
}

void Delivery::appended(ConversationId conversation, const std::vector<Recorded>& events,
                        const Conversation& after) {
  if (impl_->accounts.empty() || after.channel == kWebChat || after.channel == kTelephone) return;
  if (after.lifecycle == Lifecycle::erased) {
    impl_->abandon(conversation);
    impl_->store.write(Forgotten{conversation}, [](const auto&) {});
    return;
  }
  const auto line = impl_->lines.find(conversation);
  if (line != impl_->lines.end()) line->second.last_citizen_at = after.last_citizen_at;
  const bool is_seen = std::any_of(events.begin(), events.end(), [&](const Recorded& recorded) {
    return outgoing(recorded, after.language).has_value();
  });
  if (is_seen) impl_->look(conversation);
}

std::vector<ChannelStatus> Delivery::channels() const {
  std::vector<ChannelStatus> all;
  for (const auto& [id, account] : impl_->accounts) all.push_back(status_of(account));
  return all;
}

void Delivery::add_listener(DeliveryListener& listener) {
  impl_->store.add_listener(listener);
}
void Delivery::remove_listener(DeliveryListener& listener) {
  impl_->store.remove_listener(listener);
}

std::vector<Delivery::Counters> Delivery::counters() const {
  std::vector<Counters> all;
  for (const auto& [id, account] : impl_->accounts) all.push_back(account.counters);
  return all;
}

std::size_t Delivery::waiting() const {
  return impl_->lines.size();
}

}  // namespace svar::service
