#include "bot/service/people/sign_in.h"

#include <algorithm>
#include <utility>

#include "bot/service/people/secrets.h"

namespace svar::service {
namespace {

constexpr std::chrono::milliseconds kRetryWhenBusy{2'000};
using Done = std::function<void(SignInOutcome)>;

}  // namespace

struct SignIn::Impl : std::enable_shared_from_this<SignIn::Impl> {
  Impl(People& people_in, PasswordHasher& hasher_in, Executor& executor_in, const Clock& clock_in,
       Limits limits)
      : people(people_in),
        hasher(hasher_in),
        executor(executor_in),
        clock(clock_in),
        by_account(limits.by_account_and_address),
        by_address(limits.by_address) {}

  struct Attempt {
    AgentId name;
    std::string password;
    std::string throttle_key;
    Done done;
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
    const std::string hash = account ? account->password_hash : std::string();
    const std::string password = attempt.password;
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
    if (!right || !people.account(attempt.name)) {  // the account may have been removed meanwhile
      wipe(attempt.password);
      attempt.done(WrongLogin{});
      return;
    }
    by_account.forget(attempt.throttle_key);
    if (verdict == Verdict::right_but_outdated) hash_again(attempt.name, attempt.password);
    wipe(attempt.password);
    start_session(std::move(attempt.name), std::move(attempt.done));
  }

  void start_session(AgentId agent, Done done) {
    people.start_session(agent, {}, [agent, done = std::move(done)](auto token) {
      if (token) {
        done(SignedIn{agent, *token});
      } else {
        done(SignInUnavailable{kRetryWhenBusy});
      }
    });
  }

  // Costs were raised since the password was set. When this fails, the next log-in tries again.
  void hash_again(const AgentId& name, const std::string& password) {
    hasher.hash(password, [self = weak_from_this(), name](std::optional<std::string> hash) {
      const auto impl = self.lock();
      const Account* account = impl ? impl->people.account(name) : nullptr;
      if (!account || !hash) return;
      Account renewed = *account;
      renewed.password_hash = *hash;
      impl->people.save(std::move(renewed), [](auto) {});
    });
  }

  People& people;
  PasswordHasher& hasher;
  Executor& executor;
  const Clock& clock;
  SignInThrottle by_account;
  SignInThrottle by_address;
};

SignIn::SignIn(People& people, PasswordHasher& hasher, Executor& executor, const Clock& clock,
               Limits limits)
    : impl_(std::make_shared<Impl>(people, hasher, executor, clock, limits)) {}

SignIn::SignIn(People& people, PasswordHasher& hasher, Executor& executor, const Clock& clock)
    : SignIn(people, hasher, executor, clock, Limits{}) {}

SignIn::~SignIn() = default;

void SignIn::attempt(std::string name, std::string password, std::string_view address,
                     std::function<void(SignInOutcome)> done) {
  const std::string network = network_of(address);
  std::string key = name.substr(0, 64) + '\n' + network;
  impl_->begin({AgentId{std::move(name)}, std::move(password), std::move(key), std::move(done)},
               network);
}

}  // namespace svar::service
