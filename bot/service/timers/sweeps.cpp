#include "bot/service/timers/sweeps.h"

#include <memory>

namespace svar::service {

Sweeps::Sweeps(Conversations& conversations, ConversationDirectory& directory, const Clock& clock,
               Options options)
    : conversations_(conversations), directory_(directory), clock_(clock), options_(options) {}

void Sweeps::sweep(std::function<void()> done) {
  if (under_way_) return;
  under_way_ = true;
  directory_.find_answer_due([this, done = std::move(done)](const Found& found) {
    submit_each(
        found, [] { return Input{AnswerFallsDue{}}; },
        [this, done] {
          close_silent([this, done] {
            under_way_ = false;
            done();
          });
        });
  });
}

void Sweeps::close_silent(std::function<void()> done) {
  const Time now = clock_.now();
  // A clock set back must not stop the sweep for good, hence the comparison in both directions.
  const auto since = now - silent_looked_for_;
  if (since >= std::chrono::seconds{0} && since < options_.inactivity_every) return done();
  silent_looked_for_ = now;
  const Time last_at_max = now - options_.inactivity;
  directory_.find_owned(Owner::bot, last_at_max,
                        [this, last_at_max, done = std::move(done)](const Found& found) {
                          submit_each(
                              found, [=] { return Input{InactivityPasses{last_at_max}}; }, done);
                        });
}

void Sweeps::submit_each(const Found& found, const std::function<Input()>& input,
                         std::function<void()> done) {
  if (!found || found->empty()) return done();
  auto left = std::make_shared<std::size_t>(found->size());
  for (const ConversationDirectory::Entry& entry : *found) {
    conversations_.submit(entry.conversation, std::nullopt, input(), Acceptance::with_outcome,
                          [left, done](const SubmitOutcome&) {
                            if (--*left == 0) done();
                          });
  }
}

}  // namespace svar::service
