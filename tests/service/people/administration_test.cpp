#include "bot/service/people/administration.h"

#include <gtest/gtest.h>

#include "bot/service/people/own_account.h"
#include "bot/service/people/secrets.h"
#include "bot/service/people/totp.h"
#include "tests/service/people/people_fakes.h"

namespace svar::service {
namespace {

using namespace std::chrono_literals;

Rights of(std::string_view text) {
  return rights_from_text(text).value();
}
const AgentId kKari{"kari"}, kOla{"ola"}, kBoss{"boss"}, kSystem{"system"};

class AdministrationTest : public ::testing::Test {
 protected:
  AdministrationTest() {
    add("kari", "agent:gulen");
    add("ola", "agent:osteroy");
    add("boss", "admin:gulen,agent:gulen");
    add("system", "system:*");
    people = People::load(store, clock).value();
    administration = std::make_unique<Administration>(
        *people, audit, clock, [](const MunicipalityId& id) { return id.value != "atlantis"; },
        72h);
    own = std::make_unique<OwnAccount>(*people, hasher, audit, clock);
  }
  void add(const std::string& name, const char* rights) {
    auto account = fakes::agent(name);
    account.rights = of(rights);
    store.accounts[account.name] = account;
  }
  Actor actor(const AgentId& name) const { return {name, people->account(name)->rights}; }

  // The fault's code, or "done".
  template <class Call>
  std::string outcome(Call call) {
    std::string said = "nothing";
    call([&](const std::optional<PeopleRefusal>& refused) {
      said = refused ? std::string(code(refused->fault)) : "done";
    });
    executor.run();
    return said;
  }
  std::string set_rights(const AgentId& by, const AgentId& name, const char* rights) {
    return outcome(
        [&](auto done) { administration->set_rights(actor(by), name, of(rights), done); });
  }
  std::string invite(const AgentId& by, const std::string& name, const char* rights) {
    return outcome([&](auto done) {
      administration->invite(actor(by), AgentId{name}, "Nye Nysen", of(rights),
                             [this, done](const auto& given) {
                               if (const auto* made = std::get_if<InvitationMade>(&given)) {
                                 link = made->token;
                                 return done(std::nullopt);
                               }
                               done(std::get<PeopleRefusal>(given));
                             });
    });
  }
  std::string accept(const std::string& token, const std::string& password) {
    return outcome([&](auto done) {
      own->accept_invitation(token, password, [done](const auto& given) {
        if (const auto* refused = std::get_if<PeopleRefusal>(&given)) return done(*refused);
        done(std::nullopt);
      });
    });
  }
  SessionKey signed_in_as(const AgentId& name) {
    SessionKey key;
    people->start_session(name, "Firefox, Linux", [&](auto t) { key = key_of_token(*t); });
    executor.run();
    return key;
  }
  AuditKind last_logged() const { return audit_store.entries.back().kind; }

