#include "tests/proofs/disk/full_file_system.h"

#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>

namespace svar::proofs {
namespace {

using nlohmann::json;
using service::Accepted;
using service::Refused;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr const char* kSize = "size=1m";
constexpr int kBallastBytes = 300'000;
constexpr int kMessagesMax = 5'000;
constexpr int kMessagesAfter = 20;
constexpr milliseconds kRecoveryMax{5'000};

std::string why(const char* call) {
  return std::string(call) + ": " + std::strerror(errno);
}

// Nobody else sees it, and it goes with the process.
std::string mount_small(const std::filesystem::path& folder) {
  if (::unshare(CLONE_NEWNS) != 0) return why("unshare");
  if (::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return why("mount private");
  if (::mount("tmpfs", folder.c_str(), "tmpfs", 0, kSize) != 0) return why("mount tmpfs");
  return {};
}

class FullFolder {
 public:
  explicit FullFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

  FullFileSystemReport run() {
    std::ofstream(folder_ / "ballast") << std::string(kBallastBytes, '.');
    report_.fault = serve();
    service_.reset();
    if (!report_.fault) report_.fault = history_.compare(file());
    report_.acknowledged = history_.acknowledged();
    return report_;
  }

 private:
  std::filesystem::path file() const { return folder_ / "svarsentral.db"; }

  Fault serve() {
    auto started = Service::start(file(), Service::Store::as_it_is);
    if (!started) return "does not start: " + started.error().what;
    service_ = std::move(*started);
    while (send_next()) {
      if (next_ > kMessagesMax) return "the file system never became full";
    }
    for (int again = 0; again < 5; ++again) (void)send_next();
    std::filesystem::remove(folder_ / "ballast");
    const auto freed = steady_clock::now();
    while (!send_next()) {
      if (steady_clock::now() - freed > kRecoveryMax) return "refuses five seconds after";
    }
    report_.recovery = std::chrono::ceil<milliseconds>(steady_clock::now() - freed);
    for (int left = kMessagesAfter; left > 0; --left) {
      if (!send_next()) return "refuses though there is space";
    }
    return report_.refusals > 0 ? std::nullopt : Fault{"nothing was refused"};
  }

  // Whether it was accepted.
  bool send_next() {
    SentMessage& message = history_.add(ConversationId{1 + next_ % 3}, next_);
    ++next_;
    const auto outcome = service_->send(message);
    if (const auto* accepted = std::get_if<Accepted>(&outcome)) {
      message.acknowledged = accepted->seq;
      return true;
    }
    ++report_.refusals;
    return false;
  }

  const std::filesystem::path folder_;
  std::unique_ptr<Service> service_;
  History history_;
  int next_ = 0;
  FullFileSystemReport report_;
};

[[noreturn]] void report_to(int pipe, const FullFileSystemReport& report) {
  const std::string line = json{{"skipped", report.skipped},
                                {"fault", report.fault.value_or("")},
                                {"acknowledged", report.acknowledged},
                                {"refusals", report.refusals},
                                {"recovery_ms", report.recovery.count()}}
                               .dump();
  ::_exit(::write(pipe, line.data(), line.size()) > 0 ? 0 : 1);
}

FullFileSystemReport decode(const std::string& line) {
  const json told = json::parse(line, nullptr, /*allow_exceptions=*/false);
  if (told.is_discarded()) return {"", "the process died", 0, 0, {}};
  const std::string fault = told["fault"];
  return {told["skipped"], fault.empty() ? Fault{} : Fault{fault}, told["acknowledged"],
          told["refusals"], milliseconds{told["recovery_ms"].get<int>()}};
}

}  // namespace

FullFileSystemReport run_on_full_file_system() {
  std::string pattern = (std::filesystem::temp_directory_path() / "svar-full-XXXXXX").string();
  const char* folder = ::mkdtemp(pattern.data());
  std::array<int, 2> ends{};
  if (folder == nullptr || ::pipe(ends.data()) != 0) return {why("a folder"), {}, 0, 0, {}};
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    const std::string skipped = mount_small(folder);
    if (!skipped.empty()) report_to(ends[1], {skipped, {}, 0, 0, {}});
    report_to(ends[1], FullFolder(folder).run());
  }
  ::close(ends[1]);
  std::string line;
  std::array<char, 4096> part{};
  for (ssize_t count; (count = ::read(ends[0], part.data(), part.size())) > 0;) {
    line.append(part.data(), static_cast<std::size_t>(count));
  }
  ::close(ends[0]);
  ::waitpid(child, nullptr, 0);
  std::filesystem::remove(folder);
  return decode(line);
}

}  // namespace svar::proofs
