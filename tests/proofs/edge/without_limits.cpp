// The negative control of the proofs at the edge: the product, but for a server that waits for ever and
// queues without end. Built for the proofs alone; never installed.
#include "bot/server/command_line.h"
#include "bot/server/commands/serve_command.h"
#include "connectors/net/server.h"

int main(int argc, char** argv) {
  svar::server::change_server() = [](svar::net::ServerOptions& options) {
    options.header_time = options.body_time = options.frame_time = std::chrono::hours{24};
    options.idle_time = options.silent_time = std::chrono::hours{24};
    options.queued_frames_max = options.queued_bytes_max = std::size_t{1} << 40;
  };
  return svar::server::run_command_line(argc, argv);
}