  fakes::ManualClock clock{fakes::kMonday};
  fakes::ManualExecutor executor;
  fakes::MemoryPeopleStore store{executor};
  fakes::MemoryAuditStore audit_store{executor};
  fakes::PlainHasher hasher{executor};
  AuditTrail audit{audit_store, clock};
  std::unique_ptr<People> people;
  std::unique_ptr<Administration> administration;
  std::unique_ptr<OwnAccount> own;
  std::string link;
};

TEST_F(AdministrationTest, AnInvitationIsUsedOnceAndChoosesThePassword) {
  EXPECT_EQ(invite(kBoss, "ny", "agent:gulen"), "done");
  EXPECT_EQ(last_logged(), AuditKind::invited);
  EXPECT_EQ(store.accounts[AgentId{"ny"}].password_hash, "");
  ASSERT_TRUE(own->invitee(link));
  EXPECT_EQ(accept(link, "kort"), "password_too_short");
  EXPECT_EQ(accept(link, "nysen-hest-batteri"), "password_holds_name");
  EXPECT_EQ(accept(link, fakes::kPassword), "done");
  EXPECT_EQ(store.accounts[AgentId{"ny"}].password_hash, "plain:" + fakes::kPassword);
  EXPECT_EQ(last_logged(), AuditKind::invitation_accepted);
  EXPECT_EQ(accept(link, "eit anna passord"), "link_expired");
}

TEST_F(AdministrationTest, TheStoreNeverHoldsTheLink) {
  invite(kBoss, "ny", "agent:gulen");
  EXPECT_EQ(store.accounts[AgentId{"ny"}].invitation->digest.find(link), std::string::npos);
  for (const auto& entry : audit_store.entries) EXPECT_EQ(entry.why.find(link), std::string::npos);
}

TEST_F(AdministrationTest, ALinkExpires) {
  invite(kBoss, "ny", "agent:gulen");
  clock.advance(72h);
  EXPECT_FALSE(own->invitee(link));
  EXPECT_EQ(accept(link, fakes::kPassword), "link_expired");
}

TEST_F(AdministrationTest, ADisabledPersonsLinkIsVoid) {
  invite(kBoss, "ny", "agent:gulen");
  outcome([&](auto done) { administration->disable(actor(kBoss), AgentId{"ny"}, done); });
  EXPECT_EQ(accept(link, fakes::kPassword), "link_expired");
}

TEST_F(AdministrationTest, InvitesForItsOwnMunicipalitiesAlone) {
  EXPECT_EQ(invite(kBoss, "ny", "agent:osteroy"), "not_found");
  EXPECT_EQ(invite(kBoss, "ny", "agent:gulen,agent:osteroy"), "not_found");
  EXPECT_EQ(invite(kBoss, "ny", "agent:*"), "not_allowed");
  EXPECT_EQ(invite(kBoss, "ny", "system:*"), "not_allowed");
  EXPECT_EQ(invite(kKari, "ny", "agent:gulen"), "not_found");
  EXPECT_EQ(invite(kSystem, "ny", "agent:atlantis"), "not_found");
  EXPECT_EQ(invite(kBoss, "ny", ""), "bad_rights");
  EXPECT_EQ(invite(kBoss, "Ny Nysen", "agent:gulen"), "bad_name");
  EXPECT_EQ(invite(kBoss, "kari", "agent:gulen"), "name_taken");
  EXPECT_EQ(store.accounts.count(AgentId{"ny"}), 0u);
}

TEST_F(AdministrationTest, ForeignPeopleAreUnknown) {
  EXPECT_EQ(administration->known_to(actor(kBoss)).size(), 2u);
  const auto boss = actor(kBoss);
  EXPECT_EQ(outcome([&](auto done) { administration->disable(boss, kOla, done); }), "not_found");
  EXPECT_EQ(outcome([&](auto done) { administration->remove(boss, kOla, done); }), "not_found");
  EXPECT_EQ(set_rights(kBoss, kOla, "agent:gulen"), "not_found");
  EXPECT_EQ(outcome([&](auto done) { administration->disable(boss, kSystem, done); }), "not_found");
}

TEST_F(AdministrationTest, ForeignRightsStayWhateverAnAdministratorSets) {
  EXPECT_EQ(set_rights(kSystem, kKari, "agent:gulen,agent:osteroy"), "done");
  EXPECT_EQ(set_rights(kBoss, kKari, "editor:gulen"), "done");
  EXPECT_EQ(text_of(people->account(kKari)->rights), "agent:osteroy,editor:gulen");
  EXPECT_EQ(last_logged(), AuditKind::rights_changed);
  EXPECT_EQ(set_rights(kBoss, kKari, "editor:gulen,agent:osteroy"), "not_found");
  EXPECT_EQ(set_rights(kSystem, kKari, "agent:*"), "done");
  EXPECT_EQ(set_rights(kBoss, kKari, "editor:gulen"), "not_allowed");
  EXPECT_EQ(set_rights(kBoss, kKari, "agent:*,editor:gulen"), "done");
}

TEST_F(AdministrationTest, WhoIsDisabledIsOutAtOnceAndCanComeBack) {
  const auto session = signed_in_as(kKari);
  EXPECT_EQ(outcome([&](auto done) { administration->disable(actor(kBoss), kKari, done); }),
            "done");
  EXPECT_EQ(people->signed_in(session), nullptr);
  EXPECT_TRUE(store.sessions.empty());
  EXPECT_EQ(outcome([&](auto done) { administration->enable(actor(kBoss), kKari, done); }), "done");
  EXPECT_EQ(people->signed_in(session), nullptr);
  EXPECT_NE(people->signed_in(signed_in_as(kKari)), nullptr);
}

TEST_F(AdministrationTest, NobodyLocksThemselfOrTheLastAdministratorOut) {
  const auto system = actor(kSystem);
  EXPECT_EQ(outcome([&](auto done) { administration->disable(system, kSystem, done); }),
            "yourself");
  EXPECT_EQ(set_rights(kSystem, kSystem, "agent:gulen"), "yourself");
  EXPECT_EQ(set_rights(kBoss, kBoss, "agent:gulen"), "yourself");
  EXPECT_EQ(set_rights(kBoss, kBoss, "admin:gulen,editor:gulen"), "done");
  const auto command = operator_actor();
  const auto last = "last_administrator";
  EXPECT_EQ(outcome([&](auto done) { administration->disable(command, kSystem, done); }), last);
  EXPECT_EQ(outcome([&](auto done) { administration->remove(command, kSystem, done); }), last);
  EXPECT_EQ(set_rights(kSystem, kKari, "system:*"), "done");
  EXPECT_EQ(outcome([&](auto done) { administration->disable(command, kSystem, done); }), "done");
}

TEST_F(AdministrationTest, AResetMakesThePasswordVoidAndGivesALink) {
  const auto session = signed_in_as(kKari);
  std::string token;
  administration->reset_password(actor(kBoss), kKari, [&](const auto& given) {
    token = std::get<InvitationMade>(given).token;
  });
  executor.run();
  EXPECT_EQ(people->signed_in(session), nullptr);
  EXPECT_EQ(people->account(kKari)->password_hash, "");
  EXPECT_EQ(accept(token, "eit heilt nytt passord"), "done");
}

TEST_F(AdministrationTest, ALostPhoneIsForgottenAndItsSessionsEnd) {
  people->change(
      kKari,
      [](Account& kari) {
        kari.totp = Totp{"secret", 1, {}};
      },
      [](auto) {});
  executor.run();
  const auto session = signed_in_as(kKari);
  EXPECT_EQ(
      outcome([&](auto done) { administration->reset_second_factor(actor(kBoss), kKari, done); }),
      "done");
  EXPECT_FALSE(people->account(kKari)->totp);
  EXPECT_EQ(people->signed_in(session), nullptr);
}

TEST_F(AdministrationTest, EndsOneSessionOfAPerson) {
  const auto first = signed_in_as(kKari), second = signed_in_as(kKari);
  ASSERT_EQ(people->sessions_of(kKari).size(), 2u);
  EXPECT_EQ(people->sessions_of(kKari).front().device, "Firefox, Linux");
  const auto end = [&](const AgentId& by, const AgentId& of_whom, const SessionKey& key) {
    return outcome([&](auto done) {
      administration->end_session(actor(by), of_whom, People::handle_of(key), done);
    });
  };
  EXPECT_EQ(end(kBoss, kBoss, first), "not_found");
  EXPECT_EQ(end(kBoss, kKari, first), "done");
  EXPECT_EQ(people->signed_in(first), nullptr);
  EXPECT_NE(people->signed_in(second), nullptr);
}

TEST_F(AdministrationTest, TwoChangesAtOnceAreBothKept) {
  administration->set_rights(actor(kSystem), kKari, of("agent:osteroy"), [](auto) {});
  administration->disable(actor(kSystem), kKari, [](auto) {});
  executor.run();
  EXPECT_TRUE(people->account(kKari)->disabled);
  EXPECT_EQ(text_of(people->account(kKari)->rights), "agent:osteroy");
}

TEST_F(AdministrationTest, WhatCouldNotBeStoredIsNotInForce) {
  store.failing = true;
  EXPECT_EQ(set_rights(kSystem, kKari, "system:*"), "unavailable");
  EXPECT_EQ(text_of(people->account(kKari)->rights), "agent:gulen");
  EXPECT_EQ(text_of(people->latest(kKari)->rights), "agent:gulen");
}

// ---- The account of one's own

class OwnAccountTest : public AdministrationTest {
 protected:
  OwnAccountTest() : here(signed_in_as(kKari)), elsewhere(signed_in_as(kKari)) {}
  OwnAccount::Self self() const { return {kKari, here}; }

