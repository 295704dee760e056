// Pieces that several of the desk's encodings are made of. Internal to connectors/desk.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "connectors/desk/wire_encoding.h"

namespace svar::desk {

template <class Enum>
Json code_or_null(const std::optional<Enum>& value) {
  return value ? Json(code(*value)) : Json(nullptr);
}
inline Json time_or_null(const std::optional<Time>& time) {
  return time ? Json(iso(*time)) : Json(nullptr);
}
inline Json id_or_null(const std::optional<MunicipalityId>& id) {
  return id ? Json(id->value) : Json(nullptr);
}

template <class Id>
Json encode_ids(const std::vector<Id>& ids) {
  Json list = Json::array();
  for (const auto& id : ids) list.push_back(id.value);
  return list;
}

inline Json encode_municipality(const std::optional<MunicipalityId>& id,
                                const engine::Release& release) {
  if (!id) return nullptr;
  const auto* known = release.municipality(*id);
  if (!known) return {{"id", id->value}, {"name", id->value}};
  return {{"id", id->value}, {"name", known->name}, {"colour", known->colour}};
}

}  // namespace svar::desk
