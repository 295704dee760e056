#include "tests/connectors/desk/desk_client.h"

namespace svar::desk {
namespace {

using fakes::json;

class DeskContacts : public fakes::DeskClient {
 protected:
  DeskContacts() { EXPECT_EQ(log_in("kari").status, 200); }

  static json contact() {
    return {{"id", "call-1"},
            {"municipality", "osteroy"},
            {"outcome", "resolved"},
            {"text", "bosset på Valestrand"}};
  }
  std::vector<Event> counted() {
    std::vector<Event> all;
    world.store.read_all(Position{}, 1'000, [&](const auto& read) {
      for (const auto& logged : *read) all.push_back(logged.recorded.event);
    });
    world.executor.run();
    return all;
  }
  template <class Kind>
  std::vector<Kind> of_kind() {
    std::vector<Kind> found;
    for (const Event& event : counted())
      if (const auto* one = std::get_if<Kind>(&event)) found.push_back(*one);
    return found;
  }
};

TEST_F(DeskContacts, ACallIsCountedForTheMunicipalityAndEndsAtOnce) {
  const auto response = post("/desk/v1/contacts", contact().dump());
  ASSERT_EQ(response.status, 200) << response.body;
  const auto contacts = of_kind<ContactCounted>();
  ASSERT_EQ(contacts.size(), 1U);
  EXPECT_EQ(contacts[0].agent, AgentId{"kari"});
  EXPECT_EQ(contacts[0].text, "bosset på Valestrand");
  const auto closed = of_kind<ConversationClosed>();
  ASSERT_EQ(closed.size(), 1U);
  EXPECT_EQ(closed[0].outcome, CloseOutcome::resolved);
  ASSERT_EQ(of_kind<ControllerSet>().size(), 1U);
  EXPECT_EQ(of_kind<ControllerSet>()[0].municipality, MunicipalityId{"osteroy"});
}

TEST_F(DeskContacts, TheSameIdCountsOnceAndAnotherAgentsIsAnother) {
  for (int again = 0; again < 3; ++again) {
    const auto response = post("/desk/v1/contacts", contact().dump());
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(json::parse(response.body)["repeated"], again > 0);
  }
  EXPECT_EQ(of_kind<ContactCounted>().size(), 1U);
  log_in("ola");
  EXPECT_EQ(post("/desk/v1/contacts", contact().dump()).status, 200);
  EXPECT_EQ(of_kind<ContactCounted>().size(), 2U);
}

TEST_F(DeskContacts, WhatShouldNotBeWrittenIsMasked) {
  auto body = contact();
  body["text"] = "ringte om 01017012345";
  EXPECT_EQ(post("/desk/v1/contacts", body.dump()).status, 200);
  ASSERT_EQ(of_kind<ContactCounted>().size(), 1U);
  EXPECT_EQ(of_kind<ContactCounted>()[0].text.find("01017012345"), std::string::npos);
}

TEST_F(DeskContacts, OnlyForTheMunicipalitiesThatTheAccountServes) {
  const auto mine = json::parse(get("/desk/v1/contacts").body)["municipalities"];
  EXPECT_EQ(mine.size(), world.release->municipalities.size());
  log_in("gudrun");
  const auto hers = json::parse(get("/desk/v1/contacts").body)["municipalities"];
  ASSERT_EQ(hers.size(), 1U);
  EXPECT_EQ(hers[0]["id"], "gulen");
  EXPECT_EQ(post("/desk/v1/contacts", contact().dump()).status, 404);
  auto nowhere = contact();
  nowhere["municipality"] = "nowhere";
  EXPECT_EQ(post("/desk/v1/contacts", nowhere.dump()).status, 404);
  log_in("eva");
  EXPECT_EQ(post("/desk/v1/contacts", contact().dump()).status, 404) << "an editor serves nobody";
  EXPECT_TRUE(of_kind<ContactCounted>().empty());
}

TEST_F(DeskContacts, WhatCannotBeUnderstoodIsRefusedAndNothingIsCounted) {
  auto body = contact();
  body["outcome"] = "perhaps";
  EXPECT_EQ(error_code(post("/desk/v1/contacts", body.dump())), "bad_request");
  body = contact();
  body.erase("id");
  EXPECT_EQ(error_code(post("/desk/v1/contacts", body.dump())), "bad_request");
  body = contact();
  body["topic"] = "no.such";
  EXPECT_EQ(error_code(post("/desk/v1/contacts", body.dump())), "unknown_topic");
  body = contact();
  body["text"] = std::string(201, 'a');
  EXPECT_EQ(error_code(post("/desk/v1/contacts", body.dump())), "too_long");
  body["text"] = std::string(1'100, 'a');
  EXPECT_EQ(error_code(post("/desk/v1/contacts", body.dump())), "bad_request");
  body["text"] = 7;
  EXPECT_EQ(error_code(post("/desk/v1/contacts", body.dump())), "bad_request");
  EXPECT_TRUE(of_kind<ContactCounted>().empty());
}

}  // namespace
}  // namespace svar::desk
