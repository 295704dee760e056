// The address at which a bridge brings what citizens write.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "connectors/net/http.h"
#include "connectors/webhook/webhook_channel.h"

namespace svar::webhook {

// Hands on what was decoded. `done` runs exactly once, when all of it is stored (nothing), or with
// how long the bridge is to wait before it brings the same again.
using Take =
    std::function<void(const service::Channel& channel, service::Decoded decoded,
                       std::function<void(std::optional<std::chrono::milliseconds>)> done)>;

// Adds POST of `path`. 401 with the reason for what is not signed or too old, 400 with the place
// and the fault for what is not the format; nothing of either is stored. 503 with Retry-After for
// what cannot be stored now. 200 when all of it is stored. Channel, take and router outlive what
// they began.
void mount(net::Router& router, const std::string& path, const WebhookChannel& channel, Take take);

}  // namespace svar::webhook
