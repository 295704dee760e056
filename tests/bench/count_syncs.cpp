// Preloaded into a server (LD_PRELOAD), counts its syncs and writes into the file named by
// COUNT_SYNCS, without the cost of tracing. Three numbers of 64 bits: syncs, writes, bytes written.
// Sockets don't count: what is preloaded are the calls that SQLite makes on files.
//
// Threads: any; the counters are atomic. A sync is counted when it has returned.
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <cstdlib>

namespace {

struct Counters {
  std::atomic<std::uint64_t> syncs;
  std::atomic<std::uint64_t> writes;
  std::atomic<std::uint64_t> written_bytes;
};

Counters* open_counters() {
  static Counters private_ones;
  const char* name = std::getenv("COUNT_SYNCS");
  const int file = name ? ::open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600) : -1;
  if (file < 0) return &private_ones;
  void* shared = MAP_FAILED;
  if (::ftruncate(file, sizeof(Counters)) == 0) {
    shared = ::mmap(nullptr, sizeof(Counters), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  }
  ::close(file);
  return shared == MAP_FAILED ? &private_ones : static_cast<Counters*>(shared);
}

Counters& counters() {
  static Counters* const opened = open_counters();
  return *opened;
}

template <class Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

void count_write(ssize_t written) {
  if (written <= 0) return;
  counters().writes.fetch_add(1, std::memory_order_relaxed);
  counters().written_bytes.fetch_add(static_cast<std::uint64_t>(written),
                                     std::memory_order_relaxed);
}

}  // namespace

extern "C" {

int fdatasync(int file) {
  static auto* const original = next<int(int)>("fdatasync");
  const int result = original(file);
  counters().syncs.fetch_add(1, std::memory_order_relaxed);
  return result;
}

int fsync(int file) {
  static auto* const original = next<int(int)>("fsync");
  const int result = original(file);
  counters().syncs.fetch_add(1, std::memory_order_relaxed);
  return result;
}

ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t offset) {
  static auto* const original = next<ssize_t(int, const void*, size_t, off64_t)>("pwrite64");
  const ssize_t result = original(file, bytes, size, offset);
  count_write(result);
  return result;
}

}  // extern "C"
