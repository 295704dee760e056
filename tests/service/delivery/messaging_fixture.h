// A house with one messaging platform, which can be stopped and started on the same file; and that
// platform, as it shows itself to the house.
#pragma once

#include <gtest/gtest.h>

#include <deque>
#include <optional>

#include "bot/service/delivery/delivery.h"
#include "bot/service/delivery/intake.h"
#include "bot/store/delivery/sqlite_delivery_store.h"
#include "tests/engine/scripted_answering.h"
#include "tests/service/fakes.h"
#include "tests/store/store_fixtures.h"

namespace svar::service {

inline const Time kNoon{std::chrono::milliseconds{1'795'518'000'000}};

// Takes messages of at most 60 letters. Answers each call as told, else with «sent»; with `hold` it
// keeps the calls until the test answers them.
class FakeChannel : public Channel {
 public:
  explicit FakeChannel(Executor& executor) : executor_(executor) {
    facts_.id = "pigeon:osteroy";
    facts_.name = "pigeon";
    facts_.site = SiteId{"osteroy"};
    facts_.window = {std::chrono::hours{24}, std::chrono::hours{168}};
  }
  const ChannelFacts& facts() const override { return facts_; }
  std::vector<Part> render(const Outgoing& message) const override {
    std::vector<Part> parts;
    for (auto& piece : split_text(numbered(message.text, message.choices), 60, TextUnit::bytes))
      parts.push_back({"say", std::move(piece)});
    return parts;
  }
  void send(SendRequest request, std::function<void(SendOutcome)> done) override {
    requests.push_back(request);
    SendOutcome outcome{SendOutcome::Kind::sent, "m" + std::to_string(requests.size()), {}, {}};
    if (!script.empty()) {
      outcome = script.front();
      script.pop_front();
    }
    if (hold) return held.push_back(std::move(done));
    executor_.post([done = std::move(done), outcome] { done(outcome); });
  }
  bool check_token(std::function<void(SendOutcome)> done) override {
    if (!token) return false;
    ++checks;
    executor_.post([done = std::move(done), outcome = *token] { done(outcome); });
    return true;
  }
  std::optional<SendOutcome> token;  // what a check comes to; nothing: it cannot be asked
  int checks = 0;
  void drops_repeats() { facts_.is_idempotent = true; }
  std::vector<std::string> bodies() const {
    std::vector<std::string> all;
    for (const SendRequest& request : requests) all.push_back(request.part.body);
    return all;
  }

  std::vector<SendRequest> requests;
  std::deque<SendOutcome> script;
  bool hold = false;
  std::vector<std::function<void(SendOutcome)>> held;

 private:
  Executor& executor_;
  ChannelFacts facts_;
};

struct House {
  House(const std::filesystem::path& file, fakes::ManualExecutor& executor, const Clock& clock,
        Channel& channel, std::vector<std::string>& alarms)
      : store(store::open_sqlite({.file = file}, executor)),
        delivery_store(*store, store::SealingKey{7}),
        conversations(*store, executor, clock, [this] { return release; }, {}),
        delivery(delivery_store, conversations, clock, {},
                 [&alarms](const auto&, const auto& why) { alarms.push_back(why); }),
        intake(*store, conversations, delivery, clock, IntakeKey{9}) {
    delivery.add(channel);
    delivery.start();
  }
  std::unique_ptr<store::SqliteEventStore> store;
  store::SqliteDeliveryStore delivery_store;
  std::shared_ptr<const engine::Release> release =
      std::make_shared<engine::Release>(fakes::scripted_release());
  Conversations conversations;
  Delivery delivery;
  Intake intake;
};

class MessagingTest : public testing::Test {
 protected:
  MessagingTest() { start(); }
  ~MessagingTest() override { stop(); }

  void start() { house = std::make_unique<House>(folder.file(), executor, clock, channel, alarms); }
  // What is under way ends with the house: no completion may come after it.
  void stop() {
    house->store.reset();
    executor.forget();
    house.reset();
  }

  static Incoming said(const char* contact, const char* event, const char* text, int second = 0) {
    return {contact, event, kNoon + std::chrono::seconds{second}, Incoming::Said{text}};
  }
  Intake::Outcome take(std::vector<Incoming> incoming) {
    std::optional<Intake::Outcome> outcome;
    house->intake.take(channel, {std::move(incoming), {}},
                       [&](Intake::Outcome given) { outcome = given; });
    EXPECT_TRUE(executor.run_until([&] { return outcome.has_value(); }));
    return *outcome;
  }
  bool is_taken(std::vector<Incoming> incoming) {
    return std::holds_alternative<Intake::Taken>(take(std::move(incoming)));
  }
  // So many calls were made; and, unless the channel holds them, what came of them is stored.
  bool sent(std::size_t count) {
    return executor.run_until([&] {
      const bool settled = channel.hold || house->delivery.counters().at(0).under_way == 0;
      return channel.requests.size() >= count && settled;
    });
  }
  bool idle() {
    return executor.run_until([&] { return house->delivery.waiting() == 0; });
  }
  // Time passes, a second a sweep.
  void pass(std::chrono::seconds time) {
    for (; time.count() > 0; time -= std::chrono::seconds{1}) {
      clock.advance(std::chrono::seconds{1});
      house->delivery.sweep();
      store::Answer<std::vector<DeliveryRow>> answer;  // behind all that the sweep asked for
      for (int round = 0; round < 2; ++round) {
        answer = {};
        house->delivery.states(ConversationId{1}, answer.callback());
        answer.wait(executor);
      }
    }
  }
  // The first that wrote.
  ConversationId conversation() {
    store::Answer<std::vector<LoggedEvent>> answer;
    house->store->read_all(Position{}, 1, answer.callback());
    return answer.wait(executor).at(0).conversation;
  }
  std::vector<DeliveryRow> rows() {
    store::Answer<std::vector<DeliveryRow>> answer;
    house->delivery.states(conversation(), answer.callback());
    return answer.wait(executor);
  }
  std::vector<LoggedEvent> log() {
    store::Answer<std::vector<LoggedEvent>> answer;
    house->store->read_all(Position{}, 100'000, answer.callback());
    return answer.wait(executor);
  }
  std::vector<std::string> words() {
    std::vector<std::string> all;
    for (const LoggedEvent& each : log()) {
      if (const auto* spoke = std::get_if<CitizenSpoke>(&each.recorded.event))
        all.push_back(spoke->text);
    }
    return all;
  }
  std::optional<StoreError> note(Incoming incoming) {
    bool noted = false;
    std::optional<StoreError> failed;
    house->delivery.note(channel.facts(), conversation(), incoming, [&](auto error) {
      noted = true;
      failed = error;
    });
    EXPECT_TRUE(executor.run_until([&] { return noted; }));
    return failed;
  }

  store::DataFolder folder;
  fakes::ManualExecutor executor;
  fakes::ManualClock clock{kNoon};
  FakeChannel channel{executor};
  std::vector<std::string> alarms;
  std::unique_ptr<House> house;
};

}  // namespace svar::service
