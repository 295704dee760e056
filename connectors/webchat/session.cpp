#include "connectors/webchat/session.h"

#include <algorithm>
#include <utility>

namespace svar::webchat {

namespace {

constexpr int kBadFramesMax = 10;
constexpr std::size_t kWaitingMax = 64;
constexpr std::chrono::seconds kTypingPeriod{1};
constexpr std::size_t kPendingMax = 32;  // submitted and not yet answered
constexpr std::chrono::seconds kPendingRetry{1};

int as_ms(std::chrono::milliseconds time) { return static_cast<int>(time.count()); }

service::Refused overloaded(std::chrono::milliseconds retry_after) {
  return {service::RefusalCode::overloaded, {}, as_ms(retry_after)};
}

}  // namespace

Session::Session(Chat& chat, Outlet& outlet, Visitor visitor)
    : chat_(chat), outlet_(&outlet), visitor_(std::move(visitor)), frames_(chat.rates.frames()) {}

Session::~Session() { leave(); }

void Session::leave() {
  phase_ = Phase::over;
  outlet_ = nullptr;
  if (in_room_) chat_.rooms.leave(conversation_, *this);
  in_room_ = false;
}

bool Session::is_settled() const {
  return phase_ == Phase::over || (phase_ == Phase::open && pending_.empty());
}

bool Session::is_pending(const ClientId& id) const {
  return std::find(pending_.begin(), pending_.end(), id) != pending_.end();
}

void Session::received(std::string_view frame) {
  if (phase_ == Phase::over) return;
  if (const auto wait = frames_.wait(chat_.steady()); wait.count() > 0) {
    end_with("rate", 1008, as_ms(wait));
    return;
  }
  frames_.take();
  if (phase_ == Phase::joining) {
    if (waiting_.size() >= kWaitingMax) return void(end_with("overloaded", 1013));
    waiting_.emplace_back(frame);
    return;
  }
  auto decoded = decode_frame(frame);
  if (const auto* bad = std::get_if<BadFrame>(&decoded)) return refuse(*bad);
  auto& known = std::get<ClientFrame>(decoded);
  // Hello first, and only first.
  if (std::holds_alternative<HelloFrame>(known) != (phase_ == Phase::greeting)) {
    return refuse(BadFrame{"type", {}});
  }
  std::visit([this](auto& each) { take(each); }, known);
}

void Session::refuse(const BadFrame& bad) {
  ++chat_.counters.bad_frames;
  if (phase_ == Phase::greeting || ++bad_frames_ >= kBadFramesMax) {
    end_with("bad_frame", 1008, 0, bad.field);
  } else {
    error("bad_frame", bad.id, 0, bad.field);
  }
}

void Session::take(HelloFrame& hello) {
  const auto release = chat_.release();
  if (!release->knows_site(hello.site)) return refuse(BadFrame{"site", {}});
  language_ = hello.language.value_or(language_of_site(hello.site, *release));
  if (!Origins::may_hold(visitor_, hello.site, *release)) {
    ++chat_.counters.origin_refused;
    end_with("bad_origin", 1008);
    return;
  }
  hello_ = std::move(hello);
  if (!(hello_.resume ? resume(*hello_.resume) : begin())) return;
  if (!chat_.rooms.enter(conversation_, *this)) return void(end_with("overloaded", 1008));
  in_room_ = true;
  if (!hello_.resume) return joined(Joined{});
  phase_ = Phase::joining;
  join(chat_, conversation_, after_, [weak = weak_from_this()](JoinOutcome outcome) {
    if (const auto self = weak.lock()) self->joined(std::move(outcome));
  });
}

bool Session::begin() {
  if (const auto wait = chat_.rates.new_chat(visitor_.address, chat_.steady())) {
    ++chat_.counters.rate_refused;
    return end_with("rate", 1013, as_ms(*wait));
  }
  ++chat_.counters.conversations;
  conversation_ = chat_.numbers.next(chat_.now());
  new_ = true;
  return true;
}

// Sets conversation_ and after_; false when the session is over.
bool Session::resume(const Resume& resume) {
  if (const auto* by_code = std::get_if<ResumeByCode>(&resume)) {
    const auto redeemed = chat_.codes.redeem(by_code->code, visitor_.address, chat_.steady());
    if (const auto* tries = std::get_if<ResumeCodes::TooManyTries>(&redeemed)) {
      ++chat_.counters.rate_refused;
      return end_with("rate", 1008, as_ms(tries->wait));
    }
    if (std::holds_alternative<ResumeCodes::Wrong>(redeemed)) {
      ++chat_.counters.token_refused;
      return end_with("bad_code", 1008);
    }
    conversation_ = std::get<ConversationId>(redeemed);
    return true;
  }
  const auto& by_token = std::get<ResumeByToken>(resume);
  const auto opened = chat_.tokens.open(by_token.conversation, by_token.token);
  if (!opened) {
    ++chat_.counters.token_refused;
    return end_with("bad_token", 1008);
  }
  conversation_ = *opened;
  after_ = by_token.after;
  return true;
}

void Session::joined(JoinOutcome outcome) {
  if (phase_ == Phase::over) return;
  if (std::holds_alternative<Unreadable>(outcome)) {
    end_with("unavailable", 1013, 1000);
  } else if (std::holds_alternative<Gone>(outcome)) {
    ++chat_.counters.token_refused;
    end_with("bad_token", 1008);
  } else {
    welcome(std::get<Joined>(outcome));
  }
}

void Session::welcome(const Joined& joined) {
  const auto release = chat_.release();
  const bool stored = joined.state.lifecycle != Lifecycle::unstored;
  if (stored) {
    language_ = joined.state.language;
    hello_.site = joined.state.site;
    if (!Origins::may_hold(visitor_, hello_.site, *release)) {
      ++chat_.counters.origin_refused;
      end_with("bad_origin", 1008);
      return;
    }
  }
  if (hello_.resume) ++chat_.counters.resumed;
  if (stored) chat_.rooms.note_owner(conversation_, joined.state.owner);
  std::vector<Shown> missed;
  for (const Recorded& recorded : joined.events) {
    if (auto one = show(recorded, *release)) missed.push_back(std::move(*one));
  }
  Welcome welcome = welcome_for(joined.state, hello_.site, language_, *release, chat_.now());
  welcome.conversation = chat_.tokens.conversation(conversation_);
  welcome.token = chat_.tokens.token(conversation_);
  // Of the last event the client sees: it has caught up when that has come.
  welcome.seq = missed.empty() ? std::min(after_, joined.state.last_seq) : missed.back().seq;
  outlet_->send(encode(welcome));
  sent_ = std::min(after_, joined.state.last_seq);
  phase_ = Phase::open;
  held_.put_missed(std::move(missed));
  flush();
  if (phase_ != Phase::open) return;
  if (joined.state.owner == Owner::queue && chat_.setup.places != nullptr) {
    if (const auto waiting = chat_.setup.places->place(conversation_)) place(*waiting);
  }
  if (!hello_.incidents.empty()) shown_incidents_ = hello_.incidents;
  if (const auto whose = municipality_of(joined.state, hello_.site, *release)) settled_in(*whose);
  work_off_waiting();
}

void Session::work_off_waiting() {
  const auto frames = std::exchange(waiting_, {});
  for (const std::string& frame : frames) {
    if (phase_ != Phase::open) return;
    frames_.give_back();  // paid for when it came
    received(frame);
  }
  if (phase_ == Phase::open && pending_.empty()) outlet_->settled();
}

void Session::take(SayFrame& frame) {
  submit(frame.id, CitizenSays{frame.id, std::move(frame.text)}, Opens::yes);
}
void Session::take(ChooseFrame& frame) {
  submit(frame.id, CitizenChooses{frame.id, std::move(frame.choice)}, Opens::yes);
}
void Session::take(HumanFrame& frame) {
  submit(frame.id, CitizenAsksForPerson{frame.id}, Opens::yes);
}
void Session::take(RateFrame& frame) {
  submit(frame.id, CitizenRates{frame.id, frame.score, std::move(frame.text)}, Opens::no);
}
void Session::take(BotFrame& frame) {
  submit(frame.id, CitizenGoesBackToBot{frame.id}, Opens::no);
}
void Session::take(CloseFrame& frame) { submit(frame.id, CitizenCloses{frame.id}, Opens::no); }
void Session::take(DeleteFrame& frame) { submit(frame.id, CitizenDeletes{frame.id}, Opens::no); }

void Session::take(CodeFrame& frame) {
  if (!within_rate(frame.id)) return;
  const auto issued = chat_.codes.issue(conversation_, chat_.setup.clock);
  outlet_->send(encode_code(frame.id, issued.code, issued.expires));
}

// Not kept: an agent sees that the citizen is there by what the citizen writes.
void Session::take(SeenFrame&) {}

void Session::take(TypingFrame&) {
  const Time now = chat_.now();
  if (typed_at_ && now >= *typed_at_ && now - *typed_at_ < kTypingPeriod) return;
  typed_at_ = now;
  chat_.setup.typing.typing(conversation_, service::TypingFrom::citizen);
}

void Session::take(PingFrame&) { outlet_->send(std::string{pong_frame()}); }

bool Session::within_rate(const ClientId& id) {
  const auto wait = chat_.rates.message(visitor_.address, conversation_, chat_.steady());
  if (!wait) return true;
  ++chat_.counters.rate_refused;
  error("rate", id, as_ms(*wait));
  return false;
}

void Session::submit(const ClientId& id, Input input, Opens opens) {
  if (!within_rate(id)) return;
  std::optional<Opening> opening;
  if (opens == Opens::yes) {
    opening = Opening{hello_.site, language_, "webchat", hello_.page_url, hello_.page_title};
  }
  if (pending_.size() >= kPendingMax) return error("overloaded", id, as_ms(kPendingRetry));
  pending_.push_back(id);
  if (chat_.admission->enter()) return hand_over(id, opening, std::move(input));
  wait_in_line(id, std::move(opening), std::move(input));
}

// Admitted.
void Session::hand_over(const ClientId& id, const std::optional<Opening>& opening, Input input) {
  const bool deletes = std::holds_alternative<CitizenDeletes>(input);
  if (std::exchange(new_, false)) chat_.setup.conversations.expect_new(conversation_);
  chat_.setup.conversations.submit(
      conversation_, opening, std::move(input), service::Acceptance::with_outcome,
      [weak = weak_from_this(), admission = chat_.admission, id,
       deletes](const service::SubmitOutcome& outcome) {
        if (const auto self = weak.lock()) self->submitted(id, deletes, outcome);
        admission->leave();
      });
}

// In one line until nothing of this client waits: nobody is overtaken by what he writes himself.
void Session::wait_in_line(const ClientId& id, std::optional<Opening> opening, Input input) {
  using service::Admission;
  if (in_line_ == 0) {
    line_ = chat_.rooms.is_with_agent(conversation_) ? Admission::Line::of_person
                                                     : Admission::Line::of_site;
  }
  ++in_line_;
  chat_.admission->wait(
      hello_.site, line_,
      [weak = weak_from_this(), &admission = *chat_.admission, id, opening = std::move(opening),
       input = std::move(input)](const Admission::Outcome& outcome) {
        const auto self = weak.lock();
        if (self) --self->in_line_;
        if (const auto* shed = std::get_if<Admission::Shed>(&outcome)) {
          if (self) self->submitted(id, false, overloaded(shed->retry_after));
        } else if (self && self->phase_ == Phase::open) {
          self->hand_over(id, opening, input);
        } else {
          // Gone and not acknowledged: it is sent again with the next hello.
          admission.leave();
        }
      });
}

void Session::submitted(const ClientId& id, bool deletes, const service::SubmitOutcome& outcome) {
  if (phase_ == Phase::over) return;
  pending_.erase(std::find(pending_.begin(), pending_.end(), id));
  if (const auto* accepted = std::get_if<service::Accepted>(&outcome)) {
    ++chat_.counters.messages;
    outlet_->send(encode_ack(id, accepted->seq, accepted->text));
  } else {
    const auto& refused = std::get<service::Refused>(outcome);
    if (deletes && refused.code == service::RefusalCode::unknown) {
      // Nothing of it was ever stored: that is what the citizen asked for.
      outlet_->send(encode_ack(id, Seq{0}, {}));
      return end(1000, "deleted");
    }
    error(service::code(refused.code), id, refused.retry_after_ms);
  }
  flush();
  if (phase_ == Phase::open && pending_.empty() && waiting_.empty()) outlet_->settled();
}

void Session::happened(const std::vector<Shown>& shown) {
  bool bounded = true;
  for (const Shown& one : shown) {
    const bool own = !one.sent_as.empty() && is_pending(one.sent_as);
    if (!own) bounded = held_.add(one);
  }
  if (!bounded) {
    ++chat_.counters.slow_readers;
    end_with("overloaded", 1013);
    return;
  }
  if (pending_.empty()) flush();
}

// A long transcript goes out as fast as the client reads it: what has no room waits here, not in the socket's queue,
// where too much would count as a client that does not read.
void Session::flush() {
  if (phase_ != Phase::open) return;
  while (!held_.empty() && outlet_->has_room()) {
    const Shown one = held_.take();
    if (one.seq <= sent_) continue;
    sent_ = one.seq;
    outlet_->send(one.frame);
    if (one.ends) return end(1000, "deleted");
  }
  if (held_.empty() && place_) outlet_->send(encode_place(*std::exchange(place_, std::nullopt)));
}

void Session::drained() {
  if (pending_.empty()) flush();
}

void Session::agent_types() {
  if (phase_ == Phase::open) outlet_->send(std::string{typing_frame()});
}

// Not before the hand-off that it belongs to, which may wait behind its acknowledgement.
void Session::place(const service::QueuePlace& place) {
  place_ = place;
  if (pending_.empty()) flush();
}

void Session::settled_in(const MunicipalityId& municipality) {
  municipality_ = municipality;
  incidents(municipality, chat_.incidents.banner(municipality));
}

void Session::incidents(const MunicipalityId& municipality, const IncidentBanner& banner) {
  if (phase_ != Phase::open || municipality_ != municipality) return;
  if (std::exchange(shown_incidents_, banner.version) == banner.version) return;
  outlet_->send(banner.frame);
}

void Session::error(std::string_view code, const ClientId& id, int retry_after_ms,
                    const std::string& field) {
  outlet_->send(encode(
      ErrorFrame{id, code, error_text(*chat_.release(), code, language_), field, retry_after_ms}));
}

// Always false, for callers whose false means that the session is over.
bool Session::end_with(std::string_view error_code, std::uint16_t close_code, int retry_after_ms,
                       const std::string& field) {
  error(error_code, {}, retry_after_ms, field);
  std::string reason{error_code};
  if (retry_after_ms > 0) reason += " retry_after_ms=" + std::to_string(retry_after_ms);
  end(close_code, reason);
  return false;
}

void Session::end(std::uint16_t close_code, std::string_view reason) {
  Outlet* outlet = outlet_;
  leave();
  outlet->close(close_code, reason);
}

}  // namespace svar::webchat
