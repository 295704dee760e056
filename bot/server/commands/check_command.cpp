#include "bot/server/commands/check_command.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <iomanip>
#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>

#include "bot/server/commands/finding_json.h"
#include "bot/service/content/check_content.h"
#include "bot/service/content/fact_matrix.h"
#include "bot/service/content/rule_sources.h"
#include "intents/intent_matcher.h"
#include "kb-adapter/sources/folder_source.h"

namespace svar::server {
namespace {

using nlohmann::ordered_json;
using service::Finding;
using service::Severity;

struct Checked {
  service::Findings findings;
  std::vector<service::SampleCount> samples;
  service::FactMatrix matrix;
  std::size_t articles = 0;
  std::optional<intents::IntentMatcher::Timing> timing;  // when the rules could be compiled
};

std::int64_t nanoseconds() {
  return std::chrono::steady_clock::now().time_since_epoch() / std::chrono::nanoseconds(1);
}

// What the rules cost on the examples of the content, and the costly ones.
void time_rules(const service::Content& content, const engine::Release& release, Checked& checked) {
  std::vector<std::string> messages = service::regression_messages(content);
  for (const intents::Intent& intent : content.intents.intents) {
    messages.insert(messages.end(), intent.examples.begin(), intent.examples.end());
  }
  checked.timing = release.intents->time_rules(messages, nanoseconds);
  const auto more = service::from_rules(checked.timing->findings);
  checked.findings.insert(checked.findings.end(), more.begin(), more.end());
}

// The checks beyond form run on whatever could be read.
Checked check_folder(const std::string& folder, Time now) {
  auto read = kb::FolderSource(folder).read();
  Checked checked{std::move(read.findings), service::count_samples(read.content),
                  service::fact_matrix(read.content), read.content.articles.size(), std::nullopt};
  const auto more = service::check_content(read.content, now);
  checked.findings.insert(checked.findings.end(), more.begin(), more.end());
  if (!service::has_errors(checked.findings)) {
    const auto release = service::build_release(read.content, now);
    if (release) {
      time_rules(read.content, **release, checked);
    } else {
      checked.findings = release.error();
    }
  }
  service::sort_findings(checked.findings);
  return checked;
}

std::ptrdiff_t count(const service::Findings& findings, Severity severity) {
  return std::count_if(findings.begin(), findings.end(),
                       [&](auto& finding) { return finding.severity == severity; });
}

ordered_json matrix_json(const service::FactMatrix& matrix) {
  ordered_json out = ordered_json::object();
  for (const service::FactRow& row : matrix.rows) {
    for (std::size_t i = 0; i < row.states.size(); ++i)
      out[row.slot][matrix.municipalities[i]] = service::code(row.states[i]);
  }
  return out;
}

std::string json_of(const Checked& checked, bool with_matrix) {
  ordered_json findings = ordered_json::array();
  for (const Finding& finding : checked.findings) findings.push_back(to_json(finding));
  ordered_json samples = ordered_json::array();
  for (const service::SampleCount& one : checked.samples) {
    samples.push_back({{"municipality", one.municipality},
                       {"facts", one.facts},
                       {"samples", one.samples},
                       {"sample_slots", one.sample_slots},
                       {"hours_sample", one.hours_sample}});
  }
  ordered_json all{{"errors", count(checked.findings, Severity::error)},
                   {"warnings", count(checked.findings, Severity::warning)},
                   {"articles", checked.articles},
                   {"findings", std::move(findings)},
                   {"samples", std::move(samples)}};
  if (checked.timing) {
    all["rule_ns"] = {{"safety", std::lround(checked.timing->safety_ns)},
                      {"ordinary", std::lround(checked.timing->ordinary_ns)}};
  }
  if (with_matrix) all["matrix"] = matrix_json(checked.matrix);
  return all.dump(2, ' ', false, ordered_json::error_handler_t::replace);
}

// One row a value, one column a municipality, so that what is left to find out is seen at a glance.
void write_matrix(const service::FactMatrix& matrix, std::ostream& out) {
  constexpr int kSlotWidth = 28;
  constexpr int kStateWidth = 12;
  const auto row = [&](const std::string& first, const auto& cells, auto text_of) {
    out << std::left << std::setw(kSlotWidth) << first;
    for (const auto& cell : cells) out << ' ' << std::setw(kStateWidth) << text_of(cell);
    out << std::right << '\n';
  };
  out << "\nLocal values:\n";
  row("", matrix.municipalities, [](const std::string& id) { return id; });
  for (const service::FactRow& one : matrix.rows) {
    row(one.slot, one.states, [](service::FactState state) {
      return state == service::FactState::missing ? "MISSING" : std::string(service::code(state));
    });
  }
}

void write_summary(const Checked& checked, std::ostream& out) {
  out << "\nValues not confirmed by the municipality (samples):\n";
  for (const service::SampleCount& one : checked.samples) {
    out << "  " << std::left << std::setw(12) << one.municipality << std::right << std::setw(4)
        << one.samples << " of " << one.facts << " facts"
        << (one.hours_sample ? ", and the opening hours" : "") << '\n';
  }
  out << '\n'
      << checked.articles << " articles, " << checked.samples.size()
      << " municipalities: " << count(checked.findings, Severity::error) << " errors, "
      << count(checked.findings, Severity::warning) << " warnings\n";
}

}  // namespace

int run_check(const CheckOptions& options, Time now, std::ostream& out, std::ostream& err) {
  const auto folder = content_folder(options.content, err);
  if (!folder) return 2;
  if (!std::filesystem::is_directory(*folder)) {
    err << "there is no folder «" << *folder << "»; name it with --content\n";
    return 2;
  }
  const Checked checked = check_folder(*folder, now);
  if (options.json) {
    out << json_of(checked, options.matrix) << '\n';
  } else {
    write_findings(checked.findings, *folder, out);
    if (options.matrix) write_matrix(checked.matrix, out);
    write_summary(checked, out);
  }
  return service::has_errors(checked.findings) ? 1 : 0;
}

}  // namespace svar::server
