#include "connectors/graph/json_reading.h"

#include <charconv>
#include <nlohmann/json.hpp>

namespace svar::graph {
namespace {

using nlohmann::json;

constexpr int kDepthMax = 64;
constexpr std::size_t kIdBytesMax = 512;
constexpr std::int64_t kSecondsBelow = 100'000'000'000;
constexpr std::int64_t kMillisecondsMax = 253'402'300'799'999;

// Before parsing: copying or printing a deep value overflows the stack.
bool too_deep(std::string_view text) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '[' || c == '{') {
      if (++depth > kDepthMax) return true;
    } else if (c == ']' || c == '}') {
      --depth;
    }
  }
  return false;
}

std::optional<std::int64_t> digits(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

json parse_bounded(std::string_view bytes) {
  if (too_deep(bytes)) return json(json::value_t::discarded);
  return json::parse(bytes.begin(), bytes.end(), nullptr, /*allow_exceptions=*/false);
}

const json* field_in(const json& object, std::string_view name) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(name);
  return found == object.end() ? nullptr : &*found;
}

const json* object_in(const json& object, std::string_view name) {
  const json* field = field_in(object, name);
  return field && field->is_object() ? field : nullptr;
}

const json* array_in(const json& object, std::string_view name) {
  const json* field = field_in(object, name);
  return field && field->is_array() ? field : nullptr;
}

std::string text_in(const json& object, std::string_view name) {
  const json* field = field_in(object, name);
  return field && field->is_string() ? field->get<std::string>() : std::string{};
}

bool is_true_in(const json& object, std::string_view name) {
  const json* field = field_in(object, name);
  return field && field->is_boolean() && field->get<bool>();
}

std::optional<std::int64_t> number_in(const json& object, std::string_view name) {
  const json* field = field_in(object, name);
  if (!field) return std::nullopt;
  if (field->is_string()) return digits(field->get_ref<const std::string&>());
  if (!field->is_number_integer()) return std::nullopt;
  if (field->is_number_unsigned() && field->get<std::uint64_t>() > INT64_MAX) return std::nullopt;
  return field->get<std::int64_t>();
}

std::string id_in(const json& object, std::string_view name) {
  const json* field = field_in(object, name);
  if (!field) return {};
  if (field->is_number_integer()) return field->dump();
  const std::string text = text_in(object, name);
  return text.size() <= kIdBytesMax ? text : std::string{};
}

Time time_in(const json& object, std::string_view name) {
  const std::int64_t given = number_in(object, name).value_or(0);
  if (given <= 0 || given > kMillisecondsMax) return Time{};
  return Time{std::chrono::milliseconds{given < kSecondsBelow ? given * 1000 : given}};
}

}  // namespace svar::graph
