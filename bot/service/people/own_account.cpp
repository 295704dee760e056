#include "bot/service/people/own_account.h"

#include <unordered_map>
#include <utility>

#include "bot/service/people/secrets.h"
#include "bot/service/people/sign_in_throttle.h"
#include "bot/service/people/totp.h"

namespace svar::service {
namespace {

constexpr std::chrono::minutes kEnrolWithin{10};
constexpr std::size_t kEnrollingMax = 1'000;

PeopleRefusal refusal(PeopleFault fault) {
  return PeopleRefusal{fault};
}

std::set<std::string> digests_of(const std::vector<std::string>& codes, const AgentId& name) {
  std::set<std::string> digests;
  for (const auto& code : codes) digests.insert(recovery_digest(code, name));
  return digests;
}

}  // namespace

struct OwnAccount::Impl : std::enable_shared_from_this<OwnAccount::Impl> {
  Impl(People& people_in, PasswordHasher& hasher_in, AuditTrail& audit_in, const Clock& clock_in)
      : people(people_in), hasher(hasher_in), audit(audit_in), clock(clock_in), throttle({}) {}

  // Then `then` when the password is right, else `refuse` with why not.
  void with_password(const AgentId& name, std::string password, std::function<void()> then,
                     std::function<void(PeopleRefusal)> refuse) {
    const auto wait = throttle.attempt(name.value, clock.steady());
    if (wait.count() > 0) return refuse({PeopleFault::throttled, wait});
    const Account* account = people.account(name);
    hasher.verify(std::move(password), account ? account->password_hash : std::string(),
                  [self = weak_from_this(), name, then = std::move(then),
                   refuse = std::move(refuse)](Verdict verdict) {
                    const auto impl = self.lock();
                    if (!impl) return;
                    if (verdict == Verdict::overloaded) return refuse({PeopleFault::overloaded});
                    if (verdict == Verdict::wrong) return refuse({PeopleFault::wrong_password});
                    impl->throttle.forget(name.value);
                    then();
                  });
  }

  // Hashes and stores; the edit is made together with the password.
  void set_password(const AgentId& name, const std::string& password,
                    std::function<void(Account&)> edit, AuditKind kind, PeopleDone done) {
    const Account* account = people.latest(name);
    if (!account) return done(refusal(PeopleFault::unknown));
    if (const auto fault = fault_of(password, *account))
      return done(refusal(as_people_fault(*fault)));
    hasher.hash(password, [self = weak_from_this(), name, edit = std::move(edit), kind,
                           done = std::move(done)](std::optional<std::string> hash) {
      const auto impl = self.lock();
      if (!impl) return;
      if (!hash) return done(refusal(PeopleFault::overloaded));
      const auto both = [hash, edit](Account& changed) {
        changed.password_hash = *hash;
        if (edit) edit(changed);
      };
      impl->save(name, both, kind, "", done);
    });
  }

  void save(const AgentId& name, const std::function<void(Account&)>& edit, AuditKind kind,
            const std::string& why, PeopleDone done) {
    people.change(name, edit, [self = weak_from_this(), name, kind, why, done](const auto& error) {
      const auto impl = self.lock();
      const Account* account = impl ? impl->people.account(name) : nullptr;
      if (error || !account) return done(refusal(PeopleFault::unavailable));
      impl->audit.about_account(kind, name, *account, why, [done](const auto& failed) {
        if (failed) return done(refusal(PeopleFault::unavailable));
        done(std::nullopt);
      });
    });
  }

  // ---- The second factor

  struct Enrolling {
    std::string secret;
    SteadyTime begun;
  };

  Enrolment begin(const Self& self) {
    if (enrolling.size() >= kEnrollingMax) enrolling.clear();
    Enrolling& here = enrolling[self.session];
    here = {new_totp_secret(), clock.steady()};
    return {base32(here.secret), totp_address(here.secret, self.name)};
  }

  void confirm(const Self& self, const std::string& code, PeopleGives<RecoveryCodes> done) {
    const auto found = enrolling.find(self.session);
    if (found == enrolling.end() || clock.steady() - found->second.begun > kEnrolWithin)
      return done(refusal(PeopleFault::not_enrolling));
    const auto wait = throttle.attempt(self.name.value, clock.steady());
    if (wait.count() > 0) return done(PeopleRefusal{PeopleFault::throttled, wait});
    const std::string secret = found->second.secret;
    const auto step = matching_step(secret, code, clock.now(), 0);
    if (!step) return done(refusal(PeopleFault::wrong_code));
    enrolling.erase(found);
    throttle.forget(self.name.value);
    const RecoveryCodes codes = new_recovery_codes();
    const Totp totp{secret, *step, digests_of(codes, self.name)};
    save(
        self.name, [totp](Account& account) { account.totp = totp; },
        AuditKind::second_factor_enrolled, "",
        [impl = weak_from_this(), self, codes, done](const auto& refused) {
          if (refused) return done(*refused);
          if (const auto here = impl.lock())
            here->people.end_sessions_of(self.name, self.session, [](auto) {});
          done(codes);
        });
  }

