#include "connectors/net/gathering_stream.h"

#include <sys/socket.h>

namespace svar::net {

namespace asio = boost::asio;
using boost::system::error_code;

// Behind what the loop has yet to do for this turn; once more when the turn had more to say.
void GatheringStream::State::write_soon(const std::shared_ptr<State>& state) {
  if (state->put_off || state->writing) return;
  state->put_off = true;
  state->seen = state->gathered.size();
  asio::post(state->socket.get_executor(), [state] {
    state->put_off = false;
    if (state->writing || state->gathered.empty()) return;
    const bool grew = state->gathered.size() != state->seen;
    if (grew && state->gathered.size() < kGatheredMax) return write_soon(state);
    write(state);
  });
}

void GatheringStream::State::write(const std::shared_ptr<State>& state) {
  state->writing = true;
  state->leaving = std::exchange(state->gathered, {});
  asio::async_write(state->socket, asio::buffer(state->leaving),
                    [state](error_code error, std::size_t) {
                      state->writing = false;
                      std::string{}.swap(state->leaving);
                      if (error) state->failed = error;
                      if (error) state->gathered.clear();
                      if (const auto held = std::exchange(state->held, nullptr)) held->complete();
                      if (!state->gathered.empty()) write_soon(state);
                    });
}

void GatheringStream::write_now() {
  if (state_->writing || state_->gathered.empty()) return;
  const std::string last = std::exchange(state_->gathered, {});
  // Not the socket's own call, which waits for room.
  [[maybe_unused]] const auto sent =
      ::send(state_->socket.native_handle(), last.data(), last.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
}

}  // namespace svar::net
