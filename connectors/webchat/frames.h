// The wire of the web chat, version 1 (protocol.md): what clients send, decoded; what they are
// sent, encoded. Decoding is strict: what is not in the contract is refused and names the field, so
// that nobody relies on it by chance.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "bot/domain/ids.h"
#include "bot/domain/language.h"
#include "bot/domain/time.h"
#include "bot/service/turn/queue_places.h"

namespace svar::webchat {

struct ResumeByToken {
  std::string conversation;
  std::string token;
  Seq after;
};
struct ResumeByCode {
  std::string code;
};
using Resume = std::variant<ResumeByToken, ResumeByCode>;

struct HelloFrame {
  SiteId site;
  std::optional<Language> language;
  std::string page_url;    // http or https, without query and fragment; otherwise empty
  std::string page_title;  // one line, at most 200 bytes
  std::optional<Resume> resume;
  std::string incidents;  // the version of the banner that the client shows; empty: none
};
struct SayFrame {
  ClientId id;
  std::string text;
};
struct ChooseFrame {
  ClientId id;
  std::string choice;
};
struct RateFrame {
  ClientId id;
  int score = 0;
  std::string text;
};
struct HumanFrame {
  ClientId id;
};
struct BotFrame {
  ClientId id;
};
struct CloseFrame {
  ClientId id;
};
struct DeleteFrame {
  ClientId id;
};
struct CodeFrame {
  ClientId id;
};
struct SeenFrame {
  Seq seq;
};
struct TypingFrame {};
struct PingFrame {};
using ClientFrame =
    std::variant<HelloFrame, SayFrame, ChooseFrame, RateFrame, HumanFrame, BotFrame, CloseFrame,
                 DeleteFrame, CodeFrame, SeenFrame, TypingFrame, PingFrame>;

struct BadFrame {
  std::string
      field;    // what was missing, unknown or of the wrong kind; empty when it is no JSON object
  ClientId id;  // when the frame had a good one
};

// Never throws, whatever the bytes: at most 16 levels deep, valid UTF-8 or BadFrame.
std::variant<ClientFrame, BadFrame> decode_frame(std::string_view text);

// The body of POST /chat/v1/messages, cut into its frames (at most 40).
std::variant<std::vector<std::string>, BadFrame> decode_posted(std::string_view body);

struct Welcome {
  std::string conversation;
  std::string token;
  Seq seq;
  Language language = Language::nn;
  std::string_view owner;  // "bot", "queue", "agent"
  std::string site, site_name, site_colour;
  std::string notice_version, notice_text, notice_controller;
  int notice_days = 0;
  bool agents_open = false;
  std::optional<Time> opens;  // when closed, and known
};
std::string encode(const Welcome& welcome);

struct ErrorFrame {
  ClientId id;  // of the frame that is answered; may be empty
  std::string_view code;
  std::string text;
  std::string field;       // with bad_frame
  int retry_after_ms = 0;  // 0: none
};
std::string encode(const ErrorFrame& error);

std::string encode_ack(const ClientId& id, Seq seq, const std::string& text);
std::string encode_code(const ClientId& id, const std::string& code, Time expires);
std::string encode_place(const service::QueuePlace& place);
std::string_view typing_frame();  // of an agent
std::string_view pong_frame();

// {"frames":[…]} of encoded frames; `close` is the code a socket would be closed with, 0 for none.
std::string encode_posted(const std::vector<std::string>& frames, int close);

std::string iso_time(Time time);  // "2026-11-23T10:15:02.123Z"

}  // namespace svar::webchat
