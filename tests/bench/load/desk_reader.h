// An agent's desk that is open on a screen: reads whatever the service tells it, looks at nothing,
// and comes back when it was cut off.
//
// Threads: the one that runs the loop.
#pragma once

#include <cstdint>
#include <string>

#include "tests/bench/load/client.h"

namespace svar::bench {

class DeskReader : public ClientEvents {
 public:
  // Begins to connect. `cookie` is a signed-in session's, «name=value»; `number` is a free client
  // number of `loop`, which must outlive the reader.
  DeskReader(Loop& loop, std::uint16_t port, const std::string& cookie, std::uint32_t number);

  std::uint64_t frames() const { return frames_; }

  // How many times the service has ended the connection, and why last.
  std::uint64_t ends() const { return ends_; }
  const std::string& fault() const { return fault_; }

  // Comes back when it was ended: call it now and then.
  void come_back();

 private:
  void opened(Client&) override {}
  void said(Client&, std::string_view) override { ++frames_; }
  void ended(Client&, std::string_view why) override;

  Target target_;
  std::uint64_t frames_ = 0;
  std::uint64_t ends_ = 0;
  std::string fault_;
  Client client_;
};

}  // namespace svar::bench
