// From the last word to nothing left: a conversation's words go when it has been kept as long as
// was promised, the rest some time later, and the month's figures never change.
#include <gtest/gtest.h>

#include "bot/service/report/count_rows.h"
#include "bot/service/timers/sweeps.h"
#include "bot/store/log_verification.h"
#include "bot/store/removal/conversation_remover.h"
#include "bot/store/removal/month_count_rows.h"
#include "tests/engine/scripted_answering.h"
#include "tests/store/store_fixtures.h"

namespace svar::service {
namespace {

using std::chrono::days;

const Time kNoon{std::chrono::milliseconds{1'795'518'000'000}};
const MunicipalityId kOsteroy{"osteroy"};

class Retaining : public testing::Test {
 protected:
  void submit(ConversationId conversation, Input input) {
    bool done = false;
    conversations_.submit(conversation, opening_, std::move(input), Acceptance::with_outcome,
                          [&](const SubmitOutcome& outcome) {
                            EXPECT_TRUE(std::holds_alternative<Accepted>(outcome));
                            done = true;
                          });
    ASSERT_TRUE(executor_.run_until([&] { return done; }));
  }
  // Something said, and somebody who helped.
  void hold(ConversationId conversation) {
    submit(conversation, CitizenSays{ClientId{"c1"}, "kanarifugl"});
    submit(conversation, CitizenAsksForPerson{ClientId{"p1"}});
    clock_.advance(std::chrono::seconds{40});
    submit(conversation, AgentTakes{AgentId{"kari"}, "Grønfink"});
    submit(conversation, AgentSays{AgentId{"kari"}, "Grønfink", ClientId{"a1"}, "kanarifugl òg"});
    submit(conversation, AgentCloses{AgentId{"kari"}, ClientId{"k1"}});
  }
  void sweep() {
    bool done = false;
    sweeps_.sweep([&] { done = true; });
    ASSERT_TRUE(executor_.run_until([&] { return done; }));
  }
  Sweeps::Options options() {
    Sweeps::Options options;
    options.retention = [] { return std::vector<Sweeps::Retention>{{kOsteroy}}; };
    options.removed_after = days{30};
    options.remove_erased = [this](Time last_at_max, std::function<void()> done) {
      ++asked_to_remove_;
      remover_.remove(last_at_max, [this, done](const Result<std::int64_t, StoreError>& removed) {
        EXPECT_TRUE(removed);
        removed_ += removed ? *removed : 0;
        done();
      });
    };
    return options;
  }
  // As `svarsentral report` counts: what is kept and what the log has.
  MonthCounts november() {
    auto connection = store::Connection::open(folder_.file(), store::OpenMode::write);
    auto counts = *store::read_month_counts(*connection, std::chrono::year{2026} / 11);
    MonthReport report(std::chrono::year{2026} / 11);
    store::Calls calls(*store_, executor_);
    for (const LoggedEvent& event : calls.read_all()) report.add(event);
    MonthCounts sum = counts[kOsteroy]["webchat"];
    auto counted = report.counts();
    add(sum, counted[kOsteroy]["webchat"]);
    return sum;
  }

  store::DataFolder folder_;
  fakes::ManualExecutor executor_;
  fakes::ManualClock clock_{kNoon};
  std::unique_ptr<store::SqliteEventStore> store_ =
      store::open_sqlite({.file = folder_.file()}, executor_);
  std::shared_ptr<const engine::Release> release_ =
      std::make_shared<engine::Release>(fakes::scripted_release());
  Conversations conversations_{*store_, executor_, clock_, [this] { return release_; }, {}};
  store::ConversationRemover remover_{*store_, [] { return Position{1'000'000}; }};
  std::int64_t removed_ = 0;
  int asked_to_remove_ = 0;
  Sweeps sweeps_{conversations_, *store_, clock_, options()};
  std::optional<Opening> opening_{{SiteId{"osteroy"}, Language::nn, "webchat", "", ""}};
};

TEST_F(Retaining, EmptiesTheWordsThenTakesTheRestAndLeavesTheFiguresAsTheyWere) {
  hold(ConversationId{1001});
  hold(ConversationId{2002});
  const MonthCounts figures = november();
  EXPECT_EQ(figures.sums.accepted, 2);
  ASSERT_FALSE(folder_.files_with("kanarifugl").empty()) << "the test would prove nothing";

  clock_.advance(days{91});
  sweep();
  EXPECT_TRUE(folder_.files_with("kanarifugl").empty());
  EXPECT_FALSE(folder_.files_with("Grønfink").empty()) << "what happened is still known";
  EXPECT_EQ(november(), figures);

  clock_.advance(days{29});
  hold(ConversationId{3003});
  sweep();
  EXPECT_EQ(removed_, 0);
  clock_.advance(days{2});
  sweep();
  EXPECT_EQ(removed_, 2);
  EXPECT_EQ(november(), figures);
  store::Calls calls(*store_, executor_);
  EXPECT_TRUE(calls.load(ConversationId{1001}).empty());
  EXPECT_FALSE(calls.load(ConversationId{3003}).empty());
  const auto report = store::verify_log(folder_.file());
  ASSERT_TRUE(report);
  EXPECT_EQ(report->findings_count, 0) << report->findings.front().what;
}

TEST_F(Retaining, LooksForWhatMayGoOnceAnHour) {
  sweep();
  EXPECT_EQ(asked_to_remove_, 1);
  clock_.advance(std::chrono::minutes{59});
  sweep();
  EXPECT_EQ(asked_to_remove_, 1);
  clock_.advance(std::chrono::minutes{2});
  sweep();
  EXPECT_EQ(asked_to_remove_, 2);
}

}  // namespace
}  // namespace svar::service
