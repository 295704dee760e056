// What the desk's server says when it refuses: a code for the console, a sentence for the agent.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bot/domain/language.h"
#include "connectors/net/http.h"

namespace svar::desk {

// The agent's language: the first of nn, nb (also «no») and en in Accept-Language, else nn. Weights
// are not read: browsers send their languages in order.
Language reader_language(const net::Request& request);

// The sentence of an error code; a code without one of its own gets the sentence of «unavailable».
std::string_view error_text(std::string_view code, Language language);

struct Refusal {
  int status = 0;
  std::string_view code;
  int retry_after_ms = 0;  // 0: not said
  std::string held_by;     // log-in name of the holder, with not_yours
  std::string held_by_display_name;
};
// {"error":{"code","text",…}}; with Retry-After when a wait is known.
net::Response refuse(const Refusal& refusal, Language language);

}  // namespace svar::desk
