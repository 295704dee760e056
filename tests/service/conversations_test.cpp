#include "bot/service/turn/conversations.h"

#include <gtest/gtest.h>

#include "bot/service/timers/sweeps.h"
#include "bot/store/memory_event_store.h"
#include "tests/engine/scripted_answering.h"
#include "tests/service/fakes.h"
#include "tests/service/meddling_store.h"

namespace svar::service {
namespace {

const Time kNoon{std::chrono::milliseconds{1'795'518'000'000}};
const ConversationId kOne{1};

class ConversationsTest : public testing::Test, public ConversationObserver {
 protected:
  ConversationsTest() { conversations.add_observer(*this); }

  void appended(ConversationId, const std::vector<Recorded>& events, const Conversation&) override {
    for (const auto& recorded : events) told.push_back(recorded);
  }

  SubmitOutcome submit(Input input, Acceptance acceptance = Acceptance::with_outcome) {
    std::optional<SubmitOutcome> outcome;
    conversations.submit(kOne, opening, std::move(input), acceptance,
                         [&](SubmitOutcome given) { outcome = std::move(given); });
    EXPECT_TRUE(executor.run_until([&] { return outcome.has_value(); }));
    return *outcome;
  }
  static Input says(const char* id, const char* text) { return CitizenSays{ClientId{id}, text}; }
  static Seq accepted(const SubmitOutcome& outcome) {
    const auto* given = std::get_if<Accepted>(&outcome);
    EXPECT_TRUE(given);
    return given ? given->seq : Seq{};
  }
  static RefusalCode refused(const SubmitOutcome& outcome) {
    const auto* given = std::get_if<Refused>(&outcome);
    EXPECT_TRUE(given);
    return given ? given->code : RefusalCode{};
  }
  template <class Kind>
  int told_of() const {
    return static_cast<int>(std::count_if(told.begin(), told.end(), [](const Recorded& each) {
      return std::holds_alternative<Kind>(each.event);
    }));
  }
  std::vector<Recorded> log() {
    std::vector<Recorded> read;
    bool done = false;
    memory.load(kOne, Seq{}, [&](Result<std::vector<Recorded>, StoreError> all) {
      read = *all;
      done = true;
    });
    executor.run_until([&] { return done; });
    return read;
  }
  // Another process appends to the same log behind this one's back.
  void meddle(Event event, Owner owner) {
    const auto last = log().back().seq;
    memory.append({kOne, last, kNoon, new_events(last, kNoon, {std::move(event)}), {{}, owner, {}}},
                  [](const auto&) {});
  }

