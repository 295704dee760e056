#include "tests/proofs/disk/turns.h"

#include <dlfcn.h>
#include <pthread.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <random>
#include <semaphore>
#include <utility>
#include <vector>

namespace svar::proofs {
namespace {

using Nanoseconds = std::int64_t;

struct Thread {
  enum class State { runnable, locking, waiting, joining, ended } state = State::runnable;
  const void* on = nullptr;     // the mutex, condition variable or thread it waits for
  Nanoseconds deadline = -1;    // of a wait; none when negative
  bool timed_out = false;       // how the last wait ended
  std::binary_semaphore go{0};  // given to whose turn it is
  pthread_t handle{};
  void* (*run)(void*) = nullptr;
  void* with = nullptr;
};

// Touched only by the thread whose turn it is; the semaphores order it.
struct Line {
  std::vector<std::unique_ptr<Thread>> threads;  // in the order they began
  std::mt19937_64 random;
  Nanoseconds now = 1'000'000'000;
  std::uint64_t fingerprint = 0;
};
Line* line = nullptr;
thread_local Thread* self = nullptr;

template <class Function>
Function original(const char* name) {
  return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

Thread& draw(const std::vector<Thread*>& from) {
  return *from[from.size() == 1 ? 0 : line->random() % from.size()];
}

// Nobody can go on: time passes until somebody's wait is over.
Thread& whose_wait_ends_first() {
  Thread* first = nullptr;
  for (const auto& one : line->threads) {
    const bool waits = one->state == Thread::State::waiting && one->deadline >= 0;
    if (waits && (first == nullptr || one->deadline < first->deadline)) first = one.get();
  }
  if (first == nullptr) {
    std::fputs("every thread waits for another\n", stderr);
    std::abort();
  }
  line->now = std::max(line->now, first->deadline);
  first->timed_out = true;
  first->state = Thread::State::runnable;
  return *first;
}

Thread& next_in_line() {
  std::vector<Thread*> runnable;
  for (const auto& one : line->threads) {
    if (one->state == Thread::State::runnable) runnable.push_back(one.get());
  }
  Thread& next = runnable.empty() ? whose_wait_ends_first() : draw(runnable);
  std::uint64_t place = 0;
  while (line->threads[place].get() != &next) ++place;
  line->fingerprint = (line->fingerprint ^ (place + 1)) * 0x100000001b3;
  return next;
}

void let_another_go_on() {
  Thread& next = next_in_line();
  if (&next == self) return;
  next.go.release();
  self->go.acquire();
}

void wake_all(Thread::State state, const void* on) {
  for (const auto& one : line->threads) {
    if (one->state == state && one->on == on) one->state = Thread::State::runnable;
  }
}

void block(Thread::State state, const void* on, Nanoseconds deadline = -1) {
  self->state = state;
  self->on = on;
  self->deadline = deadline;
  self->timed_out = false;
  let_another_go_on();
}

int unlock(pthread_mutex_t* mutex) {
  static const auto real = original<int (*)(pthread_mutex_t*)>("pthread_mutex_unlock");
  const int code = real(mutex);
  if (self != nullptr) wake_all(Thread::State::locking, mutex);
  return code;
}

int lock(pthread_mutex_t* mutex) {
  int code = ::pthread_mutex_trylock(mutex);
  while (code == EBUSY && self != nullptr) {
    block(Thread::State::locking, mutex);
    code = ::pthread_mutex_trylock(mutex);
  }
  return code;
}

int wait(pthread_cond_t* condition, pthread_mutex_t* mutex, const timespec* deadline) {
  if (self == nullptr) std::abort();  // a wait before begin()
  const Nanoseconds until =
      deadline == nullptr ? -1 : deadline->tv_sec * 1'000'000'000 + deadline->tv_nsec;
  self->state = Thread::State::waiting;  // before the lock is given up: nothing is missed
  self->on = condition;
  unlock(mutex);
  block(Thread::State::waiting, condition, until);
  const bool timed_out = self->timed_out;
  lock(mutex);
  return timed_out ? ETIMEDOUT : 0;
}

void signal_one(pthread_cond_t* condition) {
  std::vector<Thread*> waiting;
  for (const auto& one : line->threads) {
    if (one->state == Thread::State::waiting && one->on == condition) waiting.push_back(one.get());
  }
  if (!waiting.empty()) draw(waiting).state = Thread::State::runnable;
}

void* run_in_turn(void* given) {
  self = static_cast<Thread*>(given);
  self->go.acquire();
  void* result = self->run(self->with);
  self->state = Thread::State::ended;
  wake_all(Thread::State::joining, self);
  next_in_line().go.release();
  return result;
}

Thread* thread_of(pthread_t handle) {
  for (const auto& one : line->threads) {
    if (::pthread_equal(one->handle, handle) != 0) return one.get();
  }
  return nullptr;
}

}  // namespace

void Turns::begin(std::uint64_t seed) {
  delete std::exchange(line, new Line{{}, std::mt19937_64(seed)});
  line->threads.push_back(std::make_unique<Thread>());
  self = line->threads.back().get();
  self->handle = ::pthread_self();
}

void Turns::pause() {
  constexpr int kOneIn = 4;
  if (line->random() % kOneIn == 0) let_another_go_on();
}

void Turns::sleep(std::chrono::microseconds time) {
  line->now += time.count() * 1'000;
  let_another_go_on();
}

std::uint64_t Turns::fingerprint() {
  return line->fingerprint;
}

}  // namespace svar::proofs

// The C library's names. Calls of every library in the program come here.
extern "C" {

using namespace svar::proofs;

int pthread_mutex_lock(pthread_mutex_t* mutex) noexcept {
  return lock(mutex);
}
int pthread_mutex_unlock(pthread_mutex_t* mutex) noexcept {
  return unlock(mutex);
}
int pthread_cond_wait(pthread_cond_t* condition, pthread_mutex_t* mutex) {
  return wait(condition, mutex, nullptr);
}
int pthread_cond_clockwait(pthread_cond_t* condition, pthread_mutex_t* mutex, clockid_t,
                           const timespec* deadline) {
  return wait(condition, mutex, deadline);
}
int pthread_cond_signal(pthread_cond_t* condition) noexcept {
  if (self != nullptr) signal_one(condition);
  return 0;
}
int pthread_cond_broadcast(pthread_cond_t* condition) noexcept {
  if (self != nullptr) wake_all(Thread::State::waiting, condition);
  return 0;
}

int pthread_create(pthread_t* handle, const pthread_attr_t* attributes, void* (*run)(void*),
                   void* with) noexcept {
  static const auto real =
      original<int (*)(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*)>(
          "pthread_create");
  if (self == nullptr) return real(handle, attributes, run, with);
  auto& thread = line->threads.emplace_back(std::make_unique<Thread>());
  thread->run = run;
  thread->with = with;
  const int code = real(handle, attributes, run_in_turn, thread.get());
  thread->handle = *handle;
  if (code != 0) thread->state = Thread::State::ended;
  return code;
}

int pthread_join(pthread_t handle, void** result) {
  static const auto real = original<int (*)(pthread_t, void**)>("pthread_join");
  Thread* thread = self != nullptr ? thread_of(handle) : nullptr;
  while (thread != nullptr && thread->state != Thread::State::ended) {
    block(Thread::State::joining, thread);
  }
  const int code = real(handle, result);
  if (thread != nullptr) thread->handle = {};  // the number may be given to another
  return code;
}

int nanosleep(const timespec* time, timespec* left) {
  if (self == nullptr) return static_cast<int>(::syscall(SYS_nanosleep, time, left));
  const Nanoseconds nanoseconds = time->tv_sec * 1'000'000'000 + time->tv_nsec;
  Turns::sleep(std::chrono::microseconds{nanoseconds / 1'000});
  return 0;
}

int clock_gettime(clockid_t which, timespec* to) noexcept {
  if (self == nullptr || which != CLOCK_MONOTONIC) {
    return static_cast<int>(::syscall(SYS_clock_gettime, which, to));
  }
  *to = {line->now / 1'000'000'000, line->now % 1'000'000'000};
  return 0;
}

}  // extern "C"
