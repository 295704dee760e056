#include "tests/proofs/disk/power_cut_disk.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace svar::proofs {
namespace {

FileKind kind_of(const std::string& name) {
  if (name.ends_with("-wal")) return FileKind::wal;
  if (name.ends_with("-journal")) return FileKind::journal;
  return FileKind::database;
}

// Writes beyond the end leave zeros in between, as file systems do.
void put(std::string& bytes, std::string_view part, std::size_t at) {
  if (bytes.size() < at + part.size()) bytes.resize(at + part.size(), '\0');
  std::memcpy(bytes.data() + at, part.data(), part.size());
}

}  // namespace

PowerCutDisk::PowerCutDisk(DiskImage image) {
  for (auto& [name, bytes] : image) {
    auto file = std::make_shared<DiskFile>();
    file->kind = kind_of(name);
    file->bytes = bytes;
    file->durable = std::move(bytes);
    names_[name] = durable_names_[name] = std::move(file);
  }
}

void PowerCutDisk::decide_by(Fate fate) {
  std::lock_guard lock(mutex_);
  fate_ = std::move(fate);
}

void PowerCutDisk::ignore_syncs_of(std::set<FileKind> kinds) {
  std::lock_guard lock(mutex_);
  unsyncable_ = std::move(kinds);
}

void PowerCutDisk::leave_removals_unsynced() {
  std::lock_guard lock(mutex_);
  removals_synced_ = false;
}

void PowerCutDisk::seed_losses(std::uint64_t seed) {
  std::lock_guard lock(mutex_);
  random_.seed(seed);
}

void PowerCutDisk::announce(const DiskOperation& operation) {
  ++operations_;
  if (powered_ && fate_ && fate_(operation) == Verdict::cut) cut_locked();
}

PowerCutDisk::File PowerCutDisk::open(const std::string& name, FileKind kind, bool create) {
  std::lock_guard lock(mutex_);
  const auto found = names_.find(name);
  if (found != names_.end()) return found->second;
  if (!create) return nullptr;
  announce({DiskCall::create, kind});
  auto file = std::make_shared<DiskFile>();
  file->kind = kind;
  // SQLite's own layer for Unix does so for journals and the write-ahead log, not for the database.
  file->names_its_folder = kind != FileKind::database;
  names_[name] = file;
  return file;
}

bool PowerCutDisk::holds_bytes(const std::string& name) const {
  std::lock_guard lock(mutex_);
  const auto found = names_.find(name);
  return found != names_.end() && !found->second->bytes.empty();
}

bool PowerCutDisk::remove(const std::string& name, bool sync_folder) {
  std::lock_guard lock(mutex_);
  const auto found = names_.find(name);
  if (found == names_.end()) return false;
  announce({DiskCall::remove, found->second->kind});
  names_.erase(found);
  if (sync_folder && removals_synced_) durable_names_ = names_;
  return true;
}

std::size_t PowerCutDisk::read(const DiskFile& file, char* to, std::size_t count,
                               std::size_t at) const {
  std::lock_guard lock(mutex_);
  if (at >= file.bytes.size()) return 0;
  const std::size_t given = std::min(count, file.bytes.size() - at);
  std::memcpy(to, file.bytes.data() + at, given);
  return given;
}

void PowerCutDisk::write(DiskFile& file, std::string_view bytes, std::size_t at) {
  std::lock_guard lock(mutex_);
  announce({DiskCall::write, file.kind, at});
  put(file.bytes, bytes, at);
  file.unsynced.push_back({std::nullopt, at, std::string(bytes)});
}

void PowerCutDisk::truncate(DiskFile& file, std::size_t size) {
  std::lock_guard lock(mutex_);
  announce({DiskCall::truncate, file.kind, size});
  file.bytes.resize(size, '\0');
  file.unsynced.push_back({size, 0, {}});
}

