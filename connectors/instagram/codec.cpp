#include "connectors/instagram/codec.h"

#include <nlohmann/json.hpp>

#include "connectors/graph/json_reading.h"
#include "connectors/graph/page_events.h"
#include "connectors/graph/page_messages.h"

namespace svar::instagram {
namespace {

constexpr std::size_t kTextBytesMax = 1000;

}  // namespace

service::Decoded decode(std::string_view body, const Account& account) {
  return graph::decode_page_events(
      body, {"instagram", account.instagram_id, account.app_id, account.token_of_sent});
}

std::vector<service::Part> encode(const service::Outgoing& message) {
  return graph::encode_page_message(message, {kTextBytesMax, service::TextUnit::bytes, true});
}

std::string message_id(std::string_view answer) {
  return graph::id_in(graph::parse_bounded(answer), "message_id");
}

}  // namespace svar::instagram
