#include "bot/service/people/account.h"

#include <algorithm>

namespace svar::service {

bool is_account_name(std::string_view name) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
  };
  return !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), allowed);
}

bool is_acceptable_password(std::string_view password) {
  const auto starts_code_point = [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  };
  const auto code_points = std::count_if(password.begin(), password.end(), starts_code_point);
  return static_cast<std::size_t>(code_points) >= kPasswordCodePointsMin &&
         password.size() <= kPasswordBytesMax;
}

}  // namespace svar::service
