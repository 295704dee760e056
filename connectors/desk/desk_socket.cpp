#include "connectors/desk/desk_socket.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "connectors/desk/conversation_calls.h"
#include "connectors/desk/error_texts.h"
#include "connectors/desk/flat_object.h"

namespace svar::desk {
namespace {

constexpr std::size_t kOverviewBytesMax = 200 * 1024;  // the socket holds 256 KB
constexpr std::size_t kWatchesMax = 50;
constexpr int kFramesBetweenSweepsMax = 200;
constexpr std::chrono::seconds kTypingAtMostEvery{1};
constexpr std::uint16_t kPolicyViolation = 1008;

std::optional<ConversationId> conversation_in(const FlatObject& frame) {
  const auto text = frame.text("conversation", 20);
  if (!text) return std::nullopt;
  ConversationId id;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), id.value);
  if (error != std::errc{} || end != text->data() + text->size()) return std::nullopt;
  return id;
}

std::string text_of(ConversationId id) {
  return std::to_string(id.value);
}

}  // namespace

DeskSocket::DeskSocket(DeskSockets& sockets, service::SessionKey session, Language language)
    : sockets_(sockets),
      session_(std::move(session)),
      language_(language),
      delivery_(sockets.delivery_, [this](const Json& frame) { send(frame); }),
      self_(std::make_shared<DeskSocket*>(this)) {}

DeskSocket::~DeskSocket() {
  closed();
}

void DeskSocket::opened(std::shared_ptr<net::Socket> socket) {
  socket_ = std::move(socket);
  sockets_.open_.push_back(this);
  const auto* account = agent();
  if (!account) return;
  present_ = account->name;
  sockets_.presence_.screen_opened(*present_);
  send_overview();
  send_team();
  if (account = agent(); account && !sockets_.delivery_.stopped(*account).empty()) send_channels();
  if (sockets_.assignments_ && sockets_.assignments_->offered_to(*present_)) send_assignment();
}

void DeskSocket::closed() {
  end_presence();
  socket_.reset();
  std::erase(sockets_.open_, this);
}

void DeskSocket::end_presence() {
  if (present_) sockets_.presence_.screen_closed(*std::exchange(present_, std::nullopt));
}

// ---- Who this is

AgentId DeskSocket::agent_name() const {
  const auto* account = sockets_.people_.signed_in(session_);
  return account ? account->name : AgentId{};
}

const service::Account* DeskSocket::agent() {
  if (!is_open()) return nullptr;
  const auto* account = sockets_.people_.signed_in(session_);
  if (account && account->has(service::Role::agent) && !account->must_enrol()) return account;
  sign_out();
  return nullptr;
}

void DeskSocket::sign_out() {
  const auto socket = std::move(socket_);
  socket_.reset();  // nothing more is sent
  end_presence();
  socket->send(write({{"type", "signed_out"}}));
  socket->close(kPolicyViolation, "signed out");
}

void DeskSocket::sweep() {
  frames_since_sweep_ = 0;
  if (!agent()) return;
  sockets_.people_.touch(session_);  // an open screen is use
  drained();
}

void DeskSocket::drained() {
  send_changed();
  std::vector<ConversationId> behind;  // catching up may find that a watch has ended
  for (const auto& [conversation, watch] : watches_) {
    if (watch.behind && !watch.loading) behind.push_back(conversation);
  }
  for (const ConversationId conversation : behind) {
    const auto found = watches_.find(conversation);
    if (found != watches_.end()) catch_up(conversation, found->second);
  }
  const auto* account = agent();
  if (account && socket_->has_room()) delivery_.ask(*account);
}

// ---- To the screen

void DeskSocket::send(const Json& frame) {
  if (is_open()) socket_->send(write(frame));
}

void DeskSocket::send_overview() {
  const auto* account = agent();
  if (!account) return;
  const auto release = sockets_.release_();
  Json frame = {{"type", "overview"},
                {"waiting", Json::array()},
                {"mine", Json::array()},
                {"others", Json::array()},
                {"now", iso(sockets_.clock_.now())}};
  auto cards = sockets_.view_.cards(*account);
  // An agent's own come first: if there are too many for one frame, the end of the queue is left
  // out.
  std::stable_partition(cards.begin(), cards.end(),
                        [&](const auto& card) { return card.agent == account->name; });
  std::size_t bytes = 0;
  for (const auto& card : cards) {
    Json encoded = encode(card, *release, sockets_.delivery_.reply_until(card));
    bytes += write(encoded).size();
    if (bytes > kOverviewBytesMax) break;
    const bool mine = card.agent == account->name;
    frame[card.owner == Owner::queue ? "waiting"
          : mine                     ? "mine"
                                     : "others"]
        .push_back(std::move(encoded));
    shown_.insert(card.id);
  }
  send(frame);
}

