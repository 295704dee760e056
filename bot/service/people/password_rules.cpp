#include "bot/service/people/password_rules.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace svar::service {
namespace {

constexpr std::size_t kNamePartMin = 4;
constexpr std::size_t kPatternMax = 4;  // «abcabcabcabc» repeats three letters

// Without the figures and signs around it and in lower case.
constexpr std::array<std::string_view, 40> kCommon = {
    "passord",          "passordet",    "password",      "mypassword",  "mittpassord",
    "hemmeleg",         "hemmelig",     "secret",        "qwerty",      "qwertyuiop",
    "asdfghjkl",        "zxcvbnm",      "iloveyou",      "letmein",     "welcome",
    "velkommen",        "velkomen",     "administrator", "admin",       "login",
    "logginn",          "svarsentral",  "kontaktsenter", "kundesenter", "innbyggjarservice",
    "innbyggerservice", "kommune",      "kommunen",      "servicetorg", "sommer",
    "sommar",           "vinter",       "norge",         "noreg",       "fotball",
    "superman",         "abcdefghijkl", "abcdefghijklm", "changeme",    "byttmeg"};

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

bool is_letter(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::isalpha(byte) != 0 || byte >= 0x80;
}

bool is_repeated(std::string_view text) {
  for (std::size_t period = 1; period <= kPatternMax; ++period) {
    bool repeated = true;
    for (std::size_t i = period; i < text.size() && repeated; ++i)
      repeated = text[i] == text[i - period];
    if (repeated) return true;
  }
  return false;
}

bool is_common(const std::string& password) {
  const auto first = std::find_if(password.begin(), password.end(), is_letter);
  const auto last = std::find_if(password.rbegin(), password.rend(), is_letter).base();
  const std::string core = first < last ? std::string(first, last) : std::string();
  if (core.empty() || is_repeated(password)) return true;  // figures and signs alone, or a pattern
  return std::find(kCommon.begin(), kCommon.end(), core) != kCommon.end();
}

bool holds_name(const std::string& password, const Account& account) {
  if (account.name.value.size() >= kNamePartMin &&
      password.find(account.name.value) != std::string::npos) {
    return true;
  }
  std::string_view rest = account.display_name;
  while (!rest.empty()) {
    const auto space = std::min(rest.find(' '), rest.size());
    const std::string part = lower(rest.substr(0, space));
    if (part.size() >= kNamePartMin && password.find(part) != std::string::npos) return true;
    rest.remove_prefix(std::min(space + 1, rest.size()));
  }
  return false;
}

}  // namespace

std::optional<PasswordFault> fault_of(std::string_view password, const Account& account) {
  if (password.size() > kPasswordBytesMax) return PasswordFault::too_long;
  if (!is_acceptable_password(password)) return PasswordFault::too_short;
  const std::string small = lower(password);
  if (holds_name(small, account)) return PasswordFault::holds_name;
  if (is_common(small)) return PasswordFault::common;
  return std::nullopt;
}

}  // namespace svar::service
