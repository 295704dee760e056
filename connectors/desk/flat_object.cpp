#include "connectors/desk/flat_object.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

namespace svar::desk {

using nlohmann::json;

std::optional<FlatObject> FlatObject::parse(std::string_view text,
                                            const std::vector<std::string_view>& known) {
  bool acceptable = true;
  std::set<std::string> seen;
  const auto inspect = [&](int depth, json::parse_event_t event, json& parsed) {
    using Event = json::parse_event_t;
    if (event == Event::array_start) acceptable = false;
    if (event == Event::object_start && depth > 0) acceptable = false;
    if (event == Event::key && !seen.insert(parsed.get<std::string>()).second) acceptable = false;
    return acceptable;
  };
  const json parsed = json::parse(text.begin(), text.end(), inspect, /*allow_exceptions=*/false);
  if (!acceptable || !parsed.is_object()) return std::nullopt;
  FlatObject object;
  for (const auto& [key, value] : parsed.items()) {
    if (std::find(known.begin(), known.end(), key) == known.end()) return std::nullopt;
    if (value.is_string()) {
      object.fields_.emplace(key, value.get<std::string>());
    } else if (value.is_number_integer() && value >= 0 && value <= INT64_MAX) {
      object.fields_.emplace(key, value.get<std::int64_t>());
    } else {
      return std::nullopt;
    }
  }
  return object;
}

std::optional<std::string> FlatObject::text(std::string_view field, std::size_t bytes_max) const {
  const auto found = fields_.find(field);
  if (found == fields_.end()) return std::nullopt;
  const auto* text = std::get_if<std::string>(&found->second);
  if (!text || text->size() > bytes_max) return std::nullopt;
  return *text;
}

std::optional<std::int64_t> FlatObject::number(std::string_view field) const {
  const auto found = fields_.find(field);
  if (found == fields_.end()) return std::nullopt;
  const auto* number = std::get_if<std::int64_t>(&found->second);
  return number ? std::optional(*number) : std::nullopt;
}

}  // namespace svar::desk
