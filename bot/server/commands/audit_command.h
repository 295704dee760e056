// svarsentral audit: the audit log as text, JSON or CSV.
#pragma once

#include <iosfwd>
#include <string>

#include "bot/server/commands/data_choice.h"

namespace svar::server {

struct AuditOptions {
  DataChoice data;
  std::string municipality, agent, conversation, kind, from, until;
  bool json = false;
  bool csv = false;
};

// Exit code: 0 written, 1 the log can't be read, 2 misuse.
int run_audit(const AuditOptions& options, std::ostream& out, std::ostream& err);

}  // namespace svar::server
