#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>
#include <exception>
#include <type_traits>
#include <utility>

#include "connectors/net/framing.h"
#include "connectors/net/request_head.h"
#include "connectors/net/route_match.h"
#include "connectors/net/streams.h"

namespace svar::net {

namespace asio = boost::asio;
using boost::system::error_code;
using std::chrono::steady_clock;

namespace {

constexpr std::size_t kReadBytes = 4 * 1024;
constexpr std::chrono::seconds kWriteTime{60};
constexpr std::chrono::seconds kLingerTime{5};
constexpr std::size_t kLingerBytesMax = 256 * 1024;

bool asks_for_websocket(const Request& request) {
  std::string upgrade{request.header("upgrade")};
  for (char& c : upgrade) c = static_cast<char>(c | 0x20);
  return upgrade == "websocket";
}

// One connection that speaks HTTP: reads a head, checks it, reads the body, hands over, writes, and again.
template <class Stream>
class HttpSession final : public Session, public std::enable_shared_from_this<HttpSession<Stream>> {
 public:
  HttpSession(std::shared_ptr<ServerState> state, std::unique_ptr<Stream> stream, std::string peer)
      : state_(std::move(state)),
        registration_(state_, *this),
        stream_(std::move(stream)),
        peer_(std::move(peer)) {}

  void start() {
    wait_at_most(state_->options.header_time);
    if constexpr (std::is_same_v<Stream, TlsStream>) {
      stream_->async_handshake(asio::ssl::stream_base::server,
                               [self = this->shared_from_this()](error_code error) {
                                 if (!error) self->read_head();
                               });
    } else {
      read_head();
    }
  }

  void sweep(SteadyTime now) override {
    if (now > deadline_) abort();
  }

  void stop(std::uint16_t) override {
    keep_alive_ = false;
    if (phase_ == Phase::idle) abort();
  }

  void abort() override {
    phase_ = Phase::closed;
    if (!stream_) return;
    error_code ignored;
    lowest(*stream_).close(ignored);
  }

 private:
  enum class Phase { idle, head, body, handling, writing, lingering, closed };

  void wait_at_most(std::chrono::milliseconds time) { deadline_ = steady_clock::now() + time; }

  template <class Next>
  void read_more(Next next) {
    const std::size_t before = buffer_.size();
    buffer_.resize(before + kReadBytes);
    stream_->async_read_some(
        asio::buffer(buffer_.data() + before, kReadBytes),
        [self = this->shared_from_this(), before, next](error_code error, std::size_t count) {
          self->buffer_.resize(before + count);
          if (error) {
            self->abort();
          } else {
            next(*self);
          }
        });
  }

  void read_head() {
    if (phase_ == Phase::closed) return;
    if (phase_ == Phase::idle && !buffer_.empty()) {
      phase_ = Phase::head;
      wait_at_most(state_->options.header_time);
    }
    // From the last three bytes that were looked at: the blank line may be cut by a packet.
    const auto end = buffer_.find("\r\n\r\n", searched_ > 3 ? searched_ - 3 : 0);
    searched_ = buffer_.size();
    if (end != std::string::npos && end + 4 <= kHeadBytesMax) return take_head(end + 4);
    if (buffer_.size() > kHeadBytesMax) return refuse(431);
    read_more([](HttpSession& self) { self.read_head(); });
  }

  void take_head(std::size_t head_bytes) {
    head_.assign(buffer_, 0, head_bytes);
    buffer_.erase(0, head_bytes);
    searched_ = 0;
    const auto checked = check_framing(head_);
    if (const auto* fault = std::get_if<FramingFault>(&checked)) return refuse(fault->status);
    framing_ = std::get<Framing>(checked);
    auto parsed = parse_request(head_);
    if (!parsed) return refuse(400);
    request_ = std::move(*parsed);
    keep_alive_ = framing_.keep_alive && !state_->stopping;
    name_the_client();
    match_ = state_->router.match(request_.method, request_.path);
    const bool socket = match_.kind == Router::Match::Kind::socket;
    if (framing_.content_length > (socket ? 0 : match_.bytes_max)) return refuse(413);
    phase_ = Phase::body;
    wait_at_most(state_->options.body_time);
    if (framing_.expects_continue && buffer_.size() < framing_.content_length) {
      return write_continue();
    }
    read_body();
  }

  void name_the_client() {
    request_.remote_address =
        client_address(state_->trusted_proxies, peer_, request_.list_header("x-forwarded-for"));
    request_.secure = std::is_same_v<Stream, TlsStream> ||
                      (state_->trusted_proxies.contains(peer_) &&
                       request_.header("x-forwarded-proto") == "https");
  }

  void write_continue() {
    out_ = "HTTP/1.1 100 Continue\r\n\r\n";
    asio::async_write(*stream_, asio::buffer(out_),
                      [self = this->shared_from_this()](error_code error, std::size_t) {
                        if (error) return self->abort();
                        self->read_body();
                      });
  }

  void read_body() {
    if (phase_ == Phase::closed) return;
    if (buffer_.size() < framing_.content_length) {
      return read_more([](HttpSession& self) { self.read_body(); });
    }
    request_.body.assign(buffer_, 0, framing_.content_length);
    buffer_.erase(0, framing_.content_length);
    dispatch();
  }

