// The way round networks that block WebSockets: a POST carries frames in and their answers out, a GET waits for events.
// Nothing is kept between requests but the conversation itself.
#include <charconv>

#include "connectors/webchat/bearer.h"
#include "connectors/webchat/endpoints.h"
#include "connectors/webchat/session.h"

namespace svar::webchat {

namespace {

using std::chrono::steady_clock;

net::Response frames_response(int status, const std::vector<std::string>& frames, int close,
                              const Visitor& visitor) {
  net::Response response = net::json_response(status, encode_posted(frames, close));
  allow_origin(response, visitor);
  return response;
}

std::string error_frame(Chat& chat, std::string_view code, const std::string& field = {}) {
  return encode(ErrorFrame{{}, code, error_text(*chat.release(), code, Language::nn), field, 0});
}

// One POST: a session that lives until everything in it is answered.
class PostedVisit final : public Outlet,
                          public WaitingRequest,
                          public std::enable_shared_from_this<PostedVisit> {
 public:
  PostedVisit(Chat& chat, Visitor visitor, net::Respond respond)
      : chat_(chat), visitor_(std::move(visitor)), respond_(std::move(respond)) {}

  void run(const std::vector<std::string>& frames) {
    chat_.waiting.add(shared_from_this(), steady_clock::now() + chat_.setup.post_time);
    session_ = std::make_shared<Session>(chat_, *this, visitor_);
    for (const std::string& frame : frames) session_->received(frame);
    fed_ = true;
    if (session_->is_settled()) answer();
  }

  void send(std::string frame) override { frames_.push_back(std::move(frame)); }
  void close(std::uint16_t code, std::string_view) override {
    close_ = code;
    if (fed_) answer();
  }
  bool has_room() const override { return true; }  // one answer holds everything
  void settled() override {
    if (fed_ && session_->is_settled()) answer();
  }
  void give_up() override { answer(); }

 private:
  void answer() {
    if (!respond_) return;
    const auto self = shared_from_this();  // the list of waiting ones holds the other reference
    chat_.waiting.remove(*this);
    session_->leave();
    const bool refused = close_ == 1008 && frames_.size() == 1 &&
                         frames_.front().find("\"bad_origin\"") != std::string::npos;
    const auto respond = std::exchange(respond_, nullptr);
    respond(frames_response(refused ? 403 : 200, frames_, close_, visitor_));
  }

  Chat& chat_;
  Visitor visitor_;
  net::Respond respond_;
  std::shared_ptr<Session> session_;
  std::vector<std::string> frames_;
  int close_ = 0;
  bool fed_ = false;
};

// Where the client of a GET is.
struct Position {
  Seq after;
  // The version of the incident banner it shows; empty for one that asks for none.
  std::string incidents;
  SiteId site;  // counts while nothing of the conversation is stored
};

// One GET: answered with the first thing that happens.
class PollVisit final : public Member,
                        public WaitingRequest,
                        public std::enable_shared_from_this<PollVisit> {
 public:
  PollVisit(Chat& chat, Visitor visitor, ConversationId conversation, Position position,
            net::Respond respond)
      : chat_(chat),
        visitor_(std::move(visitor)),
        conversation_(conversation),
        after_(position.after),
        position_(std::move(position)),
        respond_(std::move(respond)) {}

  void run() {
    if (!chat_.rooms.enter(conversation_, *this)) {
      return answer(429, {error_frame(chat_, "overloaded")});
    }
    chat_.waiting.add(shared_from_this(), steady_clock::now() + chat_.setup.poll_time);
    join(chat_, conversation_, after_, [weak = weak_from_this()](const JoinOutcome& outcome) {
      if (const auto self = weak.lock()) self->joined(outcome);
    });
  }

  bool sent(const ClientId&) const override { return false; }
  void happened(const std::vector<Shown>& shown) override {
    for (const Shown& one : shown) {
      if (one.seq > after_) held_.push_back(one);
    }
    if (joined_) answer_held();
  }
  void agent_types() override { answer(200, {std::string{typing_frame()}}); }
  void place(const service::QueuePlace& place) override { answer(200, {encode_place(place)}); }
  // What is settled is told by an event, and looked at by the next GET.
  void settled_in(const MunicipalityId&) override {}
  void incidents(const MunicipalityId& municipality, const IncidentBanner& banner) override {
    if (joined_ && is_news(municipality, banner)) answer(200, {banner.frame});
  }
  void give_up() override { answer(200, {}); }

 private:
  bool is_news(const std::optional<MunicipalityId>& municipality,
               const IncidentBanner& banner) const {
    return !position_.incidents.empty() && municipality_ && municipality_ == municipality &&
           banner.version != position_.incidents;
  }

  void joined(const JoinOutcome& outcome) {
    if (!respond_) return;
    if (std::holds_alternative<Unreadable>(outcome)) {
      return answer(503, {error_frame(chat_, "unavailable")});
    }
    if (std::holds_alternative<Gone>(outcome)) {
      return answer(401, {error_frame(chat_, "bad_token")});
    }
    const auto release = chat_.release();
    std::vector<Shown> missed;
    for (const Recorded& recorded : std::get<Joined>(outcome).events) {
      if (auto one = show(recorded, *release)) missed.push_back(std::move(*one));
    }
    held_.insert(held_.begin(), missed.begin(), missed.end());
    joined_ = true;
    municipality_ = municipality_of(std::get<Joined>(outcome).state, position_.site, *release);
    answer_held();
  }

  void answer_held() {
    std::vector<std::string> frames;
    for (Shown& one : held_) {
      if (one.seq <= after_) continue;  // appended while the log was being read
      after_ = one.seq;
      frames.push_back(std::move(one.frame));
    }
    held_.clear();
    if (municipality_ && !position_.incidents.empty()) {
      const IncidentBanner banner = chat_.incidents.banner(*municipality_);
      if (is_news(municipality_, banner)) frames.push_back(banner.frame);
    }
    if (!frames.empty()) answer(200, frames);
  }

  void answer(int status, const std::vector<std::string>& frames) {
    if (!respond_) return;
    const auto self = shared_from_this();
    chat_.waiting.remove(*this);
    chat_.rooms.leave(conversation_, *this);
    const auto respond = std::exchange(respond_, nullptr);
    net::Response response = frames_response(status, frames, 0, visitor_);
    if (status == 429 || status == 503) response.headers.emplace_back("Retry-After", "2");
    respond(std::move(response));
  }

  Chat& chat_;
  Visitor visitor_;
  ConversationId conversation_;
  Seq after_;
  Position position_;
  std::optional<MunicipalityId> municipality_;
  net::Respond respond_;
  std::vector<Shown> held_;
  bool joined_ = false;
};

std::optional<Visitor> visitor_or_refuse(Chat& chat, const net::Request& request,
                                         const net::Respond& respond, Origins::Missing missing) {
  const auto release = chat.release();
  auto visitor = chat.origins.visitor(request, *release, missing);
  if (!visitor) {
    ++chat.counters.origin_refused;
    respond(origin_refused(*release));
  }
  return visitor;
}

void post(Chat& chat, const net::Request& request, const net::Respond& respond) {
  auto visitor = visitor_or_refuse(chat, request, respond, Origins::Missing::refused);
  if (!visitor) return;
  if (!request.header("content-type").starts_with("application/json")) {
    return respond(frames_response(415, {error_frame(chat, "bad_frame")}, 0, *visitor));
  }
  const auto posted = decode_posted(request.body);
  if (const auto* bad = std::get_if<BadFrame>(&posted)) {
    ++chat.counters.bad_frames;
    return respond(frames_response(400, {error_frame(chat, "bad_frame", bad->field)}, 0, *visitor));
  }
  std::make_shared<PostedVisit>(chat, std::move(*visitor), respond)
      ->run(std::get<std::vector<std::string>>(posted));
}

std::optional<Seq> after_of(const net::Request& request) {
  const auto text = request.parameter("after");
  Seq after;
  if (text.empty()) return after;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), after.value);
  if (error != std::errc{} || end != text.data() + text.size() || after.value < 0) {
    return std::nullopt;
  }
  return after;
}

