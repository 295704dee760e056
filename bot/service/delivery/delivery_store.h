// What is on its way to messaging platforms, and how far it came. A port.
//
// It holds no word of anybody: a row names an event of the log, the text is read there when it is
// sent. Addresses are kept sealed.
//
// Threads: every method may be called from any thread and returns at once; each completion runs
// exactly once, never inside the call, on the executor given to the store, in the order of the
// calls. Durability: when a completion reports no error, the change survives a crash of the process
// and of the machine. After an error nothing is known about it.
#pragma once

#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "bot/domain/ids.h"
#include "bot/domain/result.h"
#include "bot/service/delivery/incoming.h"
#include "bot/service/turn/event_store.h"

namespace svar::service {

// pending → sending (stored before the first byte leaves) → sent → delivered → read; or failed, or
// uncertain: it may have arrived, and is repeated by a person's word alone. The spelling of code()
// is in the store and on the desk's wire: never change one.
enum class DeliveryState { pending, sending, uncertain, sent, delivered, read, failed };
std::string_view code(DeliveryState state);
std::optional<DeliveryState> delivery_state_from_code(std::string_view code);

// One part of one message.
struct PartKey {
  ConversationId conversation;
  Seq seq;
  int part = 0;  // 0, 1, 2 …
  auto operator<=>(const PartKey&) const = default;
};

struct DeliveryRow {
  PartKey key;
  DeliveryState state = DeliveryState::pending;
  std::string message;  // the platform's id, once it is known
  std::string why;      // a code, with failed and uncertain
  Time changed_at{};
};

// Whom a conversation is with.
struct Contact {
  std::string channel;  // ChannelFacts::id
  std::string address;
  Seq expanded;  // events up to here have their rows
};

// --- Changes. Each is one transaction.

// The contact wrote from this address; what is known of `expanded` stays.
struct ContactSeen {
  ConversationId conversation;
  std::string channel;
  std::string address;
};
// Events up to `expanded` have these rows, all pending. Rows that are there already stay.
struct PartsAdded {
  ConversationId conversation;
  Seq expanded;
  std::vector<PartKey> parts;
  Time at{};
};
// What became of a part by our own doing. Never lowers what a receipt said: `sent` changes only
// what is pending, sending or uncertain.
struct PartMoved {
  PartKey key;
  DeliveryState to = DeliveryState::pending;
  std::string message;
  std::string why;
  Time at{};
};
// The platform's word about a message; only ever raises it.
struct ReceiptNoted {
  std::string channel;
  std::string message;
  Rank rank = Rank::delivered;
  std::string why;
};
// Everything sent to a conversation up to then.
struct ReceiptUpToNoted {
  ConversationId conversation;
  Time watermark{};
  Rank rank = Rank::delivered;
};
// Our own message came back: it was sent. Settles what is sending or uncertain.
struct EchoNoted {
  PartKey key;
  std::string message;
};
// All that is pending will never be sent.
struct GivenUp {
  ConversationId conversation;
  std::string why;
  Time at{};
};
// The conversation is erased: its contact and rows are gone, whatever was on its way.
struct Forgotten {
  ConversationId conversation;
};
using DeliveryChange = std::variant<ContactSeen, PartsAdded, PartMoved, ReceiptNoted,
                                    ReceiptUpToNoted, EchoNoted, GivenUp, Forgotten>;

class DeliveryStore {
 public:
  virtual ~DeliveryStore() = default;

  // Once, at start: what was being sent when the last process ended becomes uncertain. Gives every
  // conversation that has pending or uncertain parts, or events without rows.
  virtual void begin(Time now,
                     std::function<void(Result<std::vector<ConversationId>, StoreError>)> done) = 0;

  struct Found {
    std::optional<Contact> contact;
    std::vector<DeliveryRow> rows;  // by seq and part
  };
  virtual void find(ConversationId conversation,
                    std::function<void(Result<Found, StoreError>)> done) = 0;

  virtual void write(DeliveryChange change,
                     std::function<void(std::optional<StoreError>)> done) = 0;
};

}  // namespace svar::service
