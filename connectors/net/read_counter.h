// How the end of a frame that never comes is noticed: Beast asks the stream for more as long as a
// frame is incomplete, and tells nobody else. Private to connectors/net.
#pragma once

#include <utility>

namespace svar::net {

// An AsyncStream that passes everything on and counts the reads since the last whole frame: the
// first waits for the next frame, a second one means that a part of it has come. Threads: one.
// Lifetime: within the stream's.
template <class Stream>
class ReadCounter {
 public:
  using executor_type = typename Stream::executor_type;
  using next_layer_type = Stream;

  explicit ReadCounter(Stream& next) : next_(next) {}

  executor_type get_executor() noexcept { return next_.get_executor(); }
  Stream& next_layer() noexcept { return next_; }
  const Stream& next_layer() const noexcept { return next_; }

  void settle() { reads_ = 0; }  // a whole frame has come
  bool has_part_of_a_frame() const { return reads_ > 1; }

  template <class Buffers, class Handler>
  void async_read_some(const Buffers& buffers, Handler&& handler) {
    if (reads_ < 2) ++reads_;
    next_.async_read_some(buffers, std::forward<Handler>(handler));
  }
  template <class Buffers, class Handler>
  void async_write_some(const Buffers& buffers, Handler&& handler) {
    next_.async_write_some(buffers, std::forward<Handler>(handler));
  }

 private:
  Stream& next_;
  int reads_ = 0;
};

}  // namespace svar::net
