#include "bot/server/commands/data_choice.h"

#include <filesystem>
#include <ostream>

namespace svar::server {

std::optional<Settings> settings_of(const DataChoice& choice, std::ostream& err) {
  const bool absent =
      choice.config == DataChoice{}.config && !std::filesystem::exists(choice.config);
  auto settings = read_settings(absent ? "" : choice.config, choice.set);
  if (!settings) {
    for (const SettingsFault& fault : settings.error()) err << to_line(fault) << '\n';
    return std::nullopt;
  }
  if (!choice.data.empty()) settings->store.path = choice.data;
  return std::move(*settings);
}

void ProgressLines::operator()(const std::string& what, std::int64_t done, std::int64_t all) {
  constexpr std::chrono::seconds kEvery{2};
  const auto now = std::chrono::steady_clock::now();
  if (now - last_ < kEvery) return;
  last_ = now;
  err_ << what << ": " << done << " of " << all << std::endl;
}

}  // namespace svar::server