  std::string change_password(const std::string& password, const std::string& next) {
    return outcome([&](auto done) { own->change_password(self(), password, next, done); });
  }
  // The key, or the fault's code.
  std::string begin(const OwnAccount::Self& who, const std::string& password) {
    std::string said;
    own->begin_enrolment(who, password, [&](const auto& given) {
      const auto* refused = std::get_if<PeopleRefusal>(&given);
      said =
          refused ? std::string(code(refused->fault)) : std::get<OwnAccount::Enrolment>(given).key;
    });
    executor.run();
    return said;
  }
  // The first recovery code, or the fault's code.
  std::string confirm(const OwnAccount::Self& who, const std::string& with) {
    std::string said;
    own->confirm_enrolment(who, with, [&](const auto& given) {
      const auto* refused = std::get_if<PeopleRefusal>(&given);
      said = refused ? std::string(code(refused->fault))
                     : std::get<OwnAccount::RecoveryCodes>(given).front();
    });
    executor.run();
    return said;
  }
  static std::string from_base32(const std::string& text) {
    std::string bytes;
    std::uint32_t held = 0;
    int bits = 0;
    for (const char c : text) {
      held = (held << 5) | static_cast<std::uint32_t>(c >= 'A' ? c - 'A' : c - '2' + 26);
      bits += 5;
      if (bits >= 8) bytes += static_cast<char>(held >> (bits -= 8));
    }
    return bytes;
  }
  std::string app_code(const std::string& key) const {
    return totp_code(from_base32(key), totp_step(clock.now()));
  }

