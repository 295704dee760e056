// Where a play is performed: the real content and the real loop, a memory store, a clock that
// stands.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "bot/engine/release.h"
#include "bot/engine/staffing.h"
#include "bot/engine/topic_incidents.h"
#include "bot/service/timers/sweeps.h"
#include "bot/service/turn/conversations.h"
#include "bot/store/memory_event_store.h"
#include "tests/plays/play.h"
#include "tests/plays/script.h"
#include "tests/service/fakes.h"

namespace svar::plays {

class Stage {
 public:
  // `script` outlives the stage.
  Stage(std::shared_ptr<const engine::Release> release, const Script& script);

  // Performs one line. What did not hold, with what was seen instead; nothing when it held.
  std::optional<std::string> perform(const Line& line);

 private:
  using Fault = std::optional<std::string>;
  Fault set(const Line& line);
  Fault citizen(const Line& line);
  Fault bot(const Line& line);
  Fault agent(const Line& line);
  Fault wait(const Line& line);
  Fault incident(const Line& line);
  Fault pass_time(const std::string& about);
  Fault check_answer(const std::string& about) const;
  Fault check_offer(const std::string& wanted) const;
  Fault check_outcome(std::string_view wanted) const;
  Fault check_log(const Line& line);
  Fault choose(const std::string& wanted);

  Fault submit(Input input, bool by_citizen);
  ClientId next_id();
  Conversation state();
  std::string seen() const;  // what came of the last input, for a fault's text

  std::shared_ptr<const engine::Release> release_;
  const Script& script_;
  std::string dialogue_;  // of the script, whose turns are read
  fakes::ManualExecutor executor_;
  fakes::ManualClock clock_;
  store::MemoryEventStore store_{executor_};
  service::Conversations conversations_;
  service::Sweeps sweeps_;
  std::shared_ptr<const engine::Staffing> staffing_ =
      std::make_shared<engine::Staffing>(engine::Staffing{engine::QueueRule::open, true, {}});
  std::shared_ptr<const engine::TopicIncidents> out_of_order_;
  Opening opening_{SiteId{"osteroy"}, Language::nn, "webchat", "", ""};
  ConversationId conversation_{1};
  int ids_ = 0;
  Input last_said_ = CitizenSays{};
  Seq last_seq_;                    // of the log
  std::vector<Recorded> followed_;  // events of the last input, or of the time that passed
};

}  // namespace svar::plays
