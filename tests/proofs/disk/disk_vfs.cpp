#include "tests/proofs/disk/disk_vfs.h"

#include <sqlite3.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstring>
#include <new>
#include <thread>
#include <utility>

#include "tests/proofs/disk/file_locks.h"

namespace svar::proofs {
namespace {

struct State {
  PowerCutDisk& disk;
  std::function<int(const DiskOperation&)> fault;
  std::function<int()> unpowered_sync;
  std::function<void()> pause;
  std::function<void(int)> sleep;
  std::mt19937_64 random;
  LockTable locks;
};
State* state = nullptr;
sqlite3_vfs* machine = nullptr;  // the vfs of the machine itself: for the time of day

// SQLite allots the memory; open() makes the object in it and close() ends it.
struct OpenFile {
  sqlite3_file base;
  PowerCutDisk::File file;
  std::shared_ptr<FileLocks> locks;
  LockHolder holder;
};

OpenFile& of(sqlite3_file* file) {
  return *reinterpret_cast<OpenFile*>(file);
}

void pause() {
  if (state->pause) state->pause();
}

int fault_before(const DiskOperation& operation) {
  pause();
  return state->fault ? state->fault(operation) : SQLITE_OK;
}

int close(sqlite3_file* file) {
  of(file).locks->release_all(of(file).holder);
  of(file).~OpenFile();
  return SQLITE_OK;
}

int read(sqlite3_file* file, void* to, int count, sqlite3_int64 at) {
  pause();
  const auto wanted = static_cast<std::size_t>(count);
  auto* bytes = static_cast<char*>(to);
  const std::size_t given =
      state->disk.read(*of(file).file, bytes, wanted, static_cast<std::size_t>(at));
  if (given == wanted) return SQLITE_OK;
  std::memset(bytes + given, 0, wanted - given);
  return SQLITE_IOERR_SHORT_READ;
}

int write(sqlite3_file* file, const void* from, int count, sqlite3_int64 at) {
  const auto offset = static_cast<std::size_t>(at);
  if (const int code = fault_before({DiskCall::write, of(file).file->kind, offset})) return code;
  state->disk.write(*of(file).file,
                    {static_cast<const char*>(from), static_cast<std::size_t>(count)}, offset);
  return SQLITE_OK;
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
  const auto length = static_cast<std::size_t>(size);
  if (const int code = fault_before({DiskCall::truncate, of(file).file->kind, length})) return code;
  state->disk.truncate(*of(file).file, length);
  return SQLITE_OK;
}

int sync(sqlite3_file* file, int) {
  if (const int code = fault_before({DiskCall::sync, of(file).file->kind})) return code;
  const bool synced = state->disk.sync(*of(file).file);
  return synced || !state->unpowered_sync ? SQLITE_OK : state->unpowered_sync();
}

int size(sqlite3_file* file, sqlite3_int64* to) {
  *to = static_cast<sqlite3_int64>(state->disk.size(*of(file).file));
  return SQLITE_OK;
}

int lock(sqlite3_file* file, int level) {
  return of(file).locks->raise(of(file).holder, level) ? SQLITE_OK : SQLITE_BUSY;
}
int unlock(sqlite3_file* file, int level) {
  of(file).locks->lower(of(file).holder, level);
  return SQLITE_OK;
}
int check_lock(sqlite3_file* file, int* to) {
  *to = of(file).locks->reserved() ? 1 : 0;
  return SQLITE_OK;
}
int control(sqlite3_file*, int, void*) {
  return SQLITE_NOTFOUND;
}
int sector_size(sqlite3_file*) {
  return static_cast<int>(kSectorBytes);
}
int traits(sqlite3_file*) {
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

int shm_map(sqlite3_file* file, int region, int bytes, int extend, void volatile** to) {
  *to = of(file).locks->map(of(file).holder, region, static_cast<std::size_t>(bytes), extend != 0);
  return SQLITE_OK;
}
int shm_lock(sqlite3_file* file, int first, int count, int flags) {
  pause();
  auto& locks = *of(file).locks;
  const SlotRange slots{first, count};
  if ((flags & SQLITE_SHM_UNLOCK) != 0) {
    locks.unlock_slots(of(file).holder, slots);
    return SQLITE_OK;
  }
  const bool got = (flags & SQLITE_SHM_SHARED) != 0 ? locks.share_slots(of(file).holder, slots)
                                                    : locks.own_slots(of(file).holder, slots);
  return got ? SQLITE_OK : SQLITE_BUSY;
}
void shm_barrier(sqlite3_file*) {
  std::atomic_thread_fence(std::memory_order_seq_cst);
}
int shm_unmap(sqlite3_file* file, int) {
  of(file).locks->unmap(of(file).holder);
  return SQLITE_OK;
}

const sqlite3_io_methods kMethods = {2,           close,       read,    write,   truncate,
                                     sync,        size,        lock,    unlock,  check_lock,
                                     control,     sector_size, traits,  shm_map, shm_lock,
                                     shm_barrier, shm_unmap,   nullptr, nullptr};

FileKind kind_of(int flags) {
  if ((flags & SQLITE_OPEN_WAL) != 0) return FileKind::wal;
  return (flags & SQLITE_OPEN_MAIN_DB) != 0 ? FileKind::database : FileKind::journal;
}

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* given) {
  file->pMethods = nullptr;
  if (name == nullptr)
    return SQLITE_CANTOPEN;  // a temporary file: the product keeps those in memory
  const bool create = (flags & SQLITE_OPEN_CREATE) != 0;
  if (create && !state->disk.open(name, kind_of(flags), false)) {
    if (const int code = fault_before({DiskCall::create, kind_of(flags)})) return code;
  }
  auto opened = state->disk.open(name, kind_of(flags), create);
  if (!opened) return SQLITE_CANTOPEN;
  new (file) OpenFile{{&kMethods}, std::move(opened), state->locks.of(name), {}};
  if (given != nullptr) *given = flags;
  return SQLITE_OK;
}

int remove(sqlite3_vfs*, const char* name, int sync_folder) {
  if (const int code = fault_before({DiskCall::remove, FileKind::journal})) return code;
  return state->disk.remove(name, sync_folder != 0) ? SQLITE_OK : SQLITE_IOERR_DELETE_NOENT;
}

int access(sqlite3_vfs*, const char* name, int what, int* to) {
  *to = what == SQLITE_ACCESS_EXISTS ? state->disk.holds_bytes(name) : 1;
  return SQLITE_OK;
}

int full_name(sqlite3_vfs*, const char* name, int count, char* to) {
  sqlite3_snprintf(count, to, "%s", name);
  return SQLITE_OK;
}

int randomness(sqlite3_vfs*, int count, char* to) {
  for (int index = 0; index < count; ++index) to[index] = static_cast<char>(state->random());
  return count;
}

// Nobody's patience is worth a proof's time; a glimpse lets the other threads go on.
int sleep(sqlite3_vfs*, int microseconds) {
  if (state->sleep) {
    state->sleep(microseconds);
  } else {
    std::this_thread::sleep_for(std::chrono::microseconds{20});
  }
  return microseconds;
}

sqlite3_vfs vfs;

}  // namespace

DiskVfs::DiskVfs(PowerCutDisk& disk, std::uint64_t seed) {
  state = new State{disk, {}, {}, {}, {}, std::mt19937_64(seed), {}};
  machine = sqlite3_vfs_find("unix");
  vfs = *machine;
  vfs.zName = "power-cut";
  vfs.szOsFile = static_cast<int>(sizeof(OpenFile));
  vfs.pNext = nullptr;
  vfs.xOpen = open;
  vfs.xDelete = remove;
  vfs.xAccess = access;
  vfs.xFullPathname = full_name;
  vfs.xRandomness = randomness;
  vfs.xSleep = sleep;
  sqlite3_vfs_register(&vfs, /*makeDflt=*/1);
  sqlite3_randomness(0, nullptr);  // SQLite draws anew, from the seed
}

DiskVfs::~DiskVfs() {
  sqlite3_vfs_unregister(&vfs);
  sqlite3_vfs_register(machine, /*makeDflt=*/1);
  delete std::exchange(state, nullptr);
}

void DiskVfs::fail_by(std::function<int(const DiskOperation&)> fault) {
  state->fault = std::move(fault);
}

void DiskVfs::pause_by(std::function<void()> pause, std::function<void(int)> sleep) {
  state->pause = std::move(pause);
  state->sleep = std::move(sleep);
}

void DiskVfs::without_power(std::function<int()> outcome) {
  state->unpowered_sync = std::move(outcome);
}

}  // namespace svar::proofs
