// What is said on the wire, and what is heard: the product's web chat, or the yardstick's smaller
// tongue.
#pragma once

#include <string>
#include <string_view>

#include "tests/bench/load/client.h"

namespace svar::bench {

// What a frame means to the one who waits for the answer to one message.
enum class Meaning {
  welcome,
  ack,      // the message is stored
  reply,    // it is answered
  handoff,  // a person shall answer: no reply follows
  refused,  // it was not stored; `retry_after_ms` may say when to come back
  other
};

class Dialect {
 public:
  virtual ~Dialect() = default;

  virtual Target target(std::uint16_t port) const = 0;

  // Whether a conversation begins with a hello that is answered with a welcome.
  virtual bool greets() const = 0;
  virtual std::string hello(std::string_view site) const = 0;

  // Replaces `out` by the frame of one message. `text` is the inside of a JSON string, escaped.
  virtual void message(std::string& out, std::string_view id, std::string_view text) const = 0;

  // `id` is that of the message under way, empty when none is.
  virtual Meaning meaning(std::string_view frame, std::string_view id) const = 0;
};

class ProductDialect : public Dialect {
 public:
  Target target(std::uint16_t port) const override;
  bool greets() const override { return true; }
  std::string hello(std::string_view site) const override;
  void message(std::string& out, std::string_view id, std::string_view text) const override;
  Meaning meaning(std::string_view frame, std::string_view id) const override;

  // A hello that comes back to a conversation and wants what followed `after`.
  static std::string hello_again(std::string_view site, std::string_view conversation,
                                 std::string_view token, std::string_view after);
};

class IdealDialect : public Dialect {
 public:
  Target target(std::uint16_t port) const override;
  bool greets() const override { return false; }
  std::string hello(std::string_view) const override { return {}; }
  void message(std::string& out, std::string_view id, std::string_view text) const override;
  Meaning meaning(std::string_view frame, std::string_view id) const override;
};

// The value of a member in a frame that was written without spaces: without quotes when it is a
// string, empty when it is not there. Far cheaper than parsing, and enough for frames of one's own
// server.
std::string_view member(std::string_view frame, std::string_view name);

}  // namespace svar::bench
