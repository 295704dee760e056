// How findings about rules are worded: both parties, and where they stand. Internal to intents.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "intents/intent_matcher.h"

namespace svar::intents {

inline std::string quoted(std::string_view text) {
  return "«" + std::string(text) + "»";
}

// «intents/boss.yaml:12».
inline std::string where(const Place& place) {
  return place.line > 0 ? place.file + ":" + std::to_string(place.line) : place.file;
}

// A rule by its id, which holds the file, and where it stands: «#when-collected
// (intents/boss.yaml:7)».
inline std::string named(std::string_view rule_id, const Place& place) {
  const std::size_t name = rule_id.find('#');
  const std::string_view own = name == rule_id.npos ? rule_id : rule_id.substr(name + 1);
  return quoted(own) + " (" + where(place) + ")";
}

// The place of one example, as exactly as it is known.
inline Place place_of(const Place& owner, const std::vector<int>& lines, std::size_t number) {
  return {owner.file, number < lines.size() ? lines[number] : owner.line};
}

inline std::string as_sentence(std::string what) {
  if (what.starts_with("the ")) what[0] = 'T';
  return what;
}

inline Finding error(std::string kind, Place place, std::string what, Place other = {}) {
  return {Finding::Severity::error, std::move(place), as_sentence(std::move(what)), std::move(kind),
          std::move(other)};
}

inline Finding warning(std::string kind, Place place, std::string what, Place other = {}) {
  return {Finding::Severity::warning, std::move(place), as_sentence(std::move(what)),
          std::move(kind), std::move(other)};
}

}  // namespace svar::intents
