#include "bot/server/command_line.h"

int main(int argc, char** argv) {
  return svar::server::run_command_line(argc, argv);
}
