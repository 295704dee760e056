#include "tests/proofs/take_over/race.h"

#include <algorithm>

#include "tests/engine/scripted_answering.h"

namespace svar::proofs {
namespace {

using service::Acceptance;
using service::Accepted;
using service::Refused;
using service::SubmitOutcome;

constexpr std::size_t kBatch = 16;  // so few that now the one and now the other node comes first
const Time kNoon{std::chrono::milliseconds{1'795'518'000'000}};
const Opening kOpening{SiteId{"osteroy"}, Language::nn, "webchat", "", ""};
const AgentId kKari{"kari"};
const AgentId kOla{"ola"};

AgentTakes takes(const AgentId& agent) {
  return {agent, agent.value};
}
CitizenSays says(const char* id) {
  return {ClientId{id}, "når vert bosset tømt"};
}
AgentSays agent_says(const char* id) {
  return {kKari, kKari.value, ClientId{id}, "eg ser på det"};
}

service::Conversations::ReleaseSource scripted() {
  const auto release = std::make_shared<const engine::Release>(fakes::scripted_release());
  return [release] { return release; };
}

bool is_accepted(const SubmitOutcome& outcome) {
  return std::holds_alternative<Accepted>(outcome);
}

// Refused because of who holds it, and told who.
bool is_told_holder(const SubmitOutcome& outcome, const AgentId& holder) {
  const auto* refused = std::get_if<Refused>(&outcome);
  return refused && refused->code == service::RefusalCode::not_yours &&
         refused->held_by == holder.value;
}

}  // namespace

std::vector<Scenario> take_over_scenarios() {
  using Start = Scenario::Start;
  return {
      {"two agents take at once", Start::in_queue, {{takes(kKari)}}, {{takes(kOla)}}, true, false},
      {"the bot answers while an agent takes",
       Start::with_bot,
       {{says("q1")}, {says("q2")}, {says("q3")}},
       {{takes(kKari)}}},
      {"an answer is due while an agent takes",
       Start::with_bot,
       {{says("q1"), Acceptance::words_first}, {says("q2"), Acceptance::words_first}},
       {{takes(kKari)}}},
      {"an agent's message is sent again over another connection",
       Start::with_kari,
       {{agent_says("a1")}},
       {{agent_says("a1")}},
       false,
       true},
      {"an agent drops mid-answer and gives back",
       Start::with_kari,
       {{agent_says("a1")}, {agent_says("a2")}, {says("q1")}},
       {{AgentHandsBack{kKari, ClientId{"b1"}}}, {says("q2")}}},
      {"an agent gives back while another takes and the citizen writes",
       Start::with_kari,
       {{AgentHandsBack{kKari, ClientId{"b1"}}}, {says("q1")}},
       {{takes(kOla)}, {says("q2")}}},
      {"the citizen goes back to the bot while an agent takes",
       Start::in_queue,
       {{CitizenGoesBackToBot{ClientId{"r1"}}}, {says("q1")}},
       {{takes(kOla)}}}};
}

Race::Race(const std::filesystem::path& file, CompareAndAppend compare, unsigned seed)
    : clock_(kNoon),
      first_(file, compare, clock_, scripted()),
      second_(file, compare, clock_, scripted()),
      random_(seed) {}

RaceFigures Race::run(const Scenario& scenario, std::uint64_t races) {
  RaceFigures figures;
  const std::uint64_t before = first_.conflicts() + second_.conflicts();
  while (figures.races < races) {
    std::vector<Conversation> batch(std::min<std::uint64_t>(kBatch, races - figures.races));
    prepare(scenario, batch);
    const auto count = static_cast<std::ptrdiff_t>(
        batch.size() * (scenario.first_node.size() + scenario.second_node.size()));
    const auto meeting = std::make_shared<Meeting>(2, count);
    // Whoever comes last to the meeting need not be woken, and is ahead by that.
    const bool first_comes_last = random_() % 2 == 0;
    if (!first_comes_last) act(first_, scenario.first_node, batch, &Conversation::first, meeting);
    act(second_, scenario.second_node, batch, &Conversation::second, meeting);
    if (first_comes_last) act(first_, scenario.first_node, batch, &Conversation::first, meeting);
    meeting->done.wait();
    for (const Conversation& raced : batch) judge(scenario, raced, figures);
    figures.races += batch.size();
  }
  figures.conflicts = first_.conflicts() + second_.conflicts() - before;
  return figures;
}

// Both nodes know the conversations as they stand before the race.
void Race::prepare(const Scenario& scenario, std::vector<Conversation>& batch) {
  for (Conversation& conversation : batch) conversation.id = ConversationId{++last_id_};
  submit_to_all(batch, {says("opens")});
  if (scenario.start == Scenario::Start::in_queue) {
    submit_to_all(batch, {CitizenAsksForPerson{ClientId{"asks"}}});
  }
  if (scenario.start == Scenario::Start::with_kari) submit_to_all(batch, {takes(kKari)});
  const auto loaded = std::make_shared<std::latch>(static_cast<std::ptrdiff_t>(batch.size()));
  second_.post([this, &batch, loaded] {
    for (Conversation& conversation : batch) {
      second_.conversations().state(conversation.id, [&conversation, loaded](const auto& state) {
        conversation.length = static_cast<std::size_t>(state.value().last_seq.value);
        loaded->count_down();
      });
    }
  });
  loaded->wait();
}

void Race::submit_to_all(std::vector<Conversation>& batch, const Scenario::Act& act) {
  const auto done = std::make_shared<std::latch>(static_cast<std::ptrdiff_t>(batch.size()));
  first_.post([this, &batch, &act, done] {
    for (const Conversation& conversation : batch) {
      first_.conversations().submit(conversation.id, kOpening, act.input, act.acceptance,
                                    [done](const SubmitOutcome&) { done->count_down(); });
    }
  });
  done->wait();
}

// In an order of its own, so that now the one and now the other comes first.
void Race::act(Node& node, const std::vector<Scenario::Act>& acts, std::vector<Conversation>& batch,
               std::vector<SubmitOutcome> Conversation::*outcomes,
               const std::shared_ptr<Meeting>& meeting) {
  std::vector<Conversation*> order;
  for (Conversation& conversation : batch) {
    (conversation.*outcomes).resize(acts.size());
    order.push_back(&conversation);
  }
  std::shuffle(order.begin(), order.end(), random_);
  node.post([&node, &acts, meeting, outcomes, order = std::move(order)] {
    meeting->start.arrive_and_wait();
    for (Conversation* conversation : order) {
      for (std::size_t place = 0; place < acts.size(); ++place) {
        node.conversations().submit(
            conversation->id, kOpening, acts[place].input, acts[place].acceptance,
            [conversation, outcomes, place, meeting](SubmitOutcome outcome) {
              (conversation->*outcomes)[place] = std::move(outcome);
              meeting->done.count_down();
            });
      }
    }
  });
}

void Race::judge(const Scenario& scenario, const Conversation& raced, RaceFigures& figures) {
  const auto log = first_.read(raced.id);
  check_ownership(raced.id, log, figures.faults);
  const SubmitOutcome& first = raced.first.front();
  const SubmitOutcome& second = raced.second.front();
  if (scenario.one_wins) {
    const bool right = (is_accepted(first) && is_told_holder(second, kKari)) ||
                       (is_accepted(second) && is_told_holder(first, kOla));
    if (!right) ++figures.wrong_outcomes;
  }
  if (scenario.same_seq) {
    const auto* one = std::get_if<Accepted>(&first);
    const auto* other = std::get_if<Accepted>(&second);
    if (!one || !other || one->seq != other->seq) ++figures.wrong_outcomes;
  }
  // Whose event stands first after what both knew.
  const auto next = Seq{static_cast<std::int64_t>(raced.length) + 1};
  const auto* one = std::get_if<Accepted>(&first);
  const bool ahead = one && one->seq == next && !one->repeated;
  ++(ahead ? figures.first_ahead : figures.second_ahead);
}

}  // namespace svar::proofs
