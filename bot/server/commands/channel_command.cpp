#include "bot/server/commands/channel_command.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>

#include "bot/server/channels/channel_check.h"
#include "connectors/outbound/cpprest_http_client.h"
#include "connectors/outbound/system_resolver.h"

namespace svar::server {
namespace {

using nlohmann::ordered_json;
using outbound::HttpOutcome;

// Runs completions on the thread that waits for them.
class WaitingExecutor final : public service::Executor {
 public:
  void post(std::function<void()> task) override {
    const std::lock_guard lock(mutex_);
    tasks_.push_back(std::move(task));
    posted_.notify_one();
  }
  void run_one() {
    std::unique_lock lock(mutex_);
    posted_.wait(lock, [this] { return !tasks_.empty(); });
    const auto task = std::move(tasks_.front());
    tasks_.pop_front();
    lock.unlock();
    task();
  }

 private:
  std::mutex mutex_;
  std::condition_variable posted_;
  std::deque<std::function<void()>> tasks_;  // guarded by mutex_
};

HttpOutcome asked(outbound::HttpClient& client, WaitingExecutor& executor,
                  outbound::HttpRequest request) {
  std::optional<HttpOutcome> outcome;
  client.send(std::move(request), [&](HttpOutcome told) { outcome.emplace(std::move(told)); });
  while (!outcome) executor.run_one();
  return std::move(*outcome);
}

std::string public_origin_of(const Settings& settings) {
  for (const std::string& origin : settings.webchat.public_origins) {
    if (origin.rfind("https://", 0) == 0)
      return origin.back() == '/' ? origin.substr(0, origin.size() - 1) : origin;
  }
  return {};
}

const char* word_of(Grade grade) {
  switch (grade) {
    case Grade::good:
      return "good";
    case Grade::notice:
      return "notice";
    case Grade::fault:
      return "fault";
  }
  return "";
}

bool all_good(const std::vector<AccountReport>& reports) {
  for (const AccountReport& report : reports) {
    if (!report.good()) return false;
  }
  return true;
}

void write_json(const std::vector<AccountReport>& reports, std::ostream& out) {
  ordered_json accounts = ordered_json::array();
  for (const AccountReport& report : reports) {
    ordered_json lines = ordered_json::array();
    for (const CheckLine& line : report.lines)
      lines.push_back({{"grade", word_of(line.grade)}, {"what", line.what}});
    accounts.push_back(
        {{"id", report.id}, {"where", report.where}, {"good", report.good()}, {"lines", lines}});
  }
  const ordered_json all{{"good", all_good(reports)}, {"accounts", accounts}};
  out << all.dump(2, ' ', false, ordered_json::error_handler_t::replace) << '\n';
}

void write_text(const std::vector<AccountReport>& reports, std::ostream& out) {
  if (reports.empty())
    out << "no account of a messaging platform is attached (channels, in the configuration)\n";
  for (const AccountReport& report : reports) {
    out << report.id << " (" << report.where << ")\n";
    for (const CheckLine& line : report.lines) {
      const std::string word = word_of(line.grade);
      out << "  " << word << std::string(8 - word.size(), ' ') << line.what << '\n';
    }
  }
}

}  // namespace

int run_channel_check(const ChannelOptions& options, Time now, std::ostream& out,
                      std::ostream& err) {
  const auto settings = settings_of(options.data, err);
  if (!settings) return 2;
  auto destinations = outbound::Destinations::of(settings->channels.internal_origins);
  if (!destinations) {
    err << "channels.internal_origins: " << destinations.error() << '\n';
    return 2;
  }
  WaitingExecutor executor;
  auto client = outbound::make_cpprest_http_client(
      {std::move(*destinations), settings->channels.extra_authority}, executor,
      std::make_shared<outbound::SystemResolver>());
  if (!client) {
    err << "channels.extra_authority: " << client.error() << '\n';
    return 2;
  }
  const auto ask = [&](outbound::HttpRequest request) {
    return asked(**client, executor, std::move(request));
  };
  const auto reports = check_channels({settings->channels, public_origin_of(*settings), now, ask});
  if (options.json) {
    write_json(reports, out);
  } else {
    write_text(reports, out);
  }
  return all_good(reports) ? 0 : 1;
}

}  // namespace svar::server