void DeskSocket::send_team() {
  const auto* account = agent();
  if (!account || !socket_->has_room()) return;
  Json frame = {{"type", "team"}};
  frame.update(encode_team(sockets_.team_, *account));
  send(frame);
}

void DeskSocket::send_assignment() {
  const auto* account = agent();
  if (!account || !sockets_.assignments_) return;
  const auto offered = sockets_.assignments_->offered_to(account->name);
  Json frame = {{"type", "offered"}, {"conversation", nullptr}, {"until", nullptr}};
  if (offered) {
    frame["conversation"] = text_of(offered->conversation);
    frame["until"] = iso(offered->until);
  }
  send(frame);
}

// What it says is asked for by HTTP, where rights are asked anew.
void DeskSocket::incident_changed(const service::Incident& incident) {
  const auto* account = agent();
  const auto& municipality = incident.draft.municipality;
  if (!account || !service::Incidents::may_write(account->rights, municipality)) return;
  send({{"type", "incidents"}});
}

void DeskSocket::delivery_changed(std::optional<ConversationId> conversation) {
  delivery_.changed(conversation);
}

void DeskSocket::send_channels() {
  const auto* account = agent();
  if (!account) return;
  const auto stopped = sockets_.delivery_.stopped(*account);
  send({{"type", "channels"}, {"stopped", encode(stopped, *sockets_.release_())}});
}

// A busy desk changes faster than a screen reads: then only the latest of each conversation is
// told.
void DeskSocket::card_changed(const service::Card& card) {
  const auto* account = agent();
  if (!account) return;
  if (!changed_.empty() || !socket_->has_room()) {
    changed_.insert(card.id);
  } else {
    send_card(*account, card);
  }
}

void DeskSocket::left_desk(ConversationId conversation) {
  if (changed_.empty() && is_open() && socket_->has_room()) return send_gone(conversation);
  changed_.insert(conversation);
}

void DeskSocket::send_card(const service::Account& account, const service::Card& card) {
  if (!service::DeskView::may_see(account, card)) return send_gone(card.id);
  shown_.insert(card.id);
  const auto reply_until = sockets_.delivery_.reply_until(card);
  send({{"type", "card"}, {"card", encode(card, *sockets_.release_(), reply_until)}});
}

void DeskSocket::send_gone(ConversationId conversation) {
  if (shown_.erase(conversation) == 0) return;
  send({{"type", "gone"}, {"id", text_of(conversation)}});
}

void DeskSocket::send_changed() {
  while (!changed_.empty()) {
    const auto* account = agent();
    if (!account || !socket_->has_room()) return;
    const ConversationId conversation = *changed_.begin();
    changed_.erase(changed_.begin());
    const auto card = sockets_.view_.card(*account, conversation);
    const bool at_desk = card && (card->owner == Owner::queue || card->owner == Owner::agent);
    if (at_desk) {
      send_card(*account, *card);
    } else {
      send_gone(conversation);
    }
  }
}

void DeskSocket::appended(ConversationId conversation, const std::vector<Recorded>& events) {
  const auto found = watches_.find(conversation);
  if (found == watches_.end()) return;
  const auto* account = agent();
  if (!account) return;
  Watch& watch = found->second;
  const bool next = watch.sent.value + 1 == events.front().seq.value;
  if (next && !watch.loading && sockets_.view_.card(*account, conversation)) {
    return send_events(conversation, watch, events);
  }
  catch_up(conversation, watch);
}

void DeskSocket::citizen_types(ConversationId conversation) {
  if (watches_.count(conversation) == 0) return;
  const auto* account = agent();
  if (!account || !sockets_.view_.card(*account, conversation)) return;
  send({{"type", "typing"}, {"conversation", text_of(conversation)}});
}

// ---- What is open on the screen

void DeskSocket::watch(ConversationId conversation, Seq after) {
  if (watches_.size() >= kWatchesMax && watches_.count(conversation) == 0) return refuse_frame();
  Watch& watch = watches_[conversation];
  watch.sent = after;
  delivery_.unwatch(conversation);  // the screen may have begun anew
  catch_up(conversation, watch);
}

void DeskSocket::catch_up(ConversationId conversation, Watch& watch) {
  const auto* account = agent();
  if (!account) return;
  watch.behind = watch.loading;
  if (watch.loading) return;
  watch.loading = true;
  if (!sockets_.audit_.has_opened(session_, conversation))
    return open_first(conversation, *account);
  sockets_.view_.events_after(*account, conversation, watch.sent,
                              [self = std::weak_ptr(self_), conversation](const auto& outcome) {
                                if (const auto socket = self.lock()) {
                                  (*socket)->caught_up(conversation, outcome);
                                }
                              });
}