// A browser reports no Origin when a page gets something from its own server; the token is what counts here.
void get(Chat& chat, const net::Request& request, const net::Respond& respond) {
  auto visitor = visitor_or_refuse(chat, request, respond, Origins::Missing::allowed);
  if (!visitor) return;
  const auto after = after_of(request);
  if (!after) {
    return respond(frames_response(400, {error_frame(chat, "bad_frame", "after")}, 0, *visitor));
  }
  const auto conversation =
      chat.tokens.open(request.parameter("conversation"), bearer_token(request));
  if (!conversation) {
    ++chat.counters.token_refused;
    return respond(frames_response(401, {error_frame(chat, "bad_token")}, 0, *visitor));
  }
  if (chat.stopping) return respond(frames_response(200, {}, 0, *visitor));
  Position position{*after, std::string{request.parameter("incidents")},
                    SiteId{std::string{request.parameter("site")}}};
  std::make_shared<PollVisit>(chat, std::move(*visitor), *conversation, std::move(position),
                              respond)
      ->run();
}

}  // namespace

void mount_messages(net::Router& router, Chat& chat) {
  const std::string path = "/chat/v1/messages";
  router.add("POST", path, [&chat](const net::Request& request, const net::Respond& respond) {
    post(chat, request, respond);
  });
  router.add("GET", path, [&chat](const net::Request& request, const net::Respond& respond) {
    get(chat, request, respond);
  });
  router.add("OPTIONS", path, [&chat](const net::Request& request, const net::Respond& respond) {
    respond(preflight(
        chat.origins.visitor(request, *chat.release(), Origins::Missing::refused), "GET, POST"));
  });
}

}  // namespace svar::webchat
