// HttpClient over cpprestsdk, with that library's traps closed.
//
// A call has a connection of its own: a pooled one that died would be sent on twice. The name is
// looked up once, every address found must be allowed, and the connection goes to one that was
// checked; the certificate is checked against the name, always. No proxy is taken from the
// environment, no redirect followed, nothing unpacked. What arrives is counted at the socket, as
// the library itself would take in a head or a chunk of any size.
//
// Over https the Host header carries the name without a port: the library takes from it the name
// for the certificate.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "bot/domain/result.h"
#include "bot/service/turn/executor.h"
#include "connectors/outbound/destinations.h"
#include "connectors/outbound/http_client.h"
#include "connectors/outbound/resolver.h"

namespace svar::outbound {

struct OutboundSettings {
  Destinations destinations;
  // Path of a PEM file of authorities trusted beside the system's; empty: none.
  std::string extra_authority;
  std::size_t calls_max = 256;  // under way at once; the next is refused as busy
};

// `executor` outlives the client; `resolver` lives as long as anybody needs it. Make it early in
// main, before anything else can start the library with its forty threads. Fails, with the reason,
// when the extra authority cannot be read.
//
// Lifetime: destroying the client ends what is under way as HttpFault::stopped; those completions
// are posted before the destructor returns, and nothing after it. Two clients share the library's
// four threads.
Result<std::unique_ptr<HttpClient>, std::string> make_cpprest_http_client(
    OutboundSettings settings, service::Executor& executor, std::shared_ptr<Resolver> resolver);

}  // namespace svar::outbound
