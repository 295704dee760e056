#include "bot/server/backup/backup.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <optional>
#include <thread>

#include "bot/server/backup/copy_request.h"
#include "bot/server/backup/durable_files.h"
#include "bot/server/backup/restore.h"
#include "bot/server/data_folder.h"
#include "bot/store/database_copy.h"
#include "bot/store/erasure_list.h"
#include "bot/store/log_schema.h"
#include "bot/store/people/people_file.h"

namespace svar::server {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPartial = ".partial";
constexpr std::chrono::seconds kServiceWait{10};  // for one that starts or stops at the moment
constexpr int kPagesAtOnce = 4'096;
constexpr std::int64_t kSyncEveryPages =
    4'096;  // so that no sync at the end takes the disk for long

std::string utc(Time now, const char* format) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[40];
  std::strftime(text, sizeof text, format, &parts);
  return text;
}

bool lies_in(const fs::path& path, const fs::path& folder) {
  const fs::path below =
      fs::weakly_canonical(path).lexically_relative(fs::weakly_canonical(folder));
  return !below.empty() && *below.begin() != "..";
}

// A folder that only its maker works in, for as long as the object lives.
class OwnFolder {
 public:
  static std::optional<OwnFolder> take(const fs::path& path) {
    const int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return std::nullopt;
    if (::flock(folder, LOCK_EX | LOCK_NB) == 0) return OwnFolder(folder);
    ::close(folder);
    return std::nullopt;
  }
  OwnFolder(OwnFolder&& other) noexcept : folder_(std::exchange(other.folder_, -1)) {}
  OwnFolder& operator=(OwnFolder&&) = delete;
  ~OwnFolder() {
    if (folder_ >= 0) ::close(folder_);
  }

 private:
  explicit OwnFolder(int folder) : folder_(folder) {}
  int folder_;
};

// What a backup that was killed has left: nobody's, and full of people's words.
void remove_abandoned(const fs::path& to) {
  std::error_code ignored;
  std::vector<fs::path> abandoned;
  for (const auto& entry : fs::directory_iterator(to, ignored)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(kBackupPrefix) && name.ends_with(kPartial) &&
        OwnFolder::take(entry.path()))
      abandoned.push_back(entry.path());
  }
  for (const fs::path& folder : abandoned) fs::remove_all(folder, ignored);
}

class Backup {
 public:
  Backup(const fs::path& data, const fs::path& to, Time now, const BackupProgress& progress)
      : data_(data), to_(to), now_(now), progress_(progress) {
    const std::string name = std::string(kBackupPrefix) + utc(now, "%Y%m%dT%H%M%SZ");
    folder_ = to / name;
    partial_ = to / (name + kPartial);
  }

  Result<BackupMade, BackupFailure> make() {
    if (auto why = begin()) return failed(*why);
    auto why = fill();
    if (!why && findings_.empty()) why = finish();
    if (!why && findings_.empty()) return BackupMade{folder_, manifest_, by_service_};
    std::error_code ignored;
    fs::remove_all(partial_, ignored);
    return failed(why.value_or("the data is damaged; nothing was kept"));
  }

 private:
  Failure<BackupFailure> failed(const std::string& what) {
    return Failure{BackupFailure{what, findings_}};
  }
  Fault begin();
  Fault fill();
  Fault finish();
  Fault copy_log();
  Result<bool, std::string> copy_log_here();
  Fault copy_plain_files();
  Fault verify();
  Fault write_manifest();
  Fault list_erasures();

  const fs::path& data_;
  const fs::path& to_;
  const Time now_;
  const BackupProgress& progress_;
  fs::path folder_, partial_;
  std::optional<OwnFolder> own_;
  Manifest manifest_;
  std::vector<std::string> findings_;
  bool by_service_ = false;
};

Fault Backup::begin() {
  if (!fs::exists(data_ / kLogFile)) return "there is no log in " + data_.string();
  if (auto why = interrupted_restore(data_)) return why;
  if (lies_in(to_, data_)) return to_.string() + " lies in the data folder; choose another place";
  if (auto why = make_private_folder(to_)) return why;
  remove_abandoned(to_);
  if (fs::exists(folder_) || fs::exists(partial_))
    return folder_.string() + " is there already, or is being made; try again in a second";
  if (auto why = make_private_folder(partial_)) return why;
  if (auto own = OwnFolder::take(partial_)) own_.emplace(std::move(*own));
  return std::nullopt;
}

Fault Backup::fill() {
  if (auto why = copy_log()) return why;
  if (fs::exists(data_ / kPeopleFile)) {
    if (auto why = store::copy_people(data_ / kPeopleFile, partial_ / kPeopleFile))
      return why->what;
  }
  // After the log: a release that an answer names is kept before the answer is.
  if (auto why = copy_plain_files()) return why;
  return verify();
}

Fault Backup::finish() {
  if (auto why = write_manifest()) return why;
  if (auto why = list_erasures()) return why;
  if (auto why = sync_to_disk(partial_)) return why;
  return rename_durably(partial_, folder_);
}

