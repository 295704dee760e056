#include "bot/store/conversation_number.h"

#include <algorithm>
#include <random>

namespace svar::store {

ConversationId draw_conversation_number(Time at) {
  constexpr int kRandomBits = 22;
  constexpr std::int64_t kSecondsMax = (std::int64_t{1} << 31) - 1;
  constexpr auto kStart = std::chrono::sys_days{std::chrono::year{2025} / 1 / 1};
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(at - kStart).count();
  const std::int64_t random = std::random_device{}() & ((1U << kRandomBits) - 1);
  // 1 and up, whatever the clock says.
  return {(std::clamp<std::int64_t>(seconds, 1, kSecondsMax) << kRandomBits) | random};
}

}  // namespace svar::store
