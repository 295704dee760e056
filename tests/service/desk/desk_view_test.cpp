#include "bot/service/desk/desk_view.h"

#include <gtest/gtest.h>

#include "tests/service/desk/desk_world.h"

namespace svar::service {
namespace {

using namespace std::chrono_literals;

const ConversationId kOne{101}, kTwo{102}, kThree{103};
const Account kKari = fakes::agent_account("kari");
const Account kOla = fakes::agent_account("ola");
const Account kGulen = fakes::agent_account("gudrun", {MunicipalityId{"gulen"}});

class DeskViewTest : public ::testing::Test, public DeskListener, public TypingListener {
 protected:
  DeskViewTest() {
    world.view->add_listener(*this);
    world.typing.add_listener(*this);
  }
  void card_changed(const Card& card) override { changed.push_back(card); }
  void left_desk(ConversationId conversation) override { left.push_back(conversation); }
  void appended(ConversationId, const std::vector<Recorded>& events) override {
    live_events += events.size();
  }
  void typing(ConversationId, TypingFrom from) override {
    agent_typing += from == TypingFrom::agent;
  }

  std::vector<ConversationId> order(const Account& agent) {
    std::vector<ConversationId> ids;
    for (const auto& card : world.view->cards(agent)) ids.push_back(card.id);
    return ids;
  }

