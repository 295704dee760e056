#include "connectors/graph/throttling.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "connectors/graph/json_reading.h"

namespace svar::graph {
namespace {

using nlohmann::json;
using std::chrono::milliseconds;
using Wait = std::optional<milliseconds>;

constexpr milliseconds kWaitMax = std::chrono::hours{24};
constexpr std::int64_t kUsedUpPercent = 100;

Wait longer(Wait a, Wait b) {
  return a.value_or(milliseconds{-1}) < b.value_or(milliseconds{-1}) ? b : a;
}

Wait bounded(std::int64_t count, milliseconds unit) {
  if (count <= 0) return std::nullopt;
  return std::min<milliseconds>(std::min<std::int64_t>(count, kWaitMax.count()) * unit, kWaitMax);
}

Wait retry_after(std::string_view value) {
  std::int64_t seconds = 0;
  const auto [end, fault] = std::from_chars(value.data(), value.data() + value.size(), seconds);
  if (fault != std::errc{} || end != value.data() + value.size()) return std::nullopt;
  return bounded(seconds, std::chrono::seconds{1});
}

Wait of_usage(const json& usage) {
  if (!usage.is_object()) return std::nullopt;
  if (const auto minutes = number_in(usage, "estimated_time_to_regain_access");
      minutes && *minutes > 0)
    return bounded(*minutes, std::chrono::minutes{1});
  for (const char* share : {"call_count", "total_time", "total_cputime"}) {
    if (number_in(usage, share).value_or(0) >= kUsedUpPercent) return std::chrono::minutes{1};
  }
  return std::nullopt;
}

Wait of_business_usage(const json& by_account) {
  Wait wait;
  if (!by_account.is_object()) return wait;
  for (const auto& usages : by_account) {
    if (!usages.is_array()) continue;
    for (const auto& usage : usages) wait = longer(wait, of_usage(usage));
  }
  return wait;
}

}  // namespace

std::optional<milliseconds> wait_asked(const outbound::HttpResponse& answer) {
  const Wait asked = retry_after(answer.header("retry-after"));
  const Wait app = of_usage(parse_bounded(answer.header("x-app-usage")));
  const Wait business =
      of_business_usage(parse_bounded(answer.header("x-business-use-case-usage")));
  return longer(asked, longer(app, business));
}

}  // namespace svar::graph
