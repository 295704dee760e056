#include "bot/service/people/argon2_hasher.h"

#include <sodium.h>
#include <sys/resource.h>
#include <unistd.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "bot/service/people/secrets.h"

namespace svar::service {
namespace {

// Citizens' messages go first: on a machine with few cores two hashes would otherwise take them
// all.
constexpr int kNiceness = 15;

// Runs on a worker; returns what is to be run on the executor.
using Work = std::function<std::function<void()>()>;

struct Job {
  Work work;
  std::function<void()> refuse;
};

}  // namespace

struct Argon2Hasher::Impl {
  Impl(Executor& executor_in, Costs costs_in) : executor(executor_in), costs(costs_in) {
    start_secrets();
    for (int i = 0; i < costs.at_once; ++i) workers.emplace_back([this] { work(); });
  }

  ~Impl() {
    std::deque<Job> refused;
    {
      std::lock_guard lock(mutex);
      stopping = true;
      refused.swap(waiting);
    }
    wake.notify_all();
    for (auto& worker : workers) worker.join();
    for (auto& job : refused) executor.post(std::move(job.refuse));
  }

  void submit(Job job) {
    {
      std::lock_guard lock(mutex);
      if (waiting.size() < costs.waiting_max + static_cast<std::size_t>(costs.at_once - running)) {
        waiting.push_back(std::move(job));
        wake.notify_one();
        return;
      }
    }
    executor.post(std::move(job.refuse));
  }

  void work() {
    ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kNiceness);
    std::unique_lock lock(mutex);
    while (true) {
      wake.wait(lock, [this] { return stopping || !waiting.empty(); });
      if (stopping) return;
      Job job = std::move(waiting.front());
      waiting.pop_front();
      most_running = std::max(most_running, ++running);
      lock.unlock();
      auto completion = job.work();
      lock.lock();
      --running;
      lock.unlock();
      executor.post(std::move(completion));
      lock.lock();
    }
  }

  std::optional<std::string> hash_now(const std::string& password) const {
    char out[crypto_pwhash_STRBYTES];
    if (crypto_pwhash_str(out, password.data(), password.size(), costs.passes,
                          costs.memory_bytes) != 0) {
      return std::nullopt;  // the system refused the memory
    }
    return std::string(out);
  }

  Verdict verify_now(const std::string& password, const std::string& hash) const {
    const int outdated =
        crypto_pwhash_str_needs_rehash(hash.c_str(), costs.passes, costs.memory_bytes);
    if (outdated < 0) {  // no account, or not a hash of ours
      hash_now(password);
      return Verdict::wrong;
    }
    if (crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) != 0) {
      return Verdict::wrong;
    }
    return outdated == 0 ? Verdict::right : Verdict::right_but_outdated;
  }

  Executor& executor;
  const Costs costs;
  std::mutex mutex;
  std::condition_variable wake;
  std::deque<Job> waiting;  // guarded by mutex, like the rest below
  int running = 0;
  int most_running = 0;
  bool stopping = false;
  std::vector<std::thread> workers;
};

int Argon2Hasher::hashes_at_once() {
  return std::thread::hardware_concurrency() > 2 ? 2 : 1;
}

Argon2Hasher::Argon2Hasher(Executor& executor, Costs costs)
    : impl_(std::make_unique<Impl>(executor, costs)) {}

Argon2Hasher::~Argon2Hasher() = default;

void Argon2Hasher::hash(std::string password,
                        std::function<void(std::optional<std::string>)> done) {
  auto work = [impl = impl_.get(), password = std::move(password), done]() mutable {
    auto hash = impl->hash_now(password);
    wipe(password);
    return [done, hash = std::move(hash)] { done(hash); };
  };
  impl_->submit({std::move(work), [done] { done(std::nullopt); }});
}

void Argon2Hasher::verify(std::string password, std::string hash,
                          std::function<void(Verdict)> done) {
  auto work = [impl = impl_.get(), password = std::move(password), hash = std::move(hash),
               done]() mutable {
    const Verdict verdict = impl->verify_now(password, hash);
    wipe(password);
    return [done, verdict] { done(verdict); };
  };
  impl_->submit({std::move(work), [done] { done(Verdict::overloaded); }});
}

int Argon2Hasher::most_at_once() const {
  std::lock_guard lock(impl_->mutex);
  return impl_->most_running;
}

}  // namespace svar::service
