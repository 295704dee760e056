// One conversation's queue of parts, and one channel's account: the delivery's memory. Pure values.
#pragma once

#include <deque>
#include <optional>
#include <string>

#include "bot/service/delivery/channel.h"
#include "bot/service/delivery/delivery.h"

namespace svar::service {

struct WaitingPart {
  PartKey key;
  Part part;
  bool by_person = false;
};

// A conversation with something on its way. Kept from the first look to the last part.
struct DeliveryLine {
  Channel* channel = nullptr;
  std::string address;
  Time last_citizen_at{};
  std::deque<WaitingPart> parts;
  bool busy = false;        // being looked at, stored or sent
  bool look_again = false;  // something was appended since the last look
  bool in_turn = false;     // waits for a place among its channel's sends
  SteadyTime due{};         // not before
  int refusals = 0;         // of the first part, in a row
  std::optional<SteadyTime> first_refused;
};

struct DeliveryAccount {
  Channel* channel = nullptr;
  Delivery::Counters counters;
  SteadyTime probe_at{};            // when a stopped one is tried again
  std::deque<ConversationId> turn;  // who waits for a place
};

}  // namespace svar::service
