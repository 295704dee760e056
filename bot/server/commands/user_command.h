// svarsentral user: people and their rights, whether a service runs or not.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "bot/server/commands/data_choice.h"

namespace svar::server {

struct UserOptions {
  DataChoice data;
  std::string act;  // "list", "add", "invite", "roles", …
  std::string name;
  std::string display_name;
  std::vector<std::string> rights;  // "agent:osteroy"
  bool password_stdin = false;
  bool json = false;
};

// Exit code: 0 done, 1 refused or not possible (why is on `err`), 2 misuse.
int run_user(const UserOptions& options, std::istream& in, std::ostream& out, std::ostream& err);

}  // namespace svar::server
