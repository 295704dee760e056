#include "connectors/messenger/messenger_channel.h"

#include <utility>

#include "connectors/graph/page_messages.h"
#include "connectors/graph/tokens.h"
#include "connectors/messenger/codec.h"

namespace svar::messenger {
namespace {

constexpr service::Window kWindow{std::chrono::hours{24}, std::chrono::hours{24 * 7}};
constexpr graph::Reading kReading{graph::messaging_remedy, message_id};

}  // namespace

Result<std::unique_ptr<MessengerChannel>, std::string> MessengerChannel::open(
    graph::GraphAccount account, outbound::HttpClient& http) {
  if (auto fault = graph::fault_in(account)) return Failure{std::move(*fault)};
  return std::unique_ptr<MessengerChannel>{new MessengerChannel{std::move(account), http}};
}

MessengerChannel::MessengerChannel(graph::GraphAccount account, outbound::HttpClient& http)
    : GraphChannel("messenger", kWindow, kReading, std::move(account), http) {}

std::vector<service::Part> MessengerChannel::render(const service::Outgoing& message) const {
  return encode(message);
}

std::string MessengerChannel::body_of(const service::SendRequest& request) {
  return graph::addressed(request, graph::marked(request.token));
}

void MessengerChannel::show_typing(const std::string& address) {
  calls().send_quietly(graph::sender_action(address, "mark_seen"));
  calls().send_quietly(graph::sender_action(address, "typing_on"));
}

service::Decoded MessengerChannel::read(std::string_view body) {
  return decode(body, {account().account, account().app_id});
}

}  // namespace svar::messenger
