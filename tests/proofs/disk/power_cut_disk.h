// A disk in memory that loses its power at a chosen moment. SQLite reaches it through disk_vfs.h.
//
// The model. A program sees what it wrote; the medium holds for certain only what was synced. When
// the power goes, every change since the last sync of its file is taken by itself, and a write
// 512-byte sector by sector: kept, dropped, or torn (a part of what was written in that sector
// arrives, the rest stays as it was or becomes noise). So writes arrive in any order and in any
// selection. Truncations, growth, new and removed names are kept or dropped as well. A name is
// certain after a sync of its folder.
//
// What the model leaves whole: bytes that no write touched. SQLite calls that powersafe overwrite
// and assumes it of every disk unless told otherwise; disk_vfs.h reports the same trait and the
// same sectors. The idea is that of SQLite's own crash tests (test6.c, and «Atomic Commit In
// SQLite», section 9), with whole lost sectors made independent of each other.
//
// Threads: safe from any thread; one lock.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace svar::proofs {

inline constexpr std::size_t kSectorBytes = 512;

enum class FileKind { database, wal, journal };
enum class DiskCall { write, truncate, sync, create, remove };

// What is about to happen.
struct DiskOperation {
  DiskCall call;
  FileKind file;
  std::size_t at = 0;  // of a write; the new size of a truncation
};

// Every file by its name: what a machine finds when the power is back.
using DiskImage = std::map<std::string, std::string>;

// One file; belongs to the disk, and lives as long as it has a name or is open.
struct DiskFile {
  struct Change {
    std::optional<std::size_t> resized;  // a truncation; else a write of `bytes`
    std::size_t at = 0;
    std::string bytes;
  };
  FileKind kind;
  bool names_its_folder = false;  // its next sync syncs the folder too
  std::string bytes;              // as programs see it
  std::string durable;            // as of the last sync
  std::vector<Change> unsynced;   // since then, oldest first
};

// What became of the unsynced sectors.
struct Losses {
  std::uint64_t kept = 0, dropped = 0, torn = 0;
};

class PowerCutDisk {
 public:
  using File = std::shared_ptr<DiskFile>;
  // Said before each change: go on, cut the power first, or fail with an error of SQLite.
  enum class Verdict { proceed, cut };
  using Fate = std::function<Verdict(const DiskOperation&)>;

  explicit PowerCutDisk(DiskImage image = {});

  // Asked before each change while the power is on, under the disk's lock: it must not call back.
  void decide_by(Fate fate);
  // A sync of these does nothing and says that all went well: a disk, or a setting, that lies.
  void ignore_syncs_of(std::set<FileKind> kinds);
  // The removal of a file is not synced, whatever was asked for.
  void leave_removals_unsynced();
  // What survives is drawn from this seed.
  void seed_losses(std::uint64_t seed);

  // Null when there is no such file and it is not to be made.
  File open(const std::string& name, FileKind kind, bool create);
  bool holds_bytes(const std::string& name) const;
  bool remove(const std::string& name, bool sync_folder);  // false when there is none
  std::size_t read(const DiskFile& file, char* to, std::size_t count, std::size_t at) const;
  void write(DiskFile& file, std::string_view bytes, std::size_t at);
  void truncate(DiskFile& file, std::size_t size);
  bool sync(DiskFile& file);  // false when the power is gone: nobody knows what is synced
  std::size_t size(const DiskFile& file) const;

  // After the cut programs go on and notice nothing; it changes nothing of what survived.
  bool powered() const;
  // Cuts now, unless it was cut before.
  void cut();
  const DiskImage& survivors() const { return survivors_; }  // after the cut
  const Losses& losses() const { return losses_; }
  std::uint64_t operations() const;
  // Every file as programs see it.
  DiskImage contents() const;

 private:
  void announce(const DiskOperation& operation);
  void cut_locked();
  std::string survivor_of(const DiskFile& file);
  void apply_some(std::string& bytes, const DiskFile::Change& change);
  void tear(std::string& bytes, std::string_view part, std::size_t at);
  bool chance(double probability);

  mutable std::mutex mutex_;  // guards everything below
  std::map<std::string, File> names_;
  std::map<std::string, File> durable_names_;
  Fate fate_;
  std::set<FileKind> unsyncable_;
  bool removals_synced_ = true;
  bool powered_ = true;
  std::uint64_t operations_ = 0;
  std::mt19937_64 random_{0};
  double keeping_ = 0.5;  // how much of the unsynced arrives, drawn anew for each cut
  double tearing_ = 0.1;
  DiskImage survivors_;
  Losses losses_;
};

}  // namespace svar::proofs
