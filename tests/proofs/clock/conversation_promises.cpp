#include <algorithm>

#include "bot/service/desk/desk_view.h"
#include "bot/service/timers/sweeps.h"
#include "bot/store/memory_event_store.h"
#include "tests/engine/scripted_answering.h"
#include "tests/proofs/clock/clock_promises.h"
#include "tests/service/fakes.h"

namespace svar::proofs {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::days kKept{30};
const MunicipalityId kOsteroy{"osteroy"};

// The service with its sweeps and the desk's view, over a store in memory.
class ServiceWorld {
 public:
  explicit ServiceWorld(JumpingClock& clock) : clock_(clock) {
    view_.start([](const auto&) {});
    executor_.run();
  }

  void say(ConversationId id, const std::string& text) {
    submit(id, CitizenSays{{"c" + std::to_string(++ids_)}, text});
  }
  void close(ConversationId id) { submit(id, CitizenCloses{{"e" + std::to_string(++ids_)}}); }

  void sweep() {
    sweeps_.sweep();
    executor_.run();
  }
  // Time passes, in steps at the end of which there is a sweep.
  void live(std::chrono::milliseconds time, std::chrono::milliseconds step) {
    for (auto passed = 0ms; passed < time; passed += step) {
      clock_.pass(std::min(step, time - passed));
      sweep();
    }
  }

  std::vector<Recorded> log(ConversationId id) {
    std::vector<Recorded> read;
    store_.load(id, {}, [&](const Result<std::vector<Recorded>, service::StoreError>& log) {
      if (log) read = *log;
    });
    executor_.run();
    return read;
  }
  template <class Kind>
  bool holds(ConversationId id) {
    return std::ranges::any_of(
        log(id), [](const Recorded& one) { return std::holds_alternative<Kind>(one.event); });
  }
  int before(ConversationId id) {
    const auto place = view_.queue().place(id);
    return place ? place->waiting : -1;
  }

 private:
  void submit(ConversationId id, Input input) {
    const Opening opening{SiteId{"osteroy"}, Language::nn, "webchat", "", ""};
    conversations_.submit(id, opening, std::move(input), service::Acceptance::with_outcome,
                          [](const auto&) {});
    executor_.run();
  }
  static service::Sweeps::Options options() {
    service::Sweeps::Options options;
    options.retention = [] { return std::vector<service::Sweeps::Retention>{{kOsteroy, kKept, kKept}}; };
    return options;
  }

  JumpingClock& clock_;
  fakes::ManualExecutor executor_;
  store::MemoryEventStore store_{executor_};
  std::shared_ptr<const engine::Release> release_ =
      std::make_shared<const engine::Release>(fakes::scripted_release());
  service::Conversations conversations_{store_, executor_, clock_, [this] { return release_; }, {}};
  service::Sweeps sweeps_{conversations_, store_, clock_, options()};
  service::TypingHub typing_;
  service::DeskView view_{conversations_, store_, typing_, [this] { return release_; }};
  int ids_ = 0;
};

const ConversationId kOne{1}, kTwo{2}, kThree{3};

Fault sequence_is_gapless(JumpingClock& clock) {
  ServiceWorld world(clock);
  for (int round = 0; round < 20; ++round) {
    world.say(kOne, "hei");
    world.live(1min, 10s);
    if (round % 5 == 2) clock.disturb();
  }
  const auto log = world.log(kOne);
  std::int64_t seq = 0;
  int said = 0, answered = 0;
  for (const Recorded& one : log) {
    if (one.seq.value != ++seq) return "seq " + std::to_string(one.seq.value) + " is out of order";
    if (std::holds_alternative<CitizenSpoke>(one.event)) ++said;
    if (std::holds_alternative<BotReplied>(one.event)) ++answered;
  }
  if (said != 20 || answered != 20) return "not every message has its answer";
  return std::nullopt;
}

Fault silence_is_half_an_hour(JumpingClock& clock) {
  ServiceWorld world(clock);
  world.say(kOne, "hei");
  world.live(5min, 10s);
  clock.disturb();
  world.sweep();
  world.say(kTwo, "hei");
  world.live(24min, 10s);
  if (world.holds<ConversationClosed>(kOne)) return "closed before half an hour of silence";
  world.live(5min, 10s);
  if (world.holds<ConversationClosed>(kTwo)) {
    return "one begun after the jump is closed before half an hour of silence";
  }
  world.live(4min + clock.late_max(), 1min);
  if (!world.holds<ConversationClosed>(kOne) || !world.holds<ConversationClosed>(kTwo)) {
    return "never closed";
  }
  return std::nullopt;
}

Fault kept_as_promised(JumpingClock& clock) {
  ServiceWorld world(clock);
  world.say(kOne, "hei");
  world.close(kOne);
  world.live(std::chrono::days{10}, 1h);
  clock.disturb();
  world.sweep();
  world.say(kTwo, "hei");
  world.close(kTwo);
  world.live(kKept - std::chrono::days{10} - 2h, 1h);
  if (world.holds<Erased>(kOne)) return "erased before it was kept as long as was promised";
  world.live(std::chrono::days{10}, 1h);
  if (world.holds<Erased>(kTwo)) {
    return "one closed after the jump is erased before it was kept as long as was promised";
  }
  world.live(4h + clock.late_max(), 1h);
  if (!world.holds<Erased>(kOne) || !world.holds<Erased>(kTwo)) return "kept longer than promised";
  return std::nullopt;
}

Fault queue_is_fair(JumpingClock& clock) {
  ServiceWorld world(clock);
  world.say(kThree, "person");
  world.live(1min, 10s);
  clock.disturb();
  world.say(kOne, "person");
  world.live(1min, 10s);
  world.say(kTwo, "person");
  if (world.before(kThree) != 0) return "somebody overtook who waited first";
  if (world.before(kOne) != 1 || world.before(kTwo) != 2) return "the queue is out of order";
  return std::nullopt;
}

}  // namespace

std::vector<ClockPromise> promises_of_conversations() {
  return {
      {"a conversation's sequence is gapless, every message answered", sequence_is_gapless, false},
      {"a conversation is closed after half an hour of silence", silence_is_half_an_hour, true},
      {"a closed conversation is erased when it was kept as promised", kept_as_promised, true},
      {"the queue is served in the order of coming", queue_is_fair, false},
  };
}

}  // namespace svar::proofs
