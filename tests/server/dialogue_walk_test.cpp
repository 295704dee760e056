// Thousands of citizens who say anything to the shipped content: no dialogue goes round in circles.
#include <gtest/gtest.h>

#include <random>
#include <sstream>

#include "bot/server/commands/dialogue.h"
#include "bot/server/commands/release_loading.h"

namespace svar::server {
namespace {

constexpr int kCitizens = 1'500;
constexpr int kTurns = 12;
constexpr int kAsksInARowMax = 2;  // replies.h: then a person is offered
const Time kNow{std::chrono::milliseconds{1'795'518'000'000}};  // Tuesday forenoon

const LoadedContent& shipped() {
  static const std::optional<LoadedContent> content = [] {
    std::ostringstream faults;
    auto loaded = load_content({"config/svarsentral.yaml", SVAR_SHIPPED_CONTENT}, kNow, faults);
    EXPECT_TRUE(loaded) << faults.str();
    return loaded;
  }();
  return *content;
}

// What people say: the content's own messages, whole and in pieces, and what answers a question.
class Sayings {
 public:
  explicit Sayings(const service::Content& content) {
    for (const auto& one : content.regression) messages_.push_back(one.text);
    for (const auto& text : content.out_of_scope) messages_.push_back(text);
  }

  std::string draw(std::mt19937_64& random) const {
    static const std::vector<std::string> answers = {
        "ja",  "nei", "2",        "den andre",  "noko anna", "barnehage", "vatn", "skule", "boss",
        "og",  "kva", "qwrtzx",   "i Gulen",    "Dale",      "hjelp",     "???",  "Mo",    "👍",
        "enn", "då",  "slik som", "veit ikkje", "hm",        "pris",      "når"};
    const auto any = [&](const std::vector<std::string>& from) {
      return from[std::uniform_int_distribution<std::size_t>(0, from.size() - 1)(random)];
    };
    switch (std::uniform_int_distribution<int>(0, 3)(random)) {
      case 0:
        return any(messages_);
      case 1:
        return piece(any(messages_), random);
      default:
        return any(answers);
    }
  }

 private:
  static std::string piece(const std::string& message, std::mt19937_64& random) {
    std::istringstream words(message);
    std::string out;
    for (std::string word; words >> word;) {
      if (std::uniform_int_distribution<int>(0, 2)(random) == 0) out += word + " ";
    }
    return out.empty() ? message : out;
  }
  std::vector<std::string> messages_;
};

bool offers_person(const Reaction& reaction) {
  return std::any_of(reaction.choices.begin(), reaction.choices.end(),
                     [](const Choice& choice) { return choice.id == "person"; });
}

bool asks_back(const Reaction& reaction) {
  return reaction.outcome == Outcome::clarify || reaction.outcome == Outcome::clarify_municipality;
}

TEST(DialogueWalk, NobodyIsAskedMoreThanTwiceInARowWithoutBeingOfferedAPerson) {
  const std::uint64_t seed = std::random_device{}();
  std::mt19937_64 random(seed);
  const Sayings sayings(shipped().content);
  const std::vector<std::string> sites = {"felles", "osteroy", "gulen", "fedje"};
  for (int citizen = 0; citizen < kCitizens; ++citizen) {
    Dialogue dialogue({sites[static_cast<std::size_t>(citizen) % sites.size()]}, Language::nn);
    std::string said;
    int asks = 0;
    for (int turn = 0; turn < kTurns; ++turn) {
      const std::string text = sayings.draw(random);
      said += "\n  " + text;
      const auto result = dialogue.say(text, *shipped().release, kNow);
      const auto* reaction = std::get_if<Reaction>(&result);
      if (reaction == nullptr || reaction->silent) break;  // refused, or a person owns it now
      ASSERT_FALSE(reaction->text.empty()) << "seed " << seed << said;
      asks = asks_back(*reaction) ? asks + 1 : 0;
      if (asks <= kAsksInARowMax) continue;
      ASSERT_TRUE(offers_person(*reaction)) << "seed " << seed << said;
      ASSERT_TRUE(reaction->topics.empty()) << "asked a third time; seed " << seed << said;
    }
  }
}

}  // namespace
}  // namespace svar::server
