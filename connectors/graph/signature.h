// Whether a webhook's bytes come from Meta.
#pragma once

#include <string_view>

namespace svar::graph {

// Whether `header`, the value of X-Hub-Signature-256, is «sha256=» and the HMAC-SHA256 of the raw
// body under the app's secret, in lower-case hex. Compared in constant time. The body is what came
// over the wire: Meta signs its own escapes, so that JSON written anew has another signature. False
// for an empty secret: a channel without one is off, never open. The older X-Hub-Signature (SHA-1)
// counts for nothing.
bool is_signed(std::string_view header, std::string_view body, std::string_view app_secret);

}  // namespace svar::graph
