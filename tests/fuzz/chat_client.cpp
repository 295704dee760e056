#include "tests/fuzz/chat_client.h"

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "tests/fuzz/hold.h"

namespace svar::fuzz {
namespace {

using nlohmann::json;

constexpr std::size_t kFrameBytesMax = 64 * 1024;  // protocol.md

json parsed(const std::string& frame) {
  hold(frame.size() <= kFrameBytesMax, "a frame has at most 64 KB", frame);
  hold(is_utf8(frame), "a frame is UTF-8", frame);
  json value = json::parse(frame, nullptr, false);
  hold(value.is_object() && value.contains("type"), "a frame is an object with a type", frame);
  return value;
}

// The id of a frame that is answered by one acknowledgement, error or code.
std::string id_of(const std::variant<webchat::ClientFrame, webchat::BadFrame>& decoded) {
  if (const auto* bad = std::get_if<webchat::BadFrame>(&decoded)) return bad->id.value;
  return std::visit(
      [](const auto& frame) {
        if constexpr (requires { frame.id; }) return frame.id.value;
        return std::string{};
      },
      std::get<webchat::ClientFrame>(decoded));
}

}  // namespace

ChatClient::ChatClient(webchat::Chat& chat, std::string origin)
    : session_(std::make_shared<webchat::Session>(
          chat, *this, webchat::Visitor{"192.0.2.1", std::move(origin), false})) {}

ChatClient::~ChatClient() {
  session_->leave();
}

void ChatClient::receive(std::string_view frame) {
  if (closed_) return;
  const auto decoded = webchat::decode_frame(frame);
  if (const std::string id = id_of(decoded); !id.empty()) ++asked_[id];
  if (const auto* known = std::get_if<webchat::ClientFrame>(&decoded); known && !welcomed_) {
    const auto* hello = std::get_if<webchat::HelloFrame>(known);
    const auto* by =
        hello && hello->resume ? std::get_if<webchat::ResumeByToken>(&*hello->resume) : nullptr;
    if (by) wished_after_ = by->after;
  }
  const auto alive = session_;
  alive->received(frame);
}

void ChatClient::give_room(bool room) {
  room_ = room;
  const auto alive = session_;
  if (room && !closed_) alive->drained();
}

void ChatClient::send(std::string frame) {
  hold(!closed_, "nothing is sent after the end", frame);
  const json value = parsed(frame);
  const std::string type = value["type"].get<std::string>();
  hold(welcomed_ || type == "welcome" || type == "error", "a welcome comes first", frame);
  if (type == "welcome") {
    welcomed(frame);
  } else if (type == "event") {
    const Seq seq{value.at("seq").get<std::int64_t>()};
    hold(seq > last_ && seq > after_, "numbers of events rise", frame);
    last_ = seq;
    seen_.insert(seq);
  } else if (type == "ack") {
    const std::string id = value.at("id").get<std::string>();
    answered(id);
    const Seq seq{value.at("seq").get<std::int64_t>()};
    seen_.insert(seq);
    acknowledged_.push_back({number(), {id}, seq});
  } else if (type == "error") {
    hold(!value.at("code").get<std::string>().empty(), "an error has a code", frame);
    if (value.contains("id")) answered(value["id"].get<std::string>());
  } else if (type == "code") {
    answered(value.at("id").get<std::string>());
    code = value.at("code").get<std::string>();
  } else {
    hold(type == "typing" || type == "place" || type == "pong", "a frame of the protocol", frame);
  }
}

void ChatClient::close(std::uint16_t code, std::string_view reason) {
  hold(!closed_, "a session ends once", reason);
  hold(code == 1000 || code == 1008 || code == 1013, "a close code of the protocol", reason);
  hold(reason.size() <= 123, "a reason fits into a close frame", reason);
  closed_ = true;
}

void ChatClient::welcomed(const std::string& frame) {
  hold(!welcomed_, "one welcome", frame);
  welcomed_ = true;
  const json value = json::parse(frame);
  conversation = value.at("conversation").get<std::string>();
  token = value.at("token").get<std::string>();
  after_ = std::min(wished_after_, Seq{value.at("seq").get<std::int64_t>()});
}

void ChatClient::answered(const std::string& id) {
  hold(++answered_[id] <= asked_[id], "an answer is to something that was asked, once", id);
}

ConversationId ChatClient::number() const {
  return ConversationId{std::atoll(conversation.c_str())};
}

void ChatClient::check_complete(const std::vector<Recorded>& log,
                                const engine::Release& release) const {
  if (!is_open()) return;
  hold(asked_.size() == answered_.size(), "everything asked is answered", conversation);
  for (const auto& [id, count] : asked_)
    hold(answered_.at(id) == count, "everything asked is answered", id);
  for (const Recorded& recorded : log) {
    if (recorded.seq <= after_ || !webchat::show(recorded, release)) continue;
    hold(seen_.contains(recorded.seq), "every event of the log is told",
         std::to_string(recorded.seq.value));
  }
}

}  // namespace svar::fuzz