  fakes::ManualExecutor executor;
  fakes::ManualClock clock{kNoon};
  store::MemoryEventStore memory{executor};
  MeddlingStore meddling{memory};
  std::shared_ptr<const engine::Release> release =
      std::make_shared<engine::Release>(fakes::scripted_release());
  Conversations conversations{meddling, executor, clock, [this] { return release; }, {4, 100, 3}};
  Sweeps sweeps{conversations, memory, clock, {}};
  std::optional<Opening> opening{{SiteId{"osteroy"}, Language::nn, "webchat", "", ""}};
  std::vector<Recorded> told;
};

TEST_F(ConversationsTest, StoresAWebChatTurnInOneAppend) {
  EXPECT_EQ(accepted(submit(says("c1", "hei"))), Seq{3});
  EXPECT_EQ(meddling.appends, 1);
  EXPECT_EQ(told_of<BotReplied>(), 1);
}

TEST_F(ConversationsTest, AsksTheStoreNothingAboutAConversationThatIsNew) {
  conversations.expect_new(kOne);
  EXPECT_EQ(accepted(submit(says("c1", "hei"))), Seq{3});
  EXPECT_EQ(meddling.loads, 0);
}

TEST_F(ConversationsTest, FindsOutWhenAConversationExpectedToBeNewIsNot) {
  Conversations elsewhere{memory, executor, clock, [this] { return release; }, {}};
  bool stored = false;
  elsewhere.submit(kOne, opening, says("c1", "hei"), Acceptance::with_outcome,
                   [&](const auto&) { stored = true; });
  ASSERT_TRUE(executor.run_until([&] { return stored; }));
  conversations.expect_new(kOne);
  const auto again = submit(says("c1", "hei"));
  EXPECT_EQ(accepted(again), Seq{3});
  EXPECT_TRUE(std::get<Accepted>(again).repeated);
  EXPECT_EQ(accepted(submit(says("c2", "hei att"))), Seq{5});
}

TEST_F(ConversationsTest, TellsObserversExactlyWhatTheLogHolds) {
  submit(says("c1", "hei"));
  submit(CitizenAsksForPerson{ClientId{"p1"}});
  EXPECT_EQ(told, log());
}

TEST_F(ConversationsTest, AcknowledgesARepeatedMessageWithItsFirstSeqAndAppendsNothing) {
  const auto first = accepted(submit(says("c1", "hei")));
  const auto again = submit(says("c1", "hei"));
  EXPECT_EQ(accepted(again), first);
  EXPECT_TRUE(std::get<Accepted>(again).repeated);
  EXPECT_EQ(meddling.appends, 1);
}

TEST_F(ConversationsTest, AcknowledgesARepeatAlsoWhileTheFirstAppendIsPending) {
  std::vector<Seq> seqs;
  for (int i = 0; i < 3; ++i) {
    conversations.submit(kOne, opening, says("c1", "hei"), Acceptance::with_outcome,
                         [&](SubmitOutcome outcome) { seqs.push_back(accepted(outcome)); });
  }
  ASSERT_TRUE(executor.run_until([&] { return seqs.size() == 3; }));
  EXPECT_EQ(seqs, (std::vector<Seq>{Seq{3}, Seq{3}, Seq{3}}));
  EXPECT_EQ(told_of<CitizenSpoke>(), 1);
}

TEST_F(ConversationsTest, GivesBackTheStoredTextWhenItWasMasked) {
  const auto outcome = submit(says("c1", "eg er 05859512366"));
  const auto& stored = std::get<Accepted>(outcome).text;
  EXPECT_FALSE(stored.empty());
  EXPECT_EQ(stored.find("05859512366"), std::string::npos);
  EXPECT_EQ(std::get<Accepted>(submit(says("c1", "eg er 05859512366"))).text, stored);
}

TEST_F(ConversationsTest, DecidesAgainWhenAnotherProcessAppendedFirst) {
  submit(says("c1", "hei"));
  meddling.before_append = [&] { meddle(LanguageSet{Language::nb}, Owner::bot); };
  EXPECT_EQ(accepted(submit(says("c2", "hei att"))), Seq{6});
  EXPECT_EQ(log().size(), 7u);
}

TEST_F(ConversationsTest, DropsTheBotsAnswerWhenAnAgentTookOverMeanwhile) {
  submit(says("c1", "hei"));
  // The agent takes over, in another process, between the decision and its append.
  meddling.before_append = [&] { meddle(AgentJoined{AgentId{"kari"}, "Kari", ""}, Owner::agent); };
  submit(says("c2", "når vert bosset tømt"));
  EXPECT_EQ(told_of<BotReplied>(), 1) << "only the answer from before the take-over";
  EXPECT_TRUE(std::holds_alternative<CitizenSpoke>(log().back().event));
}

TEST_F(ConversationsTest, HoldsTheOutcomeOfAnAcceptedMessageUntilItsTurnAndDropsItAfterATakeOver) {
  submit(says("c1", "hei"));
  bool words_stored = false;
  conversations.submit(kOne, opening, says("c2", "når"), Acceptance::words_first, [&](const auto&) {
    words_stored = true;
    // Before the outcome is appended, the agent of another process has the conversation.
    meddling.before_append = [&] {
      meddle(AgentJoined{AgentId{"kari"}, "Kari", ""}, Owner::agent);
    };
  });
  ASSERT_TRUE(executor.run_until([&] { return words_stored; }));
  executor.run();
  EXPECT_EQ(told_of<BotReplied>(), 1);
}

TEST_F(ConversationsTest, AnswersWordsThatWereStoredFirstInASecondAppend) {
  submit(says("c1", "hei"), Acceptance::words_first);
  executor.run();
  EXPECT_EQ(meddling.appends, 2);
  EXPECT_EQ(told_of<BotReplied>(), 1);
}

TEST_F(ConversationsTest, AnswersWhatACrashLeftDueBeforeTheWordsThatComeNext) {
  Conversation after;
  const std::vector<Event> events{
      ConversationOpened{SiteId{"osteroy"}, Language::nn, "telegram", "1", "", ""},
      ControllerSet{MunicipalityId{"osteroy"}}, CitizenSpoke{ClientId{"c1"}, "hei", false}};
  for (const auto& event : events) evolve(after, {Seq{after.last_seq.value + 1}, kNoon, event});
  memory.append({kOne, Seq{}, kNoon, new_events(Seq{}, kNoon, events), row_of(after)},
                [](const auto&) {});
  submit(says("c2", "når"), Acceptance::words_first);
  executor.run();
  EXPECT_EQ(told_of<BotReplied>(), 2) << "each of the two is answered";
  submit(says("c1", "hei"), Acceptance::words_first);
  executor.run();
  EXPECT_EQ(told_of<BotReplied>(), 2) << "and once";
}

TEST_F(ConversationsTest, AnswersOnceWhatACrashLeftDue) {
  // What a process that died between the two appends left behind.
  Conversation after;
  const std::vector<Event> events{
      ConversationOpened{SiteId{"osteroy"}, Language::nn, "webchat", "1", "", ""},
      ControllerSet{MunicipalityId{"osteroy"}}, CitizenSpoke{ClientId{"c1"}, "hei", false}};
  for (const auto& event : events) evolve(after, {Seq{after.last_seq.value + 1}, kNoon, event});
  memory.append({kOne, Seq{}, kNoon, new_events(Seq{}, kNoon, events), row_of(after)},
                [](const auto&) {});
  for (int i = 0; i < 3; ++i) {
    bool done = false;
    sweeps.sweep([&] { done = true; });
    ASSERT_TRUE(executor.run_until([&] { return done; }));
  }
  EXPECT_EQ(told_of<BotReplied>(), 1);
}

TEST_F(ConversationsTest, ClosesASilentConversationOfTheBotButNeverOneThatWaits) {
  submit(says("c1", "hei"));
  clock.advance(std::chrono::minutes{31});
  bool done = false;
  sweeps.sweep([&] { done = true; });
  ASSERT_TRUE(executor.run_until([&] { return done; }));
  EXPECT_EQ(told_of<ConversationClosed>(), 1);

  submit(says("c2", "hei att"));
  submit(CitizenAsksForPerson{ClientId{"p1"}});
  clock.advance(std::chrono::hours{24});
  done = false;
  sweeps.sweep([&] { done = true; });
  ASSERT_TRUE(executor.run_until([&] { return done; }));
  EXPECT_EQ(told_of<ConversationClosed>(), 1);
}

TEST_F(ConversationsTest, ErasesAClosedConversationWhenItHasBeenKeptAsLongAsWasPromised) {
  Sweeps::Options options;
  options.retention = [] { return std::vector<Sweeps::Retention>{{MunicipalityId{"osteroy"}}}; };
  Sweeps keeping{conversations, memory, clock, options};
  const auto sweep = [&] {
    bool done = false;
    keeping.sweep([&] { done = true; });
    ASSERT_TRUE(executor.run_until([&] { return done; }));
  };
  submit(says("c1", "hei"));
  submit(CitizenCloses{ClientId{"e1"}});
  clock.advance(std::chrono::days{29});
  sweep();
  EXPECT_EQ(told_of<Erased>(), 0);
  clock.advance(std::chrono::days{2});
  sweep();
  clock.advance(std::chrono::hours{2});
  sweep();
  EXPECT_EQ(told_of<Erased>(), 1) << "once, and never again";
}

TEST_F(ConversationsTest,
       ErasesWhatTheDeskNeverClosedWhenNothingHasHappenedForAsLongAsWasPromised) {
  Sweeps::Options options;
  options.retention = [] { return std::vector<Sweeps::Retention>{{MunicipalityId{"osteroy"}}}; };
  Sweeps keeping{conversations, memory, clock, options};
  const auto sweep = [&] {
    bool done = false;
    keeping.sweep([&] { done = true; });
    ASSERT_TRUE(executor.run_until([&] { return done; }));
  };
  submit(says("c1", "hei"));
  submit(CitizenAsksForPerson{ClientId{"p1"}});
  clock.advance(std::chrono::days{20});
  submit(says("c2", "er det nokon der?"));
  clock.advance(std::chrono::days{20});
  sweep();
  EXPECT_EQ(told_of<Erased>(), 0) << "something was said 20 days ago";
  clock.advance(std::chrono::days{11});
  sweep();
  EXPECT_EQ(told_of<ConversationClosed>(), 1);
  EXPECT_EQ(told_of<Erased>(), 1);
}

TEST_F(ConversationsTest, KeepsWhatAPersonHadForAsLongAsThatWasPromised) {
  Sweeps::Options options;
  options.retention = [] {
    return std::vector<Sweeps::Retention>{
        {MunicipalityId{"osteroy"}, std::chrono::days{30}, std::chrono::days{90}}};
  };
  Sweeps keeping{conversations, memory, clock, options};
  const auto sweep = [&] {
    bool done = false;
    keeping.sweep([&] { done = true; });
    ASSERT_TRUE(executor.run_until([&] { return done; }));
  };
  submit(says("c1", "hei"));
  submit(CitizenAsksForPerson{ClientId{"p1"}});
  submit(AgentTakes{AgentId{"kari"}, "Kari"});
  submit(AgentCloses{AgentId{"kari"}, ClientId{"k1"}});
  clock.advance(std::chrono::days{80});
  sweep();
  EXPECT_EQ(told_of<Erased>(), 0);
  clock.advance(std::chrono::days{11});
  sweep();
  EXPECT_EQ(told_of<Erased>(), 1);
}

TEST_F(ConversationsTest, SaysUnavailableWhenTheStoreFailsAndLosesNothingOnTheSecondTry) {
  meddling.failures_left = 1;
  const auto failed = submit(says("c1", "hei"));
  EXPECT_EQ(refused(failed), RefusalCode::unavailable);
  EXPECT_GT(std::get<Refused>(failed).retry_after_ms, 0);
  EXPECT_EQ(accepted(submit(says("c1", "hei"))), Seq{3}) << "it had been committed after all";
  EXPECT_EQ(log().size(), 4u);
}

TEST_F(ConversationsTest, RefusesMoreThanItsInboxHolds) {
  std::vector<SubmitOutcome> outcomes;
  for (int i = 0; i < 10; ++i) {
    conversations.submit(kOne, opening, says(("c" + std::to_string(i)).c_str(), "hei"),
                         Acceptance::with_outcome,
                         [&](SubmitOutcome outcome) { outcomes.push_back(std::move(outcome)); });
  }
  ASSERT_TRUE(executor.run_until([&] { return outcomes.size() == 10; }));
  const auto refused_count = std::count_if(outcomes.begin(), outcomes.end(), [](const auto& each) {
    return std::holds_alternative<Refused>(each);
  });
  EXPECT_EQ(refused_count, 6);
}

TEST_F(ConversationsTest, KeepsTheOrderInWhichMessagesCame) {
  std::vector<Seq> seqs;
  for (const char* id : {"c1", "c2", "c3"}) {
    conversations.submit(kOne, opening, says(id, id), Acceptance::with_outcome,
                         [&](SubmitOutcome outcome) { seqs.push_back(accepted(outcome)); });
  }
  ASSERT_TRUE(executor.run_until([&] { return seqs.size() == 3; }));
  EXPECT_TRUE(std::is_sorted(seqs.begin(), seqs.end()));
}

TEST_F(ConversationsTest, FoldsTheSameStateFromTheLogAsItKeptInMemory) {
  submit(says("c1", "kva"));
  submit(CitizenChooses{ClientId{"c2"}, "other"});
  submit(CitizenAsksForPerson{ClientId{"p1"}});
  std::optional<Conversation> kept;
  conversations.state(kOne, [&](const auto& state) { kept = *state; });
  ASSERT_TRUE(executor.run_until([&] { return kept.has_value(); }));
  Conversation folded;
  for (const auto& recorded : log()) evolve(folded, recorded);
  EXPECT_EQ(*kept, folded);
}

TEST_F(ConversationsTest, ForgetsTheLeastRecentlyUsedStatesAndLoadsThemAgain) {
  int done = 0;
  for (int i = 1; i <= 250; ++i) {
    conversations.submit(ConversationId{i}, opening, says("c1", "hei"), Acceptance::with_outcome,
                         [&](const auto&) { ++done; });
  }
  ASSERT_TRUE(executor.run_until([&] { return done == 250; }));
  EXPECT_EQ(accepted(submit(says("c2", "hei att"))), Seq{5});
}

TEST_F(ConversationsTest, ErasesEverythingTheCitizenWrote) {
  submit(says("c1", "kanarifugl"));
  submit(CitizenDeletes{ClientId{"d1"}});
  for (const auto& recorded : log()) {
    if (const auto* spoke = std::get_if<CitizenSpoke>(&recorded.event)) {
      EXPECT_EQ(spoke->text, "");
    }
  }
  EXPECT_EQ(refused(submit(says("c2", "hei"))), RefusalCode::not_open);
}

TEST_F(ConversationsTest, FinishesWhatIsUnderWayBeforeItDrainsAndRefusesTheRest) {
  int finished = 0;
  conversations.submit(
      kOne, opening, says("c1", "hei"), Acceptance::with_outcome,
      [&](const auto& outcome) { finished += std::holds_alternative<Accepted>(outcome); });
  bool drained = false;
  conversations.drain([&] { drained = true; });
  EXPECT_EQ(refused(submit(says("c2", "hei"))), RefusalCode::unavailable);
  ASSERT_TRUE(executor.run_until([&] { return drained; }));
  EXPECT_EQ(finished, 1);
}

}  // namespace
}  // namespace svar::service
