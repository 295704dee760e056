#include "tests/store/faulty_disk.h"

#include <sqlite3.h>

#include <cstring>
#include <new>

namespace svar::store {
namespace {

FaultyDisk* disk = nullptr;
sqlite3_vfs* real_disk = nullptr;

// Our part of a file comes first; the real file's bytes follow it.
struct FaultyFile {
  sqlite3_file base;
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

sqlite3_file* real(sqlite3_file* file) {
  return reinterpret_cast<FaultyFile*>(file)->real();
}

int close(sqlite3_file* file) {
  return real(file)->pMethods->xClose(real(file));
}
int read(sqlite3_file* file, void* to, int count, sqlite3_int64 at) {
  return real(file)->pMethods->xRead(real(file), to, count, at);
}
int write(sqlite3_file* file, const void* from, int count, sqlite3_int64 at) {
  if (disk->writes_until_full >= 0 && disk->writes_until_full-- == 0) disk->full = true;
  if (disk->full) return SQLITE_FULL;
  return real(file)->pMethods->xWrite(real(file), from, count, at);
}
int truncate(sqlite3_file* file, sqlite3_int64 size) {
  return real(file)->pMethods->xTruncate(real(file), size);
}
int sync(sqlite3_file* file, int flags) {
  ++disk->syncs;
  if (disk->syncs_fail) return SQLITE_IOERR_FSYNC;
  return real(file)->pMethods->xSync(real(file), flags);
}
int size(sqlite3_file* file, sqlite3_int64* to) {
  return real(file)->pMethods->xFileSize(real(file), to);
}
int lock(sqlite3_file* file, int level) {
  return real(file)->pMethods->xLock(real(file), level);
}
int unlock(sqlite3_file* file, int level) {
  return real(file)->pMethods->xUnlock(real(file), level);
}
int check_lock(sqlite3_file* file, int* to) {
  return real(file)->pMethods->xCheckReservedLock(real(file), to);
}
int control(sqlite3_file* file, int what, void* with) {
  return real(file)->pMethods->xFileControl(real(file), what, with);
}
int sector_size(sqlite3_file* file) {
  return real(file)->pMethods->xSectorSize(real(file));
}
int traits(sqlite3_file* file) {
  return real(file)->pMethods->xDeviceCharacteristics(real(file));
}
int shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** to) {
  return real(file)->pMethods->xShmMap(real(file), page, size, extend, to);
}
int shm_lock(sqlite3_file* file, int offset, int count, int flags) {
  return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}
void shm_barrier(sqlite3_file* file) {
  real(file)->pMethods->xShmBarrier(real(file));
}
int shm_unmap(sqlite3_file* file, int remove) {
  return real(file)->pMethods->xShmUnmap(real(file), remove);
}

const sqlite3_io_methods kMethods = {2,           close,       read,    write,   truncate,
                                     sync,        size,        lock,    unlock,  check_lock,
                                     control,     sector_size, traits,  shm_map, shm_lock,
                                     shm_barrier, shm_unmap,   nullptr, nullptr};

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* given) {
  auto* faulty = new (file) FaultyFile{};
  std::memset(faulty->real(), 0, static_cast<std::size_t>(real_disk->szOsFile));
  const int code = real_disk->xOpen(real_disk, name, faulty->real(), flags, given);
  faulty->base.pMethods = faulty->real()->pMethods != nullptr ? &kMethods : nullptr;
  return code;
}

sqlite3_vfs faulty_vfs;

}  // namespace

FaultyDisk::FaultyDisk() {
  disk = this;
  real_disk = sqlite3_vfs_find(nullptr);
  faulty_vfs = *real_disk;  // all but open is the real one's
  faulty_vfs.zName = "faulty";
  faulty_vfs.szOsFile += static_cast<int>(sizeof(FaultyFile));
  faulty_vfs.pNext = nullptr;
  faulty_vfs.xOpen = open;
  sqlite3_vfs_register(&faulty_vfs, /*makeDflt=*/1);
}

FaultyDisk::~FaultyDisk() {
  sqlite3_vfs_unregister(&faulty_vfs);
  sqlite3_vfs_register(real_disk, /*makeDflt=*/1);
}

}  // namespace svar::store