void DeskSocket::open_first(ConversationId conversation, const service::Account& account) {
  using Opened = service::DeskView::Opened;
  sockets_.view_.open(account, conversation, language_,
                      [self = std::weak_ptr(self_), conversation](auto outcome) {
                        const auto socket = self.lock();
                        if (!socket) return;
                        if (auto* refused = std::get_if<service::Refused>(&outcome))
                          return (*socket)->caught_up(conversation, *refused);
                        (*socket)->opened_first(conversation, std::get<Opened>(outcome));
                      });
}

void DeskSocket::opened_first(ConversationId conversation,
                              const service::DeskView::Opened& opened) {
  const auto* account = agent();
  if (!account) return;
  sockets_.audit_.opened(account->name, session_, conversation, *opened.card.controller,
                         why_opened(opened.card, account->name),
                         [self = std::weak_ptr(self_), conversation](const auto& error) {
                           const auto socket = self.lock();
                           if (!socket) return;
                           auto& watches = (*socket)->watches_;
                           const auto found = watches.find(conversation);
                           if (found == watches.end()) return;
                           found->second.loading = false;
                           found->second.behind = true;  // when it failed the sweep tries again
                           if (!error) (*socket)->catch_up(conversation, found->second);
                         });
}

void DeskSocket::caught_up(ConversationId conversation,
                           const std::variant<std::vector<Recorded>, service::Refused>& outcome) {
  const auto found = watches_.find(conversation);
  if (found == watches_.end() || !agent()) return;
  Watch& watch = found->second;
  watch.loading = false;
  if (const auto* refused = std::get_if<service::Refused>(&outcome)) {
    if (refused->code != service::RefusalCode::unknown) {
      watch.behind = true;  // the store failed: the sweep tries again
      return;
    }
    watches_.erase(found);
    delivery_.unwatch(conversation);
    shown_.erase(conversation);
    return send({{"type", "gone"}, {"id", text_of(conversation)}});
  }
  const bool again = watch.behind;
  watch.behind = false;
  send_events(conversation, watch, std::get<0>(outcome));
  delivery_.watch(conversation);
  if (again && !watch.behind) catch_up(conversation, watch);
}

void DeskSocket::send_events(ConversationId conversation, Watch& watch,
                             const std::vector<Recorded>& events) {
  const auto release = sockets_.release_();
  for (const Recorded& recorded : events) {
    if (recorded.seq <= watch.sent) continue;
    if (!is_open()) return;
    if (!socket_->has_room()) {
      watch.behind = true;  // goes on when this much was written
      return;
    }
    send({{"type", "event"},
          {"conversation", text_of(conversation)},
          {"event", encode(recorded, *release)}});
    watch.sent = recorded.seq;
  }
}

// ---- From the screen

void DeskSocket::received(std::string_view text) {
  if (!agent()) return;
  if (++frames_since_sweep_ > kFramesBetweenSweepsMax) {
    return socket_->close(kPolicyViolation, "too many frames");
  }
  const auto frame = FlatObject::parse(text, {"type", "conversation", "after"});
  const auto type = frame ? frame->text("type", 20) : std::nullopt;
  if (!type) return refuse_frame();
  if (*type == "ping") return send({{"type", "pong"}});
  handle(*type, *frame);
}

void DeskSocket::handle(const std::string& type, const FlatObject& frame) {
  const auto conversation = conversation_in(frame);
  if (!conversation) return refuse_frame();
  if (type == "watch") {
    const auto after = frame.number("after");
    if (!after) return refuse_frame();
    watch(*conversation, Seq{*after});
  } else if (type == "unwatch") {
    watches_.erase(*conversation);
    delivery_.unwatch(*conversation);
  } else if (type == "typing") {
    types(*conversation);
  } else {
    refuse_frame();
  }
}

void DeskSocket::types(ConversationId conversation) {
  const auto* account = agent();
  if (!account || watches_.count(conversation) == 0) return;
  const auto now = sockets_.clock_.steady();
  const auto last = typed_.find(conversation);
  if (last != typed_.end() && now - last->second < kTypingAtMostEvery) return;
  if (typed_.size() > kWatchesMax) typed_.clear();
  typed_[conversation] = now;
  sockets_.view_.agent_types(*account, conversation);
}

void DeskSocket::refuse_frame() {
  send({{"type", "error"}, {"code", "bad_frame"}, {"text", error_text("bad_request", language_)}});
}

}  // namespace svar::desk
