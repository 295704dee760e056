// Many citizens who write, wait for the answer and write again; after so many turns each leaves and
// comes back with a new conversation. Closed loop, or open loop at a fixed rate: then a message's
// time counts from when it was due, so that a server that stalls can't hide it.
//
// Threads: one. run() blocks until all is measured.
#pragma once

#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <queue>
#include <string>
#include <vector>

#include "tests/bench/load/client.h"
#include "tests/bench/load/desk_reader.h"
#include "tests/bench/load/dialect.h"
#include "tests/bench/load/histogram.h"
#include "tests/bench/load/machine.h"
#include "tests/bench/load/messages.h"

namespace svar::bench {

struct LoadSettings {
  std::size_t connections = 64;
  std::chrono::milliseconds warmup{2000};
  std::chrono::milliseconds duration{8000};
  std::chrono::milliseconds timeout{10000};  // later is stuck
  int turns_per_conversation = 8;            // 0: one conversation goes on for ever
  double rate = 0;                           // messages a second over all; 0: closed loop
  std::uint64_t turns_max = 0;               // over all, then it ends; 0: when the time is over
  std::size_t handshakes_max = 64;           // under way at once while the first conversations open
  std::uint64_t seed = 1;
  pid_t pid = 0;                // the server, 0: its figures are left out
  std::filesystem::path syncs;  // of count_syncs, empty: left out
  // Every citizen asks for a person first; then a line of «waiting» and the conversations is
  // printed on stderr, and a line on stdin
  // says that an agent holds them all: it is the agent's cookie, and the desk's socket is read from
  // then on. A turn is over with its ack.
  bool agent_held = false;
};

// What was counted between two moments.
struct Tally {
  Histogram reply;
  Histogram ack;
  Histogram welcome;
  std::uint64_t turns = 0;
  std::uint64_t conversations = 0;
  std::uint64_t handed_off = 0;
  std::uint64_t ended_early = 0;                 // connections that the server ended, or never gave
  std::map<std::string, std::uint64_t> refused;  // by the error's code
  std::vector<std::uint64_t> labels;             // turns by message label
};

struct Figures {
  std::chrono::nanoseconds at{};
  ProcessFigures server;
  MachineFigures machine;
  SyncFigures syncs;
  double own_cpu_seconds = 0;
};

struct LoadResult {
  Tally tally;
  Figures before;  // of the measured time
  Figures after;
  ProcessFigures unconnected;
  ProcessFigures connected;
  double connect_seconds = 0;
  std::uint64_t turns_in_all = 0;  // warm-up and end included
  std::uint64_t stuck = 0;
  std::uint64_t desk_ends = 0;    // how often the open desk was cut off
  std::uint64_t desk_frames = 0;  // that the open desk was sent in the measured time
  std::string first_fault;        // empty: none
};

class Load : public ClientEvents {
 public:
  // All must outlive the load.
  Load(const LoadSettings& settings, const Dialect& dialect, const Target& target,
       const Messages& messages);
  ~Load();

  // Throws std::runtime_error when the citizens don't all get in within a minute.
  LoadResult run();

 private:
  using Clock = std::chrono::steady_clock;
  enum class Phase : std::uint8_t { away, opening, greeting, asking, held, ready, waiting };

  struct Citizen {
    Citizen(Loop& loop, ClientEvents& events, const Target& target, std::uint32_t number)
        : client(loop, events, target, number) {}
    Client client;
    Phase phase = Phase::away;
    int turns_left = 0;
    std::uint32_t messages = 0;
    const SitePool* pool = nullptr;
    std::size_t next = 0;   // in the pool
    std::size_t label = 0;  // of the message under way
    Clock::time_point began;
    std::string id;
    std::string conversation;  // agent-held: what the service calls it
  };

  struct Wake {
    Clock::time_point at;
    std::uint32_t citizen;
    bool operator>(const Wake& other) const { return at > other.at; }
  };

  void opened(Client& client) override;
  void said(Client& client, std::string_view text) override;
  void ended(Client& client, std::string_view why) override;

  Citizen& of(Client& client) { return *citizens_[client.number()]; }
  void enter(Citizen& citizen);
  void welcomed(Citizen& citizen, std::string_view frame);
  void ready(Citizen& citizen);
  void say(Citizen& citizen, Clock::time_point due);
  void acknowledged(Citizen& citizen);
  void completed(Citizen& citizen, bool conversation_over);
  void refused(Citizen& citizen, std::string_view frame);
  void come_back(Citizen& citizen, Clock::duration after);

  void open_all();
  void have_held();
  void load_until(Clock::time_point end);
  void send_what_is_due();
  void wake_who_is_due();
  std::uint64_t wait_for_the_last();
  bool has_enough() const;
  Figures figures() const;
  std::uint64_t random();

  const LoadSettings& settings_;
  const Dialect& dialect_;
  const Target& target_;
  const Messages& messages_;
  Loop loop_;
  std::vector<std::unique_ptr<Citizen>> citizens_;
  std::priority_queue<Wake, std::vector<Wake>, std::greater<>> wakes_;
  bool going_ = false;
  std::size_t inside_ = 0;    // citizens whose first conversation is open
  std::size_t entering_ = 0;  // handshakes under way while the first conversations open
  std::uint64_t random_;
  std::vector<std::uint32_t> idle_;        // open loop: who waits for work
  std::deque<Clock::time_point> overdue_;  // open loop: work that waits for somebody
  std::optional<Clock::time_point> first_due_;
  std::uint64_t due_ = 0;
  std::uint64_t turns_in_all_ = 0;
  std::optional<DeskReader> desk_;  // agent-held: who reads along
  std::string frame_;
  std::string first_fault_;
  Tally tally_;
};

}  // namespace svar::bench
