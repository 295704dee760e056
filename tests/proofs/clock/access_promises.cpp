#include "bot/service/people/secrets.h"
#include "bot/service/people/sign_in.h"
#include "connectors/webchat/rate_limits.h"
#include "connectors/webchat/resume_codes.h"
#include "tests/proofs/clock/clock_promises.h"
#include "tests/service/people/people_fakes.h"

namespace svar::proofs {
namespace {

using namespace std::chrono_literals;
using service::People;
using service::SignInOutcome;
using service::Throttled;

// Accounts and sessions over a store that outlives them.
class SignInWorld {
 public:
  explicit SignInWorld(JumpingClock& clock) : clock_(clock) {
    store_.accounts[kKari.name] = kKari;
    restart();
  }

  void restart() {
    sign_in_.reset();
    people_ = People::load(store_, clock_).value();
    sign_in_ = std::make_unique<service::SignIn>(*people_, hasher_, audit_, executor_, clock_);
  }

  SignInOutcome attempt(const std::string& password) {
    SignInOutcome outcome;
    sign_in_->attempt({kKari.name.value, password, "", ""}, "192.0.2.1",
                      [&](SignInOutcome given) { outcome = std::move(given); });
    executor_.run();
    return outcome;
  }
  service::SessionKey session() {
    const auto outcome = attempt(fakes::kPassword);
    const auto* in = std::get_if<service::SignedIn>(&outcome);
    return in != nullptr ? service::key_of_token(in->token) : service::SessionKey{};
  }
  bool is_in(const service::SessionKey& key) const { return people_->signed_in(key) != nullptr; }
  void use(const service::SessionKey& key) {
    people_->touch(key);
    executor_.run();
  }

