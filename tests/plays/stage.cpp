#include "tests/plays/stage.h"

#include <algorithm>
#include <cstdio>
#include <sstream>

#include "bot/engine/oslo_time.h"

namespace svar::plays {
namespace {

const AgentId kAgent{"kari"};
constexpr std::chrono::minutes kWaitMax{20};

std::string folded(std::string_view text) {
  std::string lower;
  for (const char c : text) lower += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return lower;
}

bool contains(std::string_view text, std::string_view part) {
  return folded(text).find(folded(part)) != std::string::npos;
}

template <class Kind>
const Kind* last_of(const std::vector<Recorded>& events) {
  const Kind* found = nullptr;
  for (const auto& recorded : events) {
    if (const auto* event = std::get_if<Kind>(&recorded.event)) found = event;
  }
  return found;
}

// What the citizen read of these events.
std::string words(const std::vector<Recorded>& events) {
  std::string text;
  for (const auto& [seq, at, event] : events) {
    if (const auto* said = std::get_if<BotReplied>(&event)) text += said->text + "\n";
    if (const auto* said = std::get_if<SystemNoticed>(&event)) text += said->text + "\n";
    if (const auto* said = std::get_if<HandoffRequested>(&event)) text += said->text + "\n";
    if (const auto* said = std::get_if<AgentHandedBack>(&event)) text += said->text + "\n";
    if (const auto* said = std::get_if<CitizenReturnedToBot>(&event)) text += said->text + "\n";
    if (const auto* said = std::get_if<WaitGrewLong>(&event)) text += said->text + "\n";
    if (const auto* said = std::get_if<AgentLost>(&event)) text += said->text + "\n";
    if (const auto* said = std::get_if<BotReplied>(&event)) {
      for (const auto& link : said->links) text += link.label + " " + link.url + "\n";
      text += said->topic_title + "\n";
    }
  }
  return text;
}

std::optional<Time> oslo_clock(const std::string& about) {
  int y = 0, m = 0, d = 0, hour = 0, minute = 0;
  if (std::sscanf(about.c_str(), "%d-%d-%d %d:%d", &y, &m, &d, &hour, &minute) != 5) return {};
  const Time as_utc = std::chrono::sys_days{std::chrono::year{y} / m / d} +
                      std::chrono::hours{hour} + std::chrono::minutes{minute};
  const auto offset = engine::oslo(as_utc).time_since_epoch() - as_utc.time_since_epoch();
  return as_utc - offset;
}

}  // namespace

Stage::Stage(std::shared_ptr<const engine::Release> release, const Script& script)
    : release_(std::move(release)),
      script_(script),
      clock_(*oslo_clock("2026-11-24 10:00")),
      conversations_(store_, executor_, clock_, [this] { return release_; }, {}),
      sweeps_(conversations_, store_, clock_, {}) {
  conversations_.ask_staffing([this] { return staffing_; });
  conversations_.ask_incidents([this] { return out_of_order_; });
}

Stage::Fault Stage::perform(const Line& line) {
  if (line.who == "site" || line.who == "clock" || line.who == "desk") return set(line);
  if (line.who == "script") {
    dialogue_ = line.about;
    return std::nullopt;
  }
  if (line.who == "Citizen") return citizen(line);
  if (line.who == "Bot" || line.who == "System") return bot(line);
  if (line.who == "Agent") return agent(line);
  if (line.who == "Incident") return incident(line);
  if (line.who == "Waits") return wait(line);
  if (line.who == "Log") return check_log(line);
  if (line.who == "after") return pass_time(line.about);
  const auto owner = code(state().owner);
  if (owner == line.about) return std::nullopt;
  return "the owner is " + std::string{owner};
}

Stage::Fault Stage::set(const Line& line) {
  if (line.who == "site") {
    opening_.site = SiteId{line.about};
    if (!release_->knows_site(opening_.site)) return "no such site";
    const auto* municipality = release_->municipality(MunicipalityId{line.about});
    opening_.language = municipality ? municipality->language : Language::nn;
    return std::nullopt;
  }
  if (line.who == "desk") {
    const bool staffed = line.about == "staffed";
    if (!staffed && line.about != "empty") return "write «desk staffed» or «desk empty»";
    staffing_ =
        std::make_shared<engine::Staffing>(engine::Staffing{engine::QueueRule::open, staffed, {}});
    return std::nullopt;
  }
  const auto time = oslo_clock(line.about);
  if (!time) return "write the clock as 2026-11-24 10:00";
  clock_.set(*time);
  return std::nullopt;
}

Stage::Fault Stage::incident(const Line& line) {
  if (line.what == "ends") {
    if (!out_of_order_) return "nothing is out of order";
    auto ended = std::make_shared<engine::TopicIncidents>(*out_of_order_);
    for (engine::TopicIncident& one : *ended) one.to = clock_.now();
    out_of_order_ = std::move(ended);
    return std::nullopt;
  }
  const auto behind_topic = line.about.find(" for ");
  const auto behind_place = line.about.find(": ");
  if (behind_topic == std::string::npos || behind_place == std::string::npos)
    return "write «Incident begins vatn.kvalitet for masfjorden: Kok vatnet»";
  const auto place = behind_topic + std::string_view(" for ").size();
  engine::TopicIncident begun{"1",
                              {line.about.substr(place, behind_place - place)},
                              {line.about.substr(0, behind_topic)},
                              clock_.now() - std::chrono::minutes{1},
                              clock_.now() + std::chrono::hours{4},
                              {{opening_.language, line.about.substr(behind_place + 2)}}};
  if (!release_->municipality(begun.municipality)) return "no such municipality";
  out_of_order_ = std::make_shared<engine::TopicIncidents>(engine::TopicIncidents{begun});
  return std::nullopt;
}

Stage::Fault Stage::citizen(const Line& line) {
  if (line.what == "says") {
    last_said_ = CitizenSays{next_id(), line.about};
    return submit(last_said_, true);
  }
  if (line.what == "reads") {
    const auto words = script_.words(dialogue_, line.about);
    if (!words) return "the script has no such turn of dialogue " + dialogue_;
    return citizen({line.number, line.who, "says", *words});
  }
  if (line.what == "rates") {
    return submit(CitizenRates{next_id(), line.about == "up" ? 5 : 1, ""}, true);
  }
  if (line.what == "chooses") return choose(line.about);
  if (line.what == "asks for a person") return submit(CitizenAsksForPerson{next_id()}, true);
  if (line.what == "goes back to the bot") return submit(CitizenGoesBackToBot{next_id()}, true);
  if (line.what == "begins anew") {
    conversation_ = ConversationId{conversation_.value + 1};
    last_seq_ = Seq{};
    return std::nullopt;
  }
  if (line.what == "deletes") return submit(CitizenDeletes{next_id()}, true);
  const auto before = last_seq_;  // repeats
  if (auto fault = submit(last_said_, true)) return fault;
  return last_seq_ == before ? std::nullopt : Fault{"something followed the repeated message"};
}

Stage::Fault Stage::choose(const std::string& wanted) {
  for (const Choice& choice : state().pending.choices) {
    if (folded(choice.label) == folded(wanted) || choice.id == wanted) {
      return submit(CitizenChooses{next_id(), choice.id}, true);
    }
  }
  return "not among the choices; " + seen();
}

Stage::Fault Stage::bot(const Line& line) {
  const auto* reply = last_of<BotReplied>(followed_);
  const std::string read = words(followed_);
  if (line.what == "is silent") {
    return reply || last_of<WaitGrewLong>(followed_) ? Fault{"the bot spoke: " + seen()}
                                                     : std::nullopt;
  }
  if (line.what == "masks") {
    const auto* spoke = last_of<CitizenSpoke>(followed_);
    return spoke && spoke->masked ? std::nullopt : Fault{"nothing was masked"};
  }
  if (line.what == "warns") {
    const auto* notice = last_of<SystemNoticed>(followed_);
    const auto kind = reply && reply->safety ? reply->safety
                      : notice               ? notice->safety
                                             : std::nullopt;
    return kind && code(*kind) == line.about ? std::nullopt : Fault{"no such warning; " + seen()};
  }
  if (line.what == "says") {
    return contains(read, line.about) ? std::nullopt : Fault{"not said; " + seen()};
  }
  if (line.what == "avoids") {
    return contains(read, line.about) ? Fault{"it is said: " + seen()} : std::nullopt;
  }
  if (line.what == "defers") {
    const auto* deferred = last_of<HandoffDeferred>(followed_);
    const auto* waits = last_of<WaitGrewLong>(followed_);
    const auto delay = deferred ? std::optional(deferred->delay)
                       : waits  ? std::optional(waits->delay)
                                : std::nullopt;
    if (!delay) return "nothing was deferred; " + seen();
    return code(*delay) == line.about ? Fault{} : Fault{"deferred: " + std::string{code(*delay)}};
  }
  if (line.what == "answers") return check_answer(line.about);
  if (line.what == "offers") return check_offer(line.about);
  if (line.what == "outcome") return check_outcome(line.about);
  if (line.what == "asks") {
    return check_outcome(line.about == "municipality" ? "clarify_municipality" : "clarify");
  }
  if (!reply) return "the bot did not reply; " + seen();
  return code(reply->language) == line.about ? std::nullopt : Fault{seen()};
}

Stage::Fault Stage::check_answer(const std::string& about) const {
  const auto* reply = last_of<BotReplied>(followed_);
  if (!reply || reply->outcome != Outcome::answer) return "no answer; " + seen();
  std::istringstream in(about);
  std::string topic, word, municipality;
  in >> topic >> word >> municipality;
  const auto& topics = reply->topics;
  if (std::none_of(topics.begin(), topics.end(),
                   [&](const auto& id) { return id.value == topic; })) {
    return "another topic; " + seen();
  }
  if (word == "for" && reply->municipality != MunicipalityId{municipality}) {
    return "for " + (reply->municipality ? reply->municipality->value : "no municipality") + "; " +
           seen();
  }
  return std::nullopt;
}

Stage::Fault Stage::check_offer(const std::string& wanted) const {
  const auto* reply = last_of<BotReplied>(followed_);
  const auto* told = last_of<WaitGrewLong>(followed_);
  if (!reply && !told) return "no reply; " + seen();
  for (const Choice& choice : reply ? reply->choices : told->choices) {
    if (choice.id == wanted || choice.id == "article:" + wanted ||
        choice.id == "municipality:" + wanted) {
      return std::nullopt;
    }
  }
  return "not offered; " + seen();
}

Stage::Fault Stage::check_outcome(std::string_view wanted) const {
  if (wanted == "handoff") {
    return last_of<HandoffRequested>(followed_) ? std::nullopt : Fault{"no hand-off; " + seen()};
  }
  const auto* reply = last_of<BotReplied>(followed_);
  if (reply && code(reply->outcome) == wanted) return std::nullopt;
  return seen();
}

// Whether any stored word of the conversation is what the line says.
Stage::Fault Stage::check_log(const Line& line) {
  std::string stored;
  bool loaded = false;
  conversations_.transcript(conversation_, Seq{}, [&](const auto& events) {
    for (const auto& [seq, at, event] : *events) {
      if (const auto* said = std::get_if<CitizenSpoke>(&event)) stored += said->text + "\n";
    }
    stored += words(*events);
    loaded = true;
  });
  executor_.run_until([&] { return loaded; });
  const bool holds = contains(stored, line.about);
  if (holds == (line.what == "holds")) return std::nullopt;
  return Fault{"stored is:\n" + stored};
}

Stage::Fault Stage::agent(const Line& line) {
  if (line.what == "takes") return submit(AgentTakes{kAgent, "Kari"}, false);
  if (line.what == "says") return submit(AgentSays{kAgent, "Kari", next_id(), line.about}, false);
  if (line.what == "hands back") return submit(AgentHandsBack{kAgent, next_id()}, false);
  if (line.what == "disappears") return submit(AgentDisappears{kAgent}, false);
  if (line.what == "notes") return submit(AgentNotes{kAgent, "Kari", next_id(), line.about}, false);
  return submit(AgentCloses{kAgent, next_id()}, false);
}

Stage::Fault Stage::wait(const Line& line) {
  const auto now = state();
  if (now.owner != Owner::queue)
    return "nobody waits; the owner is " + std::string{code(now.owner)} + "; " + seen();
  if (line.what.empty()) {
    if (line.about.empty() || code(*now.handoff_reason) == line.about) return std::nullopt;
    return "the reason is " + std::string{code(*now.handoff_reason)};
  }
  const auto* handoff = last_of<HandoffRequested>(followed_);
  if (!handoff) return "nothing was handed over just now";
  if (line.what == "for") {
    const auto& whose = handoff->municipality ? handoff->municipality : now.controller;
    if (whose == MunicipalityId{line.about}) return std::nullopt;
    return "for " + (whose ? whose->value : "no municipality");
  }
  std::string topics;
  for (const auto& topic : handoff->topics) {
    if (topic.value == line.about) return std::nullopt;
    topics += " " + topic.value;
  }
  return "the topics handed over are:" + topics;
}

Stage::Fault Stage::pass_time(const std::string& about) {
  int count = 0;
  char unit[16] = "";
  if (std::sscanf(about.c_str(), "%d %15s", &count, unit) != 2) return "write «after 31 minutes»";
  const bool hours = std::string_view{unit}.starts_with("hour");
  clock_.advance(hours ? std::chrono::minutes{count * 60} : std::chrono::minutes{count});
  bool done = false;
  sweeps_.sweep([&] { done = true; });
  executor_.run_until([&] { return done; });
  return submit(WaitGrowsLong{clock_.now() - kWaitMax}, false);
}

Stage::Fault Stage::submit(Input input, bool by_citizen) {
  std::optional<service::SubmitOutcome> outcome;
  conversations_.submit(conversation_, by_citizen ? std::optional{opening_} : std::nullopt,
                        std::move(input), service::Acceptance::with_outcome,
                        [&](service::SubmitOutcome given) { outcome = std::move(given); });
  executor_.run_until([&] { return outcome.has_value(); });
  bool loaded = false;
  conversations_.transcript(conversation_, last_seq_, [&](const auto& events) {
    followed_ = *events;
    loaded = true;
  });
  executor_.run_until([&] { return loaded; });
  if (!followed_.empty()) last_seq_ = followed_.back().seq;
  const auto* refused = std::get_if<service::Refused>(&*outcome);
  if (!refused) return std::nullopt;
  return "refused: " + std::string{service::code(refused->code)};
}

ClientId Stage::next_id() {
  return ClientId{"m" + std::to_string(++ids_)};
}

Conversation Stage::state() {
  std::optional<Conversation> found;
  conversations_.state(conversation_, [&](const auto& state) { found = *state; });
  executor_.run_until([&] { return found.has_value(); });
  return *found;
}

std::string Stage::seen() const {
  const auto* reply = last_of<BotReplied>(followed_);
  std::string text = "seen: ";
  if (reply) {
    text += std::string{code(reply->outcome)} + " (" + reply->because.how + " " +
            reply->because.rule + ")";
    for (const auto& topic : reply->topics) text += " " + topic.value;
    for (const auto& choice : reply->choices) text += " [" + choice.label + "]";
  }
  return text + "\n" + words(followed_);
}

}  // namespace svar::plays
