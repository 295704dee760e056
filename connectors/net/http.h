// HTTP and WebSocket as the connectors see them: plain structures, no Beast. The server behind them
// is server.h.
//
// Threads: everything here happens on the one I/O thread. Handlers must not block.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace svar::net {

struct Request {
  std::string method;  // "GET"
  std::string path;    // percent-decoded, without the query; always begins with "/"
  std::vector<std::pair<std::string, std::string>> query;    // decoded, in order
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
  std::vector<std::string> captures;  // what the «*» of the route's pattern matched, in order
  std::string body;
  std::string
      remote_address;   // of the citizen: the peer's, or a configured proxy's X-Forwarded-For
  bool secure = false;  // TLS here, or at a configured proxy

  // The first value, empty when absent. `name` in lower case.
  std::string_view header(std::string_view name) const;
  // Every line of a field that is a list, as the one list they mean (RFC 9110, 5.3).
  std::string list_header(std::string_view name) const;
  std::string_view parameter(std::string_view name) const;
  std::string_view cookie(std::string_view name) const;
};

struct Response {
  int status = 200;
  std::vector<std::pair<std::string, std::string>>
      headers;  // Content-Length, Date and the security headers are added
  std::string body;
};
Response json_response(int status, std::string body);
Response text_response(int status, std::string body);

// Answers a request: exactly once, at once or later, on the I/O thread. Harmless when the client is
// gone.
using Respond = std::function<void(Response)>;
using Handler = std::function<void(const Request& request, Respond respond)>;

// The server's end of a WebSocket. Frames are text. Sending never blocks: a client that does not
// read is closed with 1013 when more than 100 messages or 256 KB wait.
class Socket {
 public:
  virtual ~Socket() = default;
  virtual void send(std::string frame) = 0;
  virtual void close(std::uint16_t code,
                     std::string_view reason) = 0;  // pending frames are sent first, but for 1013
  // Little is waiting. Who has much to send stops when it is false and goes on in drained().
  virtual bool has_room() const = 0;
  virtual const std::string& remote_address() const = 0;
  // Closes with 1008 when no message comes within that time. A later call replaces an earlier one.
  virtual void expect_message(std::chrono::milliseconds within) = 0;
};

// What a connector does with one socket. Destroyed after closed().
class SocketHandler {
 public:
  virtual ~SocketHandler() = default;
  virtual void opened(std::shared_ptr<Socket> socket) = 0;  // once, first
  virtual void received(
      std::string_view frame) = 0;  // valid UTF-8, at most the route's frame_bytes_max
  virtual void drained() {}         // all that waited is written
  virtual void closed() = 0;        // once, last, whoever closed
};

// Decides on an upgrade: a handler to go on with, or the response that refuses it.
using Upgrade =
    std::function<std::variant<std::unique_ptr<SocketHandler>, Response>(const Request& request)>;

// Paths to handlers. Patterns are literal but for «*», which matches one path segment.
// A path that exists with another method is answered 405 with Allow; unknown paths 404; HEAD
// follows GET.
class Router {
 public:
  Router();
  ~Router();
  void add(std::string method, std::string pattern, Handler handler,
           std::size_t body_bytes_max = 64 * 1024);
  void add_socket(std::string pattern, Upgrade upgrade, std::size_t frame_bytes_max = 64 * 1024);

  // What was added, in no order; for those who must look at every route.
  struct Entry {
    std::string method;  // "GET"; also of a socket
    std::string pattern;
    bool is_socket = false;
  };
  std::vector<Entry> routes() const;

  struct Match;  // the server's own
  Match match(std::string_view method, std::string_view path) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace svar::net
