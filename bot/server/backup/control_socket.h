// How a command asks the service that runs on a data folder: a Unix socket in the folder, which
// only the folder's owner can reach. One request a connection: a line in, any number of lines out,
// the last of them the answer.
//
// Threads: the service's side has one of its own, which serves one connection at a time.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "bot/domain/result.h"

namespace svar::server {

// Sends a line; false when nobody listens any more or the service is stopping: then give up.
using TellLine = std::function<bool(const std::string& line)>;

class ControlSocket {
 public:
  // Answers a request, on the socket's thread; may take its time and tell how far it has come.
  using Handler = std::function<std::string(const std::string& request, const TellLine& tell)>;

  // Whoever calls holds the folder's lock, so a socket that is there already is nobody's.
  static Result<std::unique_ptr<ControlSocket>, std::string> open(
      const std::filesystem::path& folder, Handler handler);
  ~ControlSocket();  // waits for the handler, whose tell() is false from now on
  ControlSocket(const ControlSocket&) = delete;

 private:
  ControlSocket(std::filesystem::path folder, int listening, int stop_read, int stop_write,
                Handler handler);
  void run();
  void serve(int connection);
  bool stopping() const;

  const std::filesystem::path folder_;
  const int listening_;
  const int stop_read_, stop_write_;  // a pipe: readable once the socket is to close
  const Handler handler_;
  std::thread thread_;
};

enum class NoService { absent, broken };  // nobody listens; the connection was lost on the way

// Asks, calls `progress` with each line but the last, and gives the last. Blocks until then.
Result<std::string, NoService> ask_service(const std::filesystem::path& folder,
                                           const std::string& request,
                                           const std::function<void(const std::string&)>& progress);

}  // namespace svar::server
