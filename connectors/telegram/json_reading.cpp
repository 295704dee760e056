#include "connectors/telegram/json_reading.h"

#include <nlohmann/json.hpp>
#include <set>
#include <vector>

namespace svar::telegram {
namespace {

using nlohmann::json;

constexpr int kDepthMax = 64;
constexpr std::int64_t kSecondsMax = 253'402'300'799;

// Keeps what the parser would not tell: how deep it is, and which fields it has seen.
class Strictness {
 public:
  bool keeps(int depth, json::parse_event_t event, const json& parsed) {
    if (depth > kDepthMax) broken_ = true;
    if (event == json::parse_event_t::object_start) names_.emplace_back();
    if (event == json::parse_event_t::object_end && !names_.empty()) names_.pop_back();
    if (event == json::parse_event_t::key && !names_.empty()) {
      const bool is_new = names_.back().insert(parsed.get_ref<const std::string&>()).second;
      broken_ = broken_ || !is_new;
    }
    return !broken_;
  }
  bool broken() const { return broken_; }

 private:
  std::vector<std::set<std::string, std::less<>>> names_;
  bool broken_ = false;
};

const json* field_in(const json& object, const char* name) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(name);
  return found == object.end() ? nullptr : &*found;
}

}  // namespace

json parse_strictly(std::string_view bytes) {
  Strictness strictness;
  json parsed = json::parse(
      bytes.begin(), bytes.end(),
      [&](int depth, json::parse_event_t event, const json& value) {
        return strictness.keeps(depth, event, value);
      },
      /*allow_exceptions=*/false);
  return strictness.broken() ? json(json::value_t::discarded) : parsed;
}

const json* object_in(const json& object, const char* name) {
  const json* field = field_in(object, name);
  return field && field->is_object() ? field : nullptr;
}

const json* array_in(const json& object, const char* name) {
  const json* field = field_in(object, name);
  return field && field->is_array() ? field : nullptr;
}

std::string text_in(const json& object, const char* name) {
  const json* field = field_in(object, name);
  return field && field->is_string() ? field->get<std::string>() : std::string{};
}

bool is_true_in(const json& object, const char* name) {
  const json* field = field_in(object, name);
  return field && field->is_boolean() && field->get<bool>();
}

std::optional<std::int64_t> whole_in(const json& object, const char* name) {
  const json* field = field_in(object, name);
  if (!field || !field->is_number_integer()) return std::nullopt;
  if (field->is_number_unsigned() && field->get<std::uint64_t>() > INT64_MAX) return std::nullopt;
  return field->get<std::int64_t>();
}

Time time_in(const json& object, const char* name) {
  const std::int64_t seconds = whole_in(object, name).value_or(0);
  return seconds <= 0 || seconds > kSecondsMax ? Time{} : Time{std::chrono::seconds{seconds}};
}

}  // namespace svar::telegram
