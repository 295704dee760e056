// Many citizens, each with a conversation and a socket, who all lose their connection at one moment
// and come back with `resume`.
//
// Threads: one. Every method blocks until what it names is done, and throws std::runtime_error when
// it isn't within two minutes; messages that nobody answers are counted instead.
#pragma once

#include <chrono>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <queue>
#include <random>
#include <string>
#include <vector>

#include "tests/bench/load/client.h"
#include "tests/proofs/storm/service_life.h"
#include "tests/proofs/storm/story.h"

namespace svar::proofs {

enum class Drop { kill_server, cut_connections };
// As the widget does, with full jitter; or everybody as soon as the service is there, and again and
// again when that fails.
enum class Return { jittered, all_at_once };

struct Figures {
  std::vector<std::chrono::milliseconds> back;  // rising: from the drop to all that was missed
  std::chrono::milliseconds settled{};          // the last message sent again and answered
  std::uint64_t refused = 0;                    // attempts that failed
  std::uint64_t sent_again = 0;                 // messages that nobody had confirmed at the drop
  std::uint64_t unanswered = 0;                 // after the patience for answers
  bool alive = false;                           // the service, at the end
};

class Storm : public bench::ClientEvents {
 public:
  // `answers_within`: how long after all are back their messages may wait for an answer.
  Storm(ServiceLife& service, std::size_t sockets, unsigned seed,
        std::chrono::seconds answers_within);
  ~Storm();
  Storm(const Storm&) = delete;

  // Everybody connects, a few hundred at a time, writes and is answered.
  void begin();
  // Everybody writes; when a third is answered all connections end. Until all are back, have what
  // they missed, and are answered.
  Figures break_out(Drop drop, Return how);
  // Everybody's whole conversation is read again and compared. The checks that saw nothing when a
  // fault was put in are named in `unseen`.
  void verify(std::vector<std::string>& unseen);

  const Faults& faults() const { return faults_; }

 private:
  using Clock = std::chrono::steady_clock;
  enum class Phase { away, opening, greeting, catching_up, back };
  enum class Doing { beginning, storming, verifying };

  struct Citizen {
    Citizen(bench::Loop& loop, bench::ClientEvents& events, const bench::Target& target,
            std::uint32_t number)
        : client(loop, events, target, number) {}
    bench::Client client;
    Story story;
    Phase phase = Phase::away;
    int attempts = 0;
    std::int64_t welcome_seq = 0;
    std::vector<nlohmann::json> transcript;  // while verifying
  };
  struct Wake {
    Clock::time_point at;
    std::uint32_t citizen;
    bool operator>(const Wake& other) const { return at > other.at; }
  };

  void opened(bench::Client& client) override;
  void said(bench::Client& client, std::string_view text) override;
  void ended(bench::Client& client, std::string_view why) override;

  void connect(Citizen& citizen);
  void welcomed(Citizen& citizen, const nlohmann::json& welcome);
  void happened(Citizen& citizen, nlohmann::json event);
  void caught_up(Citizen& citizen);
  void forgotten(Citizen& citizen);
  void write_next(Citizen& citizen);
  void send_waiting(Citizen& citizen);
  bool has_settled(const Citizen& citizen) const;
  void come_back_later(Citizen& citizen, std::chrono::milliseconds at_least);
  void drop(Drop how);
  void connect_everybody_in_turn();
  template <class Done>
  bool run_until(Done done, std::chrono::seconds patience);
  template <class Done>
  void must_run_until(Done done, const char* what);
  std::size_t count_settled() const;

  ServiceLife& service_;
  const bench::Target target_;
  const std::chrono::seconds answers_within_;
  bench::Loop loop_;
  std::vector<std::unique_ptr<Citizen>> citizens_;
  std::priority_queue<Wake, std::vector<Wake>, std::greater<>> wakes_;
  std::mt19937 random_;
  Doing doing_ = Doing::beginning;
  Return how_ = Return::all_at_once;
  std::size_t next_ = 0;      // who connects next while all come in turn
  std::size_t entering_ = 0;  // connections being made in turn
  Clock::time_point dropped_at_;
  Figures figures_;
  Faults faults_;
};

}  // namespace svar::proofs
