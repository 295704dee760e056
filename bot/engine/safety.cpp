#include "bot/engine/answering.h"
#include "intents/intent_matcher.h"

namespace svar::engine {
namespace {

// What the texts say of the citizen's own municipality; where none is known, the national number
// that never is wrong.
std::string local_fact(const std::optional<MunicipalityId>& municipality, const Release& release,
                       const std::string& slot, Language language, std::string_view national) {
  const kb::Municipality* known = municipality ? release.municipality(*municipality) : nullptr;
  if (known == nullptr) return std::string(national);
  const auto fact = known->facts.find(slot);
  if (fact == known->facts.end()) return std::string(national);
  return fact->second.value.in(language);
}

}  // namespace

std::optional<SafetyText> safety(std::string_view text, Language language,
                                 const std::optional<MunicipalityId>& municipality,
                                 const Release& release) {
  const auto hit = release.intents->match_safety(text);
  if (!hit) return std::nullopt;
  SafetyText out;
  out.kind = hit->kind;
  const std::string crisis_centre =
      local_fact(municipality, release, "safety.crisis_centre", language, "116 006");
  const std::string child_welfare =
      local_fact(municipality, release, "safety.child_welfare", language, "116 111");
  out.text = release.text("safety_" + std::string(code(hit->kind)), language,
                          {{"crisis_centre", crisis_centre}, {"child_welfare", child_welfare}});
  out.because.how = "safety";
  out.because.rule = hit->rule;
  out.because.matched = hit->matched;
  out.because.language_from = "session";
  return out;
}

}  // namespace svar::engine
