// A conversation that is deleted by words: asked once, and at once where somebody may be watching.
#include <gtest/gtest.h>

#include "bot/engine/decide.h"
#include "tests/engine/scripted_answering.h"

namespace svar::engine {
namespace {

const Time kNoon{std::chrono::milliseconds{1'795'518'000'000}};
const Opening kSite{SiteId{"osteroy"}, Language::nn, kWebChat, "", ""};

class DeletionByWords : public testing::Test {
 protected:
  std::vector<Event> take(const Input& input) {
    const Decision decision = decide_with_outcome(state, kSite, input, release, kNoon);
    const auto* decided = std::get_if<Events>(&decision);
    if (!decided) return {};
    for (const Event& event : decided->events) {
      evolve(state, {Seq{state.last_seq.value + 1}, kNoon, event});
    }
    return decided->events;
  }
  static bool is_erasure_alone(const std::vector<Event>& events) {
    return events.size() == 1 && std::holds_alternative<Erased>(events.front());
  }

  Release release = fakes::scripted_release();
  Conversation state;
};

TEST_F(DeletionByWords, ThePressedButtonErasesAndLeavesNoWordBehind) {
  take(CitizenSays{{"m1"}, "slett"});
  EXPECT_TRUE(is_erasure_alone(take(CitizenChooses{{"m2"}, "delete"})));
  EXPECT_EQ(state.lifecycle, Lifecycle::erased);
}

TEST_F(DeletionByWords, AYesToTheQuestionErases) {
  take(CitizenSays{{"m1"}, "slett"});
  EXPECT_TRUE(is_erasure_alone(take(CitizenSays{{"m2"}, "ja"})));
}

TEST_F(DeletionByWords, AYesToAnythingElseErasesNothing) {
  take(CitizenSays{{"m1"}, "kva"});
  take(CitizenSays{{"m2"}, "ja"});
  EXPECT_EQ(state.lifecycle, Lifecycle::open);
}

TEST_F(DeletionByWords, AWishIsAskedAboutFirst) {
  take(CitizenSays{{"m1"}, "hei"});
  take(CitizenSays{{"m2"}, "slett alt"});
  EXPECT_EQ(state.lifecycle, Lifecycle::open);
}

TEST_F(DeletionByWords, WhoWasWarnedOfViolenceIsNotAskedAgain) {
  take(CitizenSays{{"m1"}, "hei"});
  state.safety_shown.insert(SafetyKind::violence);
  EXPECT_TRUE(is_erasure_alone(take(CitizenSays{{"m2"}, "slett alt"})));
}

TEST_F(DeletionByWords, RepeatingTheDeletionIsAcceptedAgain) {
  take(CitizenSays{{"m1"}, "slett"});
  take(CitizenChooses{{"m2"}, "delete"});
  EXPECT_TRUE(std::holds_alternative<AlreadyAccepted>(
      decide(state, kSite, CitizenChooses{{"m2"}, "delete"}, release, kNoon)));
}

}  // namespace
}  // namespace svar::engine
