// The HTTP and WebSocket server: sockets, framing, limits, time-outs, TLS. What is served is the
// Router's (http.h).
//
// Threads: everything on the IoExecutor's thread, but for listen(), which may be called before it
// runs. What it refuses before any handler sees it: malformed or ambiguous framing 400,
// Transfer-Encoding 400, another HTTP version 505, a header over 8 KB 431, a body over the route's
// limit 413, a slow header (10 s), body or WebSocket frame (30 s) by closing. Every response gets nosniff,
// Referrer-Policy, X-Frame-Options and, unless the handler set one, a Content-Security-Policy that
// allows nothing.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bot/domain/result.h"
#include "connectors/net/http.h"
#include "connectors/net/io_executor.h"
#include "connectors/net/tls_files.h"

namespace svar::net {

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;       // 0: any that is free
  std::optional<TlsFiles> tls;  // without it: plain HTTP
  // Addresses or prefixes («10.0.0.0/8») of proxies whose X-Forwarded-For and X-Forwarded-Proto are
  // believed.
  std::vector<std::string> trusted_proxies;
  std::size_t connections_max = 16'000;  // one more is answered 503 and closed
  // With a sweep and, for frames, the farewell on top: 10 s for a header, 30 s for a body or a message.
  std::chrono::milliseconds header_time{8'000};
  std::chrono::milliseconds body_time{28'000};
  std::chrono::milliseconds frame_time{22'000};  // from the first byte of a WebSocket message to its last
  std::chrono::milliseconds idle_time{60'000};    // between two requests
  std::chrono::milliseconds silent_time{75'000};  // WebSocket without any frame from the client
  std::chrono::milliseconds sweep_period{1'000};  // how exactly the times above are kept
  // What may wait for a WebSocket client to read it; one more and it is closed with 1013.
  std::size_t queued_frames_max = 100;
  std::size_t queued_bytes_max = 256 * 1024;
  // What the system may keep unsent for a client that does not read; it takes megabytes when it is not told.
  int unsent_bytes_max = 128 * 1024;
};

struct ServerCounters {
  std::uint64_t accepted = 0;       // connections since the start
  std::uint64_t refused = 0;        // connections over connections_max, and malformed requests
  std::uint64_t responses[6] = {};  // by first digit of the status; 0 is unused
  std::uint64_t upgrades = 0;
  std::uint64_t slow_readers = 0;  // sockets closed with 1013
  std::uint64_t messages_in = 0;
  std::uint64_t messages_out = 0;
  std::size_t connections = 0;  // open now, sockets included
  std::size_t sockets = 0;      // WebSockets open now
};

struct ListenError {
  std::string what;  // for the operator: address, port and reason
};

class Server {
 public:
  // `io` and `router` outlive the server; the router gets no more routes after listen().
  Server(IoExecutor& io, const Router& router, ServerOptions options);
  ~Server();  // closes what is left, without ceremony
  Server(const Server&) = delete;

  // Binds, listens, and begins to accept once the executor runs. The port that was bound.
  Result<std::uint16_t, ListenError> listen();

  // Accepts no more, closes every WebSocket with `close_code` (1001 stopping, 1012 restarting),
  // finishes the responses that are under way, answers new requests 503. When all are gone, or
  // after `deadline`, the rest is cut and `done` runs, once, later.
  void stop(std::chrono::milliseconds deadline, std::uint16_t close_code,
            std::function<void()> done);

  ServerCounters counters() const;

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace svar::net
