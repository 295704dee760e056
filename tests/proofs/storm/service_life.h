// The product as a process that a proof starts, kills and starts again on one port and one data
// folder.
//
// Threads: one. Blocking: start() and wait_until_ready() until the service is there.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>

namespace svar::proofs {

class ServiceLife {
 public:
  // Makes a data folder of its own and chooses a free port. `program` is run in the current folder,
  // with config/svarsentral.yaml.
  explicit ServiceLife(std::string program);
  ~ServiceLife();  // kills it and removes the folder
  ServiceLife(const ServiceLife&) = delete;

  std::uint16_t port() const { return port_; }
  void start();
  // How long it took; throws std::runtime_error when it ends, or isn't there after half a minute.
  std::chrono::milliseconds wait_until_ready();
  void kill();  // -9, and gone when this returns
  bool is_alive();

 private:
  bool answers_ready() const;

  std::string program_;
  std::filesystem::path data_;
  std::uint16_t port_ = 0;
  pid_t process_ = 0;  // 0 when there is none
};

}  // namespace svar::proofs
