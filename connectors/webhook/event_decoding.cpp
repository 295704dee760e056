#include "connectors/webhook/event_decoding.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace svar::webhook {
namespace {

using nlohmann::json;
using service::Decoded;
using service::Incoming;
using service::Rank;
using service::UnknownIncoming;

constexpr int kDepthMax = 16;
constexpr std::size_t kIdBytesMax = 200;
constexpr std::size_t kNameBytesMax = 40;
constexpr std::size_t kNamesMax = 32;
constexpr std::int64_t kMillisMax = 253'402'300'799'999;  // the year 9999
constexpr std::array kKinds{"image",   "audio",    "video",   "file",
                            "sticker", "location", "contact", "other"};

json parse_bounded(std::string_view bytes) {
  bool deep = false;
  const auto keep = [&deep](int depth, json::parse_event_t, json&) {
    deep = deep || depth > kDepthMax;
    return !deep;
  };
  json read = json::parse(bytes.begin(), bytes.end(), keep, false);
  return deep ? json(json::value_t::discarded) : read;
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\n\v\f\r") == std::string_view::npos;
}

// One event, being read. The first thing wrong with it is kept, and nothing is read after that.
struct Event {
  const json& whole;
  Time signed_at;
  std::string wrong = {};

  std::string refuse(std::string_view field, std::string_view what) {
    if (wrong.empty()) wrong = std::string{field} + " " + std::string{what};
    return {};
  }

  std::string text(std::string_view field) {
    const auto found = whole.find(field);
    if (found == whole.end()) return refuse(field, "is missing");
    if (!found->is_string()) return refuse(field, "is no string");
    auto value = found->get<std::string>();
    return is_blank(value) ? refuse(field, "is empty") : value;
  }

  std::string id(std::string_view field) {
    std::string value = text(field);
    if (value.size() > kIdBytesMax) return refuse(field, "is longer than 200 bytes");
    return value;
  }

  std::string text_or_nothing(std::string_view field) {
    return whole.contains(field) ? text(field) : std::string{};
  }

  std::string one_of(std::string_view field, const auto& allowed) {
    std::string value = text(field);
    if (!wrong.empty() || std::find(allowed.begin(), allowed.end(), value) != allowed.end())
      return value;
    std::string list;
    for (const char* one : allowed) list += (list.empty() ? "" : ", ") + std::string{one};
    return refuse(field, "is none of " + list);
  }

  Time at() {
    const auto found = whole.find("at");
    if (found == whole.end()) return signed_at;
    const bool fits = found->is_number_integer() && *found >= 0 && *found <= kMillisMax;
    if (fits) return Time{std::chrono::milliseconds{found->get<std::int64_t>()}};
    refuse("at", "is no whole number of milliseconds since 1970");
    return signed_at;
  }

  Incoming incoming(std::string_view prefix, decltype(Incoming::what) what) {
    return {id("contact"), std::string{prefix} + id("id"), at(), std::move(what)};
  }
};

Incoming receipt(Event& event) {
  static constexpr std::array kStates{"delivered", "read", "failed"};
  const std::string state = event.one_of("state", kStates);
  const Rank rank = state == "read"     ? Rank::read
                    : state == "failed" ? Rank::failed
                                        : Rank::delivered;
  const std::string why = rank == Rank::failed ? event.text_or_nothing("why") : std::string{};
  const bool is_code =
      why.size() <= kNameBytesMax &&
      why.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos;
  if (!is_code) event.refuse("why", "is no code of at most 40 of a-z 0-9 _");
  const std::string message = event.id("message");
  return {{}, "r:" + message + ":" + state, event.at(), Incoming::Receipt{message, rank, why}};
}

// Nothing for a type that is unknown.
std::optional<Incoming> known(Event& event, const std::string& type) {
  if (type == "message") return event.incoming("m:", Incoming::Said{event.text("text")});
  if (type == "choice")
    return event.incoming("m:", Incoming::Pressed{event.id("key"), event.text_or_nothing("label")});
  if (type == "other")
    return event.incoming("m:", Incoming::SentOther{event.one_of("kind", kKinds)});
  if (type == "edit")
    return event.incoming("e:", Incoming::Edited{"m:" + event.id("of"), event.text("text")});
  if (type == "withdrawal") return event.incoming("w:", Incoming::Withdrawn{"m:" + event.id("of")});
  if (type == "unreachable") return event.incoming("u:", Incoming::Unreachable{});
  if (type == "receipt") return receipt(event);
  return std::nullopt;
}

// A field's name, unless it is long or strange enough to be somebody's words.
std::string plain_name(const std::string& name) {
  const bool plain =
      !name.empty() && name.size() <= kNameBytesMax &&
      name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_.") == std::string::npos;
  return plain ? name : "?";
}

UnknownIncoming unknown(const std::string& type, const json& event) {
  UnknownIncoming of{plain_name(type), {}, {}, event.dump().size()};
  for (const auto& [name, value] : event.items()) {
    if (of.fields.size() < kNamesMax) of.fields.push_back(plain_name(name));
  }
  return of;
}

// What is wrong with the body as a whole; empty when its events can be read.
std::string fault_of(const json& whole) {
  if (!whole.is_object()) return "the body is no JSON object";
  const auto version = whole.find("version");
  if (version == whole.end() || !version->is_number_integer() || *version != 1)
    return "version is not 1";
  const auto events = whole.find("events");
  if (events == whole.end() || !events->is_array()) return "events is no list";
  return events->size() > kEventsMax ? "events are more than 1000" : "";
}

}  // namespace

Result<Decoded, std::string> decode(std::string_view body, Time signed_at) {
  const json whole =
      body.size() > kBodyBytesMax ? json(json::value_t::discarded) : parse_bounded(body);
  if (std::string fault = fault_of(whole); !fault.empty()) return Failure{std::move(fault)};
  Decoded decoded;
  for (const json& one : whole["events"]) {
    const std::string place =
        "events[" + std::to_string(decoded.incoming.size() + decoded.unknown.size()) + "]";
    if (!one.is_object()) return Failure{place + " is no object"};
    Event event{one, signed_at};
    const std::string type = event.text("type");
    auto incoming = event.wrong.empty() ? known(event, type) : std::nullopt;
    if (!event.wrong.empty()) return Failure{place + "." + event.wrong};
    if (incoming) {
      decoded.incoming.push_back(std::move(*incoming));
    } else {
      decoded.unknown.push_back(unknown(type, one));
    }
  }
  return decoded;
}

}  // namespace svar::webhook
