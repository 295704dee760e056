#include "tests/proofs/storm/storm.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "tests/bench/load/dialect.h"

namespace svar::proofs {
namespace {

using nlohmann::json;
using std::chrono::duration_cast;
using std::chrono::milliseconds;

constexpr std::chrono::seconds kPatience{120};
constexpr std::size_t kEnteringMax = 256;

// The widget's: connection.ts.
constexpr milliseconds kFirstDelay{500};
constexpr milliseconds kDelayMax{30'000};
// Of those who all come at once and were refused.
constexpr milliseconds kAgainAfter{50};

constexpr milliseconds kAskAfter{5};

constexpr std::string_view kSite = "osteroy";
// None of these leads to a person, however often it is repeated.
constexpr std::array kTexts = {"når vert bosset tømt",
                               "kva kostar barnehageplass",
                               "opningstider",
                               "når er biblioteket ope",
                               "skulerute",
                               "takk"};

}  // namespace

Storm::Storm(ServiceLife& service, std::size_t sockets, unsigned seed,
             std::chrono::seconds answers_within)
    : service_(service),
      target_(bench::ProductDialect{}.target(service.port())),
      answers_within_(answers_within),
      random_(seed) {
  for (std::uint32_t number = 0; number < sockets; ++number) {
    citizens_.push_back(std::make_unique<Citizen>(loop_, *this, target_, number));
  }
}

Storm::~Storm() = default;

template <class Done>
void Storm::must_run_until(Done done, const char* what) {
  if (!run_until(done, kPatience))
    throw std::runtime_error(std::string{what} + " is not done in time");
}

// False when it isn't done in time.
template <class Done>
bool Storm::run_until(Done done, std::chrono::seconds patience) {
  const auto deadline = Clock::now() + patience;
  auto asked_at =
      Clock::now();  // asking goes through all citizens: seldom, the service needs the core
  while (true) {
    const auto now = Clock::now();
    if (now - asked_at >= kAskAfter) {
      if (done()) return true;
      asked_at = now;
    }
    if (now > deadline) return false;
    while (!wakes_.empty() && wakes_.top().at <= now) {
      Citizen& citizen = *citizens_[wakes_.top().citizen];
      wakes_.pop();
      connect(citizen);
    }
    loop_.wait(kAskAfter);
  }
}

std::size_t Storm::count_settled() const {
  return static_cast<std::size_t>(std::count_if(
      citizens_.begin(), citizens_.end(), [&](const auto& each) { return has_settled(*each); }));
}

bool Storm::has_settled(const Citizen& citizen) const {
  const auto& sent = citizen.story.sent;
  return citizen.phase == Phase::back && !sent.empty() && sent.back().ack != 0 &&
         sent.back().answered;
}

void Storm::begin() {
  doing_ = Doing::beginning;
  connect_everybody_in_turn();
  must_run_until([this] { return count_settled() == citizens_.size(); }, "the beginning");
}

// Those who are in let the next one in: a beginning is no storm.
void Storm::connect_everybody_in_turn() {
  next_ = 0;
  entering_ = 0;
  while (next_ < citizens_.size() && entering_ < kEnteringMax) {
    ++entering_;
    connect(*citizens_[next_++]);
  }
}

Figures Storm::break_out(Drop drop_how, Return how) {
  doing_ = Doing::storming;
  how_ = how;
  figures_ = {};
  for (auto& citizen : citizens_) write_next(*citizen);
  must_run_until([this] { return count_settled() >= citizens_.size() / 3; },
                 "a third of the answers");
  drop(drop_how);
  must_run_until([this] { return figures_.back.size() == citizens_.size(); }, "the return");
  run_until([this] { return count_settled() == citizens_.size(); }, answers_within_);
  figures_.unanswered = citizens_.size() - count_settled();
  figures_.settled = duration_cast<milliseconds>(Clock::now() - dropped_at_);
  figures_.alive = service_.is_alive();
  std::sort(figures_.back.begin(), figures_.back.end());
  return figures_;
}

void Storm::drop(Drop how) {
  dropped_at_ = Clock::now();
  if (how == Drop::kill_server) service_.kill();
  for (auto& citizen : citizens_) {
    citizen->client.cut();
    citizen->phase = Phase::away;
    citizen->attempts = 0;
    if (!has_settled(*citizen)) {
      const SentMessage& last = citizen->story.sent.back();
      if (last.ack == 0) ++figures_.sent_again;
    }
  }
  if (how == Drop::kill_server) service_.start();
  if (how_ == Return::jittered) {
    for (auto& citizen : citizens_) come_back_later(*citizen, {});
  } else {
    if (how == Drop::kill_server) service_.wait_until_ready();
    for (auto& citizen : citizens_) connect(*citizen);
  }
}

void Storm::come_back_later(Citizen& citizen, milliseconds at_least) {
  milliseconds delay = kAgainAfter;
  if (how_ == Return::jittered) {
    const auto ceiling = std::min(kDelayMax, kFirstDelay * (1 << std::min(citizen.attempts, 10)));
    delay = milliseconds{std::uniform_int_distribution<std::int64_t>{0, ceiling.count()}(random_)};
  }
  ++citizen.attempts;
  wakes_.push({Clock::now() + at_least + delay, citizen.client.number()});
}

void Storm::connect(Citizen& citizen) {
  citizen.phase = Phase::opening;
  citizen.client.connect();
}

void Storm::opened(bench::Client& client) {
  Citizen& citizen = *citizens_[client.number()];
  citizen.phase = Phase::greeting;
  const Story& story = citizen.story;
  if (story.conversation.empty()) {
    client.send(bench::ProductDialect{}.hello(kSite));
  } else {
    const std::int64_t after = doing_ == Doing::verifying ? 0 : story.last;
    client.send(bench::ProductDialect::hello_again(kSite, story.conversation, story.token,
                                                   std::to_string(after)));
  }
}

void Storm::said(bench::Client& client, std::string_view text) {
  Citizen& citizen = *citizens_[client.number()];
  json frame = json::parse(text);
  const std::string type = frame.at("type");
  if (type == "welcome") {
    welcomed(citizen, frame);
  } else if (type == "event") {
    happened(citizen, std::move(frame));
  } else if (type == "ack") {
    acknowledge(citizen.story, frame, faults_);
  } else if (type == "error") {
    client.cut();
    if (frame.value("code", "") == "bad_token" && !citizen.story.conversation.empty())
      return forgotten(citizen);
    ++figures_.refused;
    const milliseconds wait{frame.value("retry_after_ms", 0)};
    come_back_later(citizen, wait);
  }
}

void Storm::ended(bench::Client& client, std::string_view) {
  Citizen& citizen = *citizens_[client.number()];
  ++figures_.refused;
  citizen.phase = Phase::away;
  come_back_later(citizen, {});
}

void Storm::welcomed(Citizen& citizen, const json& welcome) {
  citizen.story.conversation = welcome.at("conversation");
  citizen.story.token = welcome.at("token");
  citizen.welcome_seq = welcome.at("seq");
  citizen.phase = Phase::catching_up;
  citizen.transcript.clear();
  const std::int64_t has = doing_ == Doing::verifying ? 0 : citizen.story.last;
  if (has >= citizen.welcome_seq) caught_up(citizen);
}

void Storm::happened(Citizen& citizen, json event) {
  const std::int64_t seq = event.at("seq");
  if (doing_ == Doing::verifying) {
    citizen.transcript.push_back(std::move(event));
  } else {
    tell(citizen.story, event, faults_);
  }
  if (citizen.phase == Phase::catching_up && seq >= citizen.welcome_seq) caught_up(citizen);
}

void Storm::caught_up(Citizen& citizen) {
  citizen.phase = Phase::back;
  if (doing_ == Doing::storming) {
    figures_.back.push_back(duration_cast<milliseconds>(Clock::now() - dropped_at_));
    return send_waiting(citizen);
  }
  if (doing_ == Doing::beginning) write_next(citizen);
  if (next_ < citizens_.size()) connect(*citizens_[next_++]);
}

// The service knows the conversation no longer: nobody comes back to it, and all that was told is
// lost.
void Storm::forgotten(Citizen& citizen) {
  citizen.phase = Phase::back;
  citizen.transcript.clear();
  if (doing_ == Doing::storming) {
    figures_.back.push_back(duration_cast<milliseconds>(Clock::now() - dropped_at_));
  } else if (next_ < citizens_.size()) {
    connect(*citizens_[next_++]);
  }
}

void Storm::write_next(Citizen& citizen) {
  auto& sent = citizen.story.sent;
  const std::string number = std::to_string(sent.size() + 1);
  const std::string words = kTexts[random_() % kTexts.size()];
  sent.push_back({"m" + number, words + " " + number});
  send_waiting(citizen);
}

void Storm::send_waiting(Citizen& citizen) {
  for (const SentMessage& sent : citizen.story.sent) {
    if (sent.ack != 0) continue;
    std::string frame;
    bench::ProductDialect{}.message(frame, sent.id, sent.text);
    citizen.client.send(frame);
  }
}

void Storm::verify(std::vector<std::string>& unseen) {
  doing_ = Doing::verifying;
  for (auto& citizen : citizens_) {
    citizen->client.cut();
    citizen->phase = Phase::away;
  }
  connect_everybody_in_turn();
  const auto is_back = [](const auto& each) { return each->phase == Phase::back; };
  must_run_until([&] { return std::all_of(citizens_.begin(), citizens_.end(), is_back); },
                 "the reading");
  for (const auto& citizen : citizens_) check(citizen->story, citizen->transcript, faults_);
  unseen = faults_not_seen(citizens_[0]->story, citizens_[0]->transcript);
}

}  // namespace svar::proofs
