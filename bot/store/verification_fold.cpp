#include "bot/store/verification_fold.h"

#include <algorithm>
#include <variant>

namespace svar::store {
namespace {

bool has_id(const Event& event) {
  return std::visit(
      [](const auto& held) {
        if constexpr (requires { held.id.empty(); }) {
          return !held.id.empty();
        } else {
          return false;
        }
      },
      event);
}

}  // namespace

std::string VerificationFold::add(const Recorded& recorded) {
  std::string fault;
  if (std::holds_alternative<Erased>(recorded.event) && !with_text_.empty()) {
    fault = "the conversation was erased, but event " + std::to_string(with_text_.front()) +
            " still has its words";
  }
  if (const auto* redacted = std::get_if<Redacted>(&recorded.event)) {
    for (const Seq seq : redacted->seqs) {
      if (std::ranges::find(with_text_, seq.value) == with_text_.end()) continue;
      fault = "event " + std::to_string(seq.value) + " was redacted, but still has its words";
    }
  }
  const std::size_t known = state_.seen.size();
  evolve(state_, recorded);
  if (has_id(recorded.event) && state_.seen.size() == known) {
    fault = "the same message is stored twice";
  }
  return fault;
}

}  // namespace svar::store
