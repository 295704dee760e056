#include "connectors/outbound/system_resolver.h"

#include <arpa/inet.h>
#include <netdb.h>

#include <array>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

namespace svar::outbound {
namespace {

constexpr std::size_t kWaitingMax = 1024;

std::vector<std::string> addresses_of(const std::string& host) {
  addrinfo hints{};
  hints.ai_family = AF_INET;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* raw = nullptr;
  if (getaddrinfo(host.c_str(), nullptr, &hints, &raw) != 0) return {};
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> found(raw, &freeaddrinfo);
  std::vector<std::string> addresses;
  for (const addrinfo* each = raw; each != nullptr; each = each->ai_next) {
    std::array<char, INET_ADDRSTRLEN> text{};
    const auto* address = reinterpret_cast<const sockaddr_in*>(each->ai_addr);
    if (inet_ntop(AF_INET, &address->sin_addr, text.data(), text.size()) != nullptr)
      addresses.emplace_back(text.data());
  }
  return addresses;
}

}  // namespace

struct SystemResolver::State {
  struct Question {
    std::string host;
    std::function<void(std::vector<std::string>)> done;
  };

  std::mutex mutex;
  std::condition_variable changed;
  std::deque<Question> waiting;  // these four are guarded by mutex
  int threads = 0;
  int idle = 0;
  bool stopped = false;

  void work() {
    std::unique_lock lock(mutex);
    while (true) {
      ++idle;
      changed.wait(lock, [this] { return stopped || !waiting.empty(); });
      --idle;
      if (stopped) return;
      const Question question = std::move(waiting.front());
      waiting.pop_front();
      lock.unlock();
      auto addresses = addresses_of(question.host);
      lock.lock();
      if (stopped) return;
      lock.unlock();
      question.done(std::move(addresses));
      lock.lock();
    }
  }
};

SystemResolver::SystemResolver(int threads_max)
    : state_(std::make_shared<State>()), threads_max_(threads_max) {}

SystemResolver::~SystemResolver() {
  const std::lock_guard lock(state_->mutex);
  state_->stopped = true;
  state_->changed.notify_all();
}

void SystemResolver::resolve(std::string host, std::function<void(std::vector<std::string>)> done) {
  std::unique_lock lock(state_->mutex);
  if (state_->waiting.size() >= kWaitingMax) {
    lock.unlock();
    done({});
    return;
  }
  state_->waiting.push_back({std::move(host), std::move(done)});
  if (state_->idle < static_cast<int>(state_->waiting.size()) && state_->threads < threads_max_) {
    ++state_->threads;
    // Detached, as a look-up that hangs must hold up nobody who wants to end.
    std::thread([state = state_] { state->work(); }).detach();
  }
  state_->changed.notify_one();
}

}  // namespace svar::outbound