  fakes::DeskWorld world;
  std::vector<Card> changed;
  std::vector<ConversationId> left;
  std::size_t live_events = 0;
  int agent_typing = 0;
};

RefusalCode code_of(const auto& outcome) {
  return std::get<Refused>(outcome).code;
}

TEST_F(DeskViewTest, ShowsAConversationFromTheMomentItWaitsForAPerson) {
  world.citizen_says(kOne, "når vert bosset tømt");
  EXPECT_TRUE(world.view->cards(kKari).empty());
  world.citizen_says(kOne, "person");
  ASSERT_EQ(world.view->cards(kKari).size(), 1u);
  const Card card = world.view->cards(kKari).front();
  EXPECT_EQ(card.owner, Owner::queue);
  EXPECT_EQ(card.reason, HandoffReason::asked);
  EXPECT_EQ(card.preview, "person");
  EXPECT_EQ(card.waiting_since, world.clock.now());
  EXPECT_EQ(changed.back(), card);
}

TEST_F(DeskViewTest, OpensWithTheWholeContext) {
  world.citizen_waits(kOne);
  const auto outcome = world.open(kKari, kOne);
  const auto& opened = std::get<DeskView::Opened>(outcome);
  EXPECT_EQ(opened.packet.page_url, "https://www.osteroy.kommune.no/boss");
  EXPECT_EQ(opened.packet.page_title, "Boss");
  ASSERT_TRUE(opened.packet.municipality);
  EXPECT_EQ(opened.packet.municipality->number, "4630");
  ASSERT_EQ(opened.packet.municipality->facts.size(), 2u);
  EXPECT_EQ(opened.packet.municipality->facts[1].label, "Renovasjonsselskap");
  EXPECT_TRUE(opened.packet.municipality->facts[0].sample);
  ASSERT_EQ(opened.packet.understood.size(), 1u);
  EXPECT_EQ(opened.packet.understood[0].topics, std::vector{ArticleId{"boss.tommekalender"}});
  EXPECT_EQ(opened.events.back().seq, opened.card.seq);
  EXPECT_TRUE(std::holds_alternative<ConversationOpened>(opened.events.front().event));
}

TEST_F(DeskViewTest, FindsWhatWaitsAndWhatIsHeldAfterARestart) {
  world.citizen_waits(kOne);
  world.citizen_waits(kTwo);
  world.take(kKari, kTwo);
  world.citizen_says(kThree, "hei");
  world.restart_desk();
  EXPECT_EQ(order(kKari), (std::vector{kOne, kTwo}));
  EXPECT_EQ(world.view->card(kKari, kTwo)->agent, kKari.name);
}

TEST_F(DeskViewTest, SaysWhenTheStoreCanNotBeSearchedAtStart) {
  world.directory.failing = true;
  world.view = std::make_unique<DeskView>(world.conversations, world.directory, world.typing,
                                          [this] { return world.release; });
  std::optional<StoreError> error;
  world.view->start([&](auto e) { error = e; });
  world.executor.run();
  EXPECT_TRUE(error);
}

TEST_F(DeskViewTest, WhenTwoTakeAtOnceOneWinsAndTheOtherIsToldByName) {
  world.citizen_waits(kOne);
  std::variant<Card, Refused> kari = Refused{}, ola = Refused{};
  world.view->take(kKari, kOne, [&](auto outcome) { kari = outcome; });
  world.view->take(kOla, kOne, [&](auto outcome) { ola = outcome; });
  world.executor.run();
  ASSERT_TRUE(std::holds_alternative<Card>(kari));
  EXPECT_EQ(std::get<Card>(kari).agent, kKari.name);
  EXPECT_EQ(code_of(ola), RefusalCode::not_yours);
  EXPECT_EQ(std::get<Refused>(ola).held_by, "Agent kari");
}

TEST_F(DeskViewTest, TakingTwiceIsHarmless) {
  world.citizen_waits(kOne);
  world.take(kKari, kOne);
  EXPECT_TRUE(std::holds_alternative<Card>(world.take(kKari, kOne)));
}

TEST_F(DeskViewTest, NobodyWritesBeforeTaking) {
  world.citizen_waits(kOne);
  EXPECT_EQ(code_of(world.say(kKari, kOne, "hei")), RefusalCode::not_yours);
  EXPECT_EQ(code_of(world.hand_back(kKari, kOne)), RefusalCode::not_yours);
  EXPECT_EQ(code_of(world.close(kKari, kOne)), RefusalCode::not_yours);
  world.take(kOla, kOne);
  EXPECT_EQ(std::get<Refused>(world.say(kKari, kOne, "hei")).held_by, "Agent ola");
  EXPECT_TRUE(std::holds_alternative<Accepted>(world.say(kOla, kOne, "hei")));
}

TEST_F(DeskViewTest, TheBotIsSilentUntilTheAgentGivesItBack) {
  world.citizen_waits(kOne);
  world.take(kKari, kOne);
  world.citizen_says(kOne, "når opnar biblioteket");
  const auto bot_spoke_last = [&] {
    const auto outcome = world.open(kKari, kOne);
    const auto& events = std::get<DeskView::Opened>(outcome).events;
    return std::holds_alternative<BotReplied>(events.back().event);
  };
  EXPECT_FALSE(bot_spoke_last());
  EXPECT_TRUE(std::holds_alternative<Accepted>(world.hand_back(kKari, kOne)));
  EXPECT_EQ(left, std::vector{kOne});
  EXPECT_TRUE(world.view->cards(kKari).empty());
  world.citizen_says(kOne, "når opnar biblioteket");
  EXPECT_TRUE(bot_spoke_last());
}

TEST_F(DeskViewTest, AClosedConversationLeavesTheDesk) {
  world.citizen_waits(kOne);
  world.take(kKari, kOne);
  EXPECT_TRUE(std::holds_alternative<Accepted>(world.close(kKari, kOne)));
  EXPECT_EQ(left, std::vector{kOne});
  EXPECT_EQ(code_of(world.say(kKari, kOne, "hei")), RefusalCode::not_open);
}

TEST_F(DeskViewTest, AConversationOfAnotherMunicipalityDoesNotExist) {
  world.citizen_waits(kOne);
  EXPECT_TRUE(world.view->cards(kGulen).empty());
  EXPECT_FALSE(world.view->card(kGulen, kOne));
  EXPECT_EQ(code_of(world.open(kGulen, kOne)), RefusalCode::unknown);
  EXPECT_EQ(code_of(world.take(kGulen, kOne)), RefusalCode::unknown);
  EXPECT_EQ(code_of(world.say(kGulen, kOne, "hei")), RefusalCode::unknown);
  EXPECT_EQ(code_of(world.hand_back(kGulen, kOne)), RefusalCode::unknown);
  EXPECT_EQ(code_of(world.close(kGulen, kOne)), RefusalCode::unknown);
  EXPECT_EQ(code_of(world.open(kGulen, ConversationId{999})), RefusalCode::unknown);
  world.citizen_waits(kTwo, "gulen");
  EXPECT_EQ(order(kGulen), std::vector{kTwo});
}

TEST_F(DeskViewTest, AnAccountThatIsNoAgentSeesNothing) {
  Account editor = kKari;
  editor.rights = {{Role::editor, std::nullopt}, {Role::system_administrator, std::nullopt}};
  world.citizen_waits(kOne);
  EXPECT_TRUE(world.view->cards(editor).empty());
  EXPECT_EQ(code_of(world.open(editor, kOne)), RefusalCode::unknown);
}

TEST_F(DeskViewTest, ATalkWithTheBotAloneIsNobodysToRead) {
  world.citizen_says(kOne, "når vert bosset tømt");
  EXPECT_EQ(code_of(world.open(kKari, kOne)), RefusalCode::unknown);
  EXPECT_EQ(code_of(world.take(kKari, kOne)), RefusalCode::unknown);
}

TEST_F(DeskViewTest, SafetyComesFirstThenTheLongestWait) {
  world.citizen_waits(kOne);
  world.clock.advance(1min);
  world.citizen_waits(kTwo);
  world.clock.advance(1min);
  world.citizen_waits(kThree);
  world.citizen_says(kThree, "brann");
  EXPECT_EQ(order(kKari), (std::vector{kThree, kOne, kTwo}));
  EXPECT_EQ(world.view->queue().place(kTwo)->waiting, 2);
  world.take(kKari, kThree);
  EXPECT_EQ(world.view->queue().place(kTwo)->waiting, 1);
  EXPECT_FALSE(world.view->queue().place(kThree));
}

TEST_F(DeskViewTest, WhoComesAfterTheClockWasSetBackStandsBehindThoseWhoWait) {
  world.citizen_waits(kTwo);
  world.clock.advance(1min);
  world.clock.jump(-1h);
  world.citizen_waits(kOne);
  world.clock.advance(1min);
  world.citizen_waits(kThree);
  EXPECT_EQ(order(kKari), (std::vector{kTwo, kOne, kThree}));
  EXPECT_EQ(world.view->queue().place(kThree)->waiting, 2);
}

TEST_F(DeskViewTest, AnErasedConversationIsGoneWithItsWords) {
  world.citizen_waits(kOne);
  world.submit(kOne, CitizenDeletes{world.next_id()});
  EXPECT_EQ(left, std::vector{kOne});
  EXPECT_TRUE(world.view->cards(kKari).empty());
  EXPECT_FALSE(world.view->card(kKari, kOne));
  EXPECT_EQ(code_of(world.open(kKari, kOne)), RefusalCode::unknown);
}

TEST_F(DeskViewTest, PassesOnWhatIsSaidWhileItIsAtTheDesk) {
  world.citizen_waits(kOne);
  live_events = 0;
  world.take(kKari, kOne);
  world.citizen_says(kOne, "hallo?");
  EXPECT_EQ(live_events, 2u);
}

TEST_F(DeskViewTest, PassesOnTheTypingOfTheHolderAlone) {
  world.citizen_waits(kOne);
  world.view->agent_types(kKari, kOne);
  EXPECT_EQ(agent_typing, 0);
  world.take(kKari, kOne);
  world.view->agent_types(kOla, kOne);
  EXPECT_EQ(agent_typing, 0);
  world.view->agent_types(kKari, kOne);
  EXPECT_EQ(agent_typing, 1);
}

TEST_F(DeskViewTest, AMessageSentAgainIsStoredOnce) {
  world.citizen_waits(kOne);
  world.take(kKari, kOne);
  std::vector<Accepted> answers;
  for (int i = 0; i < 2; ++i) {
    world.view->say(kKari, kOne, ClientId{"same"}, "hei",
                    [&](auto outcome) { answers.push_back(std::get<Accepted>(outcome)); });
    world.executor.run();
  }
  EXPECT_EQ(answers[0].seq, answers[1].seq);
  EXPECT_TRUE(answers[1].repeated);
}

TEST_F(DeskViewTest, ForgetsConversationsThatLeftLongAgo) {
  world.view = std::make_unique<DeskView>(
      world.conversations, world.directory, world.typing, [this] { return world.release; },
      DeskView::Limits{.opened_max = 2});
  for (int i = 1; i <= 5; ++i) {
    const ConversationId id{i};
    world.citizen_waits(id);
    world.take(kKari, id);
    world.close(kKari, id);
  }
  EXPECT_FALSE(world.view->card(kKari, ConversationId{1}));
  EXPECT_TRUE(world.view->card(kKari, ConversationId{5}));
  EXPECT_TRUE(std::holds_alternative<DeskView::Opened>(world.open(kKari, ConversationId{1})));
}

}  // namespace
}  // namespace svar::service
