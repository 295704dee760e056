#include "bot/engine/answering_steps.h"
#include "bot/engine/topics.h"
#include "intents/model/example_model.h"
#include "intents/normal_text.h"

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

std::string safety_text(const std::string& key, Language language,
                        const std::optional<MunicipalityId>& municipality, const Release& release) {
  const std::string crisis_centre =
      local_fact(municipality, release, "safety.crisis_centre", language, "116 006");
  const std::string child_welfare =
      local_fact(municipality, release, "safety.child_welfare", language, "116 111");
  return release.text(key, language,
                      {{"crisis_centre", crisis_centre}, {"child_welfare", child_welfare}});
}

}  // namespace

std::optional<SafetyText> learned_danger(std::uint32_t alarm, const intents::Ranking& ranking,
                                         const intents::NormalText& words, Language language,
                                         const std::optional<MunicipalityId>& municipality,
                                         const Release& release) {
  const auto kind = safety_kind_from_code(
      std::string_view(release.model->label(alarm)).substr(intents::kAlarmPrefix.size()));
  if (!kind) return std::nullopt;
  SafetyText out;
  out.kind = *kind;
  out.text =
      safety_text("safety_likely_" + std::string(code(*kind)), language, municipality, release);
  out.because = because("model");
  out.because.language_from = "session";
  point_at_words(release, words, alarm, out.because);
  out.confidence = danger_in(release, ranking);
  return out;
}

std::optional<SafetyText> safety(std::string_view text, Language language,
                                 const std::optional<MunicipalityId>& municipality,
                                 const Release& release) {
  const auto hit = release.intents->match_safety(text);
  if (!hit) {
    const intents::NormalText words = intents::normalise(text);
    const intents::Ranking ranking = release.model->rank(words.text, kWeighedMax);
    if (!ranking.alarm) return std::nullopt;
    return learned_danger(*ranking.alarm, ranking, words, language, municipality, release);
  }
  SafetyText out;
  out.kind = hit->kind;
  out.text = safety_text("safety_" + std::string(code(hit->kind)), language, municipality, release);
  out.because.how = "safety";
  out.because.rule = hit->rule;
  out.because.matched = hit->matched;
  out.because.language_from = "session";
  return out;
}

}  // namespace svar::engine
