#include "bot/server/backup/restore.h"

#include <algorithm>

#include "bot/server/data_folder.h"
#include "bot/store/people/people_file.h"

namespace svar::server {
namespace {

namespace fs = std::filesystem;

std::string stamp(Time now) {
  return std::to_string(
      std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count());
}

bool is_data(const fs::path& entry) {
  const std::string name = entry.filename().string();
  return name != "lock" && name != "control" && name != kRestoring && name != kUnfinished &&
         !name.starts_with(kReplaced);
}

std::vector<fs::path> entries_of(const fs::path& folder) {
  std::vector<fs::path> entries;
  for (const auto& entry : fs::directory_iterator(folder)) entries.push_back(entry.path());
  return entries;
}

bool has_data(const fs::path& folder) {
  return fs::exists(folder / kUnfinished) || std::ranges::any_of(entries_of(folder), is_data);
}

// What was erased, from every place that knows.
class KnownErasures {
 public:
  // A list that can't be read keeps words from being erased: that is a fault.
  Fault add_list(const fs::path& file) {
    if (!fs::exists(file)) return std::nullopt;
    auto list = store::read_erasure_list(file);
    if (!list) return list.error().what;
    add(list->erasures);
    ++lists_;
    return std::nullopt;
  }
  // A log that can't be read may be the reason for the restore; the lists know what it knew.
  void add_log(const fs::path& file, std::vector<std::string>& notes) {
    if (!fs::exists(file)) return;
    auto erasures = store::read_erasures_of_log(file);
    if (erasures) return add(*erasures);
    notes.push_back("not asked for erasures, for it can't be read: " + erasures.error().what);
  }
  int lists() const { return lists_; }
  const std::vector<store::ListedErasure>& all() const { return all_; }

 private:
  void add(const std::vector<store::ListedErasure>& erasures) {
    all_.insert(all_.end(), erasures.begin(), erasures.end());
    store::sort_and_keep_distinct(all_);  // every backup knows most of what the others know
  }
  std::vector<store::ListedErasure> all_;
  int lists_ = 0;
};

class Restore {
 public:
  Restore(const RestoreRequest& request, const BackupProgress& progress)
      : request_(request), progress_(progress) {}

  Result<Restored, BackupFailure> run() {
    auto why = check_backup();
    if (!why) why = take_data_folder();
    if (!why) why = gather_erasures();
    if (why) return Failure{BackupFailure{*why, findings_}};
    why = prepare();
    if (why) {
      std::error_code ignored;
      fs::remove_all(restoring_, ignored);
      return Failure{BackupFailure{*why, findings_}};
    }
    if (auto stuck = move_in()) {
      return Failure{BackupFailure{*stuck + ". The data folder is half moved: restore again.", {}}};
    }
    tell_other_backups();
    return std::move(restored_);
  }

 private:
  Fault check_backup();
  Fault take_data_folder();
  Fault gather_erasures();
  Fault prepare();
  Fault copy_files();
  Fault erase_again();
  Fault verify();
  Fault sync_all();
  Fault move_in();
  void tell_other_backups();

