#include "bot/service/content/content.h"

#include <algorithm>

namespace svar::service {

bool has_errors(const Findings& findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [](const Finding& finding) { return finding.severity == Severity::error; });
}

}  // namespace svar::service
