// Citizens of the web chat who come in, say one thing, and then stay: quiet, or until all are
// thrown out and come back to where they were.
//
// Threads: one. Every call blocks until what it is named after is done, or throws
// std::runtime_error.
#pragma once

#include <chrono>
#include <memory>
#include <queue>
#include <string>
#include <vector>

#include "tests/bench/load/client.h"
#include "tests/bench/load/dialect.h"
#include "tests/bench/load/histogram.h"
#include "tests/bench/load/messages.h"

namespace svar::bench {

struct CrowdSettings {
  std::size_t connections = 10'000;
  std::size_t handshakes_max = 64;  // under way at once while they come in
  std::chrono::milliseconds ping_every{25'000};
  std::chrono::milliseconds timeout{60'000};  // for all to come in, or back
  std::uint64_t seed = 1;
};

struct Return {
  Histogram welcome;  // from being thrown out to being welcomed again
  Histogram
      complete;  // to having everything: what was missed, and the answer to what was under way
  double all_welcome_seconds = 0;
  double all_complete_seconds = 0;
  std::uint64_t lost = 0;       // citizens who did not get all within the timeout
  std::uint64_t doubled = 0;    // answers that came twice
  std::uint64_t reordered = 0;  // events that came after a later one
  std::uint64_t attempts = 0;   // connections that were begun
  std::string first_fault;
};

class Crowd : public ClientEvents {
 public:
  // All must outlive the crowd.
  Crowd(const CrowdSettings& settings, const Target& target, const Messages& messages);
  ~Crowd();

  // The citizens before `count` are inside, each with one message answered.
  void come_in(std::size_t count);

  // Everybody is quiet but for the pings, which are spread evenly.
  void stay(std::chrono::nanoseconds duration);

  // Everybody says something; before it is answered all are cut off at once, and all come back at
  // once.
  Return cut_and_return();

  // The same, but it is the server that goes away: waits for that. Times count from the first
  // connection that ends.
  Return lose_server_and_return();

  const std::string& first_fault() const { return first_fault_; }

 private:
  using Clock = std::chrono::steady_clock;
  enum class Phase : std::uint8_t { away, opening, greeting, inside };

  struct Visitor {
    Visitor(Loop& loop, ClientEvents& events, const Target& target, std::uint32_t number)
        : client(loop, events, target, number) {}
    Client client;
    Phase phase = Phase::away;
    bool acknowledged = true;
    bool answered = true;
    bool back = true;  // counted among those who have come back
    std::int64_t last_seq = 0;
    std::uint32_t said = 0;
    std::uint32_t attempts = 0;  // since the last welcome
    std::string site;
    std::string conversation;
    std::string token;
    std::string id;    // of the message said last
    std::string text;  // of it
  };

  struct Wake {
    Clock::time_point at;
    std::uint32_t visitor;
    bool operator>(const Wake& other) const { return at > other.at; }
  };

  void opened(Client& client) override;
  void said(Client& client, std::string_view text) override;
  void ended(Client& client, std::string_view why) override;

  Visitor& of(Client& client) { return *visitors_[client.number()]; }
  void enter(Visitor& visitor);
  void welcomed(Visitor& visitor, std::string_view frame);
  void seen(Visitor& visitor, std::string_view frame);
  void say(Visitor& visitor);
  void transmit(Visitor& visitor);
  void settle(Visitor& visitor);
  void come_later(Visitor& visitor, std::string_view least_ms);
  void speak();
  Return come_back();
  void wake();
  std::uint64_t random();

  const CrowdSettings& settings_;
  const Target& target_;
  const Messages& messages_;
  const ProductDialect dialect_;
  Loop loop_;
  std::vector<std::unique_ptr<Visitor>> visitors_;
  std::priority_queue<Wake, std::vector<Wake>, std::greater<>> wakes_;
  std::size_t inside_ = 0;  // with everything answered
  bool returning_ = false;
  Clock::time_point thrown_out_;
  std::size_t welcome_again_ = 0;
  std::uint64_t ends_ = 0;
  Return return_;
  std::uint64_t random_;
  std::string first_fault_;
};

}  // namespace svar::bench
