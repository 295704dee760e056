#include "bot/service/desk/drafts.h"

#include "tests/service/desk/desk_world.h"

namespace svar::service {
namespace {

using fakes::agent_account;

const ConversationId kOne{1};
const ConversationId kOther{2};
const Account kKari = agent_account("kari");
const AgentId kOla{"ola"};

class DraftsTest : public ::testing::Test {
 protected:
  DraftsTest() {
    for (const ConversationId id : {kOne, kOther}) {
      world.citizen_waits(id);
      world.take(kKari, id);
      drafts.keep(kKari.name, id, "Hei, eg ser på");
    }
    drafts.keep(kOla, kOne, "hjelp til Kari");
  }
  std::string karis(ConversationId id = kOne) const { return drafts.of(kKari.name, id); }

  fakes::DeskWorld world;
  Drafts drafts{*world.view};
};

TEST_F(DraftsTest, ADraftIsItsAgentsInItsConversation) {
  EXPECT_EQ(karis(), "Hei, eg ser på");
  EXPECT_EQ(drafts.of(kOla, kOne), "hjelp til Kari");
  EXPECT_EQ(drafts.of(kOla, kOther), "");
  drafts.keep(kKari.name, kOne, "Hei!");
  EXPECT_EQ(karis(), "Hei!");
  drafts.keep(kKari.name, kOne, "");
  EXPECT_EQ(karis(), "");
}

TEST_F(DraftsTest, WhatWasSaidIsNoDraftAnyMore) {
  world.say(kKari, kOne, "Hei, eg ser på");
  EXPECT_EQ(karis(), "");
  EXPECT_EQ(drafts.of(kOla, kOne), "hjelp til Kari");
  EXPECT_EQ(karis(kOther), "Hei, eg ser på");
}

TEST_F(DraftsTest, WhatTheCitizenWritesLeavesThemAlone) {
  world.citizen_says(kOne, "er du der?");
  EXPECT_EQ(karis(), "Hei, eg ser på");
}

TEST_F(DraftsTest, AConversationThatIsClosedOrErasedTakesEverybodysDraftsAlong) {
  world.close(kKari, kOne);
  EXPECT_EQ(karis(), "");
  EXPECT_EQ(drafts.of(kOla, kOne), "");
  world.submit(kOther, CitizenDeletes{world.next_id()});
  EXPECT_EQ(karis(kOther), "");
}

TEST_F(DraftsTest, WordsTakenOutOfTheConversationMayBeQuotedInADraft) {
  world.citizen_says(kOne, "eg er fødd 05.85.95");
  drafts.keep(kKari.name, kOne, "Du er fødd 05.85.95");
  world.citizen_says(kOne, "12366");
  EXPECT_EQ(karis(), "");
  EXPECT_EQ(karis(kOther), "Hei, eg ser på");
}

TEST_F(DraftsTest, OfTooManyTheOneUnchangedTheLongestGoes) {
  for (int i = 0; i < static_cast<int>(Drafts::kDraftsMax) - 1; ++i)
    drafts.keep(kOla, ConversationId{100 + i}, "x");
  EXPECT_EQ(karis(kOne), "");
  EXPECT_EQ(drafts.of(kOla, ConversationId{100}), "x");
}

}  // namespace
}  // namespace svar::service
