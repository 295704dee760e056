#include "tests/proofs/storm/service_life.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <thread>
#include <vector>

extern char** environ;

namespace svar::proofs {
namespace {

using std::chrono::steady_clock;

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return address;
}

std::uint16_t free_port() {
  const int probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  const bool bound = ::bind(probe, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                     ::getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  ::close(probe);
  if (!bound) throw std::runtime_error("no free port on 127.0.0.1");
  return ntohs(address.sin_port);
}

}  // namespace

ServiceLife::ServiceLife(std::string program) : program_(std::move(program)), port_(free_port()) {
  std::string folder =
      (std::filesystem::temp_directory_path() / "svarsentral-storm-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) throw std::runtime_error("no temporary folder");
  data_ = folder;
}

ServiceLife::~ServiceLife() {
  kill();
  std::error_code ignored;
  std::filesystem::remove_all(data_, ignored);
}

void ServiceLife::start() {
  const std::vector<std::string> words{program_,   "serve",
                                       "--config", "config/svarsentral.yaml",
                                       "--set",    "http.port=" + std::to_string(port_),
                                       "--set",    "store.path=" + data_.string(),
                                       "--set",    "limits.enabled=false",
                                       "--set",    "desk.queue=always",
                                       "--set",    "log.level=warn"};
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t files;
  ::posix_spawn_file_actions_init(&files);
  ::posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  const int failed =
      ::posix_spawn(&process_, program_.c_str(), &files, nullptr, arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&files);
  if (failed != 0) {
    process_ = 0;
    throw std::runtime_error(program_ + " can't be started");
  }
}

bool ServiceLife::answers_ready() const {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback(port_);
  const timeval patience{1, 0};
  ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  std::array<char, 64> answer{};
  constexpr std::string_view kRequest = "GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n";
  const bool ready =
      ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
      ::send(socket, kRequest.data(), kRequest.size(), MSG_NOSIGNAL) > 0 &&
      ::recv(socket, answer.data(), answer.size(), 0) > 12 &&
      std::string_view{answer.data(), answer.size()}.starts_with("HTTP/1.1 200");
  ::close(socket);
  return ready;
}

std::chrono::milliseconds ServiceLife::wait_until_ready() {
  const auto began = steady_clock::now();
  while (!answers_ready()) {
    if (!is_alive()) throw std::runtime_error("the service ended while it started");
    if (steady_clock::now() - began > std::chrono::seconds{30}) {
      throw std::runtime_error("the service is not ready after 30 s");
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  }
  return std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - began);
}

void ServiceLife::kill() {
  if (process_ == 0) return;
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
  process_ = 0;
}

bool ServiceLife::is_alive() {
  if (process_ == 0) return false;
  if (::waitpid(process_, nullptr, WNOHANG) == 0) return true;
  process_ = 0;
  return false;
}

}  // namespace svar::proofs
