#include "bot/service/desk/roster.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "bot/engine/oslo_time.h"

namespace svar::service {
namespace {

constexpr std::size_t kFields = 4;
constexpr std::size_t kShiftsMax = 10'000;
constexpr std::size_t kNameBytesMax = 256;

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

std::vector<std::string_view> fields_of(std::string_view line) {
  const char between = line.find(';') == std::string_view::npos ? ',' : ';';
  std::vector<std::string_view> fields;
  while (true) {
    const auto end = std::min(line.find(between), line.size());
    fields.push_back(trimmed(line.substr(0, end)));
    if (end == line.size()) return fields;
    line.remove_prefix(end + 1);
  }
}

// The digits of a field between `separator`s, each of the given length; empty when it has another
// form.
template <std::size_t Count>
std::optional<std::array<int, Count>> numbers_in(std::string_view text,
                                                 const std::array<std::size_t, Count>& digits,
                                                 char separator) {
  std::array<int, Count> numbers{};
  for (std::size_t i = 0; i < Count; ++i) {
    const std::string_view part = text.substr(0, digits[i]);
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), numbers[i]);
    const bool whole =
        part.size() == digits[i] && error == std::errc{} && end == part.data() + part.size();
    if (!whole || numbers[i] < 0) return std::nullopt;
    text.remove_prefix(digits[i]);
    const bool last = i + 1 == Count;
    if (last != text.empty() || (!last && text.front() != separator)) return std::nullopt;
    if (!last) text.remove_prefix(1);
  }
  return numbers;
}

std::optional<std::chrono::local_days> day_of(std::string_view text) {
  const auto parts = numbers_in<3>(text, {4, 2, 2}, '-');
  if (!parts) return std::nullopt;
  const std::chrono::year_month_day day{std::chrono::year{(*parts)[0]},
                                        std::chrono::month{static_cast<unsigned>((*parts)[1])},
                                        std::chrono::day{static_cast<unsigned>((*parts)[2])}};
  return day.ok() ? std::optional{std::chrono::local_days{day}} : std::nullopt;
}

std::optional<std::chrono::minutes> clock_of(std::string_view text) {
  const auto parts = numbers_in<2>(text, {2, 2}, ':');
  if (!parts || (*parts)[1] > 59) return std::nullopt;
  const auto clock = std::chrono::hours{(*parts)[0]} + std::chrono::minutes{(*parts)[1]};
  return clock <= std::chrono::hours{24} ? std::optional{clock} : std::nullopt;
}

// The shift of a line, or what is wrong with it.
Result<Shift, std::string> shift_of(std::string_view line) {
  const auto fields = fields_of(line);
  if (fields.size() != kFields) return Failure<std::string>{"must hold date;from;to;account"};
  const auto day = day_of(fields[0]);
  if (!day) return Failure<std::string>{"the date must be like 2026-11-24"};
  const auto from = clock_of(fields[1]);
  const auto to = clock_of(fields[2]);
  if (!from || !to) return Failure<std::string>{"the times must be like 08:30"};
  if (*from == *to) return Failure<std::string>{"the shift ends when it begins"};
  if (fields[3].empty() || fields[3].size() > kNameBytesMax)
    return Failure<std::string>{"the account is missing"};
  const auto ends = *to > *from ? *to : *to + std::chrono::hours{24};
  return Shift{AgentId{std::string{fields[3]}}, WallClock{*day} + *from, WallClock{*day} + ends};
}

bool is_header(std::string_view line) {
  const auto fields = fields_of(line);
  return fields.size() == kFields && fields[0] == "date" && fields[3] == "account";
}

}  // namespace

Result<std::vector<Shift>, std::vector<RosterFault>> read_roster(std::string_view text) {
  std::vector<Shift> shifts;
  std::vector<RosterFault> faults;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);  // as spreadsheets write it
  for (int number = 1; !text.empty(); ++number) {
    const auto end = std::min(text.find('\n'), text.size());
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.front() == '#' || is_header(line)) continue;
    if (auto shift = shift_of(line)) {
      shifts.push_back(std::move(*shift));
    } else {
      faults.push_back({number, shift.error()});
    }
  }
  if (shifts.size() > kShiftsMax) faults.push_back({0, "holds more than 10000 shifts"});
  if (!faults.empty()) return Failure{std::move(faults)};
  return shifts;
}

void Roster::replace(std::vector<Shift> shifts) {
  shifts_ = std::move(shifts);
  fault_.reset();
}

std::vector<Shift> Roster::at(Time now) const {
  const auto clock = engine::oslo(now);
  std::map<AgentId, Shift> running;
  for (const Shift& shift : shifts_) {
    if (clock < shift.from || clock >= shift.to) continue;
    const auto [at, is_new] = running.try_emplace(shift.agent, shift);
    if (!is_new && shift.to > at->second.to) at->second = shift;
  }
  std::vector<Shift> all;
  for (auto& [agent, shift] : running) all.push_back(std::move(shift));
  return all;
}

}  // namespace svar::service
