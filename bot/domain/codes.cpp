#include <utility>

#include "bot/domain/conversation.h"
#include "bot/domain/event.h"
#include "bot/domain/language.h"

namespace svar {
namespace {

// Each enum and its public spelling, once; code() and …_from_code() both read it.
template <class Enum>
using Spelling = std::pair<Enum, std::string_view>;

constexpr Spelling<Language> kLanguages[] = {
    {Language::nn, "nn"}, {Language::nb, "nb"}, {Language::en, "en"}};
constexpr Spelling<Outcome> kOutcomes[] = {{Outcome::answer, "answer"},
                                           {Outcome::clarify, "clarify"},
                                           {Outcome::clarify_municipality, "clarify_municipality"},
                                           {Outcome::handoff, "handoff"},
                                           {Outcome::safety, "safety"},
                                           {Outcome::smalltalk, "smalltalk"},
                                           {Outcome::offtopic, "offtopic"},
                                           {Outcome::language, "language"}};
constexpr Spelling<SafetyKind> kSafetyKinds[] = {
    {SafetyKind::medical, "medical"},   {SafetyKind::fire, "fire"},
    {SafetyKind::police, "police"},     {SafetyKind::suicide, "suicide"},
    {SafetyKind::violence, "violence"}, {SafetyKind::child, "child"}};
constexpr Spelling<HandoffReason> kHandoffReasons[] = {
    {HandoffReason::asked, "asked"},       {HandoffReason::not_understood, "not_understood"},
    {HandoffReason::personal, "personal"}, {HandoffReason::sensitive, "sensitive"},
    {HandoffReason::safety, "safety"},     {HandoffReason::angry, "angry"},
    {HandoffReason::form, "form"}};
constexpr Spelling<FormStage> kFormStages[] = {{FormStage::offered, "offered"},
                                               {FormStage::asking, "asking"},
                                               {FormStage::reviewing, "reviewing"},
                                               {FormStage::changing, "changing"},
                                               {FormStage::sent, "sent"}};
constexpr Spelling<ClosedBy> kClosers[] = {{ClosedBy::citizen, "citizen"},
                                           {ClosedBy::agent, "agent"},
                                           {ClosedBy::inactivity, "inactivity"}};
constexpr Spelling<Delay> kDelays[] = {
    {Delay::closed, "closed"}, {Delay::unstaffed, "unstaffed"}, {Delay::long_wait, "long_wait"}};
constexpr Spelling<TransferKind> kTransferKinds[] = {{TransferKind::warm, "warm"},
                                                     {TransferKind::cold, "cold"}};
constexpr Spelling<TransferEnd> kTransferEnds[] = {{TransferEnd::declined, "declined"},
                                                   {TransferEnd::timed_out, "timed_out"},
                                                   {TransferEnd::withdrawn, "withdrawn"}};
constexpr Spelling<CloseOutcome> kCloseOutcomes[] = {{CloseOutcome::resolved, "resolved"},
                                                     {CloseOutcome::passed_on, "passed_on"},
                                                     {CloseOutcome::not_resolved, "not_resolved"},
                                                     {CloseOutcome::no_reply, "no_reply"},
                                                     {CloseOutcome::other, "other"}};
constexpr Spelling<Owner> kOwners[] = {
    {Owner::none, "none"}, {Owner::bot, "bot"}, {Owner::queue, "queue"}, {Owner::agent, "agent"}};

template <class Enum, std::size_t size>
std::string_view spell(const Spelling<Enum> (&spellings)[size], Enum value) {
  for (const auto& [known, spelling] : spellings) {
    if (known == value) return spelling;
  }
  return {};
}

template <class Enum, std::size_t size>
std::optional<Enum> read(const Spelling<Enum> (&spellings)[size], std::string_view code) {
  for (const auto& [value, spelling] : spellings) {
    if (spelling == code) return value;
  }
  return std::nullopt;
}

}  // namespace

std::string_view code(Language language) {
  return spell(kLanguages, language);
}
std::string_view code(Outcome outcome) {
  return spell(kOutcomes, outcome);
}
std::string_view code(SafetyKind kind) {
  return spell(kSafetyKinds, kind);
}
std::string_view code(HandoffReason reason) {
  return spell(kHandoffReasons, reason);
}
std::string_view code(FormStage stage) {
  return spell(kFormStages, stage);
}
std::string_view code(ClosedBy by) {
  return spell(kClosers, by);
}
std::string_view code(Delay delay) {
  return spell(kDelays, delay);
}
std::string_view code(TransferKind kind) {
  return spell(kTransferKinds, kind);
}
std::string_view code(TransferEnd end) {
  return spell(kTransferEnds, end);
}
std::string_view code(CloseOutcome outcome) {
  return spell(kCloseOutcomes, outcome);
}
std::string_view code(Owner owner) {
  return spell(kOwners, owner);
}

std::optional<Language> language_from_code(std::string_view code) {
  return read(kLanguages, code);
}
std::optional<Outcome> outcome_from_code(std::string_view code) {
  return read(kOutcomes, code);
}
std::optional<SafetyKind> safety_kind_from_code(std::string_view code) {
  return read(kSafetyKinds, code);
}
std::optional<HandoffReason> handoff_reason_from_code(std::string_view code) {
  return read(kHandoffReasons, code);
}
std::optional<FormStage> form_stage_from_code(std::string_view code) {
  return read(kFormStages, code);
}
std::optional<ClosedBy> closed_by_from_code(std::string_view code) {
  return read(kClosers, code);
}
std::optional<Delay> delay_from_code(std::string_view code) {
  return read(kDelays, code);
}
std::optional<TransferKind> transfer_kind_from_code(std::string_view code) {
  return read(kTransferKinds, code);
}
std::optional<TransferEnd> transfer_end_from_code(std::string_view code) {
  return read(kTransferEnds, code);
}
std::optional<CloseOutcome> close_outcome_from_code(std::string_view code) {
  return read(kCloseOutcomes, code);
}
std::optional<Owner> owner_from_code(std::string_view code) {
  return read(kOwners, code);
}

}  // namespace svar
