// The address at which Meta brings its events: the handshake and the POST of every channel of its.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "connectors/graph/graph_channel.h"
#include "connectors/net/http.h"

namespace svar::graph {

// Hands on what was decoded. `done` runs exactly once, when all of it is stored (nothing), or with
// how long the platform is to wait before it brings the same again.
using Take =
    std::function<void(const service::Channel& channel, service::Decoded decoded,
                       std::function<void(std::optional<std::chrono::milliseconds>)> done)>;

// Adds GET and POST of `path`. A POST that Meta did not sign is 401 and nothing of it is read; one
// that can't be stored now is 503 with Retry-After; every other is 200, whatever is in it, since an
// answer above that costs the account its subscription. Bodies: at most 4 MB. Channel, take and
// router outlive what they began.
void mount(net::Router& router, const std::string& path, GraphChannel& channel, Take take);

}  // namespace svar::graph
