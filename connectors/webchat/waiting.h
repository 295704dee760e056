// HTTP requests that are answered later, with the time by which they are answered in any case.
#pragma once

#include <chrono>
#include <memory>
#include <unordered_map>
#include <vector>

namespace svar::webchat {

class WaitingRequest {
 public:
  virtual ~WaitingRequest() = default;
  virtual void give_up() = 0;  // answers with what there is
};

// Owns the requests until they are removed. Swept by one coarse timer.
class WaitingRequests {
 public:
  using SteadyTime = std::chrono::steady_clock::time_point;

  void add(std::shared_ptr<WaitingRequest> request, SteadyTime deadline) {
    WaitingRequest* key = request.get();
    requests_.emplace(key, Entry{std::move(request), deadline});
  }
  void remove(WaitingRequest& request) { requests_.erase(&request); }

  // Gives up those whose deadline has passed.
  void sweep(SteadyTime now) {
    std::vector<std::shared_ptr<WaitingRequest>> due;
    for (const auto& [key, entry] : requests_) {
      if (now >= entry.deadline) due.push_back(entry.request);
    }
    for (const auto& request : due) request->give_up();
  }
  void give_up_all() { sweep(SteadyTime::max()); }

 private:
  struct Entry {
    std::shared_ptr<WaitingRequest> request;
    SteadyTime deadline;
  };
  std::unordered_map<WaitingRequest*, Entry> requests_;
};

}  // namespace svar::webchat
