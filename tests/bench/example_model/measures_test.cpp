// The measures against cases worked out by hand, each with one that must come out worse.
#include "tests/bench/example_model/measures.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/bench/example_model/examples.h"

namespace svar::bench {
namespace {

Answered answered(const std::string& right, const std::vector<std::string>& best, double in_scope) {
  return {right, best, in_scope, in_scope, in_scope >= 0.5, in_scope >= 0.8};
}

const std::string kNone(kNoTopic);

TEST(UnderstandingMeasures, CountFirstAndTopThree) {
  const auto report =
      measures_as_json({answered("a", {"a", "b", "c"}, 0.9), answered("b", {"a", "c", "b"}, 0.9),
                        answered("c", {"a", "b", "d"}, 0.9), answered("d", {"d"}, 0.1)});
  EXPECT_DOUBLE_EQ(report["accuracy"], 0.5);
  EXPECT_DOUBLE_EQ(report["top_three"], 0.75);
  EXPECT_DOUBLE_EQ(report["in_scope_accuracy_at_threshold"], 0.25);
  EXPECT_DOUBLE_EQ(report["clear_coverage"], 0.75);
  EXPECT_FALSE(report.contains("auroc"));
}

TEST(UnderstandingMeasures, AurocIsOneWhenTheGateSeparatesAndAHalfWhenItGuesses) {
  EXPECT_DOUBLE_EQ(measures_as_json({answered("a", {"a"}, 0.9), answered("a", {"a"}, 0.6),
                                     answered(kNone, {"a"}, 0.2)})["auroc"],
                   1);
  EXPECT_DOUBLE_EQ(
      measures_as_json({answered("a", {"a"}, 0.5), answered(kNone, {"a"}, 0.5)})["auroc"], 0.5);
  EXPECT_DOUBLE_EQ(
      measures_as_json({answered("a", {"a"}, 0.1), answered(kNone, {"a"}, 0.9)})["auroc"], 0);
}

TEST(UnderstandingMeasures, MccIsOneWhenAllIsRightAndNoneWhenAllGetOneAnswer) {
  const std::vector<Answered> right = {answered("a", {"a"}, 0.9), answered("b", {"b"}, 0.9),
                                       answered(kNone, {"a"}, 0.1)};
  EXPECT_NEAR(measures_as_json(right)["mcc_at_threshold"], 1, 1e-12);
  EXPECT_NEAR(measures_as_json(right)["best_mcc"], 1, 1e-12);
  const std::vector<Answered> same = {answered("a", {"a"}, 0.9), answered("b", {"a"}, 0.9),
                                      answered(kNone, {"a"}, 0.9)};
  EXPECT_NEAR(measures_as_json(same)["mcc_at_threshold"], 0, 1e-12);
}

TEST(UnderstandingMeasures, TyposChangeEveryLongTextAndAreTheSameEveryTime) {
  std::vector<Example> once = {{"a", "when is the library open"}, {"b", "ø"}};
  std::vector<Example> again = once;
  add_typos(once, 2);
  add_typos(again, 2);
  EXPECT_NE(once[0].text, "when is the library open");
  EXPECT_EQ(once[0].text, again[0].text);
  EXPECT_EQ(once[1].text, "ø");
}

}  // namespace
}  // namespace svar::bench
