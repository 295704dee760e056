#include "bot/server/channels/secret_file.h"

#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace svar::server {
namespace {

constexpr std::size_t kSecretBytesMax = 4096;

}  // namespace

Result<std::string, std::string> read_secret(const std::string& path) {
  struct stat about {};
  if (::stat(path.c_str(), &about) != 0) return Failure{path + " cannot be opened"};
  if (!S_ISREG(about.st_mode)) return Failure{path + " is no file"};
  if ((about.st_mode & (S_IROTH | S_IWOTH | S_IWGRP)) != 0)
    return Failure{path + " is open to others on this machine: chmod 0640"};
  if (static_cast<std::size_t>(about.st_size) > kSecretBytesMax)
    return Failure{path + " is too long for a secret"};
  std::ifstream file(path, std::ios::binary);
  std::string secret{std::istreambuf_iterator<char>{file}, {}};
  if (!file) return Failure{path + " cannot be read"};
  while (!secret.empty() && (secret.back() == '\n' || secret.back() == '\r')) secret.pop_back();
  if (secret.empty()) return Failure{path + " is empty"};
  const bool plain = std::all_of(secret.begin(), secret.end(),
                                 [](unsigned char c) { return c > 0x20 && c < 0x7F; });
  if (!plain) return Failure{path + " holds a blank, a line break or a letter beyond ASCII"};
  return secret;
}

}  // namespace svar::server
