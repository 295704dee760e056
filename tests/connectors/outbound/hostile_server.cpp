#include "tests/connectors/outbound/hostile_server.h"

#include <arpa/inet.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <stdexcept>

namespace svar::tests {
namespace {

constexpr std::chrono::seconds kPatience{10};

void be_patient(int socket) {
  const timeval patience{kPatience.count(), 0};
  setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
}

std::size_t content_length(const std::string& head) {
  const std::string_view name = "Content-Length:";
  const std::size_t at = head.find(name);
  return at == std::string::npos ? 0 : std::strtoul(head.c_str() + at + name.size(), nullptr, 10);
}

SSL_CTX* context_of(const CertificateFiles& files, Speaks speaks) {
  SSL_CTX* context = SSL_CTX_new(TLS_server_method());
  if (speaks == Speaks::old_tls) {
    SSL_CTX_set_security_level(context, 0);
    SSL_CTX_set_min_proto_version(context, TLS1_VERSION);
    SSL_CTX_set_max_proto_version(context, TLS1_1_VERSION);
  }
  if (SSL_CTX_use_certificate_file(context, files.certificate.c_str(), SSL_FILETYPE_PEM) != 1 ||
      SSL_CTX_use_PrivateKey_file(context, files.key.c_str(), SSL_FILETYPE_PEM) != 1)
    throw std::runtime_error("the test's certificate cannot be read");
  return context;
}

}  // namespace

int Peer::read_some() {
  std::array<char, 4096> piece{};
  const auto count = tls_ != nullptr ? SSL_read(tls_, piece.data(), piece.size())
                                     : ::recv(socket_, piece.data(), piece.size(), 0);
  if (count > 0) request_.append(piece.data(), static_cast<std::size_t>(count));
  return static_cast<int>(count);
}

bool Peer::read_head() {
  while (request_.find("\r\n\r\n") == std::string::npos) {
    if (read_some() <= 0) return false;
  }
  return true;
}

bool Peer::read_request() {
  if (!read_head()) return false;
  const std::size_t whole = request_.find("\r\n\r\n") + 4 + content_length(request_);
  while (request_.size() < whole) {
    if (read_some() <= 0) return false;
  }
  return true;
}

bool Peer::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count = tls_ != nullptr
                           ? SSL_write(tls_, bytes.data(), static_cast<int>(bytes.size()))
                           : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return false;
    written_ += static_cast<std::uint64_t>(count);
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

bool Peer::write_again_and_again(std::string_view bytes, std::uint64_t bytes_max) {
  for (const std::uint64_t begin = written_; written_ - begin < bytes_max;) {
    if (!write(bytes)) return false;
  }
  return true;
}

void Peer::answer(std::string_view body, std::string_view more_headers) {
  write("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
        std::string(more_headers) + "\r\n" + std::string(body));
}

void Peer::reset() {
  const linger at_once{1, 0};
  setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

bool Peer::wait_for_the_end() {
  int count = 0;
  while ((count = read_some()) > 0) request_.clear();
  return tls_ != nullptr ? SSL_get_error(tls_, count) != SSL_ERROR_WANT_READ : errno != EAGAIN;
}

HostileServer::HostileServer(Script script, std::optional<CertificateFiles> certificate,
                             Speaks speaks)
    : script_(std::move(script)) {
  std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes without MSG_NOSIGNAL
  if (certificate) context_ = context_of(*certificate, speaks);
  listening_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (::bind(listening_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      ::listen(listening_, 128) != 0 ||
      ::getsockname(listening_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
    throw std::runtime_error("no loopback port");
  port_ = ntohs(address.sin_port);
  accepting_ = std::thread([this] { accept_all(); });
}

HostileServer::~HostileServer() {
  ::shutdown(listening_, SHUT_RDWR);
  accepting_.join();
  ::close(listening_);
  {
    const std::lock_guard lock(mutex_);
    for (const int socket : sockets_) ::shutdown(socket, SHUT_RDWR);
  }
  for (std::thread& thread : threads_) thread.join();
  SSL_CTX_free(context_);
}

std::vector<std::string> HostileServer::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

bool HostileServer::wait_for_scripts(int count) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, kPatience, [&] { return scripts_ended_ >= count; });
}

void HostileServer::accept_all() {
  while (true) {
    const int socket = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) return;
    be_patient(socket);
    ++connections_;
    const std::lock_guard lock(mutex_);
    sockets_.push_back(socket);
    threads_.emplace_back([this, socket] { serve(socket); });
  }
}

ssl_st* HostileServer::handshake(int socket) {
  SSL* tls = SSL_new(context_);
  SSL_set_fd(tls, socket);
  if (SSL_accept(tls) == 1) return tls;
  SSL_free(tls);
  ++handshakes_failed_;
  return nullptr;
}

void HostileServer::serve(int socket) {
  SSL* tls = context_ != nullptr ? handshake(socket) : nullptr;
  std::string request;
  if (context_ == nullptr || tls != nullptr) {
    Peer peer(socket, tls);
    script_(peer);
    written_ += peer.bytes_written();
    request = peer.request();
  }
  SSL_free(tls);
  const std::lock_guard lock(mutex_);
  if (!request.empty()) requests_.push_back(std::move(request));
  sockets_.erase(std::find(sockets_.begin(), sockets_.end(), socket));
  ::close(socket);
  ++scripts_ended_;
  changed_.notify_all();
}

}  // namespace svar::tests
