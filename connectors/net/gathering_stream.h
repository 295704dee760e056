// Writes as one what is written within a moment: an acknowledgement and the answer behind it are
// two frames and need not be two system calls, which are the dearest part of a turn. Private to
// connectors/net.
#pragma once

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <memory>
#include <string>
#include <utility>

#include "connectors/net/streams.h"

namespace svar::net {

// An AsyncStream over a plain socket. A write is complete when its bytes are gathered, unless more
// than kGatheredMax wait for a slow reader: then it is complete once they left. The bytes leave at
// the end of this round of the loop. An error of the socket is reported to the next write, and to
// the read that is always under way.
//
// Threads: one, the loop's. Lifetime: what is under way keeps the socket alive.
class GatheringStream {
 public:
  using executor_type = PlainStream::executor_type;

  explicit GatheringStream(PlainStream socket)
      : state_(std::make_shared<State>(std::move(socket))) {}
  GatheringStream(GatheringStream&&) = default;

  executor_type get_executor() noexcept { return state_->socket.get_executor(); }
  PlainStream& socket() { return state_->socket; }

  template <class Buffers, class Handler>
  void async_read_some(const Buffers& buffers, Handler&& handler) {
    state_->socket.async_read_some(buffers, std::forward<Handler>(handler));
  }

  template <class Buffers, class Handler>
  void async_write_some(const Buffers& buffers, Handler&& handler) {
    State& state = *state_;
    std::size_t count = 0;
    for (auto at = boost::asio::buffer_sequence_begin(buffers);
         at != boost::asio::buffer_sequence_end(buffers); ++at) {
      const boost::asio::const_buffer buffer(*at);
      state.gathered.append(static_cast<const char*>(buffer.data()), buffer.size());
      count += buffer.size();
    }
    auto complete = [stream = state_, count, handler = std::forward<Handler>(handler)]() mutable {
      // A copy: the handler may be what keeps this stream's owner alive.
      const auto error = stream->failed;
      std::move(handler)(error, error ? 0 : count);
    };
    if (state.writing && state.gathered.size() > kGatheredMax) {
      state.held = std::make_unique<HeldWrite<decltype(complete)>>(std::move(complete));
    } else {
      boost::asio::post(get_executor(), std::move(complete));
    }
    State::write_soon(state_);
  }

  // What is gathered, as far as the socket takes it without waiting; for the end of a connection.
  void write_now();

 private:
  static constexpr std::size_t kGatheredMax = 16 * 1024;

  struct Held {
    virtual ~Held() = default;
    virtual void complete() = 0;
  };
  template <class Complete>
  struct HeldWrite final : Held {
    explicit HeldWrite(Complete given) : complete_write(std::move(given)) {}
    void complete() override { complete_write(); }
    Complete complete_write;
  };

  struct State {
    explicit State(PlainStream given) : socket(std::move(given)) {}
    static void write_soon(const std::shared_ptr<State>& state);
    static void write(const std::shared_ptr<State>& state);

    PlainStream socket;
    std::string gathered;
    std::string leaving;         // being written
    std::size_t seen = 0;        // of `gathered`, when the write was last put off
    std::unique_ptr<Held> held;  // the write that waits for room
    boost::system::error_code failed;
    bool put_off = false;
    bool writing = false;
  };

  std::shared_ptr<State> state_;
};

inline PlainStream& lowest(GatheringStream& stream) {
  return stream.socket();
}

}  // namespace svar::net
