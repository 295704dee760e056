// Reading JSON that a stranger wrote: nothing here throws, whatever the types are.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "bot/domain/time.h"

namespace svar::graph {

// Discarded (is_discarded()) when the bytes are no JSON, no UTF-8, or nested deeper than 64.
nlohmann::json parse_bounded(std::string_view bytes);

// A field of an object. Null, empty or absent when `object` is none, or has no such field of that
// kind.
const nlohmann::json* field_in(const nlohmann::json& object, std::string_view name);
const nlohmann::json* object_in(const nlohmann::json& object, std::string_view name);
const nlohmann::json* array_in(const nlohmann::json& object, std::string_view name);
std::string text_in(const nlohmann::json& object, std::string_view name);
bool is_true_in(const nlohmann::json& object, std::string_view name);
// A whole number, also when it is written as a string of digits.
std::optional<std::int64_t> number_in(const nlohmann::json& object, std::string_view name);
// An id: a string, or a whole number in its digits. Empty when absent or longer than 512 bytes.
std::string id_in(const nlohmann::json& object, std::string_view name);
// A moment in seconds or milliseconds, as number or string; what would lie before 1973 as
// milliseconds is taken for seconds. The epoch when absent or beyond the year 9999.
Time time_in(const nlohmann::json& object, std::string_view name);

}  // namespace svar::graph
