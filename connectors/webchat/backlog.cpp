#include "connectors/webchat/backlog.h"

#include <iterator>
#include <utility>

namespace svar::webchat {

void Backlog::put_missed(std::vector<Shown> missed) {
  missed_ += missed.size();
  events_.insert(events_.begin(), std::make_move_iterator(missed.begin()),
                 std::make_move_iterator(missed.end()));
}

bool Backlog::add(const Shown& one) {
  events_.push_back(one);
  bytes_ += one.frame.size();
  return events_.size() - missed_ <= kEventsMax && bytes_ <= kBytesMax;
}

Shown Backlog::take() {
  Shown first = std::move(events_.front());
  events_.pop_front();
  if (missed_ > 0) {
    --missed_;
  } else {
    bytes_ -= first.frame.size();
  }
  return first;
}

}  // namespace svar::webchat
