// Who may be served when more is asked than can be done: inputs in lines, a line a site, served in
// turn.
//
// As many inputs as fill the store's batches are in service at once; the others wait here, where
// waiting is fair: a flood on one site's page stands in that site's line, and the next of every
// other site goes before the flood's second. What cannot be served in a useful time is refused with
// a reason and a time to come back, never by silence.
//
// It is asked by the channel, not by Conversations: only what strangers send may be refused. What
// agents do and what the sweeps find goes straight to Conversations and never waits; what citizens
// write to a person goes first.
//
// Pure: no clock and no thread of its own. Threads: one. Cost when nobody waits: a comparison.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <variant>
#include <vector>

#include "bot/domain/ids.h"

namespace svar::service {

class Admission {
 public:
  using SteadyTime = std::chrono::steady_clock::time_point;
  using SteadyClock = std::function<SteadyTime()>;

  struct Limits {
    std::size_t in_service_max = 64;   // enough to fill a commit while the one before is on its way
                                       // to the disk; more makes all wait
    std::size_t waiting_max = 10'000;  // in all lines together: bounds the memory
    std::chrono::milliseconds wait_max{5'000};  // who has waited longer is refused
  };

  // Why an input waits in front: a person is at the other end, not the bot.
  enum class Line { of_site, of_person };

  // How waiting ended. Admitted: go ahead, and call leave() once when the input is answered.
  struct Admitted {};
  struct Shed {
    std::chrono::milliseconds retry_after;
  };
  using Outcome = std::variant<Admitted, Shed>;
  using Turn = std::function<void(const Outcome&)>;

  struct SiteCounters {
    SiteId site;
    std::size_t waiting = 0;   // now
    std::uint64_t waited = 0;  // served after waiting
    std::uint64_t shed = 0;
  };
  struct Counters {
    std::size_t in_service = 0;  // now
    std::size_t waiting = 0;     // now
    std::vector<SiteCounters>
        sites;  // that ever had to wait; the first, without a name, is the line to a person
  };

  explicit Admission(Limits limits, SteadyClock now = std::chrono::steady_clock::now);
  Admission(const Admission&) = delete;

  // True: admitted at once. False: there are others before; call wait().
  bool enter();

  // Stands in line. `turn` is called exactly once: inside this call when there is no place, else
  // inside a later leave() or sweep(). Inputs of one line are served in the order they came. When
  // every place is taken, the longest line gives up its last for a newcomer of a shorter one.
  void wait(const SiteId& site, Line line, Turn turn);

  // One admitted input is answered: serves who is next. May be called inside a Turn.
  void leave();

  // Sheds who has waited too long, also when nothing is served. Call it a few times a second.
  void sweep();

  // Sheds everybody who waits; nobody waits after this.
  void close();

  Counters counters() const;

 private:
  struct Waiting {
    SteadyTime since;
    Turn turn;
  };
  struct Queue {
    SiteId site;
    std::deque<Waiting> waiting;
    std::uint64_t waited = 0;
    std::uint64_t shed = 0;
  };

  Queue& queue(const SiteId& site);
  Queue* longest();
  bool give_up_a_place(const Queue& mine, Line line);
  Queue* next();
  void shed(Queue& from, Waiting one);
  void shed_expired(Queue& from, SteadyTime now);
  std::chrono::milliseconds retry_after(const Queue& queue, SteadyTime now) const;

  Limits limits_;
  SteadyClock now_;
  std::deque<Queue>
      queues_;  // the first is the line to a person; a site's queue stays once it was needed
  std::size_t last_served_ = 0;  // index of the site's queue that was served last
  std::size_t in_service_ = 0;
  std::size_t waiting_ = 0;
  bool serving_ = false;  // leave() is at work further up the stack
  bool closed_ = false;
};

}  // namespace svar::service
