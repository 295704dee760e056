// Reading JSON from the network: nothing here throws, whatever the types are.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "bot/domain/time.h"

namespace svar::telegram {

// Discarded (is_discarded()) when the bytes are no JSON or no UTF-8, are nested deeper than 64, or
// name a field of an object twice: two readers could then take it for two different things.
nlohmann::json parse_strictly(std::string_view bytes);

// A field of an object. Null, empty or absent when `object` is none, or has no such field of that
// kind.
const nlohmann::json* object_in(const nlohmann::json& object, const char* name);
const nlohmann::json* array_in(const nlohmann::json& object, const char* name);
std::string text_in(const nlohmann::json& object, const char* name);
bool is_true_in(const nlohmann::json& object, const char* name);
std::optional<std::int64_t> whole_in(const nlohmann::json& object, const char* name);
// Seconds since 1970; the epoch when absent or beyond the year 9999.
Time time_in(const nlohmann::json& object, const char* name);

}  // namespace svar::telegram
