// A server on loopback that does to each connection what a test's script says, however wicked:
// plain sockets and OpenSSL.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "tests/connectors/outbound/certificates.h"

struct ssl_st;
struct ssl_ctx_st;

namespace svar::tests {

// One accepted connection, inside a script. Everything blocks, for ten seconds at most.
class Peer {
 public:
  Peer(int socket, ssl_st* tls) : socket_(socket), tls_(tls) {}
  Peer(const Peer&) = delete;

  // A head and as much body as its Content-Length says; false when the connection ended before.
  bool read_request();
  bool read_head();
  const std::string& request() const { return request_; }

  // False when the other side has ended the connection.
  bool write(std::string_view bytes);
  bool write_again_and_again(std::string_view bytes, std::uint64_t bytes_max);
  void answer(std::string_view body, std::string_view more_headers = {});
  std::uint64_t bytes_written() const { return written_; }

  void reset();             // the connection ends with RST
  bool wait_for_the_end();  // until the other side ends it; false after ten seconds

 private:
  int read_some();
  int socket_;
  ssl_st* tls_;
  std::string request_;
  std::uint64_t written_ = 0;
};

enum class Speaks { http, https, old_tls };

class HostileServer {
 public:
  using Script = std::function<void(Peer&)>;

  explicit HostileServer(Script script, std::optional<CertificateFiles> certificate = std::nullopt,
                         Speaks speaks = Speaks::https);
  ~HostileServer();
  HostileServer(const HostileServer&) = delete;

  std::uint16_t port() const { return port_; }
  int connections() const { return connections_; }
  int handshakes_failed() const { return handshakes_failed_; }
  // What was read on each connection where anything was, in the order in which their scripts ended.
  std::vector<std::string> requests() const;
  std::uint64_t bytes_written() const { return written_; }
  // Until so many scripts have ended; false after ten seconds.
  bool wait_for_scripts(int count);

 private:
  void accept_all();
  void serve(int socket);
  ssl_st* handshake(int socket);

  const Script script_;
  ssl_ctx_st* context_ = nullptr;
  int listening_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<int> connections_{0};
  std::atomic<int> handshakes_failed_{0};
  std::atomic<std::uint64_t> written_{0};
  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::vector<std::string> requests_;
  std::vector<int> sockets_;
  std::vector<std::thread> threads_;
  int scripts_ended_ = 0;
  std::thread accepting_;
};

}  // namespace svar::tests
