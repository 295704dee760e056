#include "bot/server/commands/report_command.h"

#include <charconv>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>

#include "bot/server/backup/data_check.h"
#include "bot/server/commands/csv.h"
#include "bot/server/commands/report_columns.h"
#include "bot/service/report/count_rows.h"
#include "bot/service/report/month_report.h"
#include "bot/store/log_reader.h"
#include "bot/store/removal/month_count_rows.h"

namespace svar::server {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;
using service::CountsByChannel;
using service::MonthCounts;
using service::MonthReport;
using Municipalities = store::MonthCountsBy;

constexpr std::size_t kEventsAtOnce = 10'000;
constexpr int kTriesMax = 3;
// Without it spreadsheets take «ø» for two letters.
constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";

std::optional<std::chrono::year_month> month_of(std::string_view text) {
  int year = 0;
  unsigned month = 0;
  if (text.size() != 7 || text[4] != '-') return std::nullopt;
  const auto [year_end, year_error] = std::from_chars(text.data(), text.data() + 4, year);
  const auto [end, error] = std::from_chars(text.data() + 5, text.data() + 7, month);
  const bool whole = year_end == text.data() + 4 && end == text.data() + 7;
  if (year_error != std::errc{} || error != std::errc{} || !whole) return std::nullopt;
  const std::chrono::year_month out{std::chrono::year{year}, std::chrono::month{month}};
  return out.ok() ? std::optional{out} : std::nullopt;
}

std::optional<service::StoreError> read(store::LogReader& log, std::int64_t last,
                                        MonthReport& report, std::ostream& err) {
  ProgressLines progress(err);
  Position after{0};
  while (true) {
    const auto events = log.read_all(after, kEventsAtOnce);
    if (!events) return events.error();
    if (events->empty()) return std::nullopt;
    for (const service::LoggedEvent& event : *events) report.add(event);
    after = events->back().position;
    progress("events counted", after.value, last);
  }
}

MonthCounts of_all(const CountsByChannel& channels) {
  MonthCounts all;
  for (const auto& [channel, counts] : channels) service::add(all, counts);
  return all;
}

void write_row(std::ostream& out, const std::vector<std::string>& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) out << (i == 0 ? "" : ",") << csv_cell(cells[i]);
  out << "\r\n";
}

template <class Figures>
void write_head(std::ostream& out, Words definition, Words name,
                const std::vector<ReportColumn<Figures>>& columns, Language language) {
  std::vector<std::string> definitions{std::string(definition.in(language))};
  std::vector<std::string> names{std::string(name.in(language))};
  for (const auto& column : columns) {
    definitions.emplace_back(column.definition.in(language));
    names.emplace_back(column.name.in(language));
  }
  out << kUtf8Mark;
  write_row(out, definitions);
  write_row(out, names);
}

template <class Figures>
void write_figures(std::ostream& out, std::string first, const Figures& figures,
                   const std::vector<ReportColumn<Figures>>& columns) {
  std::vector<std::string> cells{std::move(first)};
  for (const auto& column : columns) cells.push_back(column.value(figures));
  write_row(out, cells);
}

void write_month(std::ostream& out, const CountsByChannel& channels, Language language) {
  write_head(out, kChannelDefinition, kChannelName, month_columns(), language);
  write_figures(out, std::string(kAllChannels.in(language)), service::figures_of(of_all(channels)),
                month_columns());
  for (const auto& [channel, counts] : channels)
    write_figures(out, channel, service::figures_of(counts), month_columns());
}

void write_topics(std::ostream& out, const CountsByChannel& channels, Language language) {
  write_head(out, kTopicDefinition, kTopicName, topic_columns(), language);
  const MonthCounts all = of_all(channels);
  for (const auto& [topic, figures] : all.topics)
    write_figures(out, topic.value, figures, topic_columns());
}

// Written beside and renamed, so that nobody reads half a file.
bool write_file(const fs::path& file, const std::function<void(std::ostream&)>& write) {
  fs::path part = file;
  part += ".part";
  std::error_code error;
  {
    std::ofstream out(part, std::ios::binary | std::ios::trunc);
    write(out);
    out.close();
    if (!out) {
      fs::remove(part, error);
      return false;
    }
  }
  fs::rename(part, file, error);
  return !error;
}

template <class Figures>
ordered_json json_of(const Figures& figures, const std::vector<ReportColumn<Figures>>& columns) {
  ordered_json out = ordered_json::object();
  for (const auto& column : columns) {
    const std::string value = column.value(figures);
    out[std::string(column.key)] = value.empty() ? ordered_json() : ordered_json::parse(value);
  }
  return out;
}

