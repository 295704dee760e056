// Preloaded into a server (LD_PRELOAD), counts what it allocates into the file named by
// COUNT_ALLOCATIONS: two numbers of 64 bits, allocations and bytes asked for. Everything that calls
// malloc or new counts, in whichever library; what the server is linked with to allocate is replaced
// by the C library's allocator, and freed there too.
//
// Threads: any; the counters are atomic. Made for counting: the server is slower with it.
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>

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
void* __libc_memalign(std::size_t alignment, std::size_t bytes);
void __libc_free(void* old);

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

void free(void* old) {
  __libc_free(old);
}

void* aligned_alloc(std::size_t alignment, std::size_t bytes) {
  count(bytes);
  return __libc_memalign(alignment, bytes);
}

void* memalign(std::size_t alignment, std::size_t bytes) {
  return aligned_alloc(alignment, bytes);
}

int posix_memalign(void** result, std::size_t alignment, std::size_t bytes) {
  *result = aligned_alloc(alignment, bytes);
  return *result == nullptr ? ENOMEM : 0;
}

}  // extern "C"

namespace {

void* checked(void* allocated) {
  if (allocated == nullptr) throw std::bad_alloc{};
  return allocated;
}

}  // namespace

void* operator new(std::size_t bytes) { return checked(malloc(bytes)); }
void* operator new[](std::size_t bytes) { return checked(malloc(bytes)); }
void* operator new(std::size_t bytes, const std::nothrow_t&) noexcept { return malloc(bytes); }
void* operator new[](std::size_t bytes, const std::nothrow_t&) noexcept { return malloc(bytes); }
void* operator new(std::size_t bytes, std::align_val_t alignment) {
  return checked(aligned_alloc(static_cast<std::size_t>(alignment), bytes));
}
void* operator new[](std::size_t bytes, std::align_val_t alignment) {
  return checked(aligned_alloc(static_cast<std::size_t>(alignment), bytes));
}
void operator delete(void* old) noexcept { free(old); }
void operator delete[](void* old) noexcept { free(old); }
void operator delete(void* old, std::size_t) noexcept { free(old); }
void operator delete[](void* old, std::size_t) noexcept { free(old); }
void operator delete(void* old, const std::nothrow_t&) noexcept { free(old); }
void operator delete[](void* old, const std::nothrow_t&) noexcept { free(old); }
void operator delete(void* old, std::align_val_t) noexcept { free(old); }
void operator delete[](void* old, std::align_val_t) noexcept { free(old); }
void operator delete(void* old, std::size_t, std::align_val_t) noexcept { free(old); }
void operator delete[](void* old, std::size_t, std::align_val_t) noexcept { free(old); }
