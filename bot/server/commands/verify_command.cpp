#include "bot/server/commands/verify_command.h"

#include <nlohmann/json.hpp>
#include <ostream>

#include "bot/server/backup/data_check.h"

namespace svar::server {
namespace {

using nlohmann::ordered_json;

std::string json_of(const DataReport& report, const std::string& folder, double seconds) {
  ordered_json findings = ordered_json::array();
  for (const DataReport::Finding& finding : report.findings) {
    findings.push_back({{"file", finding.file}, {"what", finding.what}});
  }
  for (const store::LogFinding& finding : report.log.findings) {
    ordered_json one{{"file", kLogFile}};
    if (finding.conversation.value != 0) one["conversation"] = finding.conversation.value;
    if (finding.position.value != 0) one["position"] = finding.position.value;
    one["what"] = finding.what;
    findings.push_back(std::move(one));
  }
  const ordered_json all{{"good", report.good()},
                         {"folder", folder},
                         {"backup", report.backup},
                         {"conversations", report.log.conversations},
                         {"erased", report.log.erased},
                         {"events", report.log.events},
                         {"last_position", report.log.last.value},
                         {"releases", report.log.releases.size()},
                         {"accounts", report.accounts},
                         {"findings_count", report.findings_count()},
                         {"findings", std::move(findings)},
                         {"seconds", seconds}};
  return all.dump(2, ' ', false, ordered_json::error_handler_t::replace);
}

void write_text(const DataReport& report, const std::string& folder, std::ostream& out) {
  for (const std::string& line : lines_of(report)) out << line << '\n';
  out << (report.backup ? "the backup " : "the data folder ") << folder << ": "
      << report.log.conversations << " conversations (" << report.log.erased << " erased), "
      << report.log.events << " events, " << report.accounts << " accounts: ";
  if (report.good()) {
    out << "everything fits\n";
  } else {
    out << report.findings_count() << " findings\n";
  }
}

}  // namespace

int run_verify(const VerifyOptions& options, std::ostream& out, std::ostream& err) {
  const auto settings = settings_of(options.data, err);
  if (!settings) return 2;
  const std::string& folder = settings->store.path;
  const auto started = std::chrono::steady_clock::now();
  ProgressLines progress(err);
  const auto report = check_data(
      folder, [&](std::int64_t done, std::int64_t all) { progress("events verified", done, all); });
  if (!report) {
    err << report.error() << "\nName the data folder with --data, or with store.path.\n";
    return 2;
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
  if (options.json) {
    out << json_of(*report, folder, took.count()) << '\n';
  } else {
    write_text(*report, folder, out);
  }
  return report->good() ? 0 : 1;
}

}  // namespace svar::server
