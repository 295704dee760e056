// Events that a client does not have yet: those it missed while it was away, and behind them those
// that happened since.
#pragma once

#include <list>
#include <vector>

#include "connectors/webchat/event_frames.h"

namespace svar::webchat {

// What was missed is as long as the log is. What happens while the client does not read is bounded,
// so that a thousand of them together, with what their sockets queue, cost no more than 150 MB; who
// is closed for it resumes and loses nothing.
class Backlog {
 public:
  static constexpr std::size_t kEventsMax = 50;
  static constexpr std::size_t kBytesMax = 48 * 1024;

  // Before everything that waits already.
  void put_missed(std::vector<Shown> missed);
  // False: too much waits, `one` included.
  bool add(const Shown& one);

  bool empty() const { return events_.empty(); }
  Shown take();  // the oldest; not when empty

 private:
  std::list<Shown>
      events_;  // no deque: an empty one holds 600 bytes, times the citizens who are quiet
  std::size_t missed_ = 0;  // how many of the first ones were missed
  std::size_t bytes_ = 0;   // of the others
};

}  // namespace svar::webchat
