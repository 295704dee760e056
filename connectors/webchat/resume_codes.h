// Short codes by which a citizen goes on with a conversation on another device. In memory: a restart ends them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>

#include "bot/domain/ids.h"
#include "bot/service/turn/clock.h"

namespace svar::webchat {

// A code has 50 random bits, lives 15 minutes and works once. An address has five tries an hour: guessing a code that
// way takes longer than the codes live.
class ResumeCodes {
 public:
  static constexpr std::chrono::minutes kLife{15};
  static constexpr int kTriesMax = 5;
  static constexpr std::chrono::hours kTriesWindow{1};

  struct Code {
    std::string code;  // «K7QMX-3PZ0A»
    Time expires;      // by the clock on the wall, to be shown
  };
  Code issue(ConversationId conversation, const service::Clock& clock);

  struct Wrong {};
  struct TooManyTries {
    std::chrono::milliseconds wait;
  };
  // Small letters, blanks and hyphens do not matter. A right code costs no try.
  std::variant<ConversationId, Wrong, TooManyTries> redeem(std::string_view code,
                                                           const std::string& address,
                                                           service::SteadyTime now);

  void forget_old(service::SteadyTime now);  // call now and then

 private:
  struct Held {
    ConversationId conversation;
    service::SteadyTime expires;
  };
  struct Tries {
    int count = 0;
    service::SteadyTime since;
  };
  std::unordered_map<std::string, Held> codes_;
  std::unordered_map<std::string, Tries> tries_;  // by address
};

}  // namespace svar::webchat
