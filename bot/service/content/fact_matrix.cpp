#include "bot/service/content/fact_matrix.h"

#include "kb-adapter/articles/compose.h"

namespace svar::service {
namespace {

FactState state_of(const MunicipalityContent& one, const std::string& slot) {
  FactState state = FactState::established;
  for (const Language language : {Language::nn, Language::nb, Language::en}) {
    const auto value = kb::slot_value(&one.municipality, slot, language);
    if (!value) return FactState::missing;
    if (value->sample) state = FactState::sample;
  }
  return state;
}

FactState hours_of(const MunicipalityContent& one) {
  for (const auto& day : one.hours.weekly) {
    if (!day.empty()) return one.hours.sample ? FactState::sample : FactState::established;
  }
  return FactState::missing;
}

}  // namespace

std::string_view code(FactState state) {
  switch (state) {
    case FactState::established:
      return "established";
    case FactState::sample:
      return "sample";
    case FactState::missing:
      return "missing";
  }
  return "missing";
}

FactMatrix fact_matrix(const Content& content) {
  FactMatrix matrix;
  for (const auto& [id, one] : content.municipalities) matrix.municipalities.push_back(id);
  for (const auto& [slot, spec] : content.facts) {
    FactRow row{slot, {}};
    for (const auto& [id, one] : content.municipalities) row.states.push_back(state_of(one, slot));
    matrix.rows.push_back(std::move(row));
  }
  FactRow hours{"hours", {}};
  for (const auto& [id, one] : content.municipalities) hours.states.push_back(hours_of(one));
  matrix.rows.push_back(std::move(hours));
  return matrix;
}

}  // namespace svar::service