  void dispatch() {
    phase_ = Phase::handling;
    deadline_ = SteadyTime::max();
    if (state_->stopping) return answer(text_response(503, "stopping\n"));
    request_.captures = std::move(match_.captures);
    switch (match_.kind) {
      case Router::Match::Kind::unknown:
        return answer(text_response(404, "not found\n"));
      case Router::Match::Kind::wrong_method: {
        Response response = text_response(405, "method not allowed\n");
        response.headers.emplace_back("Allow", match_.allow);
        return answer(std::move(response));
      }
      case Router::Match::Kind::socket:
        return upgrade();
      case Router::Match::Kind::handler:
        return hand_over();
    }
  }

  void hand_over() {
    // Exactly one answer counts, whoever calls how often; a later one would belong to another request.
    auto answered = std::make_shared<bool>(false);
    auto respond = [self = this->shared_from_this(), answered](Response response) {
      if (std::exchange(*answered, true)) return;
      self->answer(std::move(response));
    };
    try {
      (*match_.handler)(request_, respond);
    } catch (const std::exception&) {
      respond(text_response(500, "internal error\n"));
    }
  }

  void upgrade() {
    if (!asks_for_websocket(request_) || request_.header("sec-websocket-version") != "13") {
      Response response = text_response(426, "this address speaks WebSocket version 13\n");
      response.headers.emplace_back("Upgrade", "websocket");
      response.headers.emplace_back("Sec-WebSocket-Version", "13");
      return answer(std::move(response));
    }
    // A client may not speak before the handshake is answered.
    if (!buffer_.empty() || request_.header("sec-websocket-key").empty()) return refuse(400);
    auto decided = (*match_.upgrade)(request_);
    if (auto* refused = std::get_if<Response>(&decided)) return answer(std::move(*refused));
    phase_ = Phase::closed;
    registration_.release();
    start_socket(state_, std::move(stream_),
                 SocketStart{std::move(head_), request_.remote_address,
                             std::move(std::get<0>(decided)), match_.bytes_max});
  }

  // Malformed: what follows on this connection cannot be trusted to begin where it seems to.
  void refuse(int status) {
    ++state_->counters.refused;
    keep_alive_ = false;
    lingers_ = true;
    request_ = Request{};
    answer(text_response(status, std::string{reason_phrase(status)} + "\n"));
  }

  void answer(Response response) {
    if (phase_ == Phase::closed) return;
    phase_ = Phase::writing;
    wait_at_most(kWriteTime);
    if (state_->stopping) keep_alive_ = false;
    const int kind = response.status / 100;
    ++state_->counters.responses[kind >= 1 && kind <= 5 ? kind : 0];
    out_ = serialise(response, {state_->date, request_.method == "HEAD", keep_alive_,
                                std::is_same_v<Stream, TlsStream> || request_.secure});
    request_ = Request{};
    asio::async_write(*stream_, asio::buffer(out_),
                      [self = this->shared_from_this()](error_code error, std::size_t) {
                        self->written(error);
                      });
  }

  void written(error_code error) {
    std::string{}.swap(out_);
    if (phase_ == Phase::closed) return;
    if (error) return abort();
    if (!keep_alive_) return lingers_ ? linger() : finish();
    phase_ = Phase::idle;
    if (buffer_.capacity() > 2 * kReadBytes) buffer_.shrink_to_fit();
    wait_at_most(state_->options.idle_time);
    read_head();
  }

  void finish() {
    error_code ignored;
    lowest(*stream_).shutdown(asio::socket_base::shutdown_both, ignored);
    abort();
  }

  // Closing with unread bytes resets the connection, and the client may lose the answer: read them away first.
  void linger() {
    phase_ = Phase::lingering;
    wait_at_most(kLingerTime);
    error_code ignored;
    lowest(*stream_).shutdown(asio::socket_base::shutdown_send, ignored);
    buffer_.resize(kReadBytes);
    discard(0);
  }

  void discard(std::size_t so_far) {
    lowest(*stream_).async_read_some(
        asio::buffer(buffer_),
        [self = this->shared_from_this(), so_far](error_code error, std::size_t count) {
          if (error || so_far + count > kLingerBytesMax) return self->abort();
          self->discard(so_far + count);
        });
  }

  std::shared_ptr<ServerState> state_;
  Registration registration_;
  std::unique_ptr<Stream> stream_;  // gone once it speaks WebSocket
  std::string peer_;
  std::string buffer_;  // read and not yet used
  std::size_t searched_ = 0;
  std::string head_;
  std::string out_;
  Request request_;
  Framing framing_;
  Router::Match match_;
  Phase phase_ = Phase::idle;
  SteadyTime deadline_ = SteadyTime::max();
  bool keep_alive_ = true;
  bool lingers_ = false;
};

}  // namespace

void start_http(std::shared_ptr<ServerState> state, std::unique_ptr<PlainStream> stream,
                std::string peer) {
  std::make_shared<HttpSession<PlainStream>>(std::move(state), std::move(stream), std::move(peer))
      ->start();
}

void start_http(std::shared_ptr<ServerState> state, std::unique_ptr<TlsStream> stream,
                std::string peer) {
  std::make_shared<HttpSession<TlsStream>>(std::move(state), std::move(stream), std::move(peer))
      ->start();
}

}  // namespace svar::net
