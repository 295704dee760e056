#include "connectors/instagram/instagram_channel.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "connectors/graph/json_reading.h"
#include "connectors/graph/page_messages.h"
#include "connectors/instagram/codec.h"

namespace svar::instagram {
namespace {

constexpr service::Window kWindow{std::chrono::hours{24}, std::chrono::hours{24 * 7}};
constexpr graph::Reading kReading{graph::messaging_remedy, message_id};

std::string text_of(const service::Part& part) {
  const auto body = graph::parse_bounded(part.body);
  const auto* message = graph::object_in(body, "message");
  return message ? graph::text_in(*message, "text") : std::string{};
}

}  // namespace

InstagramChannel::InstagramChannel(SiteId site, graph::Access access, outbound::HttpClient& client)
    : facts_{"instagram:" + site.value, "instagram", site, kWindow},
      calls_(client, std::move(access)) {}

std::vector<service::Part> InstagramChannel::render(const service::Outgoing& message) const {
  return encode(message);
}

void InstagramChannel::send(service::SendRequest request,
                            std::function<void(service::SendOutcome)> done) {
  sent_.remember(request.address, text_of(request.part), request.token);
  // No metadata: Instagram's messages are not documented to carry any.
  calls_.send_message(graph::addressed(request, {}), kReading, std::move(done));
}

void InstagramChannel::show_typing(const std::string& address) {
  calls_.send_quietly(graph::sender_action(address, "mark_seen"));
  calls_.send_quietly(graph::sender_action(address, "typing_on"));
}

}  // namespace svar::instagram
