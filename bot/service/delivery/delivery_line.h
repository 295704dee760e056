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
  SteadyTime check_at{};            // when its token is tried next
  bool checking = false;
  bool stopped_by_check = false;  // and goes again when the token holds again
};

// What an outcome makes of a part, and the figures of it.
DeliveryState state_of(SendOutcome::Kind kind);
void count(Delivery::Counters& counters, DeliveryState state);
ChannelStatus status_of(const DeliveryAccount& account);

// What an outcome makes of the account: the code why it has stopped, empty when it goes again,
// nothing when neither is new.
std::optional<std::string> news_of(DeliveryAccount& account, const SendOutcome& outcome,
                                   const Delivery::Options& options, SteadyTime now);
// The same for what a token's check came to.
std::optional<std::string> news_of_check(DeliveryAccount& account, const SendOutcome& outcome,
                                         const Delivery::Options& options, SteadyTime now);

// Whether a stored part is to go out: what waits, and where it does no harm what was being sent
// when the last process ended.
bool is_to_be_sent(const DeliveryRow& row, const ChannelFacts& channel);

// The first part was refused: not again before a pause that doubles, or as long as was asked for.
void pause(DeliveryLine& line, const Delivery::Options& options, SteadyTime now,
           std::optional<std::chrono::milliseconds> asked);
bool is_given_up(const DeliveryLine& line, const Delivery::Options& options, SteadyTime now);
void first_is_done(DeliveryLine& line);

}  // namespace svar::service
