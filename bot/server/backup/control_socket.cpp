#include "bot/server/backup/control_socket.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>

namespace svar::server {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSocketName = "control";
constexpr std::size_t kLineMax = 64 * 1024;
constexpr int kRequestWaitMs = 5'000;

class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  Descriptor(const Descriptor&) = delete;
  int get() const { return value_; }
  int release() { return std::exchange(value_, -1); }

 private:
  int value_;
};

// An address has room for 107 bytes, a folder's path may be longer: so it goes by an open folder.
sockaddr_un address_in(const Descriptor& folder) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = "/proc/self/fd/" + std::to_string(folder.get()) + "/" + kSocketName;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  return address;
}

Descriptor open_folder(const fs::path& folder) {
  return Descriptor(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
}

int new_socket() {
  return ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
}

// Gives lines as they come.
class Lines {
 public:
  explicit Lines(int socket) : socket_(socket) {}

  // Nothing at the end, after an error, and when none comes within `wait_ms` (-1: as long as it
  // takes).
  std::optional<std::string> next(int wait_ms) {
    while (true) {
      if (const auto end = held_.find('\n'); end != std::string::npos) {
        std::string line = held_.substr(0, end);
        held_.erase(0, end + 1);
        return line;
      }
      if (held_.size() > kLineMax || !receive(wait_ms)) return std::nullopt;
    }
  }

 private:
  bool receive(int wait_ms) {
    pollfd readable{socket_, POLLIN, 0};
    if (::poll(&readable, 1, wait_ms) <= 0) return false;
    char chunk[4096];
    const ssize_t got = ::recv(socket_, chunk, sizeof chunk, 0);
    if (got <= 0) return false;
    held_.append(chunk, static_cast<std::size_t>(got));
    return true;
  }

  const int socket_;
  std::string held_;
};

bool send_line(int socket, const std::string& line) {
  const std::string bytes = line + '\n';
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t sent = ::send(socket, bytes.data() + done, bytes.size() - done, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    done += static_cast<std::size_t>(sent);
  }
  return true;
}

bool readable_now(int descriptor) {
  pollfd readable{descriptor, POLLIN, 0};
  return ::poll(&readable, 1, 0) > 0;
}

}  // namespace

Result<std::unique_ptr<ControlSocket>, std::string> ControlSocket::open(const fs::path& folder,
                                                                        Handler handler) {
  const auto failed = [&](const char* what) {
    return Failure{"the socket " + (folder / kSocketName).string() + " can't be " + what + ": " +
                   std::strerror(errno)};
  };
  const Descriptor directory = open_folder(folder);
  Descriptor socket(new_socket());
  if (directory.get() < 0 || socket.get() < 0) return failed("made");
  ::unlinkat(directory.get(), kSocketName, 0);
  const sockaddr_un address = address_in(directory);
  ::fchmod(socket.get(), S_IRUSR | S_IWUSR);  // bind() makes the file with this mode
  if (::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return failed("bound");
  if (::listen(socket.get(), 4) != 0) return failed("listened on");
  int stop[2];
  if (::pipe2(stop, O_CLOEXEC) != 0) return failed("served");
  return std::unique_ptr<ControlSocket>(
      new ControlSocket(folder, socket.release(), stop[0], stop[1], std::move(handler)));
}

ControlSocket::ControlSocket(fs::path folder, int listening, int stop_read, int stop_write,
                             Handler handler)
    : folder_(std::move(folder)),
      listening_(listening),
      stop_read_(stop_read),
      stop_write_(stop_write),
      handler_(std::move(handler)),
      thread_([this] { run(); }) {}

ControlSocket::~ControlSocket() {
  (void)!::write(stop_write_, "", 1);
  thread_.join();
  for (const int descriptor : {listening_, stop_read_, stop_write_}) ::close(descriptor);
  std::error_code ignored;
  fs::remove(folder_ / kSocketName, ignored);
}

bool ControlSocket::stopping() const {
  return readable_now(stop_read_);
}

void ControlSocket::run() {
  while (true) {
    pollfd wanted[] = {{stop_read_, POLLIN, 0}, {listening_, POLLIN, 0}};
    if (::poll(wanted, 2, -1) < 0 && errno != EINTR) return;
    if (stopping()) return;
    if ((wanted[1].revents & POLLIN) == 0) continue;
    const Descriptor connection(::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC));
    if (connection.get() >= 0) serve(connection.get());
  }
}

void ControlSocket::serve(int connection) {
  timeval patience{kRequestWaitMs / 1'000, 0};  // for an asker that reads nothing
  ::setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  const auto request = Lines(connection).next(kRequestWaitMs);
  if (!request) return;
  const std::string answer = handler_(*request, [&](const std::string& line) {
    return !stopping() && !readable_now(connection) && send_line(connection, line);
  });
  send_line(connection, answer);
}

Result<std::string, NoService> ask_service(
    const fs::path& folder, const std::string& request,
    const std::function<void(const std::string&)>& progress) {
  const Descriptor directory = open_folder(folder);
  const Descriptor socket(new_socket());
  if (directory.get() < 0 || socket.get() < 0) return Failure{NoService::absent};
  const sockaddr_un address = address_in(directory);
  if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return Failure{NoService::absent};
  if (!send_line(socket.get(), request)) return Failure{NoService::broken};
  Lines lines(socket.get());
  std::optional<std::string> last = lines.next(-1);
  while (last) {
    auto next = lines.next(-1);
    if (!next) return std::move(*last);
    progress(*last);
    last = std::move(next);
  }
  return Failure{NoService::broken};
}

}  // namespace svar::server
