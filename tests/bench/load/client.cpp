#include "tests/bench/load/client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace svar::bench {

namespace {

constexpr std::size_t kInputBytes = 256 * 1024;
constexpr int kEventsAtOnce = 512;

// Need not be hard to guess: the server is our own.
std::uint32_t next_key() {
  static std::uint64_t state = 88172645463325252U;
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return static_cast<std::uint32_t>(state);
}

// Clients take turns among addresses, so that ports don't run out: 28,000 an address, each resting
// for a minute.
sockaddr_in own_address(std::uint32_t number) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK + number % 16);
  return address;
}

sockaddr_in server_address(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

std::string reason(const char* doing) {
  return std::string{doing} + ": " + std::generic_category().message(errno);
}

}  // namespace

Loop::Loop() : epoll_(::epoll_create1(EPOLL_CLOEXEC)), input_(kInputBytes) {
  if (epoll_ < 0) throw std::system_error(errno, std::generic_category(), "epoll_create1");
}

Loop::~Loop() {
  ::close(epoll_);
}

void Loop::wait(std::chrono::nanoseconds most) {
  std::array<epoll_event, kEventsAtOnce> events;
  const auto nanoseconds = most.count() > 0 ? most.count() : 0;
  const timespec timeout{nanoseconds / 1'000'000'000, nanoseconds % 1'000'000'000};
  const int count = ::epoll_pwait2(epoll_, events.data(), kEventsAtOnce, &timeout, nullptr);
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = events[static_cast<std::size_t>(i)];
    Client& client = *clients_[static_cast<std::uint32_t>(event.data.u64)];
    if (client.generation_ == event.data.u64 >> 32) client.ready(event.events);
  }
}

Client::Client(Loop& loop, ClientEvents& events, const Target& target, std::uint32_t number)
    : loop_(loop), events_(events), target_(target), number_(number) {
  if (loop_.clients_.size() <= number) loop_.clients_.resize(number + 1);
  loop_.clients_[number] = this;
}

Client::~Client() {
  cut();
}

void Client::connect() {
  cut();
  socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (socket_ < 0) return fail(reason("socket"));
  const int on = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  ::setsockopt(socket_, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
  const sockaddr_in from = own_address(number_);
  const sockaddr_in to = server_address(target_.port);
  if (::bind(socket_, reinterpret_cast<const sockaddr*>(&from), sizeof from) != 0) {
    return fail(reason("bind"));
  }
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0 &&
      errno != EINPROGRESS) {
    return fail(reason("connect"));
  }
  state_ = State::connecting;
  watch(true, true);
}

void Client::send(std::string_view text) {
  transmit(Opcode::text, text);
}

void Client::close() {
  if (state_ == State::open) transmit(Opcode::close, "\x03\xe8");  // 1000: done
  cut();
}

void Client::cut() {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
  state_ = State::closed;
  ++generation_;
  in_.clear();
  out_.clear();
}

void Client::ready(std::uint32_t events) {
  if (state_ == State::connecting) {
    int error = 0;
    socklen_t size = sizeof error;
    ::getsockopt(socket_, SOL_SOCKET, SO_ERROR, &error, &size);
    errno = error;
    if (error != 0) return fail(reason("connect"));
    state_ = State::upgrading;
    watch(false, false);
    return write(upgrade_request("127.0.0.1:" + std::to_string(target_.port), target_.path,
                                 target_.origin, target_.cookie));
  }
  if (events & EPOLLOUT) flush();
  if (state_ != State::closed && events & (EPOLLIN | EPOLLHUP | EPOLLERR)) read();
}

void Client::read() {
  const ssize_t got = ::recv(socket_, loop_.input_.data(), loop_.input_.size(), 0);
  if (got == 0) return fail("the server closed the connection");
  if (got < 0) return errno == EAGAIN || errno == EINTR ? void() : fail(reason("recv"));
  std::string_view bytes{loop_.input_.data(), static_cast<std::size_t>(got)};
  std::string joined;
  if (!in_.empty()) {
    joined = std::move(in_);
    in_.clear();
    joined.append(bytes);
    bytes = joined;
  }
  if (state_ == State::upgrading && !read_upgrade(bytes)) return;
  read_frames(bytes);
}

// Whether frames may follow; takes the server's answer off the front of `bytes`.
bool Client::read_upgrade(std::string_view& bytes) {
  const auto end = bytes.find("\r\n\r\n");
  if (end == std::string_view::npos) {
    in_ = bytes;
    return false;
  }
  if (!bytes.starts_with("HTTP/1.1 101")) {
    fail(bytes.substr(0, bytes.find("\r\n")));
    return false;
  }
  bytes.remove_prefix(end + 4);
  state_ = State::open;
  const std::uint32_t generation = generation_;
  events_.opened(*this);
  return generation == generation_;
}

void Client::read_frames(std::string_view bytes) {
  while (const auto frame = first_frame(bytes)) {
    bytes.remove_prefix(frame->size);
    if (!heard(*frame)) return;
  }
  in_ = bytes;
}

// Whether the connection is still the one the frame came on.
bool Client::heard(const ServerFrame& frame) {
  const std::uint32_t generation = generation_;
  if (frame.opcode == Opcode::text && frame.final) {
    events_.said(*this, frame.body);
  } else if (frame.opcode == Opcode::ping) {
    transmit(Opcode::pong, frame.body);
  } else if (frame.opcode == Opcode::close) {
    const auto code = frame.body.size() < 2 ? 1005
                                            : static_cast<unsigned char>(frame.body[0]) * 256 +
                                                  static_cast<unsigned char>(frame.body[1]);
    fail("the server closed with " + std::to_string(code));
  } else if (frame.opcode != Opcode::pong) {
    fail("a frame of another kind than text, or in pieces");
  }
  return generation == generation_;
}

void Client::transmit(Opcode opcode, std::string_view body) {
  static std::string frame;
  frame.clear();
  append_frame(frame, opcode, body, next_key());
  write(frame);
}

void Client::write(std::string_view bytes) {
  if (!out_.empty()) {
    out_.append(bytes);
    return;
  }
  const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  if (sent < 0 && errno != EAGAIN) return;  // the read that follows tells that it is over
  if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
  if (bytes.empty()) return;
  out_ = bytes;
  watch(true, false);
}

void Client::flush() {
  if (out_.empty()) return watch(false, false);
  const std::string rest = std::move(out_);
  out_.clear();
  write(rest);
  if (out_.empty()) watch(false, false);
}

void Client::watch(bool writable, bool add) {
  epoll_event event{};
  event.events = EPOLLIN | (writable ? static_cast<std::uint32_t>(EPOLLOUT) : 0U);
  event.data.u64 = static_cast<std::uint64_t>(generation_) << 32 | number_;
  ::epoll_ctl(loop_.epoll_, add ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, socket_, &event);
}

void Client::fail(std::string_view why) {
  const std::string copy{why};
  cut();
  events_.ended(*this, copy);
}

}  // namespace svar::bench
