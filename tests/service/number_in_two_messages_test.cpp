// An identity number written as two messages: neither half stays in a file, and every reader is
// told.
#include <gtest/gtest.h>

#include "bot/service/turn/conversations.h"
#include "tests/engine/scripted_answering.h"
#include "tests/store/store_fixtures.h"

namespace svar::service {
namespace {

const Time kNoon{std::chrono::milliseconds{1'795'518'000'000}};
const ConversationId kOne{1001};

class NumberInTwoMessages : public testing::Test, public ConversationObserver {
 protected:
  NumberInTwoMessages() { conversations_.add_observer(*this); }

  void appended(ConversationId, const std::vector<Recorded>& events, const Conversation&) override {
    told_.insert(told_.end(), events.begin(), events.end());
  }
  // In the queue from the start: the scripted bot repeats what it is told.
  void SetUp() override { submit(CitizenAsksForPerson{ClientId{"p1"}}); }

  void say(const char* id, const std::string& text) { submit(CitizenSays{ClientId{id}, text}); }
  void submit(Input input) {
    bool done = false;
    conversations_.submit(kOne, opening_, std::move(input), Acceptance::with_outcome,
                          [&](const SubmitOutcome& outcome) {
                            EXPECT_TRUE(std::holds_alternative<Accepted>(outcome));
                            done = true;
                          });
    ASSERT_TRUE(executor_.run_until([&] { return done; }));
  }

  store::DataFolder folder_;
  fakes::ManualExecutor executor_;
  fakes::ManualClock clock_{kNoon};
  std::unique_ptr<store::SqliteEventStore> store_ =
      store::open_sqlite({.file = folder_.file()}, executor_);
  std::shared_ptr<const engine::Release> release_ =
      std::make_shared<engine::Release>(fakes::scripted_release());
  Conversations conversations_{*store_, executor_, clock_, [this] { return release_; }, {}};
  std::optional<Opening> opening_{{SiteId{"osteroy"}, Language::nn, "webchat", "", ""}};
  std::vector<Recorded> told_;
};

TEST_F(NumberInTwoMessages, IsInNoFileOnceTheSecondCame) {
  say("c1", "eg er kanarifugl, 058595");
  ASSERT_FALSE(folder_.files_with("058595").empty()) << "the test would prove nothing";
  say("c2", "12366 takk");
  EXPECT_TRUE(folder_.files_with("058595").empty());
  EXPECT_TRUE(folder_.files_with("12366").empty());
  EXPECT_FALSE(folder_.files_with(" takk").empty()) << "only the five are hidden";
}

TEST_F(NumberInTwoMessages, IsToldToEveryReaderInTheSameAppend) {
  say("c1", "058595");
  const Seq date = told_.back().seq;
  told_.clear();
  say("c2", "12366");
  ASSERT_EQ(told_.size(), 3U);
  EXPECT_EQ(std::get<CitizenSpoke>(told_[0].event).text, "•••••");
  EXPECT_EQ(std::get<Redacted>(told_[2].event).seqs, std::vector{date});
}

TEST_F(NumberInTwoMessages, StaysWhenWhatFollowsIsAnotherNumber) {
  say("c1", "058595");
  say("c2", "målaren viser 12366");
  EXPECT_FALSE(folder_.files_with("058595").empty());
}

}  // namespace
}  // namespace svar::service
