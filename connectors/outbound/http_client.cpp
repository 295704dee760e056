#include "connectors/outbound/http_client.h"

namespace svar::outbound {

std::string_view HttpResponse::header(std::string_view name) const {
  for (const HttpHeader& each : headers) {
    if (each.name == name) return each.value;
  }
  return {};
}

std::string_view words_of(HttpFault fault) {
  switch (fault) {
    case HttpFault::refused:
      return "not allowed";
    case HttpFault::busy:
      return "too many calls under way";
    case HttpFault::no_address:
      return "no address";
    case HttpFault::unreachable:
      return "no connection";
    case HttpFault::certificate:
      return "no trusted TLS connection for that name";
    case HttpFault::timeout:
      return "no whole answer in time";
    case HttpFault::too_large:
      return "the answer is larger than allowed";
    case HttpFault::broken:
      return "the connection ended, or what came is no HTTP";
    case HttpFault::stopped:
      return "the client was stopped";
  }
  return "";
}

}  // namespace svar::outbound
