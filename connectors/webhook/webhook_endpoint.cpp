#include "connectors/webhook/webhook_endpoint.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "connectors/webhook/event_decoding.h"

namespace svar::webhook {
namespace {

using nlohmann::json;

net::Response refused(int status, std::string code, const std::string& what) {
  const json body{{"error", {{"code", std::move(code)}, {"text", what}}}};
  return net::json_response(status, body.dump());
}

net::Response later(std::chrono::milliseconds wait) {
  auto response = refused(503, "later", "bring the same again after Retry-After");
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
  response.headers.emplace_back("Retry-After", std::to_string(std::max<long>(seconds, 1)));
  return response;
}

std::string words_of(const std::string& reason) {
  return reason == "timestamp"
             ? "webhook-timestamp is no time within five minutes of the service's clock"
             : "webhook-signature is right for none of the keys";
}

}  // namespace

void mount(net::Router& router, const std::string& path, const WebhookChannel& channel, Take take) {
  router.add(
      "POST", path,
      [&channel, take = std::move(take)](const net::Request& request, const net::Respond& respond) {
        const auto signed_at = channel.admits(
            {request.header("webhook-id"), request.header("webhook-timestamp"), request.body},
            request.header("webhook-signature"));
        if (!signed_at)
          return respond(refused(401, signed_at.error(), words_of(signed_at.error())));
        auto decoded = decode(request.body, *signed_at);
        if (!decoded) return respond(refused(400, "not_the_format", decoded.error()));
        const auto count = decoded->incoming.size() + decoded->unknown.size();
        take(channel, std::move(*decoded),
             [respond, count](std::optional<std::chrono::milliseconds> wait) {
               if (wait) return respond(later(*wait));
               respond(net::json_response(200, R"({"taken":)" + std::to_string(count) + "}"));
             });
      },
      kBodyBytesMax);
}

}  // namespace svar::webhook
