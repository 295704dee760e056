#include "bot/server/command_line.h"

// Read by jemalloc at start. Two threads do nearly all the work; memory that a burst of citizens
// needed goes back to the system within seconds. Unused where another allocator is linked.
extern "C" {
extern const char* malloc_conf;
const char* malloc_conf = "narenas:2,dirty_decay_ms:2000,muzzy_decay_ms:0,background_thread:true";
}

int main(int argc, char** argv) {
  return svar::server::run_command_line(argc, argv);
}
