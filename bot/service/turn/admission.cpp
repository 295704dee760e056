#include "bot/service/turn/admission.h"

#include <algorithm>
#include <utility>

namespace svar::service {

namespace {

// Coming back sooner than this would only be refused again; later than this nobody waits.
constexpr std::chrono::milliseconds kRetryMin{1'000};
constexpr std::chrono::milliseconds kRetryMax{15'000};

}  // namespace

Admission::Admission(Limits limits, SteadyClock now) : limits_(limits), now_(std::move(now)) {
  queues_.emplace_back();  // to a person
}

bool Admission::enter() {
  if (closed_ || waiting_ > 0 || in_service_ >= limits_.in_service_max) return false;
  ++in_service_;
  return true;
}

void Admission::wait(const SiteId& site, Line line, Turn turn) {
  Queue& mine = line == Line::of_person ? queues_.front() : queue(site);
  Waiting newcomer{now_(), std::move(turn)};
  if (closed_ || (waiting_ >= limits_.waiting_max && !give_up_a_place(mine, line))) {
    return shed(mine, std::move(newcomer));
  }
  mine.waiting.push_back(std::move(newcomer));
  ++waiting_;
}

// A newcomer of a site must come from a shorter line than the crowd's; who writes to a person need
// not.
bool Admission::give_up_a_place(const Queue& mine, Line line) {
  Queue* crowd = longest();
  if (crowd == nullptr || crowd->waiting.empty()) return false;
  if (line == Line::of_site && mine.waiting.size() >= crowd->waiting.size()) return false;
  Waiting last = std::move(crowd->waiting.back());
  crowd->waiting.pop_back();
  --waiting_;
  shed(*crowd, std::move(last));
  return true;
}

// A loop instead of a recursion: an input that is refused at once leaves inside its own turn.
void Admission::leave() {
  --in_service_;
  if (std::exchange(serving_, true)) return;
  while (waiting_ > 0 && in_service_ < limits_.in_service_max) {
    const SteadyTime now = now_();
    Queue* from = next();
    shed_expired(*from, now);
    if (from->waiting.empty()) continue;
    Waiting first = std::move(from->waiting.front());
    from->waiting.pop_front();
    --waiting_;
    ++in_service_;
    ++from->waited;
    first.turn(Admitted{});
  }
  serving_ = false;
}

void Admission::sweep() {
  const SteadyTime now = now_();
  for (Queue& each : queues_) shed_expired(each, now);
}

void Admission::close() {
  closed_ = true;
  for (Queue& each : queues_) {
    while (!each.waiting.empty()) {
      Waiting first = std::move(each.waiting.front());
      each.waiting.pop_front();
      --waiting_;
      shed(each, std::move(first));
    }
  }
}

Admission::Counters Admission::counters() const {
  Counters counters{in_service_, waiting_, {}};
  for (const Queue& each : queues_) {
    counters.sites.push_back({each.site, each.waiting.size(), each.waited, each.shed});
  }
  return counters;
}

Admission::Queue& Admission::queue(const SiteId& site) {
  const auto found = std::find_if(queues_.begin() + 1, queues_.end(),
                                  [&](const Queue& each) { return each.site == site; });
  if (found != queues_.end()) return *found;
  queues_.push_back({site, {}, 0, 0});
  return queues_.back();
}

// Of the sites' lines; nothing when no site ever had to wait.
Admission::Queue* Admission::longest() {
  const auto found = std::max_element(
      queues_.begin() + 1, queues_.end(),
      [](const Queue& a, const Queue& b) { return a.waiting.size() < b.waiting.size(); });
  return found == queues_.end() ? nullptr : &*found;
}

// The person's line, else the next site after the one that was served last. Call it only while
// somebody waits.
Admission::Queue* Admission::next() {
  if (!queues_.front().waiting.empty()) return &queues_.front();
  const std::size_t sites = queues_.size() - 1;
  for (std::size_t step = 1; step <= sites; ++step) {
    const std::size_t index = (last_served_ + step - 1) % sites + 1;
    if (queues_[index].waiting.empty()) continue;
    last_served_ = index;
    return &queues_[index];
  }
  return &queues_.front();
}

void Admission::shed(Queue& from, Waiting one) {
  ++from.shed;
  one.turn(Shed{retry_after(from, now_())});
}

void Admission::shed_expired(Queue& from, SteadyTime now) {
  while (!from.waiting.empty() && now - from.waiting.front().since > limits_.wait_max) {
    Waiting first = std::move(from.waiting.front());
    from.waiting.pop_front();
    --waiting_;
    shed(from, std::move(first));
  }
}

// Twice as long as the first in this line has waited: the worse it is, the later they come back.
std::chrono::milliseconds Admission::retry_after(const Queue& queue, SteadyTime now) const {
  if (queue.waiting.empty()) return kRetryMin;
  const auto age =
      std::chrono::duration_cast<std::chrono::milliseconds>(now - queue.waiting.front().since);
  return std::clamp(2 * age, kRetryMin, kRetryMax);
}

}  // namespace svar::service
