// The program's commands and their options (protocol.md, command line).
#pragma once

namespace svar::server {

// Runs what the arguments say. Exit code: 0 good, 1 findings, 2 misuse.
int run_command_line(int argc, char** argv);

}  // namespace svar::server
