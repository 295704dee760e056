// What is wrong with a request in itself. Pure.
#pragma once

#include <optional>
#include <string>

#include "connectors/outbound/http_client.h"

namespace svar::outbound {

// The reason, without a value of the request, why it must not be sent: a header that is no header,
// or the client's own (Host, Content-Length …), a GET with a body, no time. The URL is judged
// elsewhere (destinations.h).
std::optional<std::string> fault_of(const HttpRequest& request);

}  // namespace svar::outbound
