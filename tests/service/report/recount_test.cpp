// The report's figures against another count of the same raw events, which keeps them all and looks
// through them anew for each figure. Random conversations; the seed is printed and can be given as
// SVAR_SEED.
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

#include "bot/service/report/month_report.h"

namespace svar::service {
namespace {

using namespace std::chrono_literals;
using namespace std::chrono;
using Log = std::vector<Recorded>;

const Time kBegin = sys_days{year{2026} / November / 1};

// Conversations as they may be; nothing that the engine would never decide.
class Life {
 public:
  explicit Life(std::mt19937& random) : random_(random) {}

  Log of_one(Time begin) {
    at_ = begin;
    log_.clear();
    ConversationOpened opened{{"gulen"}, Language::nn, chance(3) ? "telegram" : "webchat",
                              "1",       "",           ""};
    opened.outside_hours = chance(4);
    add(opened);
    add(ControllerSet{{"gulen"}});
    for (int turns = below(6); turns >= 0; --turns) turn();
    if (chance(2)) with_a_person();
    if (chance(3)) add(CitizenRated{{"r"}, 1 + below(5), ""});
    if (chance(2)) add(ConversationClosed{ClosedBy::inactivity, {}, {}, ""});
    return log_;
  }

 private:
  int below(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }
  bool chance(int of) { return below(of) == 0; }
  void add(Event event) {
    at_ += std::chrono::milliseconds{below(40'000)};
    log_.push_back({Seq{static_cast<std::int64_t>(log_.size()) + 1}, at_, std::move(event)});
  }
  void turn() {
    add(CitizenSpoke{{"c"}, "x"});
    BotReplied reply;
    reply.outcome = chance(4) ? Outcome::clarify : Outcome::answer;
    if (!chance(3)) reply.topics = {{chance(2) ? "boss" : "veg"}};
    add(reply);
  }
  void with_a_person() {
    HandoffRequested handoff;
    handoff.reason = chance(5) ? HandoffReason::form : HandoffReason::asked;
    add(handoff);
    if (chance(4)) return add(CitizenReturnedToBot{{"b"}, ""});
    add(AgentJoined{{"kari"}, "Kari", ""});
    for (int words = below(5); words > 0; --words) {
      if (chance(2)) add(CitizenSpoke{{"c"}, "x"});
      if (chance(4)) add(AgentParked{{"kari"}, {"p"}, ""});
      if (chance(4)) add(AgentResumed{{"kari"}, {"p"}});
      if (!chance(3)) add(AgentSpoke{{"kari"}, "Kari", {"a"}, "x"});
    }
    add(ConversationClosed{ClosedBy::agent,
                           {},
                           AgentId{"kari"},
                           "",
                           chance(2) ? CloseOutcome::resolved : CloseOutcome::other,
                           {}});
  }

  std::mt19937& random_;
  Time at_{};
  Log log_;
};

template <class Kind>
std::vector<std::size_t> places(const Log& log) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < log.size(); ++i)
    if (std::holds_alternative<Kind>(log[i].event)) out.push_back(i);
  return out;
}

// Milliseconds between two events in which the conversation was parked: by looking at each step.
Duration parked_between(const Log& log, std::size_t from, std::size_t to) {
  Duration out{};
  bool parked = false;
  for (std::size_t i = from + 1; i <= to; ++i) {
    if (parked) out += log[i].at - log[i - 1].at;
    if (std::holds_alternative<AgentParked>(log[i].event)) parked = true;
    const bool resumed = std::holds_alternative<AgentResumed>(log[i].event) ||
                         std::holds_alternative<CitizenSpoke>(log[i].event);
    if (resumed) parked = false;
  }
  return out;
}

struct Recount {
  int conversations = 0, messages = 0, answered = 0, wished = 0, offered = 0, accepted = 0,
      in_time = 0, left = 0, resolved = 0, ratings = 0;
  Duration handling{};
  int handlings = 0;
};

void recount(const Log& log, Recount& sum) {
  ++sum.conversations;
  sum.messages += static_cast<int>(places<CitizenSpoke>(log).size());
  bool answered = false, wished = false;
  for (const std::size_t i : places<BotReplied>(log)) {
    const auto& reply = std::get<BotReplied>(log[i].event);
    answered = answered || (reply.outcome == Outcome::answer && !reply.topics.empty());
  }
  const auto joined = places<AgentJoined>(log);
  for (const std::size_t i : places<HandoffRequested>(log)) {
    wished = wished || std::get<HandoffRequested>(log[i].event).reason != HandoffReason::form;
    ++sum.offered;
    if (joined.empty()) {
      const Duration waited = log[i + 1].at - log[i].at;
      sum.left += waited >= 10s;
      sum.offered -= waited < 10s;
      continue;
    }
    ++sum.accepted;
    sum.in_time += log[joined.front()].at - log[i].at <= 60s;
  }
  sum.answered += answered;
  sum.wished += wished;
  sum.ratings += !places<CitizenRated>(log).empty();
  if (joined.empty()) return;
  const std::size_t end = places<ConversationClosed>(log).front();
  ++sum.handlings;
  sum.handling += log[end].at - log[joined.front()].at - parked_between(log, joined.front(), end);
  sum.resolved += std::get<ConversationClosed>(log[end].event).outcome == CloseOutcome::resolved;
}

TEST(Recount, TheReportsFiguresAreThoseOfTheRawEvents) {
  const char* given = std::getenv("SVAR_SEED");
  const unsigned seed = given ? static_cast<unsigned>(std::stoul(given)) : std::random_device{}();
  SCOPED_TRACE("SVAR_SEED=" + std::to_string(seed));
  std::mt19937 random(seed);
  Life life(random);
  MonthReport report(year{2026} / November);
  Recount expected;
  Position position{0};
  for (int number = 1; number <= 500; ++number) {
    const Log log = life.of_one(kBegin + std::chrono::minutes{60 * number});
    recount(log, expected);
    for (const Recorded& recorded : log)
      report.add({Position{++position.value}, ConversationId{number}, recorded});
  }
  const auto all = report.by_municipality();
  const MonthFigures figures = figures_of(all.at({"gulen"}));
  EXPECT_EQ(figures.conversations, expected.conversations);
  EXPECT_EQ(figures.messages, expected.messages);
  EXPECT_EQ(figures.answered_by_bot, expected.answered);
  EXPECT_EQ(figures.wished_person, expected.wished);
  EXPECT_EQ(figures.offered - figures.left_at_once, expected.offered);
  EXPECT_EQ(figures.accepted, expected.accepted);
  EXPECT_EQ(figures.accepted_in_time, expected.in_time);
  EXPECT_EQ(figures.left_queue, expected.left);
  EXPECT_EQ(figures.resolved_at_first, expected.resolved);
  EXPECT_EQ(figures.ratings, expected.ratings);
  ASSERT_GT(expected.handlings, 0);
  EXPECT_EQ(figures.handling_mean, expected.handling / expected.handlings);
}

}  // namespace
}  // namespace svar::service
