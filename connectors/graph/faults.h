// What Graph answers when it refuses, and what is done about it: by code and subcode, never by the
// text, which Meta changes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace svar::graph {

struct Fault {
  int status = 0;                       // of HTTP
  std::optional<std::int64_t> code;     // absent: not an error as Graph writes them
  std::optional<std::int64_t> subcode;  // absent or 0 in many
  bool transient = false;               // Graph itself says that it will pass
};

// Reads {"error":{"code":…,"error_subcode":…}}; anything else leaves the status alone.
Fault fault_of(int status, std::string_view body);

// For logs and the desk: «190», «10/2018278», or «http 502» where there is no code. Holds nothing
// of the answer's text.
std::string name_of(const Fault& fault);

enum class Remedy {
  retry,         // later; the message was not taken
  slow_down,     // much later: the account is held back
  stop_channel,  // nothing will pass until an operator acts: token, permission, policy
  give_up,       // this message will not pass; the agent is told
};

// Messenger's and Instagram's table, and WhatsApp's. What stands in none of them: 429 and 5xx are
// repeated, 401 stops the channel, the rest is given up.
Remedy messaging_remedy(const Fault& fault);
Remedy whatsapp_remedy(const Fault& fault);

}  // namespace svar::graph
