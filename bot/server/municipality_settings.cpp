#include "bot/server/settings.h"

namespace svar::server {

std::optional<std::string> unknown_municipalities(
    const Settings& settings, const std::function<bool(const MunicipalityId&)>& is_known) {
  std::string lines;
  const auto check = [&](const std::string& key, const MunicipalityId& municipality) {
    if (is_known(municipality)) return;
    const auto place = settings.given_at.find(key);
    const std::string what = "«" + municipality.value + "» is no municipality of the content";
    lines += (lines.empty() ? "" : "\n") +
             to_line({key, place == settings.given_at.end() ? "" : place->second, what});
  };
  for (const auto& [id, capacity] : settings.desk.capacity.in) check("desk.capacities_in", id);
  for (const auto& [id, wait] : settings.desk.wait_max_in) check("desk.wait_minutes_max_in", id);
  for (const MunicipalityId& id : settings.desk.push_in) check("desk.push_in", id);
  if (lines.empty()) return std::nullopt;
  return lines;
}

}  // namespace svar::server
