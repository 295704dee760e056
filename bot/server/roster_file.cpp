#include "bot/server/roster_file.h"

#include <fstream>
#include <iterator>

#include "bot/server/log.h"

namespace svar::server {
namespace {

constexpr std::uintmax_t kBytesMax = 1 << 20;

}  // namespace

void RosterFile::look() {
  if (path_.empty()) return;
  std::error_code missing;
  const auto changed = std::filesystem::last_write_time(path_, missing);
  const auto bytes = missing ? 0 : std::filesystem::file_size(path_, missing);
  if (missing) {
    if (!roster_.fault() || roster_.fault()->line != 0) fail({0, "cannot be opened"});
    read_bytes_ = static_cast<std::uintmax_t>(-1);
    return;
  }
  if (changed == read_at_ && bytes == read_bytes_) return;
  read_at_ = changed;
  read_bytes_ = bytes;
  if (bytes > kBytesMax) return fail({0, "is larger than 1 MB"});
  std::ifstream file(path_, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>{file}, {}};
  if (!file) return fail({0, "cannot be read"});
  auto shifts = service::read_roster(text);
  if (!shifts) {
    for (const auto& fault : shifts.error())
      log_event(Level::error, "roster_fault",
                {{"place", path_ + ":" + std::to_string(fault.line)}, {"what", fault.what}});
    return roster_.fail(shifts.error().front());
  }
  roster_.replace(std::move(*shifts));
  log_event(Level::info, "roster_read", {{"file", path_}});
}

void RosterFile::fail(service::RosterFault fault) {
  log_event(Level::error, "roster_fault", {{"place", path_}, {"what", fault.what}});
  roster_.fail(std::move(fault));
}

}  // namespace svar::server
