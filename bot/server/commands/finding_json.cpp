#include "bot/server/commands/finding_json.h"

namespace svar::server {

nlohmann::ordered_json to_json(const service::Finding& finding) {
  const bool error = finding.severity == service::Severity::error;
  nlohmann::ordered_json out{{"severity", error ? "error" : "warning"}};
  if (!finding.kind.empty()) out["kind"] = finding.kind;
  out["file"] = finding.file;
  out["line"] = finding.line;
  out["what"] = finding.what;
  if (!finding.other_file.empty()) {
    out["other_file"] = finding.other_file;
    out["other_line"] = finding.other_line;
  }
  return out;
}

}  // namespace svar::server
