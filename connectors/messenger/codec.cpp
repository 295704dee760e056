#include "connectors/messenger/codec.h"

#include <nlohmann/json.hpp>

#include "connectors/graph/json_reading.h"
#include "connectors/graph/page_events.h"
#include "connectors/graph/page_messages.h"

namespace svar::messenger {
namespace {

constexpr std::size_t kTextUnitsMax = 2000;

}  // namespace

service::Decoded decode(std::string_view body, const Account& account) {
  return graph::decode_page_events(body, {"page", account.page_id, account.app_id, {}});
}

std::vector<service::Part> encode(const service::Outgoing& message) {
  return graph::encode_page_message(message, {kTextUnitsMax, service::TextUnit::utf16, false});
}

std::string message_id(std::string_view answer) {
  return graph::id_in(graph::parse_bounded(answer), "message_id");
}

}  // namespace svar::messenger
