// What is kept of an event that nothing can be made of: its kind and the names of its fields.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "bot/service/delivery/incoming.h"

namespace svar::graph {

// A name as Meta's documentation has them: 1 to 40 of a–z, 0–9 and _. Whatever else stands where
// a name should may be somebody's words, and is not kept.
bool is_plain_name(std::string_view text);

// `kind`, or "other" when it is no plain name but for its dots. The fields are the event's own and,
// as «message.mid», those of the objects in it; at most 32.
service::UnknownIncoming unknown_event(std::string_view kind, const nlohmann::json& event,
                                       std::string id = {});

// Bytes that are no events at all.
service::UnknownIncoming unknown_bytes(std::string_view kind, std::string_view bytes);

}  // namespace svar::graph
