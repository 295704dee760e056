#include "bot/service/people/rights.h"

#include <gtest/gtest.h>

#include "bot/service/people/account.h"

namespace svar::service {
namespace {

Rights of(std::string_view text) {
  return rights_from_text(text).value();
}
Right one(std::string_view text) {
  return *of(text).all().begin();
}
const MunicipalityId kGulen{"gulen"}, kOsteroy{"osteroy"};

TEST(Rights, AreReadAsTheyAreWritten) {
  for (const char* text :
       {"", "agent:*", "agent:gulen,agent:osteroy,editor:*,admin:gulen,system:*"})
    EXPECT_EQ(text_of(of(text)), text);
}

TEST(Rights, WhatIsNoRightIsRefused) {
  for (const char* text : {"agent", "agent:", "boss:gulen", "agent:gulen,", ",agent:gulen",
                           "agent:Gulen", "agent:a b", "system:gulen", "agent:%"}) {
    EXPECT_FALSE(rights_from_text(text)) << text;
  }
}

TEST(Rights, AnAgentSeesTheMunicipalitiesItServes) {
  Account kari{AgentId{"kari"}, "Kari", "", of("agent:gulen,admin:osteroy")};
  EXPECT_TRUE(kari.may_see(kGulen));
  EXPECT_FALSE(kari.may_see(kOsteroy));
  kari.rights = of("agent:*");
  EXPECT_TRUE(kari.may_see(kOsteroy));
  kari.rights = of("system:*,admin:*,editor:*");
  EXPECT_FALSE(kari.may_see(kOsteroy));
  kari.rights = {};
  EXPECT_FALSE(kari.may_see(kOsteroy));
}

TEST(Rights, OnlyAdministratorsMustHaveASecondFactor) {
  for (const char* text : {"agent:*", "editor:*", "agent:gulen,editor:gulen", ""})
    EXPECT_FALSE(of(text).needs_second_factor()) << text;
  for (const char* text : {"admin:gulen", "system:*"})
    EXPECT_TRUE(of(text).needs_second_factor()) << text;
}

TEST(Rights, AnAdministratorGivesRightsInItsOwnMunicipalityAlone) {
  const Rights actor = of("admin:gulen,agent:*");
  for (const char* text : {"agent:gulen", "editor:gulen", "admin:gulen"})
    EXPECT_TRUE(may_grant(actor, one(text))) << text;
  for (const char* text : {"agent:osteroy", "agent:*", "editor:*", "admin:*", "system:*"})
    EXPECT_FALSE(may_grant(actor, one(text))) << text;
  EXPECT_FALSE(may_grant(of("admin:*"), one("system:*")));
  EXPECT_TRUE(may_grant(of("admin:*"), one("agent:*")));
  EXPECT_TRUE(may_grant(of("system:*"), one("system:*")));
  EXPECT_FALSE(may_grant(of("agent:*,editor:*"), one("agent:gulen")));
}

TEST(Rights, ForeignPeopleDoNotExistForAnAdministrator) {
  const Rights actor = of("admin:gulen");
  EXPECT_TRUE(may_know(actor, of("agent:gulen,agent:osteroy")));
  EXPECT_TRUE(may_know(actor, of("agent:*")));
  EXPECT_FALSE(may_know(actor, of("agent:osteroy,admin:osteroy")));
  EXPECT_FALSE(may_know(actor, of("")));
  EXPECT_FALSE(may_know(actor, of("system:*")));
  EXPECT_FALSE(may_know(of("agent:*"), of("agent:*")));
  EXPECT_TRUE(may_know(of("system:*"), of("")));
}

TEST(Rights, WhoWorksElsewhereTooIsNotAnAdministratorsToManage) {
  const Rights actor = of("admin:gulen");
  EXPECT_TRUE(may_manage(actor, of("agent:gulen,editor:gulen")));
  EXPECT_FALSE(may_manage(actor, of("agent:gulen,agent:osteroy")));
  EXPECT_FALSE(may_manage(actor, of("agent:*")));
  EXPECT_FALSE(may_manage(actor, of("")));
  EXPECT_TRUE(may_manage(of("system:*"), of("agent:*,system:*")));
}

TEST(Rights, AnAdministratorIsShownNoForeignRight) {
  EXPECT_EQ(text_of(shown_to(of("admin:gulen"), of("agent:gulen,agent:osteroy,editor:*"))),
            "agent:gulen,editor:*");
}

}  // namespace
}  // namespace svar::service