  void renew(const Self& self, const PeopleGives<RecoveryCodes>& done) {
    const Account* account = people.latest(self.name);
    if (!account || !account->totp) return done(refusal(PeopleFault::not_enrolled));
    const RecoveryCodes codes = new_recovery_codes();
    const auto edit = [digests = digests_of(codes, self.name)](Account& changed) {
      if (changed.totp) changed.totp->recovery = digests;
    };
    save(self.name, edit, AuditKind::recovery_codes_made, "", [codes, done](const auto& refused) {
      if (refused) return done(*refused);
      done(codes);
    });
  }

  People& people;
  PasswordHasher& hasher;
  AuditTrail& audit;
  const Clock& clock;
  SignInThrottle throttle;
  std::unordered_map<SessionKey, Enrolling> enrolling;
};

OwnAccount::OwnAccount(People& people, PasswordHasher& hasher, AuditTrail& audit,
                       const Clock& clock)
    : impl_(std::make_shared<Impl>(people, hasher, audit, clock)) {}
OwnAccount::~OwnAccount() = default;

void OwnAccount::change_password(const Self& self, std::string password, const std::string& next,
                                 PeopleDone done) {
  const auto changed = [impl = std::weak_ptr(impl_), self, done](const auto& refused) {
    const auto here = impl.lock();
    if (!refused && here) here->people.end_sessions_of(self.name, self.session, [](auto) {});
    done(refused);
  };
  impl_->with_password(
      self.name, std::move(password),
      [impl = impl_.get(), self, next, changed] {
        impl->set_password(self.name, next, {}, AuditKind::password_changed, changed);
      },
      done);
}

void OwnAccount::begin_enrolment(const Self& self, std::string password,
                                 PeopleGives<Enrolment> done) {
  const Account* account = impl_->people.account(self.name);
  if (account && account->must_enrol()) return done(impl_->begin(self));
  impl_->with_password(
      self.name, std::move(password), [impl = impl_.get(), self, done] { done(impl->begin(self)); },
      done);
}

void OwnAccount::confirm_enrolment(const Self& self, const std::string& code,
                                   PeopleGives<RecoveryCodes> done) {
  impl_->confirm(self, code, std::move(done));
}

void OwnAccount::remove_second_factor(const Self& self, std::string password, PeopleDone done) {
  const Account* account = impl_->people.latest(self.name);
  if (!account || !account->totp) return done(refusal(PeopleFault::not_enrolled));
  if (account->rights.needs_second_factor()) return done(refusal(PeopleFault::required));
  impl_->with_password(
      self.name, std::move(password),
      [impl = impl_.get(), self, done] {
        impl->save(
            self.name, [](Account& changed) { changed.totp.reset(); },
            AuditKind::second_factor_removed, "", done);
      },
      done);
}

void OwnAccount::renew_recovery_codes(const Self& self, std::string password,
                                      PeopleGives<RecoveryCodes> done) {
  impl_->with_password(
      self.name, std::move(password), [impl = impl_.get(), self, done] { impl->renew(self, done); },
      done);
}

const Account* OwnAccount::invitee(const std::string& token) const {
  const std::string digest = key_of_token(token).value;
  for (const Account* account : impl_->people.accounts()) {
    const Account* latest = impl_->people.latest(account->name);  // used a moment ago?
    if (!latest || latest->disabled || !latest->invitation) continue;
    if (latest->invitation->digest == digest && impl_->clock.now() < latest->invitation->expires)
      return latest;
  }
  return nullptr;
}

void OwnAccount::accept_invitation(const std::string& token, const std::string& password,
                                   PeopleGives<AgentId> done) {
  const Account* account = invitee(token);
  if (!account) return done(refusal(PeopleFault::link_expired));
  const AgentId name = account->name;
  impl_->set_password(
      name, password, [](Account& changed) { changed.invitation.reset(); },
      AuditKind::invitation_accepted,
      [name, done](const auto& refused) {
        if (refused) return done(*refused);
        done(name);
      });
}

}  // namespace svar::service
