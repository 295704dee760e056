#include "bot/server/backup/durable_files.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <vector>

namespace svar::server {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kChunk = 1 << 20;

std::string fault(const fs::path& path, const char* what) {
  return path.string() + " " + what + ": " + std::strerror(errno);
}

// A descriptor that closes itself.
class File {
 public:
  File(const fs::path& path, int flags) : path_(path) {
    descriptor_ = ::open(path.c_str(), flags | O_CLOEXEC, S_IRUSR | S_IWUSR);
  }
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  File(const File&) = delete;
  bool opened() const { return descriptor_ >= 0; }

  Fault write(const char* bytes, std::size_t size) {
    while (size > 0) {
      const ssize_t written = ::write(descriptor_, bytes, size);
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) return fault(path_, "can't be written");
      bytes += written;
      size -= static_cast<std::size_t>(written);
    }
    return std::nullopt;
  }
  // How many bytes; 0 at the end, less on an error.
  ssize_t read(std::vector<char>& chunk) {
    while (true) {
      const ssize_t got = ::read(descriptor_, chunk.data(), chunk.size());
      if (got >= 0 || errno != EINTR) return got;
    }
  }
  Fault sync() {
    if (::fsync(descriptor_) != 0) return fault(path_, "can't be synced");
    return std::nullopt;
  }

 private:
  const fs::path& path_;
  int descriptor_ = -1;
};

fs::path parent_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path{"."};
}

}  // namespace

Fault sync_to_disk(const fs::path& path) {
  File file(path, O_RDONLY);
  if (!file.opened()) return fault(path, "can't be opened");
  return file.sync();
}

Fault make_private_folder(const fs::path& path) {
  std::error_code error;
  const bool made = fs::create_directories(path, error);
  if (error) return path.string() + " can't be made: " + error.message();
  if (made && ::chmod(path.c_str(), S_IRWXU) != 0) return fault(path, "can't be made private");
  return made ? sync_to_disk(parent_of(fs::absolute(path))) : std::nullopt;
}

Fault write_durably(const fs::path& path, const std::string& bytes) {
  File file(path, O_WRONLY | O_CREAT | O_TRUNC);
  if (!file.opened()) return fault(path, "can't be made");
  if (auto why = file.write(bytes.data(), bytes.size())) return why;
  return file.sync();
}

Fault copy_durably(const fs::path& from, const fs::path& to) {
  File source(from, O_RDONLY);
  if (!source.opened()) return fault(from, "can't be read");
  File copy(to, O_WRONLY | O_CREAT | O_EXCL);
  if (!copy.opened()) return fault(to, "can't be made");
  std::vector<char> chunk(kChunk);
  while (true) {
    const ssize_t got = source.read(chunk);
    if (got < 0) return fault(from, "can't be read");
    if (got == 0) return copy.sync();
    if (auto why = copy.write(chunk.data(), static_cast<std::size_t>(got))) return why;
  }
}

Fault rename_durably(const fs::path& from, const fs::path& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) return fault(from, "can't be moved");
  if (auto why = sync_to_disk(parent_of(to))) return why;
  return parent_of(from) == parent_of(to) ? std::nullopt : sync_to_disk(parent_of(from));
}

Result<FileDigest, std::string> digest_of(const fs::path& path) {
  File file(path, O_RDONLY);
  if (!file.opened()) return Failure{fault(path, "can't be read")};
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  FileDigest digest;
  std::vector<char> chunk(kChunk);
  while (true) {
    const ssize_t got = file.read(chunk);
    if (got < 0) return Failure{fault(path, "can't be read")};
    if (got == 0) break;
    digest.bytes += got;
    crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(chunk.data()),
                              static_cast<unsigned long long>(got));
  }
  unsigned char hash[crypto_hash_sha256_BYTES];
  crypto_hash_sha256_final(&state, hash);
  std::string hex(2 * sizeof hash + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), hash, sizeof hash);
  hex.pop_back();
  digest.sha256 = std::move(hex);
  return digest;
}

}  // namespace svar::server
