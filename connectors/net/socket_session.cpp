#include <boost/asio/buffer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <algorithm>
#include <list>
#include <exception>
#include <optional>
#include <utility>

#include "connectors/net/gathering_stream.h"
#include "connectors/net/read_counter.h"
#include "connectors/net/streams.h"

namespace svar::net {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;
using boost::system::error_code;
using std::chrono::steady_clock;

// Beast finds these three by the argument's namespace. The answer to a close may still be gathered.
template <class Handler>
void async_teardown(beast::role_type role, GatheringStream& stream, Handler&& handler) {
  stream.write_now();
  websocket::async_teardown(role, stream.socket(), std::forward<Handler>(handler));
}
void teardown(beast::role_type role, GatheringStream& stream, error_code& error) {
  stream.write_now();
  websocket::teardown(role, stream.socket(), error);
}
void beast_close_socket(GatheringStream& stream) {
  error_code ignored;
  stream.socket().close(ignored);
}

// The same for what counts the reads of any of the streams.
template <class Stream, class Handler>
void async_teardown(beast::role_type role, ReadCounter<Stream>& counter, Handler&& handler) {
  using websocket::async_teardown;
  async_teardown(role, counter.next_layer(), std::forward<Handler>(handler));
}
template <class Stream>
void teardown(beast::role_type role, ReadCounter<Stream>& counter, error_code& error) {
  using websocket::teardown;
  teardown(role, counter.next_layer(), error);
}

namespace {

constexpr std::size_t kIdleBufferBytes = 512;
constexpr std::size_t kReadBytes = 64 * 1024;
constexpr std::chrono::seconds kCloseTime{5};
constexpr std::chrono::seconds kTeardownTime{1};  // for the answer to a close, and the end of TCP

// One WebSocket. Reads one message at a time, writes one at a time, keeps at most the limits above in between.
template <class Stream>
class SocketSession final : public Socket,
                            public Session,
                            public std::enable_shared_from_this<SocketSession<Stream>> {
 public:
  SocketSession(std::shared_ptr<ServerState> state, std::unique_ptr<Stream> stream,
                SocketStart start)
      : state_(std::move(state)),
        registration_(state_, *this),
        stream_(std::move(stream)),
        reads_(*stream_),
        socket_(reads_),
        head_(std::move(start.head)),
        remote_address_(std::move(start.remote_address)),
        handler_(std::move(start.handler)) {
    socket_.read_message_max(start.frame_bytes_max);
    socket_.auto_fragment(false);
    socket_.text(true);
    socket_.control_callback([this](websocket::frame_type kind, beast::string_view) {
      heard();
      reads_.settle();
      if (kind == websocket::frame_type::close) peer_closes();
    });
    heard();
  }
  ~SocketSession() override {
    if (counted_) --state_->counters.sockets;
  }

  void accept() {
    beast::http::request_parser<beast::http::empty_body> parser;
    error_code error;
    parser.put(asio::buffer(head_), error);
    // Only as long as the handshake: an open socket has no use for it.
    const auto request = std::make_shared<beast::http::request<beast::http::empty_body>>(parser.release());
    std::string{}.swap(head_);
    socket_.async_accept(*request, [self = this->shared_from_this(), request](error_code failed) {
      self->accepted(failed);
    });
  }

  void send(std::string frame) override {
    if (closing_) return;
    const ServerOptions& options = state_->options;
    if (queue_.size() >= options.queued_frames_max ||
        queued_bytes_ + frame.size() > options.queued_bytes_max) {
      ++state_->counters.slow_readers;
      return close(1013, "too slow");
    }
    queued_bytes_ += frame.size();
    queue_.push_back(std::move(frame));
    if (!writing_) write();
  }

  void close(std::uint16_t code, std::string_view reason) override {
    if (closing_) return;
    // Who comes back with «resume» gets it then; until then nobody keeps it in memory.
    if (code == 1013) drop_waiting();
    closing_ = true;
    close_code_ = code;
    close_text_ = reason;
    deadline_ = steady_clock::now() + kCloseTime;
    if (!writing_) write_close();
  }

  bool has_room() const override {
    return queue_.size() < state_->options.queued_frames_max / 2 &&
           queued_bytes_ < state_->options.queued_bytes_max / 8;
  }

  const std::string& remote_address() const override { return remote_address_; }

  void sweep(SteadyTime now) override {
    if (now > deadline_) return abort();
    if (now > silent_deadline_) return close(1001, "silent");
    if (now > message_deadline_) return close(1008, "nothing said");
    if (socket_.is_message_done() && !reads_.has_part_of_a_frame()) {
      unfinished_since_.reset();
    } else if (!unfinished_since_) {
      unfinished_since_ = now;
    } else if (now - *unfinished_since_ > state_->options.frame_time) {
      close(1008, "unfinished message");
    }
  }

  void expect_message(std::chrono::milliseconds within) override {
    message_deadline_ = steady_clock::now() + within;
  }

  void stop(std::uint16_t close_code) override {
    if (!counted_) return abort();
    close(close_code, close_code == 1012 ? "restarting" : "stopping");
  }

  // The handler hears of it here and not when the pending read ends: at shutdown nothing runs any more by then.
  void abort() override {
    const auto self = this->weak_from_this().lock();  // the handler may hold the last reference
    error_code ignored;
    lowest(*stream_).close(ignored);
    finish();
  }

 private:
  void heard() { silent_deadline_ = steady_clock::now() + state_->options.silent_time; }

  void accepted(error_code error) {
    if (error || !handler_) return;
    counted_ = true;
    ++state_->counters.sockets;
    ++state_->counters.upgrades;
    guarded([this] { handler_->opened(this->shared_from_this()); });
    if (state_->stopping) stop(state_->close_code);
    read();
  }

  // A handler that throws has broken its promise to this client only.
  template <class Call>
  void guarded(Call call) {
    try {
      call();
    } catch (const std::exception&) {
      close(1011, "internal error");
    }
  }

  // The buffer is held as long as nobody writes: small, until a message has begun.
  void read() {
    const std::size_t at_most = buffer_.size() == 0 ? kIdleBufferBytes : kReadBytes;
    socket_.async_read_some(buffer_, at_most,
                            [self = this->shared_from_this()](error_code error, std::size_t) {
                              self->received(error);
                            });
  }

  void received(error_code error) {
    if (error) return finish();
    if (!socket_.is_message_done()) return read();
    heard();
    reads_.settle();
    message_deadline_ = SteadyTime::max();
    unfinished_since_.reset();
    if (!closing_) {
      ++state_->counters.messages_in;
      if (socket_.got_text()) {
        const auto data = buffer_.data();
        guarded([&] {
          handler_->received({static_cast<const char*>(data.data()), data.size()});
        });
      } else {
        close(1003, "text only");
      }
    }
    buffer_.clear();
    if (buffer_.capacity() > kIdleBufferBytes) buffer_.shrink_to_fit();
    read();
  }

  void write() {
    writing_ = true;
    socket_.async_write(asio::buffer(queue_.front()),
                        [self = this->shared_from_this()](error_code error, std::size_t) {
                          self->written(error);
                        });
  }

  void written(error_code error) {
    writing_ = false;
    if (error) return abort();
    ++state_->counters.messages_out;
    queued_bytes_ -= queue_.front().size();
    queue_.pop_front();
    if (!queue_.empty()) return write();
    if (closing_) return write_close();
    if (handler_) guarded([this] { handler_->drained(); });
  }

  void write_close() {
    const websocket::close_reason reason(static_cast<websocket::close_code>(close_code_), close_text_);
    socket_.async_close(reason, [self = this->shared_from_this()](error_code) { self->abort(); });
  }

  // All but the message that is being written.
  void drop_waiting() {
    while (queue_.size() > (writing_ ? 1 : 0)) {
      queued_bytes_ -= queue_.back().size();
      queue_.pop_back();
    }
  }

  // Beast answers it and waits for the client to end TCP, which a client need not do.
  void peer_closes() {
    deadline_ = std::min<SteadyTime>(deadline_, steady_clock::now() + kTeardownTime);
    finish();
  }

  // Nothing is heard from here on: a close frame came, or the connection broke.
  void finish() {
    closing_ = true;
    deadline_ = std::min<SteadyTime>(deadline_, steady_clock::now() + kCloseTime);
    if (!handler_) return;
    const auto handler = std::move(handler_);
    if (counted_) handler->closed();
  }

  std::shared_ptr<ServerState> state_;
  Registration registration_;
  std::unique_ptr<Stream> stream_;
  ReadCounter<Stream> reads_;
  websocket::stream<ReadCounter<Stream>&, false> socket_;  // false: no permessage-deflate
  std::string head_;
  std::string remote_address_;
  std::unique_ptr<SocketHandler> handler_;  // holds us until closed(); we let go of it there
  beast::flat_buffer buffer_;
  std::list<std::string> queue_;  // the first is being written while writing_; empty, it holds no memory
  std::size_t queued_bytes_ = 0;
  std::uint16_t close_code_ = 0;
  std::string close_text_;
  SteadyTime deadline_ = SteadyTime::max();  // of the close handshake
  SteadyTime silent_deadline_;
  SteadyTime message_deadline_ = SteadyTime::max();  // of a message that is expected
  std::optional<SteadyTime> unfinished_since_;       // a message or frame has begun, as the sweep sees it
  bool writing_ = false;
  bool closing_ = false;
  bool counted_ = false;  // the upgrade was answered
};

}  // namespace

void start_socket(std::shared_ptr<ServerState> state, std::unique_ptr<PlainStream> stream,
                  SocketStart start) {
  auto gathering = std::make_unique<GatheringStream>(std::move(*stream));
  std::make_shared<SocketSession<GatheringStream>>(std::move(state), std::move(gathering),
                                                   std::move(start))
      ->accept();
}

void start_socket(std::shared_ptr<ServerState> state, std::unique_ptr<TlsStream> stream,
                  SocketStart start) {
  std::make_shared<SocketSession<TlsStream>>(std::move(state), std::move(stream), std::move(start))
      ->accept();
}

}  // namespace svar::net
