// A server on loopback that behaves as the Bot API does, and misbehaves as it can. It shares no
// code and no constant with the product.
#pragma once

#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "tests/connectors/outbound/hostile_server.h"
#include "tests/connectors/telegram/bot_api.h"

namespace svar::tests {

class FakeTelegram {
 public:
  enum class Mischief {
    none,
    refuse,                 // answers with a status and body of the test's, takes nothing
    drip,                   // takes it, answers a byte at a time
    hang,                   // takes it, answers nothing
    reset_before_the_body,  // takes nothing
    reset_after_the_body,   // takes it
    half_an_answer,         // takes it
    flood,                  // takes it, answers without end
  };
  struct Turn {
    Mischief mischief = Mischief::none;
    int status = 200;
    std::string body = {};
    std::string headers = {};
  };
  struct Message {
    std::int64_t chat;
    std::string text;
  };

  explicit FakeTelegram(std::string token);

  std::string origin() const;
  void next(Turn turn);  // for the next call, then the one after it …; after that it behaves
  std::vector<Message> messages() const;     // what a citizen would see
  std::vector<std::string> methods() const;  // of every call that arrived whole
  // The first call that the documented Bot API would not have known; empty when there was none.
  std::string complaint() const;
  bool wait_for_calls(int count) {
    return server_->wait_for_scripts(count);
  }  // ten seconds at most
  int connections() const { return server_->connections(); }

 private:
  struct Call {
    std::string token, method, body;
  };
  void serve(Peer& peer);
  std::string take(const Call& call);
  Turn next_turn();
  static Call read(const std::string& request);

  const std::string token_;
  const std::optional<BotApi> api_ = BotApi::published();
  mutable std::mutex mutex_;  // guards what follows
  std::deque<Turn> turns_;
  std::vector<Message> messages_;
  std::vector<std::string> methods_;
  std::string complaint_;
  std::unique_ptr<HostileServer> server_;
};

}  // namespace svar::tests
