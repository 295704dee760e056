// Takes what platforms send into conversations: each event once, whatever the platform repeats,
// shuffles or sends in batches.
//
// A contact of a channel has one conversation; after its erasure the next word begins another. An
// event's ClientId is a keyed hash of channel and event id, so that a repeat is known by the
// conversation's own set of ids, which is kept whole: for as long as the log, not for eight days.
// Addresses and platform ids are stored nowhere in clear.
//
// Threads: one (the executor's).
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <variant>

#include "bot/service/delivery/channel.h"
#include "bot/service/delivery/delivery.h"
#include "bot/service/turn/conversations.h"

namespace svar::service {

using IntakeKey = std::array<unsigned char, 32>;

class Intake {
 public:
  // Everything referred to must outlive this object and every call it began.
  Intake(EventStore& store, Conversations& conversations, Delivery& delivery, const Clock& clock,
         const IntakeKey& key);
  ~Intake();
  Intake(const Intake&) = delete;

  struct Taken {};  // all of it is stored, or never can be: the platform need not come again
  struct TryLater {
    std::chrono::milliseconds after;
  };
  using Outcome = std::variant<Taken, TryLater>;

  // A batch, in the order of the platform's clock, then as it came. What a contact sent is decided
  // in that order; one contact doesn't wait for another. `done` runs exactly once, after every
  // first append was committed; the bot's answers come later. After TryLater the same batch may be
  // given again whole. `channel` must live until then.
  void take(const Channel& channel, Decoded decoded, std::function<void(Outcome)> done);

  struct Counters {
    std::uint64_t accepted = 0;
    std::uint64_t repeated = 0;
    std::uint64_t refused = 0;  // too long, empty, nothing of ours: never stored
    std::uint64_t unknown = 0;
    std::uint64_t later = 0;  // batches that the platform was told to bring again
  };
  const Counters& counters() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace svar::service
