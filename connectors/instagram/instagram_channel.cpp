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

Result<std::unique_ptr<InstagramChannel>, std::string> InstagramChannel::open(
    graph::GraphAccount account, outbound::HttpClient& http) {
  if (auto fault = graph::fault_in(account)) return Failure{std::move(*fault)};
  return std::unique_ptr<InstagramChannel>{new InstagramChannel{std::move(account), http}};
}

InstagramChannel::InstagramChannel(graph::GraphAccount account, outbound::HttpClient& http)
    : GraphChannel("instagram", kWindow, kReading, std::move(account), http) {}

std::vector<service::Part> InstagramChannel::render(const service::Outgoing& message) const {
  return encode(message);
}

std::string InstagramChannel::body_of(const service::SendRequest& request) {
  sent_.remember(request.address, text_of(request.part), request.token);
  // No metadata: Instagram's messages are not documented to carry any.
  return graph::addressed(request, {});
}

void InstagramChannel::show_typing(const std::string& address) {
  calls().send_quietly(graph::sender_action(address, "mark_seen"));
  calls().send_quietly(graph::sender_action(address, "typing_on"));
}

service::Decoded InstagramChannel::read(std::string_view body) {
  const auto token_of_sent = [this](const std::string& contact, const std::string& text) {
    return sent_.token_of(contact, text);
  };
  return decode(body, {account().account, account().app_id, token_of_sent});
}

}  // namespace svar::instagram