ordered_json json_of(const CountsByChannel& by_channel) {
  ordered_json channels = ordered_json::object(), topics = ordered_json::object();
  for (const auto& [channel, counts] : by_channel)
    channels[channel] = json_of(service::figures_of(counts), month_columns());
  const MonthCounts all = of_all(by_channel);
  for (const auto& [topic, figures] : all.topics)
    topics[topic.value] = json_of(figures, topic_columns());
  return {{"figures", json_of(service::figures_of(all), month_columns())},
          {"channels", std::move(channels)},
          {"topics", std::move(topics)}};
}

int write_json(const Municipalities& all, const ReportOptions& options, std::ostream& out) {
  ordered_json municipalities = ordered_json::object();
  for (const auto& [id, channels] : all) municipalities[id.value] = json_of(channels);
  const ordered_json report{{"month", options.month},
                            {"municipalities", std::move(municipalities)}};
  out << report.dump(2, ' ', false, ordered_json::error_handler_t::replace) << '\n';
  return 0;
}

int write_files(const Municipalities& all, const ReportOptions& options, Language language,
                std::ostream& out, std::ostream& err) {
  for (const auto& [id, channels] : all) {
    const fs::path stem = fs::path(options.out) / (id.value + "-" + options.month);
    for (const auto& [suffix, write] :
         {std::pair{".csv", &write_month}, std::pair{"-topics.csv", &write_topics}}) {
      const fs::path file = stem.string() + suffix;
      const auto into = [&, write = write](std::ostream& to) { write(to, channels, language); };
      if (!write_file(file, into)) {
        err << file.string() << " can't be written. Choose a folder with --out.\n";
        return 1;
      }
      out << file.string() << '\n';
    }
  }
  return 0;
}

// What the log has and what is kept of conversations that are gone. Each is read by itself, so that
// no erasure waits for a report: when conversations were removed meanwhile, some would be counted
// twice or not at all, and all is read again.
std::variant<Municipalities, std::string> counted_once(store::Connection& connection,
                                                       store::LogReader& log,
                                                       std::chrono::year_month month,
                                                       std::ostream& err) {
  constexpr std::string_view kRemoved = "SELECT count(*) FROM removed_conversation";
  for (int tries = 0; tries < kTriesMax; ++tries) {
    const auto before = connection.query_integer(kRemoved);
    auto kept = store::read_month_counts(connection, month);
    const auto last = connection.query_integer("SELECT coalesce(max(position), 0) FROM log");
    if (!before || !kept || !last)
      return (!before ? before.error() : !kept ? kept.error() : last.error()).what;
    MonthReport report(month);
    if (const auto error = read(log, *last, report, err)) return error->what;
    const auto after = connection.query_integer(kRemoved);
    if (!after || *after != *before) continue;
    for (const auto& [municipality, channels] : report.counts())
      for (const auto& [channel, counts] : channels)
        service::add((*kept)[municipality][channel], counts);
    return std::move(*kept);
  }
  return "conversations are being removed just now: try again in a minute";
}

// A sentence about what is wrong, or the counts.
std::variant<Municipalities, std::string> counted(const fs::path& file,
                                                  std::chrono::year_month month,
                                                  std::ostream& err) {
  auto connection = store::Connection::open(file, store::OpenMode::read);
  if (!connection) return "there is no log in " + file.string() + ": " + connection.error().what;
  auto log = store::LogReader::open(*connection);
  const auto tables = connection->query_integer("SELECT count(*) FROM month_count");
  if (!log || !tables)
    return file.string() + " is of another version: start the service on it once";
  return counted_once(*connection, *log, month, err);
}

}  // namespace

int run_report(const ReportOptions& options, std::ostream& out, std::ostream& err) {
  const auto month = month_of(options.month);
  const auto language = language_from_code(options.language);
  if (!month) err << "--month: «" << options.month << "» is no month like 2026-11\n";
  if (!language) err << "--language: nn, nb or en, not «" << options.language << "»\n";
  const auto settings = settings_of(options.data, err);
  if (!month || !language || !settings) return 2;
  auto report = counted(fs::path(settings->store.path) / kLogFile, *month, err);
  if (const auto* why = std::get_if<std::string>(&report)) {
    err << *why << "\nName the data folder with --data, or with store.path.\n";
    return 2;
  }
  Municipalities all = std::move(std::get<Municipalities>(report));
  if (!options.municipality.empty())
    std::erase_if(all, [&](const auto& one) { return one.first.value != options.municipality; });
  if (all.empty()) {
    err << "No conversation began in " << options.month
        << (options.municipality.empty() ? "" : " in " + options.municipality) << ".\n";
    return 1;
  }
  if (options.json) return write_json(all, options, out);
  return write_files(all, options, *language, out, err);
}

}  // namespace svar::server
