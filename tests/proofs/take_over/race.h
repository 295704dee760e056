// Two nodes on one log act on the same conversations at the same moment.
//
// Threads: run() blocks the caller; the nodes work on their own.
#pragma once

#include <filesystem>
#include <latch>
#include <random>
#include <string>
#include <vector>

#include "tests/proofs/take_over/node.h"
#include "tests/proofs/take_over/ownership.h"

namespace svar::proofs {

// What each node does in one race, and where it begins.
struct Scenario {
  enum class Start { with_bot, in_queue, with_kari };
  struct Act {
    Input input;
    service::Acceptance acceptance = service::Acceptance::with_outcome;
  };
  const char* name;
  Start start;
  std::vector<Act> first_node;
  std::vector<Act> second_node;
  bool one_wins = false;  // exactly one of the two is accepted, the other told who holds it
  bool same_seq = false;  // both are accepted with the same seq
};
std::vector<Scenario> take_over_scenarios();

struct RaceFigures {
  std::uint64_t races = 0;
  std::uint64_t conflicts = 0;    // appends that came too late
  std::uint64_t first_ahead = 0;  // races whose first new event is the first node's
  std::uint64_t second_ahead = 0;
  std::uint64_t wrong_outcomes = 0;  // what the nodes were told isn't what the scenario allows
  OwnershipFaults faults;            // of the logs

  bool is_clean() const { return faults.all() == 0 && wrong_outcomes == 0; }
};

class Race {
 public:
  // The file's folder must be there. Throws std::runtime_error when the file can't be opened.
  Race(const std::filesystem::path& file, CompareAndAppend compare, unsigned seed);

  // So many races, a batch of conversations at a time.
  RaceFigures run(const Scenario& scenario, std::uint64_t races);

 private:
  struct Conversation {
    ConversationId id;
    std::size_t length = 0;  // of its log before the race
    std::vector<service::SubmitOutcome> first, second;
  };

  // Both nodes begin at `start`, and have answered everything at `done`.
  struct Meeting {
    Meeting(std::ptrdiff_t nodes, std::ptrdiff_t acts) : start(nodes), done(acts) {}
    std::latch start;
    std::latch done;
  };

  void prepare(const Scenario& scenario, std::vector<Conversation>& batch);
  void act(Node& node, const std::vector<Scenario::Act>& acts, std::vector<Conversation>& batch,
           std::vector<service::SubmitOutcome> Conversation::*outcomes,
           const std::shared_ptr<Meeting>& meeting);
  void submit_to_all(std::vector<Conversation>& batch, const Scenario::Act& act);
  void judge(const Scenario& scenario, const Conversation& raced, RaceFigures& figures);

  fakes::ManualClock clock_;
  Node first_;
  Node second_;
  std::mt19937 random_;
  std::int64_t last_id_ = 0;
};

}  // namespace svar::proofs
