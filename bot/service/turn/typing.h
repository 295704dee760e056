// Who is writing right now, told to whoever shows it. Not part of the log: lost when nobody
// listens.
//
// Threads: one, the executor's. Listeners are called inside typing(), in the order they were added,
// and must not block.
#pragma once

#include <algorithm>
#include <vector>

#include "bot/domain/ids.h"

namespace svar::service {

enum class TypingFrom { citizen, agent };

class TypingListener {
 public:
  virtual ~TypingListener() = default;
  virtual void typing(ConversationId conversation, TypingFrom from) = 0;
};

class TypingHub {
 public:
  // The caller has checked that the sender may write in the conversation, and doesn't call more
  // than once a second.
  void typing(ConversationId conversation, TypingFrom from) {
    const auto listeners = listeners_;  // a listener may remove itself or another meanwhile
    for (TypingListener* listener : listeners) {
      if (std::find(listeners_.begin(), listeners_.end(), listener) == listeners_.end()) continue;
      listener->typing(conversation, from);
    }
  }

  // Lifetime: until remove.
  void add_listener(TypingListener& listener) { listeners_.push_back(&listener); }
  void remove_listener(TypingListener& listener) { std::erase(listeners_, &listener); }

 private:
  std::vector<TypingListener*> listeners_;
};

}  // namespace svar::service