  const SessionKey here, elsewhere;
};

TEST_F(OwnAccountTest, ANewPasswordEndsTheOtherSessions) {
  EXPECT_EQ(change_password("feil-feil-feil", "eit heilt nytt passord"), "wrong_password");
  EXPECT_EQ(change_password(fakes::kPassword, "passord12345"), "password_common");
  EXPECT_NE(people->signed_in(elsewhere), nullptr);
  EXPECT_EQ(change_password(fakes::kPassword, "eit heilt nytt passord"), "done");
  EXPECT_EQ(store.accounts[kKari].password_hash, "plain:eit heilt nytt passord");
  EXPECT_NE(people->signed_in(here), nullptr);
  EXPECT_EQ(people->signed_in(elsewhere), nullptr);
}

TEST_F(OwnAccountTest, WhoGuessesThePasswordWaits) {
  for (int i = 0; i < 5; ++i) change_password("feil-feil-feil", "eit heilt nytt passord");
  EXPECT_EQ(change_password(fakes::kPassword, "eit heilt nytt passord"), "throttled");
}

TEST_F(OwnAccountTest, ASecondFactorIsInForceWhenACodeWasConfirmed) {
  EXPECT_EQ(begin(self(), "feil-feil-feil"), "wrong_password");
  const auto key = begin(self(), fakes::kPassword);
  ASSERT_EQ(key.size(), 32u);
  EXPECT_FALSE(people->account(kKari)->totp);
  EXPECT_EQ(confirm(self(), "000000"), "wrong_code");
  const auto recovery = confirm(self(), app_code(key));
  ASSERT_TRUE(people->account(kKari)->totp);
  EXPECT_EQ(people->account(kKari)->totp->recovery.count(recovery_digest(recovery, kKari)), 1u);
  EXPECT_EQ(people->signed_in(elsewhere), nullptr);
  EXPECT_EQ(confirm(self(), app_code(key)), "not_enrolling");
}

TEST_F(OwnAccountTest, TheSecretIsToldOnceAndForOneBrowser) {
  const auto first = begin(self(), fakes::kPassword);
  const auto second = begin(self(), fakes::kPassword);
  EXPECT_NE(first, second);
  EXPECT_EQ(confirm(self(), app_code(first)), "wrong_code");
  EXPECT_EQ(confirm({kKari, elsewhere}, app_code(second)), "not_enrolling");
  clock.advance(11min);
  EXPECT_EQ(confirm(self(), app_code(second)), "not_enrolling");
}

TEST_F(OwnAccountTest, AnAdministratorEnrolsWithoutThePasswordAndCanNotLeaveItOff) {
  const OwnAccount::Self boss{kBoss, signed_in_as(kBoss)};
  EXPECT_TRUE(people->account(kBoss)->must_enrol());
  const auto key = begin(boss, "");
  confirm(boss, app_code(key));
  EXPECT_FALSE(people->account(kBoss)->must_enrol());
  EXPECT_EQ(outcome([&](auto done) { own->remove_second_factor(boss, fakes::kPassword, done); }),
            "required");
  EXPECT_EQ(begin(boss, ""), "wrong_password");
}

TEST_F(OwnAccountTest, AnAgentMayLeaveItOffAgain) {
  const auto remove = [&] {
    return outcome([&](auto done) { own->remove_second_factor(self(), fakes::kPassword, done); });
  };
  EXPECT_EQ(remove(), "not_enrolled");
  confirm(self(), app_code(begin(self(), fakes::kPassword)));
  EXPECT_EQ(remove(), "done");
  EXPECT_FALSE(people->account(kKari)->totp);
}

TEST_F(OwnAccountTest, NewRecoveryCodesMakeTheOldOnesVoid) {
  const auto old = confirm(self(), app_code(begin(self(), fakes::kPassword)));
  std::vector<std::string> codes;
  own->renew_recovery_codes(self(), fakes::kPassword, [&](const auto& given) {
    codes = std::get<OwnAccount::RecoveryCodes>(given);
  });
  executor.run();
  const auto& kept = people->account(kKari)->totp->recovery;
  EXPECT_EQ(codes.size(), kRecoveryCodes);
  EXPECT_EQ(kept.size(), kRecoveryCodes);
  EXPECT_EQ(kept.count(recovery_digest(old, kKari)), 0u);
}

}  // namespace
}  // namespace svar::service
