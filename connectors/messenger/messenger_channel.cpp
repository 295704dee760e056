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

MessengerChannel::MessengerChannel(SiteId site, graph::Access access, outbound::HttpClient& client)
    : facts_{"messenger:" + site.value, "messenger", site, kWindow},
      calls_(client, std::move(access)) {}

std::vector<service::Part> MessengerChannel::render(const service::Outgoing& message) const {
  return encode(message);
}

void MessengerChannel::send(service::SendRequest request,
                            std::function<void(service::SendOutcome)> done) {
  calls_.send_message(graph::addressed(request, graph::marked(request.token)), kReading,
                      std::move(done));
}

void MessengerChannel::show_typing(const std::string& address) {
  calls_.send_quietly(graph::sender_action(address, "mark_seen"));
  calls_.send_quietly(graph::sender_action(address, "typing_on"));
}

}  // namespace svar::messenger
