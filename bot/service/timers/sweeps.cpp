#include "bot/service/timers/sweeps.h"

#include <algorithm>
#include <array>
#include <memory>

namespace svar::service {
namespace {

// Whether it is time to look again.
bool is_time(std::optional<SteadyTime>& looked_for, SteadyTime now, std::chrono::seconds every) {
  if (looked_for && now - *looked_for < every) return false;
  looked_for = now;
  return true;
}

}  // namespace

Sweeps::Sweeps(Conversations& conversations, ConversationDirectory& directory, const Clock& clock,
               Options options)
    : conversations_(conversations),
      directory_(directory),
      clock_(clock),
      options_(std::move(options)) {}

void Sweeps::sweep(std::function<void()> done) {
  if (under_way_) return;
  under_way_ = true;
  jumps_.observe(clock_);
  const auto finished = [this, done = std::move(done)] {
    under_way_ = false;
    done();
  };
  answer_due([this, finished] {
    close_silent(
        [this, finished] { erase_outlived([this, finished] { remove_erased(finished); }); });
  });
}

void Sweeps::answer_due(std::function<void()> done) {
  directory_.find_answer_due([this, done = std::move(done)](const Found& found) {
    submit_each(
        found, [](const Entry&) { return Input{AnswerFallsDue{}}; }, done);
  });
}

void Sweeps::close_silent(std::function<void()> done) {
  if (!is_time(silent_looked_for_, clock_.steady(), options_.inactivity_every)) return done();
  const Time last_at_max = jumps_.begin_of_last(options_.inactivity, clock_);
  const auto submit = [this, last_at_max, done = std::move(done)](const Found& found) {
    submit_each(
        found, [=](const Entry&) { return Input{InactivityPasses{last_at_max}}; }, done);
  };
  directory_.find_owned(Owner::bot, last_at_max, submit);
}

void Sweeps::erase_outlived(std::function<void()> done) {
  if (!options_.retention) return done();
  if (!is_time(outlived_looked_for_, clock_.steady(), options_.retention_every)) return done();
  const auto kept = options_.retention();
  if (kept.empty()) return done();
  constexpr std::array kHolders = {Owner::queue, Owner::agent};
  const auto one_done = [left = std::make_shared<std::size_t>(2 * kept.size() + kHolders.size()),
                         done = std::move(done)] {
    if (--*left == 0) done();
  };
  const auto submit = [this, one_done](const Found& found) {
    submit_each(
        found, [](const Entry& entry) { return Input{RetentionPasses{entry.last_at}}; }, one_done);
  };
  OutlivedBy outlived;
  for (const Retention& each : kept) {
    const Outlived last{jumps_.begin_of_last(each.bot_alone, clock_),
                        jumps_.begin_of_last(each.with_agent, clock_)};
    outlived.emplace(each.controller, last);
    const std::size_t max = options_.erased_at_once_max;
    directory_.find_closed(each.controller, Involved::bot_alone, last.bot_alone, max, submit);
    directory_.find_closed(each.controller, Involved::agent, last.with_agent, max, submit);
  }
  // Nobody closed these: the citizen was promised no less.
  const auto submit_outlived = [this, outlived, submit](Found found) {
    if (found) keep_outlived(*found, outlived);
    submit(found);
  };
  for (const Owner owner : kHolders) directory_.find_owned(owner, clock_.now(), submit_outlived);
}

void Sweeps::remove_erased(std::function<void()> done) {
  if (!options_.remove_erased) return done();
  if (!is_time(erased_looked_for_, clock_.steady(), options_.retention_every)) return done();
  options_.remove_erased(jumps_.begin_of_last(options_.removed_after, clock_), std::move(done));
}

void Sweeps::keep_outlived(std::vector<Entry>& held, const OutlivedBy& outlived) const {
  std::erase_if(held, [&](const Entry& entry) {
    const auto last = entry.row.controller ? outlived.find(*entry.row.controller) : outlived.end();
    return last == outlived.end() || entry.last_at > last->second.of(entry.row.with_agent);
  });
  if (held.size() > options_.erased_at_once_max) held.resize(options_.erased_at_once_max);
}

void Sweeps::submit_each(const Found& found, const std::function<Input(const Entry&)>& input,
                         std::function<void()> done) {
  if (!found || found->empty()) return done();
  auto left = std::make_shared<std::size_t>(found->size());
  for (const Entry& entry : *found) {
    conversations_.submit(entry.conversation, std::nullopt, input(entry), Acceptance::with_outcome,
                          [left, done](const SubmitOutcome&) {
                            if (--*left == 0) done();
                          });
  }
}

}  // namespace svar::service
