// The service as the desk meets it: real conversations on a store in memory, an answering by
// script, a clock and an executor that the test moves.
#pragma once

#include <gtest/gtest.h>

#include "bot/service/desk/desk_view.h"
#include "bot/store/memory_event_store.h"
#include "tests/engine/scripted_answering.h"
#include "tests/service/fakes.h"

namespace svar::fakes {

inline service::Account agent_account(const std::string& name,
                                      const std::set<MunicipalityId>& municipalities = {}) {
  service::Rights rights;
  for (const auto& id : municipalities) rights.add({service::Role::agent, id});
  if (municipalities.empty()) rights.add({service::Role::agent, std::nullopt});
  return {AgentId{name}, "Agent " + name, "", rights};
}

// A directory that can be told to fail.
class FailingDirectory : public service::ConversationDirectory {
 public:
  explicit FailingDirectory(service::ConversationDirectory& inner) : inner_(inner) {}
  void find_answer_due(
      std::function<void(Result<std::vector<Entry>, service::StoreError>)> done) override {
    inner_.find_answer_due(std::move(done));
  }
  void find_owned(
      Owner owner, Time last_at_max,
      std::function<void(Result<std::vector<Entry>, service::StoreError>)> done) override {
    if (failing) return done(Failure{service::StoreError{"told to fail"}});
    inner_.find_owned(owner, last_at_max, std::move(done));
  }
  void find_closed(
      MunicipalityId controller, service::Involved who, Time last_at_max, std::size_t count_max,
      std::function<void(Result<std::vector<Entry>, service::StoreError>)> done) override {
    inner_.find_closed(std::move(controller), who, last_at_max, count_max, std::move(done));
  }
  bool failing = false;

 private:
  service::ConversationDirectory& inner_;
};

class DeskWorld {
 public:
  DeskWorld() {
    auto made = scripted_release();
    auto& osteroy = made.municipalities[MunicipalityId{"osteroy"}];
    osteroy.name = "Osterøy";
    osteroy.full_name = {"Osterøy kommune", "Osterøy kommune", "Osterøy municipality"};
    osteroy.number = "4630";
    osteroy.colour = "#7a1f2b";
    osteroy.facts["waste.company"] = {{"BIR", "BIR", "BIR"}, false, "https://bir.no", "2026-11-01"};
    osteroy.facts["library.hours"] = {{"10–15", "10–15", "10–15"}, true, "", ""};
    osteroy.units = {{"teknisk", {"Teknisk eining", "Teknisk enhet", "Technical services"}}};
    made.municipalities[MunicipalityId{"gulen"}].name = "Gulen";
    engine::Form message;
    message.id = "melding";
    message.start = {"Legg att ei melding", "Legg igjen en melding", "Leave a message"};
    message.takes_messages = true;
    made.forms.push_back(message);
    made.fact_labels["waste.company"] = {"Renovasjonsselskap", "Renovasjonsselskap",
                                         "Waste company"};
    release = std::make_shared<const engine::Release>(std::move(made));
    restart_desk();
  }

  // A new desk over the same log, as after a restart of the process.
  void restart_desk() {
    view.reset();
    view = std::make_unique<service::DeskView>(conversations, directory, typing,
                                               [this] { return release; });
    bool started = false;
    view->start([&](auto error) { started = !error; });
    executor.run();
    EXPECT_TRUE(started || directory.failing);
  }

  service::SubmitOutcome submit(ConversationId id, Input input,
                                const std::string& site = "osteroy") {
    service::SubmitOutcome outcome;
    const Opening opening{SiteId{site}, Language::nn, channel,
                          "https://www.osteroy.kommune.no/boss", "Boss"};
    conversations.submit(id, opening, std::move(input), service::Acceptance::with_outcome,
                         [&](auto result) { outcome = std::move(result); });
    executor.run();
    return outcome;
  }
  void citizen_says(ConversationId id, const std::string& text,
                    const std::string& site = "osteroy") {
    const auto outcome = submit(id, CitizenSays{next_id(), text}, site);
    EXPECT_TRUE(std::holds_alternative<service::Accepted>(outcome)) << text;
  }
  // A conversation that waits for a person.
  void citizen_waits(ConversationId id, const std::string& site = "osteroy") {
    citizen_says(id, "når vert bosset tømt", site);
    citizen_says(id, "person", site);
  }
  ClientId next_id() { return ClientId{"id" + std::to_string(++ids)}; }

  std::variant<service::Card, service::Refused> take(const service::Account& agent,
                                                     ConversationId id) {
    std::variant<service::Card, service::Refused> outcome = service::Refused{};
    view->take(agent, id, [&](auto result) { outcome = std::move(result); });
    executor.run();
    return outcome;
  }
  service::SubmitOutcome say(const service::Account& agent, ConversationId id,
                             const std::string& text) {
    service::SubmitOutcome outcome;
    view->say(agent, id, next_id(), text, [&](auto result) { outcome = std::move(result); });
    executor.run();
    return outcome;
  }
  service::SubmitOutcome hand_back(const service::Account& agent, ConversationId id) {
    service::SubmitOutcome outcome;
    view->hand_back(agent, id, next_id(), [&](auto result) { outcome = std::move(result); });
    executor.run();
    return outcome;
  }
  service::SubmitOutcome close(const service::Account& agent, ConversationId id) {
    service::SubmitOutcome outcome;
    view->act(agent, id, AgentCloses{agent.name, next_id()},
              [&](auto result) { outcome = std::move(result); });
    executor.run();
    return outcome;
  }
  std::variant<service::DeskView::Opened, service::Refused> open(const service::Account& agent,
                                                                 ConversationId id) {
    std::variant<service::DeskView::Opened, service::Refused> outcome = service::Refused{};
    view->open(agent, id, Language::nn, [&](auto result) { outcome = std::move(result); });
    executor.run();
    return outcome;
  }

  ManualClock clock{
      Time{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + std::chrono::hours{9}}};
  ManualExecutor executor;
  std::shared_ptr<const engine::Release> release;
  store::MemoryEventStore store{executor};
  FailingDirectory directory{store};
  service::TypingHub typing;
  service::Conversations conversations{store, executor, clock, [this] { return release; }, {}};
  std::unique_ptr<service::DeskView> view;
  std::string channel = "webchat";
  int ids = 0;
};

}  // namespace svar::fakes
