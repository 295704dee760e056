#include "connectors/graph/unknown_events.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace svar::graph {
namespace {

using nlohmann::json;

constexpr std::size_t kNameBytesMax = 40;
constexpr std::size_t kFieldsMax = 32;

bool is_name_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

bool is_plain_kind(std::string_view text) {
  return !text.empty() && text.size() <= 2 * kNameBytesMax &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return is_name_letter(c) || c == '.'; });
}

void add_fields(std::vector<std::string>& fields, const std::string& prefix, const json& object) {
  for (const auto& [name, value] : object.items()) {
    if (fields.size() >= kFieldsMax) return;
    if (!is_plain_name(name)) continue;
    fields.push_back(prefix + name);
    if (prefix.empty() && value.is_object()) add_fields(fields, name + ".", value);
  }
}

}  // namespace

bool is_plain_name(std::string_view text) {
  return !text.empty() && text.size() <= kNameBytesMax &&
         std::all_of(text.begin(), text.end(), is_name_letter);
}

service::UnknownIncoming unknown_event(std::string_view kind, const json& event, std::string id) {
  service::UnknownIncoming unknown;
  unknown.kind = is_plain_kind(kind) ? kind : "other";
  if (event.is_object()) add_fields(unknown.fields, "", event);
  unknown.event = std::move(id);
  unknown.bytes = event.dump(-1, ' ', false, json::error_handler_t::replace).size();
  return unknown;
}

service::UnknownIncoming unknown_bytes(std::string_view kind, std::string_view bytes) {
  return {std::string{kind}, {}, {}, bytes.size()};
}

}  // namespace svar::graph
