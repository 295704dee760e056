// A messaging platform, as the service needs it: the port behind which Telegram, Messenger,
// WhatsApp and signed webhooks look alike.
//
// Threads: one thread (the executor's); every method is called on it, none blocks, and every
// completion runs on it. Ownership: a channel outlives every send it was given. Errors: a send
// never throws, it ends in a SendOutcome. Durability: a channel keeps nothing; what is to be sent
// and what became of it is the delivery's to store.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "bot/domain/event.h"
#include "bot/service/delivery/incoming.h"
#include "bot/service/delivery/message_text.h"

namespace svar::service {

// What the citizen is to see of one event, before it is cut to the platform's limits.
struct Outgoing {
  Seq seq;
  std::string text;
  std::vector<Choice> choices;
  std::vector<Link> links;
  Language language = Language::nn;
  bool by_person = false;
};

// A piece of a message within the platform's limits: one call, without address and token.
struct Part {
  std::string method;  // the platform's, such as "sendMessage"; empty where there is only one
  std::string body;    // JSON
  bool operator==(const Part&) const = default;
};

// How long after the citizen's last word the platform still takes a message; max() for ever.
struct Window {
  std::chrono::milliseconds bot = std::chrono::milliseconds::max();
  std::chrono::milliseconds person = std::chrono::milliseconds::max();
};

struct ChannelFacts {
  std::string id;    // of the attached account, unique in the house: "telegram:osteroy"
  std::string name;  // of the platform: "telegram"
  SiteId site;       // whose account it is
  Window window;
  // The receiver drops what it has taken under the same token before: what may have been taken is
  // sent again until it certainly was. None of the platforms promises that.
  bool is_idempotent = false;
};

struct SendRequest {
  std::string address;  // the contact's, as Incoming::contact gave it
  Part part;
  // Ours, the same for the same part for ever: platforms that carry such a thing give it back in
  // Incoming::Echo.
  std::string token;
  bool by_person = false;
  bool outside_bot_window = false;  // and within the person's
};

struct SendOutcome {
  enum class Kind {
    sent,
    retry,            // certainly not taken, may be later
    failed,           // will never be taken
    unreachable,      // the contact is gone or has blocked us
    uncertain,        // it may have been taken: never repeated without a person's word, but where
                      // the receiver is idempotent
    channel_stopped,  // nothing more will be taken until somebody sees to the account
  };
  Kind kind = Kind::uncertain;
  std::string message;                                   // the platform's id, when sent
  std::optional<std::chrono::milliseconds> retry_after;  // as the platform asked for
  std::string why;                                       // a code, never a secret
};

// One attached account of a platform: «telegram» for Osterøy.
class Channel {
 public:
  virtual ~Channel() = default;

  // Constant for the channel's life.
  virtual const ChannelFacts& facts() const = 0;

  // Pure: the same message gives the same parts. In order; never empty when there is a text.
  virtual std::vector<Part> render(const Outgoing& message) const = 0;

  // One attempt, without retries of its own. `done` runs exactly once, never inside this call.
  virtual void send(SendRequest request, std::function<void(SendOutcome)> done) = 0;

  // Asks the platform whether the account's token still holds, and changes nothing there. False: it
  // cannot be asked, and `done` never runs. Else `done` runs exactly once, never inside this call:
  // sent when it holds, channel_stopped when it certainly does not, anything else when nothing is
  // known.
  virtual bool check_token(std::function<void(SendOutcome)> done) {
    (void)done;
    return false;
  }

  // Best effort; for platforms that show it.
  virtual void show_typing(const std::string& address) { (void)address; }
};

}  // namespace svar::service
