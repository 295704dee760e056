#include "bot/server/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <ctime>
#include <nlohmann/json.hpp>

namespace svar::server {
namespace {

LogFormat& format() {
  static LogFormat chosen = LogFormat::json;
  return chosen;
}

spdlog::logger& logger() {
  static const auto kLogger = [] {
    auto made = spdlog::stderr_logger_mt("svarsentral");
    made->set_pattern("%v");  // the line is made here, whole
    return made;
  }();
  return *kLogger;
}

spdlog::level::level_enum spdlog_level(Level level) {
  switch (level) {
    case Level::debug:
      return spdlog::level::debug;
    case Level::info:
      return spdlog::level::info;
    case Level::warn:
      return spdlog::level::warn;
    case Level::error:
      return spdlog::level::err;
  }
  return spdlog::level::info;
}

std::string_view name(Level level) {
  constexpr std::string_view kNames[] = {"debug", "info", "warn", "error"};
  return kNames[static_cast<int>(level)];
}

std::string utc_now() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

}  // namespace

void begin_log(const Settings::Log& settings) {
  format() = settings.format;
  logger().set_level(spdlog::level::from_str(settings.level));
}

void log_event(Level level, std::string_view event, std::initializer_list<Field> fields) {
  if (!logger().should_log(spdlog_level(level))) return;
  nlohmann::ordered_json line{{"at", utc_now()}, {"level", name(level)}, {"event", event}};
  for (const auto& [key, value] : fields) {
    std::visit([&, field = std::string{key}](const auto& held) { line[field] = held; }, value);
  }
  constexpr auto kReplace = nlohmann::json::error_handler_t::replace;
  if (format() == LogFormat::json) {
    logger().log(spdlog_level(level), line.dump(-1, ' ', false, kReplace));
    return;
  }
  std::string text =
      line["at"].get<std::string>() + " " + std::string{name(level)} + " " + std::string{event};
  for (auto field = line.begin() + 3; field != line.end(); ++field) {
    text += " " + field.key() + "=" + field->dump(-1, ' ', false, kReplace);
  }
  logger().log(spdlog_level(level), text);
}

}  // namespace svar::server
