#include <gtest/gtest.h>

#include "bot/domain/conversation.h"

namespace svar {
namespace {

TEST(Codes, SpellEveryOutcomeAsTheCommandLinePromises) {
  EXPECT_EQ(code(Outcome::clarify_municipality), "clarify_municipality");
  EXPECT_EQ(code(Outcome::answer), "answer");
  EXPECT_EQ(outcome_from_code("offtopic"), Outcome::offtopic);
}

TEST(Codes, ReadBackWhatTheySpell) {
  for (const auto kind : {SafetyKind::medical, SafetyKind::fire, SafetyKind::police,
                          SafetyKind::suicide, SafetyKind::violence, SafetyKind::child}) {
    EXPECT_EQ(safety_kind_from_code(code(kind)), kind);
  }
  for (const auto owner : {Owner::none, Owner::bot, Owner::queue, Owner::agent}) {
    EXPECT_EQ(owner_from_code(code(owner)), owner);
  }
  for (const auto delay : {Delay::closed, Delay::unstaffed, Delay::long_wait}) {
    EXPECT_EQ(delay_from_code(code(delay)), delay);
  }
  for (const auto kind : {TransferKind::warm, TransferKind::cold}) {
    EXPECT_EQ(transfer_kind_from_code(code(kind)), kind);
  }
  for (const auto end : {TransferEnd::declined, TransferEnd::timed_out, TransferEnd::withdrawn}) {
    EXPECT_EQ(transfer_end_from_code(code(end)), end);
  }
  for (const auto outcome :
       {CloseOutcome::resolved, CloseOutcome::passed_on, CloseOutcome::not_resolved,
        CloseOutcome::no_reply, CloseOutcome::other}) {
    EXPECT_EQ(close_outcome_from_code(code(outcome)), outcome);
  }
  for (const auto language : {Language::nn, Language::nb, Language::en}) {
    EXPECT_EQ(language_from_code(code(language)), language);
  }
}

TEST(Codes, RefuseWhatTheyDoNotKnow) {
  EXPECT_FALSE(language_from_code("sv"));
  EXPECT_FALSE(owner_from_code(""));
  EXPECT_FALSE(closed_by_from_code("robot"));
  EXPECT_FALSE(handoff_reason_from_code("ASKED"));
}

}  // namespace
}  // namespace svar
