#include "bot/service/delivery/delivery_store.h"

#include <algorithm>
#include <array>

namespace svar::service {
namespace {

constexpr std::array<std::string_view, 7> kCodes = {"pending",   "sending", "uncertain", "sent",
                                                    "delivered", "read",    "failed"};

}  // namespace

std::string_view code(DeliveryState state) {
  return kCodes.at(static_cast<std::size_t>(state));
}

std::optional<DeliveryState> delivery_state_from_code(std::string_view code) {
  const auto found = std::find(kCodes.begin(), kCodes.end(), code);
  if (found == kCodes.end()) return std::nullopt;
  return static_cast<DeliveryState>(found - kCodes.begin());
}

}  // namespace svar::service
