// Preloaded into a server (LD_PRELOAD), counts what it allocates into the file named by
// COUNT_ALLOCATIONS: two numbers of 64 bits, allocations and bytes asked for. Everything that calls
// malloc counts, in whichever library.
//
// Threads: any; the counters are atomic. Made for counting: the server is slower with it.
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace {

struct Counters {
  std::atomic<std::uint64_t> allocations;
  std::atomic<std::uint64_t> bytes;
};

// malloc is called before anything of this file is constructed, and must not be called from here.
constinit Counters early_ones;
constinit std::atomic<Counters*> counters{&early_ones};

[[gnu::constructor]] void open_counters() {
  const char* name = ::getenv("COUNT_ALLOCATIONS");
  const int file = name ? ::open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600) : -1;
  if (file < 0) return;
  if (::ftruncate(file, sizeof(Counters)) == 0) {
    void* shared = ::mmap(nullptr, sizeof(Counters), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (shared != MAP_FAILED) counters = static_cast<Counters*>(shared);
  }
  ::close(file);
}

void count(std::size_t bytes) {
  Counters& now = *counters.load(std::memory_order_relaxed);
  now.allocations.fetch_add(1, std::memory_order_relaxed);
  now.bytes.fetch_add(bytes, std::memory_order_relaxed);
}

}  // namespace

// The C library's own, under their second names.
extern "C" {

void* __libc_malloc(std::size_t bytes);
void* __libc_calloc(std::size_t number, std::size_t bytes);
void* __libc_realloc(void* old, std::size_t bytes);

void* malloc(std::size_t bytes) {
  count(bytes);
  return __libc_malloc(bytes);
}

void* calloc(std::size_t number, std::size_t bytes) {
  count(number * bytes);
  return __libc_calloc(number, bytes);
}

void* realloc(void* old, std::size_t bytes) {
  count(bytes);
  return __libc_realloc(old, bytes);
}

}  // extern "C"
