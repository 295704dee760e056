#include "bot/service/people/sign_in.h"

#include <algorithm>
#include <utility>

#include "bot/service/people/secrets.h"
#include "bot/service/people/totp.h"

namespace svar::service {
namespace {

constexpr std::chrono::milliseconds kRetryWhenBusy{2'000};
using Done = std::function<void(SignInOutcome)>;

}  // namespace

struct SignIn::Impl : std::enable_shared_from_this<SignIn::Impl> {
  Impl(People& people_in, PasswordHasher& hasher_in, AuditTrail& audit_in, Executor& executor_in,
       const Clock& clock_in, Limits limits)
      : people(people_in),
        hasher(hasher_in),
        audit(audit_in),
        executor(executor_in),
        clock(clock_in),
        by_account(limits.by_account_and_address),
        by_address(limits.by_address),
        by_code(limits.by_code) {}

  struct Attempt {
    AgentId name;
    Credentials given;
    std::string throttle_key;
    Done done;
    std::string hash;  // what the password is compared with
  };

  void begin(Attempt attempt, const std::string& network) {
    const SteadyTime now = clock.steady();
    const auto wait =
        std::max(by_address.attempt(network, now), by_account.attempt(attempt.throttle_key, now));
    if (wait.count() > 0) {
      executor.post([done = std::move(attempt.done), wait] { done(Throttled{wait}); });
      return;
    }
    const Account* account = people.account(attempt.name);
    attempt.hash = account ? account->password_hash : std::string();
    const std::string password = attempt.given.password;
    const std::string hash = attempt.hash;
    hasher.verify(password, hash,
                  [self = weak_from_this(), attempt = std::move(attempt)](Verdict verdict) mutable {
                    if (const auto impl = self.lock()) impl->judged(std::move(attempt), verdict);
                  });
  }

  void judged(Attempt attempt, Verdict verdict) {
    if (verdict == Verdict::overloaded) {
      attempt.done(SignInUnavailable{kRetryWhenBusy});
      return;
    }
    const bool right = verdict == Verdict::right || verdict == Verdict::right_but_outdated;
    // Meanwhile the account may have been removed or disabled, or its password made void.
    const Account* account = people.latest(attempt.name);
    const bool stands = account && !account->disabled && account->password_hash == attempt.hash;
    if (!right || !stands || !people.account(attempt.name)) {
      wipe(attempt.given.password);
      return failed(attempt, "password", WrongLogin{});
    }
    if (verdict == Verdict::right_but_outdated) hash_again(attempt);
    wipe(attempt.given.password);
    if (!account->totp) return start_session(std::move(attempt), "password");
    if (attempt.given.code.empty()) return attempt.done(CodeWanted{});
    check_code(std::move(attempt), *account->totp);
  }

  void failed(const Attempt& attempt, const char* why, SignInOutcome outcome) {
    auto told = [done = attempt.done, outcome = std::move(outcome)](const auto& error) {
      done(error ? SignInOutcome{SignInUnavailable{kRetryWhenBusy}} : outcome);
    };
    const Account* account = people.account(attempt.name);
    if (!account) return audit.unknown_name(std::move(told));
    audit.about_account(AuditKind::sign_in_failed, attempt.name, *account, why, std::move(told));
  }

  // ---- The second factor

  void check_code(Attempt attempt, const Totp& totp) {
    const auto wait = by_code.attempt(attempt.name.value, clock.steady());
    if (wait.count() > 0) return attempt.done(Throttled{wait});
    if (const auto step =
            matching_step(totp.secret, attempt.given.code, clock.now(), totp.last_step)) {
      return use_code(std::move(attempt), "code", [step](Totp& used) { used.last_step = *step; });
    }
    const std::string digest = recovery_digest(attempt.given.code, attempt.name);
    if (totp.recovery.count(digest) != 0) {
      return use_code(std::move(attempt), "recovery_code",
                      [digest](Totp& used) { used.recovery.erase(digest); });
    }
    failed(attempt, "code", WrongCode{});
  }

  // That it was used is durable before it opens anything.
  void use_code(Attempt attempt, const char* how, const std::function<void(Totp&)>& use) {
    by_code.forget(attempt.name.value);
    const AgentId name = attempt.name;
    people.change(
        name,
        [&use](Account& account) {
          if (account.totp) use(*account.totp);
        },
        [self = weak_from_this(), attempt = std::move(attempt), how](const auto& error) {
          const auto impl = self.lock();
          if (!impl || error) return attempt.done(SignInUnavailable{kRetryWhenBusy});
          impl->start_session(attempt, how);
        });
  }

  void start_session(Attempt attempt, const char* how) {
    by_account.forget(attempt.throttle_key);
    const AgentId name = attempt.name;
    const std::string device = attempt.given.device;
    people.start_session(
        name, device, [self = weak_from_this(), attempt = std::move(attempt), how](auto token) {
          const auto impl = self.lock();
          const Account* account = impl ? impl->people.account(attempt.name) : nullptr;
          if (!token || !account) return attempt.done(SignInUnavailable{kRetryWhenBusy});
          impl->record_signed_in(attempt, *account, *token, how);
        });
  }

  void record_signed_in(const Attempt& attempt, const Account& account, const std::string& token,
                        const char* how) {
    audit.about_account(AuditKind::signed_in, attempt.name, account, how,
                        [done = attempt.done, agent = attempt.name, token](const auto& error) {
                          if (error) return done(SignInUnavailable{kRetryWhenBusy});
                          done(SignedIn{agent, token});
                        });
  }

  // Costs were raised since the password was set. When this fails, the next log-in tries again.
  void hash_again(const Attempt& attempt) {
    hasher.hash(attempt.given.password, [self = weak_from_this(), name = attempt.name,
                                         old = attempt.hash](std::optional<std::string> hash) {
      const auto impl = self.lock();
      const Account* account = impl ? impl->people.latest(name) : nullptr;
      if (!account || !hash || account->password_hash != old) return;
      impl->people.change(
          name, [&](Account& renewed) { renewed.password_hash = *hash; }, [](auto) {});
    });
  }

  People& people;
  PasswordHasher& hasher;
  AuditTrail& audit;
  Executor& executor;
  const Clock& clock;
  SignInThrottle by_account;
  SignInThrottle by_address;
  SignInThrottle by_code;
};

SignIn::SignIn(People& people, PasswordHasher& hasher, AuditTrail& audit, Executor& executor,
               const Clock& clock, Limits limits)
    : impl_(std::make_shared<Impl>(people, hasher, audit, executor, clock, limits)) {}

SignIn::SignIn(People& people, PasswordHasher& hasher, AuditTrail& audit, Executor& executor,
               const Clock& clock)
    : SignIn(people, hasher, audit, executor, clock, Limits{}) {}

SignIn::~SignIn() = default;

void SignIn::attempt(Credentials credentials, std::string_view address,
                     std::function<void(SignInOutcome)> done) {
  const std::string network = network_of(address);
  std::string key = credentials.name.substr(0, 64) + '\n' + network;
  AgentId name{credentials.name};
  impl_->begin({std::move(name), std::move(credentials), std::move(key), std::move(done), {}},
               network);
}

}  // namespace svar::service
