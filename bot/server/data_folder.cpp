#include "bot/server/data_folder.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>
#include <vector>

namespace svar::server {
namespace {

std::string reason() {
  return std::strerror(errno);
}

// Reads exactly `size` bytes; empty when the file holds something else.
std::string read_exactly(int file, std::size_t size) {
  std::string bytes(size + 1, '\0');
  const ssize_t got = ::pread(file, bytes.data(), bytes.size(), 0);
  if (got != static_cast<ssize_t>(size)) return {};
  bytes.resize(size);
  return bytes;
}

Result<std::string, std::string> from_environment(const char* variable, const char* hex,
                                                  std::size_t size) {
  std::string bytes(size, '\0');
  std::size_t got = 0;
  const int bad = sodium_hex2bin(reinterpret_cast<unsigned char*>(bytes.data()), size, hex,
                                 std::strlen(hex), nullptr, &got, nullptr);
  if (bad != 0 || got != size) {
    return Failure{std::string{variable} + " must hold " + std::to_string(2 * size) +
                   " hexadecimal digits"};
  }
  return bytes;
}

}  // namespace

Result<DataFolder, std::string> DataFolder::open(const std::filesystem::path& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) {
    return Failure{"the data folder " + path.string() + " can't be made: " + error.message() +
                   ". Name another with store.path (deploy/run --data)."};
  }
  ::chmod(path.c_str(), 0700);
  const auto file = path / "lock";
  const int lock = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock < 0) {
    return Failure{"the data folder " + path.string() + " can't be written: " + reason() +
                   ". Give this user the right to it, or name another with store.path."};
  }
  if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
    ::close(lock);
    return Failure{"another process serves from " + path.string() +
                   ". Stop it first, or name another folder with store.path."};
  }
  return DataFolder{path, lock};
}

DataFolder::DataFolder(DataFolder&& other) noexcept
    : path_(std::move(other.path_)), lock_(std::exchange(other.lock_, -1)) {}

DataFolder::~DataFolder() {
  if (lock_ >= 0) ::close(lock_);
}

Result<std::string, std::string> DataFolder::secret(const std::string& name, std::size_t size,
                                                    const char* variable) const {
  if (const char* hex = std::getenv(variable)) return from_environment(variable, hex, size);
  if (sodium_init() < 0) return Failure{std::string{"libsodium can't be initialised"}};
  const auto path = path_ / (name + ".key");
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return Failure{"the key " + path.string() + " can't be opened: " + reason()};
  std::string bytes = read_exactly(file, size);
  if (bytes.empty()) {
    struct stat found {};
    if (::fstat(file, &found) == 0 && found.st_size != 0) {
      ::close(file);
      return Failure{"the key " + path.string() +
                     " is damaged. Restore it from a backup, or remove it: " +
                     "conversations that are open then begin anew."};
    }
    bytes.resize(size);
    randombytes_buf(bytes.data(), bytes.size());
    const bool kept =
        ::pwrite(file, bytes.data(), size, 0) == static_cast<ssize_t>(size) && ::fsync(file) == 0;
    if (!kept) {
      ::close(file);
      return Failure{"the key " + path.string() + " can't be written: " + reason()};
    }
  }
  ::close(file);
  return bytes;
}

}  // namespace svar::server
