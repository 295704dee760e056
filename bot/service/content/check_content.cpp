#include "bot/service/content/check_content.h"

#include <algorithm>
#include <tuple>

#include "bot/service/content/checks.h"

namespace svar::service {

Findings check_content(const Content& content, Time now) {
  Findings findings;
  Checker checker(content, std::chrono::floor<std::chrono::days>(now), findings);
  checker.check_municipalities();
  checker.check_articles();
  checker.check_answers();
  checker.check_hosts();
  checker.check_intents();
  checker.check_forms();
  checker.check_replies();
  checker.check_texts();
  checker.check_regression();
  sort_findings(findings);
  return findings;
}

void sort_findings(Findings& findings) {
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    return std::tie(a.severity, a.file, a.line) < std::tie(b.severity, b.file, b.line);
  });
  const auto same = [](const Finding& a, const Finding& b) {
    return std::tie(a.severity, a.file, a.line, a.what) ==
           std::tie(b.severity, b.file, b.line, b.what);
  };
  findings.erase(std::unique(findings.begin(), findings.end(), same), findings.end());
}

std::vector<SampleCount> count_samples(const Content& content) {
  std::vector<SampleCount> counts;
  for (const auto& [id, one] : content.municipalities) {
    SampleCount count{id, 0, 0, {}, one.hours.sample};
    for (const auto& [slot, fact] : one.municipality.facts) {
      ++count.facts;
      if (!fact.sample) continue;
      ++count.samples;
      count.sample_slots.push_back(slot);
    }
    counts.push_back(std::move(count));
  }
  return counts;
}

}  // namespace svar::service