bool PowerCutDisk::sync(DiskFile& file) {
  std::lock_guard lock(mutex_);
  announce({DiskCall::sync, file.kind});
  if (unsyncable_.contains(file.kind)) return powered_;
  for (const DiskFile::Change& change : file.unsynced) {
    if (change.resized) {
      file.durable.resize(*change.resized, '\0');
    } else {
      put(file.durable, change.bytes, change.at);
    }
  }
  file.unsynced.clear();
  if (std::exchange(file.names_its_folder, false)) durable_names_ = names_;
  return powered_;
}

std::size_t PowerCutDisk::size(const DiskFile& file) const {
  std::lock_guard lock(mutex_);
  return file.bytes.size();
}

bool PowerCutDisk::powered() const {
  std::lock_guard lock(mutex_);
  return powered_;
}

void PowerCutDisk::cut() {
  std::lock_guard lock(mutex_);
  if (powered_) cut_locked();
}

std::uint64_t PowerCutDisk::operations() const {
  std::lock_guard lock(mutex_);
  return operations_;
}

DiskImage PowerCutDisk::contents() const {
  std::lock_guard lock(mutex_);
  DiskImage image;
  for (const auto& [name, file] : names_) image[name] = file->bytes;
  return image;
}

bool PowerCutDisk::chance(double probability) {
  return std::uniform_real_distribution<>()(random_) < probability;
}

void PowerCutDisk::cut_locked() {
  // Nothing arrived, nearly nothing, any mixture, nearly all, all: each is a world of its own.
  constexpr std::array kKeeping = {0.0, 0.03, 0.5, 0.9, 0.97, 1.0};
  keeping_ = kKeeping[random_() % kKeeping.size()];
  tearing_ = chance(0.5) ? 0.2 : 0.02;
  powered_ = false;
  std::map<std::string, File> surviving = durable_names_;
  for (const auto& [name, file] : names_) {
    if (durable_names_.contains(name) && durable_names_[name] == file) continue;
    if (chance(keeping_)) surviving[name] = file;
  }
  for (const auto& [name, file] : durable_names_) {
    if (!names_.contains(name) && chance(keeping_)) surviving.erase(name);
  }
  for (const auto& [name, file] : surviving) survivors_[name] = survivor_of(*file);
}

std::string PowerCutDisk::survivor_of(const DiskFile& file) {
  std::string bytes = file.durable;
  for (const DiskFile::Change& change : file.unsynced) {
    if (!change.resized) {
      apply_some(bytes, change);
    } else if (chance(keeping_)) {
      bytes.resize(*change.resized, '\0');
    }
  }
  // A file system may have noted the new length and not what stands there.
  if (bytes.size() < file.bytes.size() && chance(keeping_)) bytes.resize(file.bytes.size(), '\0');
  return bytes;
}

void PowerCutDisk::apply_some(std::string& bytes, const DiskFile::Change& change) {
  std::size_t done = 0;
  while (done < change.bytes.size()) {
    const std::size_t at = change.at + done;
    const std::size_t count =
        std::min(kSectorBytes - at % kSectorBytes, change.bytes.size() - done);
    const std::string_view part = std::string_view(change.bytes).substr(done, count);
    if (chance(tearing_ * (1 - keeping_))) {
      tear(bytes, part, at);
      ++losses_.torn;
    } else if (chance(keeping_)) {
      put(bytes, part, at);
      ++losses_.kept;
    } else {
      ++losses_.dropped;
    }
    done += count;
  }
}

// A part of the sector's new bytes arrives; what would have been the rest stays, or is noise.
void PowerCutDisk::tear(std::string& bytes, std::string_view part, std::size_t at) {
  const std::size_t split = random_() % (part.size() + 1);
  if (chance(0.5)) {
    std::string noise(part.size(), '\0');
    for (char& byte : noise) byte = static_cast<char>(random_());
    put(bytes, noise, at);
  }
  if (chance(0.5)) {
    put(bytes, part.substr(0, split), at);
  } else {
    put(bytes, part.substr(split), at + split);
  }
}

}  // namespace svar::proofs
