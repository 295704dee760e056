#include <algorithm>
#include <array>
#include <cmath>

#include "bot/service/content/checks.h"

namespace svar::service {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}

std::optional<int> hex_pair(std::string_view pair) {
  int value = 0;
  for (const char c : pair) {
    const int digit = is_digit(c)            ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (digit < 0) return std::nullopt;
    value = value * 16 + digit;
  }
  return value;
}

// Of a channel 0…255, as WCAG 2.1 defines relative luminance.
double linear(int channel) {
  const double share = channel / 255.0;
  return share <= 0.03928 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
}

}  // namespace

std::string named(const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 7;
  std::string all;
  for (std::size_t i = 0; i < std::min(names.size(), kShown); ++i)
    all += (i == 0 ? "" : ", ") + names[i];
  if (names.size() > kShown) all += " and " + std::to_string(names.size() - kShown) + " more";
  return all;
}

bool is_origin(std::string_view text) {
  const std::size_t scheme = text.find("://");
  if (scheme == std::string_view::npos) return false;
  const std::string_view name = text.substr(0, scheme);
  std::string_view host = text.substr(scheme + 3);
  const std::size_t colon = host.find(':');
  const std::string_view port = colon == std::string_view::npos ? "1" : host.substr(colon + 1);
  host = host.substr(0, colon);
  const bool local = host == "localhost" || host == "127.0.0.1";
  return (name == "https" || (name == "http" && local)) && !host.empty() && host.front() != '.' &&
         host.back() != '.' &&
         std::all_of(host.begin(), host.end(),
                     [](char c) { return is_lower(c) || is_digit(c) || c == '-' || c == '.'; }) &&
         !port.empty() && port.size() <= 5 && std::all_of(port.begin(), port.end(), is_digit);
}

bool is_shown_link(std::string_view url) {
  constexpr std::array<std::string_view, 4> kSchemes{"https://", "http://", "mailto:", "tel:"};
  return std::any_of(kSchemes.begin(), kSchemes.end(),
                     [&](std::string_view scheme) {
                       return url.starts_with(scheme) && url.size() > scheme.size();
                     }) &&
         std::none_of(url.begin(), url.end(), [](char c) {
           return static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '<';
         });
}

bool is_email(std::string_view text) {
  const std::size_t at = text.find('@');
  return at != std::string_view::npos && at > 0 &&
         text.find('@', at + 1) == std::string_view::npos &&
         text.find('.', at) != std::string_view::npos && text.back() != '.' &&
         text.find(' ') == std::string_view::npos;
}

bool is_phone(std::string_view text) {
  return std::count_if(text.begin(), text.end(), is_digit) >= 3 &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return is_digit(c) || c == ' ' || c == '+'; });
}

bool is_organisation_number(std::string_view text) {
  constexpr std::array<int, 8> kWeights{3, 2, 7, 6, 5, 4, 3, 2};
  if (text.size() != 9 || !std::all_of(text.begin(), text.end(), is_digit)) return false;
  int sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) sum += kWeights[i] * (text[i] - '0');
  const int check = (11 - sum % 11) % 11;
  return check < 10 && check == text[8] - '0';
}

std::size_t code_points(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
  }));
}

double contrast_on_white(std::string_view colour) {
  if (colour.size() != 7 || colour[0] != '#') return 0;
  const auto red = hex_pair(colour.substr(1, 2)), green = hex_pair(colour.substr(3, 2)),
             blue = hex_pair(colour.substr(5, 2));
  if (!red || !green || !blue) return 0;
  const double luminance = 0.2126 * linear(*red) + 0.7152 * linear(*green) + 0.0722 * linear(*blue);
  return 1.05 / (luminance + 0.05);
}

}  // namespace svar::service