  const RestoreRequest& request_;
  const BackupProgress& progress_;
  const fs::path backups_ = fs::weakly_canonical(request_.from).parent_path();
  const fs::path restoring_ = request_.data / kRestoring;
  std::optional<DataFolder> lock_;
  KnownErasures erasures_;
  std::vector<std::string> findings_;
  Restored restored_;
};

Fault Restore::check_backup() {
  if (!fs::is_directory(request_.from)) return request_.from.string() + " is no folder";
  if (!is_backup(request_.from)) {
    std::string newest;
    for (const fs::path& entry : entries_of(request_.from)) {
      if (is_backup(entry)) newest = std::max(newest, entry.string());
    }
    return request_.from.string() + " is no backup" +
           (newest.empty() ? "" : ", but holds some: name one, e.g. " + newest);
  }
  auto manifest = read_manifest(request_.from);
  if (!manifest) return manifest.error();
  restored_.manifest = std::move(*manifest);
  findings_ = differences(restored_.manifest, request_.from);
  if (findings_.empty()) return std::nullopt;
  return "the backup is damaged; nothing was restored";
}

Fault Restore::take_data_folder() {
  auto lock = DataFolder::open(request_.data);
  if (!lock) return lock.error();
  lock_.emplace(std::move(*lock));
  if (request_.existing == RestoreRequest::Existing::put_aside || !has_data(request_.data))
    return std::nullopt;
  return "there is data in " + request_.data.string() +
         ". With --force it is put aside, in a folder «" + kReplaced + "…» there.";
}

Fault Restore::gather_erasures() {
  auto why = erasures_.add_list(backups_ / kErasureList);
  if (!why) why = erasures_.add_list(request_.data / kErasureList);
  for (const fs::path& list : request_.erasure_lists) {
    if (!why && !fs::exists(list)) why = list.string() + " is not there";
    if (!why) why = erasures_.add_list(list);
  }
  if (why) return why;
  if (erasures_.lists() == 0 && request_.no_list == RestoreRequest::NoList::refuse) {
    return "there is no list of what was erased after the backup (" +
           (backups_ / kErasureList).string() +
           "): deleted words would come back. Name one with --erasures, or restore "
           "--without-erasures.";
  }
  why = erasures_.add_list(request_.from / kErasureList);
  erasures_.add_log(request_.data / kLogFile, restored_.notes);
  for (const fs::path& entry : entries_of(backups_)) {
    if (is_backup(entry)) erasures_.add_log(entry / kLogFile, restored_.notes);
  }
  return why;
}

Fault Restore::prepare() {
  fs::remove_all(restoring_);
  if (auto why = make_private_folder(restoring_)) return why;
  auto why = copy_files();
  if (!why) why = erase_again();
  if (!why) why = verify();
  if (!why) why = sync_all();
  return why;
}

Fault Restore::copy_files() {
  std::int64_t done = 0;
  const auto all = static_cast<std::int64_t>(restored_.manifest.files.size());
  for (const Manifest::File& file : restored_.manifest.files) {
    const fs::path to = restoring_ / file.path;
    if (auto why = make_private_folder(to.parent_path())) return why;
    if (auto why = copy_durably(request_.from / file.path, to)) return why;
    progress_("files copied", ++done, all);
  }
  return std::nullopt;
}

Fault Restore::erase_again() {
  auto replayed = store::replay_erasures(restoring_ / kLogFile, erasures_.all());
  if (!replayed) return "erasures can't be replayed: " + replayed.error().what;
  restored_.replayed = *replayed;
  const fs::path list = restoring_ / kErasureList;
  if (auto why = store::append_missing_erasures(list, erasures_.all())) return why->what;
  if (auto why = store::append_restored(list, request_.now, replayed->last)) return why->what;
  auto listed = store::read_erasure_list(list);
  if (!listed) return listed.error().what;
  restored_.erasures_listed = static_cast<std::int64_t>(listed->erasures.size());
  if (!fs::exists(restoring_ / kPeopleFile)) return std::nullopt;
  if (auto why = store::forget_sessions(restoring_ / kPeopleFile)) return why->what;
  return std::nullopt;
}

Fault Restore::verify() {
  auto report = check_data(restoring_, [this](std::int64_t done, std::int64_t all) {
    progress_("events verified", done, all);
  });
  if (!report) return report.error();
  findings_ = lines_of(*report);
  if (findings_.empty()) return std::nullopt;
  return "the restored data is damaged; nothing was changed";
}

Fault Restore::sync_all() {
  for (const auto& entry : fs::recursive_directory_iterator(restoring_)) {
    if (auto why = sync_to_disk(entry.path())) return why;
  }
  return sync_to_disk(restoring_);
}

Fault Restore::move_in() {
  const fs::path mark = request_.data / kUnfinished;
  if (auto why = write_durably(mark, "Do the restore again.\n")) return why;
  if (auto why = sync_to_disk(request_.data)) return why;
  const fs::path aside = request_.data / (kReplaced + stamp(request_.now));
  for (const fs::path& entry : entries_of(request_.data)) {
    if (!is_data(entry)) continue;
    if (auto why = make_private_folder(aside)) return why;
    if (auto why = rename_durably(entry, aside / entry.filename())) return why;
    restored_.replaced = aside;
  }
  for (const fs::path& entry : entries_of(restoring_)) {
    if (auto why = rename_durably(entry, request_.data / entry.filename())) return why;
  }
  fs::remove(restoring_);
  fs::remove(mark);
  return sync_to_disk(request_.data);
}

// The old data folder may have known of erasures that nobody wrote beside the backups.
void Restore::tell_other_backups() {
  auto why = store::append_missing_erasures(backups_ / kErasureList, erasures_.all());
  if (why) restored_.notes.push_back("not told of all erasures: " + why->what);
}

}  // namespace

Result<Restored, BackupFailure> restore_backup(const RestoreRequest& request,
                                               const BackupProgress& progress) {
  try {
    return Restore(request, progress).run();
  } catch (const fs::filesystem_error& error) {
    return Failure{BackupFailure{error.what(), {}}};
  }
}

Fault interrupted_restore(const fs::path& data) {
  std::error_code ignored;
  if (!fs::exists(data / kUnfinished, ignored)) return std::nullopt;
  return "a restore was interrupted in " + data.string() +
         ": do it again («svarsentral restore --force»), so that the data is whole";
}

}  // namespace svar::server