Fault Backup::copy_log() {
  const fs::path copy = partial_ / kLogFile;
  std::int64_t synced = 0;
  const auto told = [&](std::int64_t done, std::int64_t all) {
    progress_("pages copied", done, all);
    if (done - synced < kSyncEveryPages) return;
    synced = done;
    (void)sync_to_disk(copy);
  };
  const auto deadline = std::chrono::steady_clock::now() + kServiceWait;
  while (true) {
    auto asked = copy_through_service(data_, copy, told);
    if (!asked) return asked.error();
    by_service_ = *asked == Copied::by_service;
    if (by_service_) break;
    auto copied = copy_log_here();
    if (!copied) return copied.error();
    if (*copied) break;
    if (std::chrono::steady_clock::now() > deadline) {
      return "another process has " + data_.string() +
             ", but does not answer. Is it an older version? Stop it, or wait until it serves.";
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{100});
  }
  if (auto settled = store::settle_copy(copy); !settled) return settled.error().what;
  return std::nullopt;
}

// With the folder's lock, so that no service starts meanwhile; false when it isn't free.
Result<bool, std::string> Backup::copy_log_here() {
  auto data = DataFolder::open(data_);
  if (!data) return false;
  auto source = store::Connection::open(data_ / kLogFile, store::OpenMode::write);
  if (!source) return Failure{source.error().what};
  auto copy = store::DatabaseCopy::begin(*source, partial_ / kLogFile);
  if (!copy) return Failure{copy.error().what};
  while (true) {
    auto step = copy->step(kPagesAtOnce);
    if (!step) return Failure{step.error().what};
    if (*step == store::Step::done) return true;
    progress_("pages copied", copy->pages_done(), copy->pages());
  }
}

Fault Backup::copy_plain_files() {
  auto files = plain_files(data_);
  if (!files) return files.error();
  for (const std::string& file : *files) {
    const fs::path to = partial_ / file;
    if (auto why = make_private_folder(to.parent_path())) return why;
    if (auto why = copy_durably(data_ / file, to)) return why;
  }
  return std::nullopt;
}

Fault Backup::verify() {
  auto report = check_data(partial_, [this](std::int64_t done, std::int64_t all) {
    progress_("events verified", done, all);
  });
  if (!report) return report.error();
  findings_ = lines_of(*report);
  manifest_.conversations = report->log.conversations;
  manifest_.events = report->log.events;
  manifest_.last_position = report->log.last.value;
  manifest_.accounts = report->accounts;
  return std::nullopt;
}

Fault Backup::write_manifest() {
  manifest_.made_at = utc(now_, "%Y-%m-%dT%H:%M:%SZ");
  manifest_.version = SVAR_VERSION;
  auto copy = store::Connection::open(partial_ / kLogFile, store::OpenMode::read);
  if (!copy) return copy.error().what;
  auto schema = copy->query_integer("PRAGMA user_version");
  if (!schema) return schema.error().what;
  manifest_.schema = *schema;
  auto files = files_of(partial_);
  if (!files) return files.error();
  manifest_.files = std::move(*files);
  for (const auto& entry : fs::recursive_directory_iterator(partial_)) {
    if (!entry.is_directory()) continue;
    if (auto why = sync_to_disk(entry.path())) return why;
  }
  return write_durably(partial_ / kManifestName, to_json(manifest_));
}

// What this log has erased must be erased in older backups too, so it is told beside them. A
// service that knows the place lists it there as it happens; this is for one that doesn't.
Fault Backup::list_erasures() {
  auto erasures = store::read_erasures_of_log(partial_ / kLogFile);
  if (!erasures) return erasures.error().what;
  auto why = store::append_missing_erasures(to_ / kErasureList, std::move(*erasures));
  if (why) return why->what;
  return std::nullopt;
}

bool is_plain(const std::string& top, const std::string& name) {
  if (top == "lock" || top == "control" || top == kManifestName) return false;
  if (top == kRestoring || top == kUnfinished || top.starts_with(kReplaced)) return false;
  return name != kLogFile && name != kPeopleFile && name != kSearchFile &&
         !name.ends_with("-wal") && !name.ends_with("-shm") && !name.ends_with("-journal") &&
         !name.ends_with(".new");
}

}  // namespace

Result<std::vector<std::string>, std::string> plain_files(const fs::path& data) {
  std::vector<std::string> files;
  std::error_code error;
  for (auto entry = fs::recursive_directory_iterator(data, error);
       !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    const fs::path below = entry->path().lexically_relative(data);
    const bool plain = is_plain(below.begin()->string(), below.filename().string());
    if (entry->is_directory() && !plain) entry.disable_recursion_pending();
    if (entry->is_regular_file() && plain) files.push_back(below.generic_string());
  }
  if (error) return Failure{data.string() + " can't be read: " + error.message()};
  return files;
}

Result<BackupMade, BackupFailure> make_backup(const fs::path& data, const fs::path& to, Time now,
                                              const BackupProgress& progress) {
  try {
    return Backup(data, to, now, progress).make();
  } catch (const fs::filesystem_error& error) {
    return Failure{BackupFailure{error.what(), {}}};
  }
}

}  // namespace svar::server