 private:
  inline static const service::Account kKari = fakes::agent("kari");
  JumpingClock& clock_;
  fakes::ManualExecutor executor_;
  fakes::MemoryPeopleStore store_{executor_};
  fakes::MemoryAuditStore audit_store_{executor_};
  service::AuditTrail audit_{audit_store_, clock_};
  fakes::PlainHasher hasher_{executor_};
  std::unique_ptr<People> people_;
  std::unique_ptr<service::SignIn> sign_in_;
};

Fault waits_its_minute(JumpingClock& clock) {
  SignInWorld world(clock);
  for (int tries = 0; tries < 6; ++tries) (void)world.attempt("wrong");
  clock.pass(30s);
  clock.disturb();
  const auto blocked = world.attempt("wrong");
  const auto* throttled = std::get_if<Throttled>(&blocked);
  if (throttled == nullptr) return "a blocked name is free again before its time";
  if (throttled->retry_after <= 0ms || throttled->retry_after > 30s) {
    return "told to wait " + std::to_string(throttled->retry_after.count()) + " ms of 30,000";
  }
  clock.pass(30s);
  if (std::holds_alternative<Throttled>(world.attempt(fakes::kPassword))) {
    return "still blocked when the wait is over";
  }
  return std::nullopt;
}

Fault idle_session_ends(JumpingClock& clock) {
  SignInWorld world(clock);
  const auto key = world.session();
  clock.pass(20min);
  clock.disturb();
  if (!world.is_in(key)) return "a session of twenty minutes is gone";
  clock.pass(9min);
  if (!world.is_in(key)) return "a session is gone before it was idle for half an hour";
  clock.pass(1min);
  if (world.is_in(key)) return "a session lives on after half an hour without use";
  return std::nullopt;
}

Fault used_session_ends(JumpingClock& clock) {
  SignInWorld world(clock);
  const auto key = world.session();
  for (auto passed = 0min; passed < 12h - 10min; passed += 10min) {
    clock.pass(10min);
    if (passed == 60min) clock.disturb();
    if (!world.is_in(key)) return "a session in use is gone before twelve hours";
    world.use(key);
  }
  clock.pass(10min);
  return world.is_in(key) ? Fault{"a session lives on after twelve hours"} : std::nullopt;
}

// A restart knows the wall clock alone. It may end a session early, never prolong it.
Fault restart_prolongs_nothing(JumpingClock& clock) {
  SignInWorld world(clock);
  const auto key = world.session();
  clock.pass(20min);
  clock.disturb();
  world.restart();
  clock.pass(30min);
  if (world.is_in(key)) return "a session lives on after a restart and half an hour without use";
  return std::nullopt;
}

using webchat::ResumeCodes;

bool opens(const std::variant<ConversationId, ResumeCodes::Wrong, ResumeCodes::TooManyTries>& got) {
  return std::holds_alternative<ConversationId>(got);
}

Fault code_works_once_in_its_time(JumpingClock& clock) {
  ResumeCodes codes;
  const auto early = codes.issue(ConversationId{1}, clock);
  const auto late = codes.issue(ConversationId{2}, clock);
  clock.disturb();
  clock.pass(14min);
  codes.forget_old(clock.steady());
  if (!opens(codes.redeem(early.code, "192.0.2.1", clock.steady()))) {
    return "a code of fourteen minutes is refused";
  }
  if (opens(codes.redeem(early.code, "192.0.2.1", clock.steady()))) return "a code works twice";
  clock.pass(1min);
  if (opens(codes.redeem(late.code, "192.0.2.1", clock.steady()))) {
    return "a code works after a quarter of an hour";
  }
  return std::nullopt;
}

Fault guessing_waits_an_hour(JumpingClock& clock) {
  ResumeCodes codes;
  for (int tries = 0; tries < ResumeCodes::kTriesMax; ++tries) {
    (void)codes.redeem("WRONG-WRONG", "192.0.2.1", clock.steady());
  }
  clock.pass(20min);
  clock.disturb();
  codes.forget_old(clock.steady());
  const auto refused = codes.redeem("WRONG-WRONG", "192.0.2.1", clock.steady());
  const auto* many = std::get_if<ResumeCodes::TooManyTries>(&refused);
  if (many == nullptr) return "guesses are allowed anew before the hour is over";
  if (many->wait <= 0ms || many->wait > 40min) {
    return "told to wait " + std::to_string(many->wait.count()) + " ms of 2,400,000";
  }
  clock.pass(40min);
  const auto again = codes.redeem("WRONG-WRONG", "192.0.2.1", clock.steady());
  if (std::holds_alternative<ResumeCodes::TooManyTries>(again)) {
    return "refused when the hour is over";
  }
  return std::nullopt;
}

Fault rate_is_kept(JumpingClock& clock) {
  webchat::RateLimits rates{webchat::RateSettings{}};
  const auto message = [&] {
    return rates.message("192.0.2.1", ConversationId{1}, clock.steady());
  };
  int burst = 0;
  while (burst < 100 && !message()) ++burst;
  clock.disturb();
  rates.forget_idle(clock.steady());
  const auto wait = message();
  if (!wait) return "a clock that jumps fills the allowance";
  if (*wait <= 0ms || *wait > 1s) return "told to wait " + std::to_string(wait->count()) + " ms";
  clock.pass(1s);
  return message() ? Fault{"refused after the second it was told to wait"} : std::nullopt;
}

}  // namespace

std::vector<ClockPromise> promises_of_access() {
  return {
      {"who guesses passwords waits a minute, no less and no more", waits_its_minute, true},
      {"a session ends after half an hour without use", idle_session_ends, true},
      {"a session in use ends after twelve hours", used_session_ends, true},
      {"a restart prolongs no session", restart_prolongs_nothing, false},
      {"a code works once, within a quarter of an hour", code_works_once_in_its_time, true},
      {"who guesses codes waits an hour", guessing_waits_an_hour, true},
      {"a conversation's allowance of messages is kept", rate_is_kept, true},
  };
}

}  // namespace svar::proofs
