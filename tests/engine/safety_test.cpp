#include <gtest/gtest.h>

#include "tests/engine/small_release.h"

namespace svar::engine {
namespace {

using fakes::Citizen;
using fakes::small_release;

TEST(Safety, AnswersDangerBeforeEverythingElse) {
  Citizen citizen("osteroy");
  const Reply reply = citizen.says("Når vert bosset henta? Hjelp, det brenn i løa");
  EXPECT_EQ(reply.said.outcome, Outcome::safety);
  EXPECT_EQ(reply.said.safety, SafetyKind::fire);
  EXPECT_EQ(reply.said.text, "safety_fire.nn");
  EXPECT_EQ(reply.said.because.how, "safety");
  EXPECT_EQ(reply.said.because.rule, "intents/x.yaml#burning");
  EXPECT_TRUE(reply.said.topics.empty());
}

TEST(Safety, GoesBeforeAQuestionOfOursAndBeforeThePerson) {
  Citizen citizen("felles");
  citizen.says("når vert bosset henta");
  EXPECT_EQ(citizen.says("han slår meg, gi meg eit menneske").said.safety, SafetyKind::violence);
}

TEST(Safety, GivesTheCitizensOwnCrisisCentreAndNoOtherOne) {
  const auto release = small_release();
  const auto text = [&](const std::optional<MunicipalityId>& municipality) {
    return safety("mannen min slår meg", Language::nn, municipality, *release)->text;
  };
  EXPECT_EQ(text(MunicipalityId{"gulen"}), "Ring 112. krisesenteret i Gulen.");
  EXPECT_EQ(text(std::nullopt), "Ring 112. 116 006.");
}

TEST(Safety, SaysNothingToHarmlessWords) {
  const auto release = small_release();
  for (const char* text :
       {"kan kommunen slå graset for ei eldre dame", "det brenn i peisen", "takk", ""}) {
    EXPECT_FALSE(safety(text, Language::nn, std::nullopt, *release)) << text;
  }
}

TEST(Safety, PointsToTheCitizensOwnWords) {
  const auto release = small_release();
  const std::string words = "Hjelp! DET BRENN I låven";
  const auto found = safety(words, Language::nb, std::nullopt, *release);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->text, "safety_fire.nb");
  ASSERT_FALSE(found->because.matched.empty());
  EXPECT_EQ(words.substr(found->because.matched[0].begin, 3), "DET");
}

}  // namespace
}  // namespace svar::engine
