#include "connectors/graph/webhook.h"

#include <algorithm>
#include <utility>

namespace svar::graph {
namespace {

constexpr std::size_t kBodyBytesMax = 4 << 20;

net::Response later(std::chrono::milliseconds wait) {
  auto response = net::text_response(503, "later");
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
  response.headers.emplace_back("Retry-After", std::to_string(std::max<long>(seconds, 1)));
  return response;
}

}  // namespace

void mount(net::Router& router, const std::string& path, GraphChannel& channel, Take take) {
  router.add("GET", path, [&channel](const net::Request& request, const net::Respond& respond) {
    auto answer =
        channel.greet({request.parameter("hub.mode"), request.parameter("hub.verify_token"),
                       request.parameter("hub.challenge")});
    respond(net::text_response(answer.status, std::move(answer.body)));
  });
  router.add(
      "POST", path,
      [&channel, take = std::move(take)](const net::Request& request, const net::Respond& respond) {
        if (!channel.admits(request.header("x-hub-signature-256"), request.body))
          return respond(net::text_response(401, "not signed"));
        take(channel, channel.read(request.body),
             [respond](std::optional<std::chrono::milliseconds> wait) {
               respond(wait ? later(*wait) : net::text_response(200, "ok"));
             });
      },
      kBodyBytesMax);
}

}  // namespace svar::graph
