// What must happen without anybody writing: answers that are due, conversations that fell silent.
//
// A wall clock that jumps ahead closes and erases nothing early: clock_jumps.h.
//
// Threads: as Conversations. The caller calls `sweep` about once a second; a sweep still under way
// is not started again.
#pragma once

#include <map>

#include "bot/service/timers/clock_jumps.h"
#include "bot/service/turn/conversations.h"

namespace svar::service {

class Sweeps {
 public:
  struct Retention {
    MunicipalityId controller;
    std::chrono::days bot_alone{30};
    std::chrono::days with_agent{90};
  };
  struct Options {
    std::chrono::minutes inactivity{
        30};  // a bot-owned conversation closes after this long without a word
    // How long a municipality keeps conversations in which nothing happens any more, closed or
    // not; the notice promises it to the citizen.
    std::function<std::vector<Retention>()> retention;
    std::chrono::seconds retention_every{3'600};
    std::size_t erased_at_once_max =
        100;  // of one municipality in one sweep; more wait for the next
    // How long an erased conversation still counts as itself: repeats of what a platform brings are
    // known for eight days. Then `remove_erased` takes away whole what ended at `last_at_max` or
    // before, and calls `done`; without it nothing is removed.
    std::chrono::days removed_after{30};
    std::function<void(Time last_at_max, std::function<void()> done)> remove_erased;
    std::chrono::seconds inactivity_every{60};  // how often silent ones are looked for
  };

  // Everything referred to must outlive this object and every sweep it began.
  Sweeps(Conversations& conversations, ConversationDirectory& directory, const Clock& clock,
         Options options);

  // Answers what is due (also what a crash left behind), closes what is silent, erases what has
  // been kept for as long as the citizen was promised, removes what was erased long ago. A failed
  // look-up is tried again at the next sweep. `done` runs when everything found was submitted and
  // finished.
  void sweep(std::function<void()> done = [] {});

 private:
  using Entry = ConversationDirectory::Entry;
  using Found = Result<std::vector<Entry>, StoreError>;
  void submit_each(const Found& found, const std::function<Input(const Entry&)>& input,
                   std::function<void()> done);
  void answer_due(std::function<void()> done);
  void close_silent(std::function<void()> done);
  void erase_outlived(std::function<void()> done);
  void remove_erased(std::function<void()> done);
  // The last events of what is kept no longer, by who was involved.
  struct Outlived {
    Time bot_alone, with_agent;
    Time of(bool agent) const { return agent ? with_agent : bot_alone; }
  };
  using OutlivedBy = std::map<MunicipalityId, Outlived>;
  // Of what the desk holds only what is older than its municipality keeps it.
  void keep_outlived(std::vector<Entry>& held, const OutlivedBy& outlived) const;

  Conversations& conversations_;
  ConversationDirectory& directory_;
  const Clock& clock_;
  Options options_;
  ClockJumps jumps_;
  std::optional<SteadyTime> silent_looked_for_;
  std::optional<SteadyTime> outlived_looked_for_;
  std::optional<SteadyTime> erased_looked_for_;
  bool under_way_ = false;
};

}  // namespace svar::service
