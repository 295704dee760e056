#include "bot/service/people/device_words.h"

#include <array>
#include <utility>

namespace svar::service {
namespace {

using Named = std::pair<std::string_view, std::string_view>;

// Most browsers claim to be others as well: those that are claimed to be stand last.
constexpr std::array kBrowsers = {Named{"Edg", "Edge"},         Named{"OPR/", "Opera"},
                                  Named{"Vivaldi", "Vivaldi"},  Named{"SamsungBrowser", "Samsung"},
                                  Named{"Firefox/", "Firefox"}, Named{"FxiOS", "Firefox"},
                                  Named{"Chrome/", "Chrome"},   Named{"CriOS", "Chrome"},
                                  Named{"Safari/", "Safari"}};
constexpr std::array kSystems = {Named{"Android", "Android"}, Named{"iPhone", "iPhone"},
                                 Named{"iPad", "iPad"},       Named{"Windows", "Windows"},
                                 Named{"Mac OS X", "Mac"},    Named{"CrOS", "Chromebook"},
                                 Named{"Linux", "Linux"}};

template <class List>
std::string_view first_in(std::string_view text, const List& list) {
  for (const auto& [mark, name] : list) {
    if (text.find(mark) != std::string_view::npos) return name;
  }
  return {};
}

}  // namespace

std::string device_words(std::string_view user_agent) {
  std::string words(first_in(user_agent, kBrowsers));
  const std::string_view system = first_in(user_agent, kSystems);
  if (!words.empty() && !system.empty()) words += ", ";
  return words.append(system);
}

}  // namespace svar::service
