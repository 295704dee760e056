#include "bot/engine/decide.h"

#include <gtest/gtest.h>

#include "tests/engine/scripted_answering.h"

namespace svar::engine {
namespace {

const Time kNoon{std::chrono::milliseconds{1'795'518'000'000}};  // a Tuesday

class Decide : public testing::Test {
 protected:
  // Decides with the outcome and folds what follows into `state`.
  std::vector<Event> take(const Input& input,
                          const std::optional<Opening>& opening = std::nullopt) {
    return apply(decide_with_outcome(state, opening, input, release, kNoon));
  }
  // The same in two steps: first the words, the outcome later.
  std::vector<Event> take_words(const Input& input) {
    return apply(decide(state, opening_at("osteroy"), input, release, kNoon));
  }
  std::vector<Event> apply(const Decision& decision) {
    const auto* decided = std::get_if<Events>(&decision);
    if (!decided) return {};
    for (const Event& event : decided->events) {
      evolve(state, {Seq{state.last_seq.value + 1}, kNoon, event});
    }
    return decided->events;
  }
  static Opening opening_at(const char* site) {
    return {SiteId{site}, Language::nn, "webchat", "", ""};
  }
  void open() { take(says("c1", "hei"), opening_at("osteroy")); }
  void hand_over() {
    open();
    take(CitizenAsksForPerson{ClientId{"p1"}});
  }
  void hand_to(const char* agent) {
    hand_over();
    take(AgentTakes{AgentId{agent}, agent});
  }
  static Input says(const char* id, const char* text) { return CitizenSays{ClientId{id}, text}; }
  Refusal refused(const Input& input) {
    const auto decision = decide_with_outcome(state, std::nullopt, input, release, kNoon);
    const auto* rejected = std::get_if<Rejected>(&decision);
    EXPECT_TRUE(rejected) << "was not refused";
    return rejected ? rejected->why : Refusal{};
  }
  void open_desk() {
    for (auto& [id, municipality] : release.municipalities) {
      municipality.open = {{kNoon - std::chrono::hours{1}, kNoon + std::chrono::hours{1}}};
    }
  }

