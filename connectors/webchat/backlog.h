// Events that a client does not have yet: those it missed while it was away, and behind them those
// that happened since.
#pragma once

#include <deque>
#include <vector>

#include "connectors/webchat/event_frames.h"

namespace svar::webchat {

// What was missed is as long as the log is. What happens while the client does not read is bounded:
// together with the half of the socket's queue that is filled before anything waits here, 100
// events or 256 KB.
class Backlog {
 public:
  static constexpr std::size_t kEventsMax = 50;
  static constexpr std::size_t kBytesMax = 128 * 1024;

  // Before everything that waits already.
  void put_missed(std::vector<Shown> missed);
  // False: too much waits, `one` included.
  bool add(const Shown& one);

  bool empty() const { return events_.empty(); }
  Shown take();  // the oldest; not when empty

 private:
  std::deque<Shown> events_;
  std::size_t missed_ = 0;  // how many of the first ones were missed
  std::size_t bytes_ = 0;   // of the others
};

}  // namespace svar::webchat
