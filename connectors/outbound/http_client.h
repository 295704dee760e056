// The port through which adapters call the outside world: one request, one answer, at most one copy
// on the wire.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bot/domain/result.h"

namespace svar::outbound {

enum class Method { get, post };

struct HttpHeader {
  std::string name;
  std::string value;
};

struct HttpRequest {
  Method method = Method::get;
  // Absolute. May hold a secret (Telegram's token), so that it never stands in an error, a log or a
  // metric. What is accepted: see url.h.
  std::string url;
  // Not Host, Content-Length, Transfer-Encoding and Connection: those are the client's own. A POST
  // with a body names its Content-Type here.
  std::vector<HttpHeader> headers;
  std::string body;
  // From the call of send to the last byte of the answer, looking up the name included.
  std::chrono::milliseconds time_max{10'000};
  std::size_t answer_bytes_max = 1 << 20;
};

struct HttpResponse {
  int status = 0;
  std::vector<HttpHeader> headers;  // names in lower case
  std::string body;                 // raw: a Content-Encoding, never asked for, is not undone
  // The first header of that name, given in lower case; empty when absent.
  std::string_view header(std::string_view name) const;
};

// Whether the other side can have acted on the request.
//   no     its head did not leave, or not whole, so that nobody can have acted on it: repeating is
//   safe maybe  it may have arrived, whole or in part: a POST is not repeated blindly
enum class Sent { no, maybe };

enum class HttpFault {
  refused,      // the request itself, or where it would go, is not allowed: repeating is no use
  busy,         // too many calls under way: later
  no_address,   // the name could not be looked up
  unreachable,  // no connection
  certificate,  // a connection, but not with a certificate for that name that is trusted
  timeout,      // no whole answer within time_max
  too_large,    // more than answer_bytes_max, or a head of more than 64 KiB
  broken,       // the connection ended, or what came is no HTTP
  stopped,      // the client was destroyed meanwhile
};

// A few plain words for logs and screens, e.g. «no whole answer in time».
std::string_view words_of(HttpFault fault);

struct HttpError {
  Sent sent;
  HttpFault fault;
  std::string
      what;  // one line for logs, with at most the host's name: no path, query, header or body
};

using HttpOutcome = Result<HttpResponse, HttpError>;

// Any answer is an outcome, whatever its status: a 3xx is not followed, a 4xx or 5xx is no error
// here.
//
// Threads: send may be called from any thread, does not block, and runs `done` exactly once, later,
// never inside the call, on the executor that the client was made with. Completions of different
// calls come in any order. Durability: none; what must survive a crash is written down before send
// is called.
class HttpClient {
 public:
  virtual ~HttpClient() = default;
  virtual void send(HttpRequest request, std::function<void(HttpOutcome)> done) = 0;
};

}  // namespace svar::outbound
