// What the events of a messaging platform amount to, decoded by its channel.
//
// Ids are the platform's own. They are kept only as keyed hashes, but for the contact's address,
// which is sealed. Nothing here has been checked against the log: repeats and shuffles are normal.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "bot/domain/time.h"

namespace svar::service {

// How far a message of ours has come. A receipt only ever raises it: receipts arrive late and out
// of order. failed is above all: platforms refuse after they accepted.
enum class Rank { sent, delivered, read, failed };

struct Incoming {
  std::string contact;  // whom to answer; empty for a receipt that names only a message
  // Unique within the channel, the same each time the platform repeats itself: "m:<message>",
  // "e:<message>:<number of the edit>", "cb:<id>" …
  std::string event;
  Time at{};  // the platform's clock; a batch is taken in this order, then as it came

  struct Said {
    std::string text;
  };
  struct Pressed {
    std::string key;    // see choice_key()
    std::string label;  // as the button showed it; may be empty
  };
  struct SentOther {
    std::string kind;  // as CitizenSentOther::kind
  };
  struct Edited {
    std::string of;  // the event id of the message that was edited: "m:<message>"
    std::string text;
  };
  struct Withdrawn {
    std::string of;  // the event id of the message taken back
  };
  // A message of the account that is not ours: a person wrote in the platform's own inbox.
  struct AnsweredElsewhere {
    std::string text;
  };
  // Our own message came back. One of the two may be empty.
  struct Echo {
    std::string token;    // as given in SendRequest
    std::string message;  // the platform's id
  };
  struct Receipt {
    std::string message;  // the platform's id
    Rank rank = Rank::delivered;
    std::string why;  // a code, with failed
  };
  // Everything sent to the contact up to then.
  struct ReceiptUpTo {
    Time watermark{};
    Rank rank = Rank::delivered;
  };
  // The contact blocked the bot.
  struct Unreachable {};
  std::variant<Said, Pressed, SentOther, Edited, Withdrawn, AnsweredElsewhere, Echo, Receipt,
               ReceiptUpTo, Unreachable>
      what;
};

// Kept of what is not understood: never values.
struct UnknownIncoming {
  std::string kind;
  std::vector<std::string> fields;
  std::string event;
  std::size_t bytes = 0;
};

struct Decoded {
  std::vector<Incoming> incoming;
  std::vector<UnknownIncoming> unknown;
};

}  // namespace svar::service