  Release release = fakes::scripted_release();
  Conversation state;
};

template <class Kind>
int count(const std::vector<Event>& events) {
  return static_cast<int>(std::count_if(events.begin(), events.end(), [](const Event& event) {
    return std::holds_alternative<Kind>(event);
  }));
}

template <class Kind>
const Kind& only(const std::vector<Event>& events) {
  EXPECT_EQ(count<Kind>(events), 1);
  for (const Event& event : events) {
    if (const auto* found = std::get_if<Kind>(&event)) return *found;
  }
  static const Kind kNone{};
  return kNone;
}

TEST_F(Decide, OpensStoresAndAnswersInOnePiece) {
  const auto events = take(says("c1", "når vert bosset tømt"), opening_at("osteroy"));
  ASSERT_EQ(events.size(), 4u);
  EXPECT_EQ(only<ControllerSet>(events).municipality, MunicipalityId{"osteroy"});
  EXPECT_EQ(only<CitizenSpoke>(events).text, "når vert bosset tømt");
  EXPECT_EQ(only<BotReplied>(events).reply_to, ClientId{"c1"});
  EXPECT_EQ(only<BotReplied>(events).release, ReleaseNumber{7});
}

TEST_F(Decide, SaysNothingTwiceForTheSameMessage) {
  open();
  const auto again = decide_with_outcome(state, std::nullopt, says("c1", "hei"), release, kNoon);
  ASSERT_TRUE(std::holds_alternative<AlreadyAccepted>(again));
  EXPECT_EQ(std::get<AlreadyAccepted>(again).first, Seq{3});
}

TEST_F(Decide, YieldsNothingTheSecondTimeAnOutcomeIsDecided) {
  take_words(says("c1", "hei"));
  EXPECT_EQ(take(AnswerFallsDue{}).size(), 1u);
  EXPECT_TRUE(take(AnswerFallsDue{}).empty());
}

TEST_F(Decide, GivesTheSameEventsInOneAppendAsInTwo) {
  const auto together = take(says("c1", "hei"), opening_at("osteroy"));
  state = {};
  auto apart = take_words(says("c1", "hei"));
  for (Event& event : take(AnswerFallsDue{})) apart.push_back(std::move(event));
  EXPECT_EQ(together, apart);
}

TEST_F(Decide, HoldsTheBotsAnswerBackOnceAnAgentHasTakenOver) {
  take_words(says("c1", "når vert bosset tømt"));
  take(AgentTakes{AgentId{"kari"}, "Kari"});
  EXPECT_TRUE(take(AnswerFallsDue{}).empty());
}

TEST_F(Decide, RefusesAWordInAConversationNobodyOpened) {
  EXPECT_EQ(refused(says("c1", "hei")), Refusal::unknown);
}

TEST_F(Decide, RefusesEmptyAndEndlessText) {
  open();
  EXPECT_EQ(refused(says("c2", " \n\t ")), Refusal::empty);
  const std::string endless(4'001, 'a');
  EXPECT_EQ(refused(CitizenSays{ClientId{"c3"}, endless}), Refusal::too_long);
  EXPECT_EQ(count<CitizenSpoke>(take(CitizenSays{ClientId{"c4"}, std::string(4'000, 'a')})), 1);
}

TEST_F(Decide, CountsCodePointsNotBytesOfALongText) {
  open();
  std::string text;
  for (int i = 0; i < 4'000; ++i) text += "å";
  EXPECT_EQ(count<CitizenSpoke>(take(CitizenSays{ClientId{"c2"}, text})), 1);
}

TEST_F(Decide, MasksANationalIdentityNumberBeforeAnyEventHoldsItAndSaysSo) {
  open();
  const auto events = take(says("c2", "eg er 05859512366"));
  EXPECT_EQ(only<CitizenSpoke>(events).text.find("05859512366"), std::string::npos);
  EXPECT_TRUE(only<CitizenSpoke>(events).masked);
  EXPECT_EQ(only<SystemNoticed>(events).text, "masked_identity");
}

TEST_F(Decide, SaysOnceOfEachKindWhatItHid) {
  open();
  const auto events = take(says("c2", "05859512366, 02920710061 og kort 4111111111111111"));
  EXPECT_EQ(only<SystemNoticed>(events).text, "masked_identity masked_card");
}

TEST_F(Decide, MasksThePagesAddressAndTitleToo) {
  Opening opening = opening_at("osteroy");
  opening.page_title = "Sak for 05859512366";
  opening.page_url = "https://x.no/05859512366?fnr=05859512366#05859512366";
  const auto events = take(says("c1", "hei"), opening);
  EXPECT_EQ(only<ConversationOpened>(events).page_title, "Sak for •••••••••••");
  EXPECT_EQ(only<ConversationOpened>(events).page_url, "https://x.no/•••••••••••");
}

TEST_F(Decide, MasksTheWordsOfARatingAndNames) {
  open();
  EXPECT_EQ(only<CitizenRated>(take(CitizenRates{ClientId{"r"}, 4, "05859512366"})).text,
            "•••••••••••");
  take(CitizenAsksForPerson{ClientId{"p1"}});
  EXPECT_EQ(only<AgentJoined>(take(AgentTakes{AgentId{"kari"}, "Kari 05859512366"})).name,
            "Kari •••••••••••");
}

TEST_F(Decide, LetsAnAgentTellAnAccountToPayTo) {
  hand_to("kari");
  const auto events = take(AgentSays{AgentId{"kari"}, "kari", ClientId{"a1"}, "9999.12.34566"});
  EXPECT_EQ(only<AgentSpoke>(events).text, "9999.12.34566");
}

TEST_F(Decide, HidesANumberThatComesInTwoMessagesAndEmptiesTheFirst) {
  open();
  const auto first = take(says("c2", "eg er fødd 058595"));
  EXPECT_FALSE(only<CitizenSpoke>(first).masked);
  const Seq date = *state.begun_number;
  const auto events = take(says("c3", "12366 takk"));
  EXPECT_EQ(only<CitizenSpoke>(events).text, "••••• takk");
  EXPECT_TRUE(only<CitizenSpoke>(events).masked);
  EXPECT_EQ(only<Redacted>(events).seqs, std::vector{date});
  EXPECT_EQ(only<SystemNoticed>(events).text, "masked_halves");
}

TEST_F(Decide, HidesANumberInTwoMessagesWhoeverOwnsTheConversation) {
  hand_to("kari");
  take(says("c2", "058595"));
  take(AgentSays{AgentId{"kari"}, "kari", ClientId{"a1"}, "og resten?"});
  EXPECT_EQ(count<Redacted>(take(says("c3", "123 66"))), 1);
}

TEST_F(Decide, LeavesFiveDigitsThatCompleteNothing) {
  open();
  take(says("c2", "058595"));
  EXPECT_EQ(count<Redacted>(take(says("c3", "målaren viser 12366"))), 0);
  EXPECT_EQ(count<Redacted>(take(says("c4", "12366"))), 0);  // not the next message any more
  take(says("c5", "998877"));
  EXPECT_EQ(only<CitizenSpoke>(take(says("c6", "12366"))).text, "12366");
}

TEST_F(Decide, HandsOverWhenTheButtonForAPersonIsPressed) {
  open();
  open_desk();
  const auto events = take(CitizenAsksForPerson{ClientId{"p1"}});
  EXPECT_EQ(only<HandoffRequested>(events).text, "handoff_asked");
  EXPECT_EQ(state.owner, Owner::queue);
}

TEST_F(Decide, HandsOverWhenTheWordsAskForAPerson) {
  open();
  EXPECT_EQ(only<HandoffRequested>(take(says("c2", "person"))).reason, HandoffReason::asked);
}

TEST_F(Decide, SaysWhenTheDeskOpensNextWhenNobodyIsAtWork) {
  open();
  const auto opens =
      Time{std::chrono::sys_days{std::chrono::year{2026} / 11 / 25} + std::chrono::hours{8}};
  release.municipalities[MunicipalityId{"osteroy"}].open = {{opens, opens + std::chrono::hours{6}}};
  EXPECT_EQ(only<HandoffRequested>(take(CitizenAsksForPerson{ClientId{"p1"}})).text,
            "handoff_closed onsdag 25.11.2026 kl. 09.00");
}

TEST_F(Decide, IsSilentWhileTheQueueOwnsTheConversation) {
  hand_over();
  EXPECT_EQ(count<BotReplied>(take(says("c2", "er nokon der"))), 0);
  EXPECT_EQ(count<HandoffRequested>(take(CitizenAsksForPerson{ClientId{"p2"}})), 0);
}

TEST_F(Decide, TakesWhoSaysThatNoPersonIsNeededOutOfTheQueue) {
  hand_over();
  const auto events = take(says("c2", "fann det sjølv"));
  EXPECT_EQ(only<CitizenReturnedToBot>(events).text, "handoff_cancelled");
  EXPECT_EQ(count<BotReplied>(events), 0);
  EXPECT_EQ(state.owner, Owner::bot);
}

TEST_F(Decide, LetsNobodyLeaveTheQueueByWordsWhoWasInDangerOrSentAForm) {
  hand_over();
  state.handoff_reason = HandoffReason::form;
  EXPECT_EQ(count<CitizenReturnedToBot>(take(says("c2", "fann det sjølv"))), 0);
  state.handoff_reason = HandoffReason::asked;
  state.safety_flag = SafetyKind::violence;
  EXPECT_EQ(count<CitizenReturnedToBot>(take(says("c3", "fann det sjølv"))), 0);
  EXPECT_EQ(state.owner, Owner::queue);
}

TEST_F(Decide, LeavesAnAgentsConversationToTheAgent) {
  hand_to("kari");
  EXPECT_EQ(take(says("c2", "fann det sjølv")).size(), 1u);
}

TEST_F(Decide, IsSilentWhileAnAgentOwnsTheConversation) {
  hand_to("kari");
  const auto events = take(says("c2", "når vert bosset tømt"));
  EXPECT_EQ(events.size(), 1u);
}

TEST_F(Decide, NeverKeepsSilentAboutDangerButSaysItOnce) {
  hand_to("kari");
  EXPECT_EQ(only<SystemNoticed>(take(says("c2", "brann"))).safety, SafetyKind::fire);
  EXPECT_EQ(count<SystemNoticed>(take(says("c3", "brann"))), 0);
  EXPECT_EQ(state.safety_flag, SafetyKind::fire);
}

TEST_F(Decide, OffersAPersonInsteadOfTheSameSafetyTextTwice) {
  open();
  EXPECT_EQ(only<BotReplied>(take(says("c2", "brann"))).text, "svar: brann");
  EXPECT_EQ(only<BotReplied>(take(says("c3", "brann"))).text, "offer_person");
}

TEST_F(Decide, LetsOneAgentWinAndTellsTheOtherByName) {
  hand_to("kari");
  const auto decision =
      decide(state, std::nullopt, AgentTakes{AgentId{"ola"}, "Ola"}, release, kNoon);
  ASSERT_TRUE(std::holds_alternative<Rejected>(decision));
  EXPECT_EQ(std::get<Rejected>(decision).held_by, "kari");
  EXPECT_TRUE(take(AgentTakes{AgentId{"kari"}, "kari"}).empty()) << "taking twice changes nothing";
}

TEST_F(Decide, LetsNoAgentWriteWhoHasNotTakenTheConversation) {
  hand_over();
  EXPECT_EQ(refused(AgentSays{AgentId{"kari"}, "Kari", ClientId{"a1"}, "hei"}), Refusal::not_yours);
  take(AgentTakes{AgentId{"kari"}, "Kari"});
  EXPECT_EQ(refused(AgentSays{AgentId{"ola"}, "Ola", ClientId{"a1"}, "hei"}), Refusal::not_yours);
  EXPECT_EQ(count<AgentSpoke>(take(AgentSays{AgentId{"kari"}, "Kari", ClientId{"a1"}, "hei"})), 1);
}

TEST_F(Decide, AnswersAgainWhenTheAgentHasHandedBack) {
  hand_to("kari");
  take(AgentHandsBack{AgentId{"kari"}, ClientId{"a1"}});
  EXPECT_EQ(count<BotReplied>(take(says("c2", "takk"))), 1);
}

TEST_F(Decide, LetsTheCitizenLeaveTheQueue) {
  hand_over();
  take(CitizenGoesBackToBot{ClientId{"b1"}});
  EXPECT_EQ(state.owner, Owner::bot);
}

TEST_F(Decide, AcceptsOnlyAChoiceThatWasOffered) {
  open();
  EXPECT_EQ(refused(CitizenChooses{ClientId{"c2"}, "article:boss.tommekalender"}),
            Refusal::not_offered);
  take(says("c3", "kva"));
  const auto events = take(CitizenChooses{ClientId{"c4"}, "article:boss.tommekalender"});
  EXPECT_EQ(only<CitizenChose>(events).choice.label, "Tømmekalender");
  EXPECT_EQ(only<BotReplied>(events).text, "val: article:boss.tommekalender");
}

TEST_F(Decide, HandsOverWhenThePersonIsChosen) {
  open();
  take(says("c2", "kva"));
  EXPECT_EQ(count<HandoffRequested>(take(CitizenChooses{ClientId{"c3"}, "person"})), 1);
}

TEST_F(Decide, SettlesTheControllerOnceOnTheCommonSite) {
  auto events = take(says("c1", "hei"), opening_at("felles"));
  EXPECT_EQ(only<ControllerSet>(events).municipality, MunicipalityId{"osteroy"});
  EXPECT_EQ(only<ControllerSet>(take(says("c2", "gulen"))).municipality, MunicipalityId{"gulen"});
  EXPECT_EQ(count<ControllerSet>(take(says("c3", "gulen"))), 0);
}

TEST_F(Decide, ChangesNoControllerOnAMunicipalitysOwnSite) {
  open();
  EXPECT_EQ(count<ControllerSet>(take(says("c2", "gulen"))), 0);
  EXPECT_EQ(state.controller, MunicipalityId{"osteroy"});
}

TEST_F(Decide, ObeysAWishForAnotherLanguage) {
  open();
  EXPECT_EQ(only<LanguageSet>(take(says("c2", "bokmål"))).language, Language::nb);
  EXPECT_EQ(state.language, Language::nb);
}

TEST_F(Decide, ClosesOnlyWhatTheBotOwnsWhenNothingIsSaid) {
  open();
  EXPECT_EQ(count<ConversationClosed>(take(InactivityPasses{kNoon - std::chrono::minutes{1}})), 0);
  EXPECT_EQ(count<ConversationClosed>(take(InactivityPasses{kNoon})), 1);
  state = {};
  hand_over();
  EXPECT_TRUE(take(InactivityPasses{kNoon}).empty());
}

TEST_F(Decide, ReopensAClosedConversationWithTheOldWishForAPersonSpent) {
  hand_to("kari");
  take(AgentCloses{AgentId{"kari"}, ClientId{"a1"}});
  const auto events = take(says("c2", "hei att"));
  EXPECT_EQ(count<ConversationReopened>(events), 1);
  EXPECT_EQ(count<BotReplied>(events), 1);
  EXPECT_EQ(state.owner, Owner::bot);
}

TEST_F(Decide, TakesNothingMoreOnceTheCitizenHasDeletedEverything) {
  open();
  EXPECT_EQ(count<Erased>(take(CitizenDeletes{ClientId{"d1"}})), 1);
  EXPECT_EQ(refused(says("c2", "hei")), Refusal::not_open);
  EXPECT_EQ(refused(AgentTakes{AgentId{"kari"}, "Kari"}), Refusal::not_open);
}

TEST_F(Decide, KeepsARatingWithinItsScale) {
  open();
  EXPECT_EQ(only<CitizenRated>(take(CitizenRates{ClientId{"r1"}, 9, "bra"})).score, 5);
}

}  // namespace
}  // namespace svar::engine
