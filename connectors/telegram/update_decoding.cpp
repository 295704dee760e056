#include "connectors/telegram/update_decoding.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>

#include "connectors/telegram/json_reading.h"

namespace svar::telegram {
namespace {

using nlohmann::json;
using service::Decoded;
using service::Incoming;
using service::UnknownIncoming;

constexpr std::size_t kUpdateBytesMax = 1 << 20;
constexpr std::size_t kQueryIdBytesMax = 256;
constexpr std::size_t kNamesMax = 64;
constexpr std::size_t kNameBytesMax = 64;

// What a message can show, in the order of asking: a film without sound comes as a file too, and a
// named place as a place.
constexpr std::pair<const char*, const char*> kContents[] = {
    {"photo", "image"},     {"live_photo", "image"},   {"sticker", "sticker"},
    {"animation", "video"}, {"video", "video"},        {"video_note", "video"},
    {"voice", "audio"},     {"audio", "audio"},        {"document", "file"},
    {"venue", "location"},  {"location", "location"},  {"contact", "contact"},
    {"dice", "other"},      {"game", "other"},         {"poll", "other"},
    {"story", "other"},     {"paid_media", "other"},   {"checklist", "other"},
    {"invoice", "other"},   {"rich_message", "other"},
};

// A field's name, unless it is long or strange enough to be somebody's words.
std::string plain_name(const std::string& name) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  const bool kept = name.size() <= kNameBytesMax && std::all_of(name.begin(), name.end(), plain);
  return kept ? name : "?";
}

// One update, being decoded.
struct Update {
  const json& whole;
  std::size_t bytes;
  Decoded decoded = {};

  std::optional<std::int64_t> number() const { return whole_in(whole, "update_id"); }

  // Its number, or the moment for the few that come without one.
  std::string number_or(Time at) const {
    return std::to_string(number().value_or(at.time_since_epoch().count()));
  }

  void add(std::string contact, std::string event, Time at, decltype(Incoming::what) what) {
    decoded.incoming.push_back({std::move(contact), std::move(event), at, std::move(what)});
  }

  void add_unknown(const std::string& kind, const json& of) {
    UnknownIncoming unknown{plain_name(kind), {}, {}, bytes};
    if (number()) unknown.event = "x:" + std::to_string(*number());
    if (of.is_object()) {
      for (const auto& [name, value] : of.items()) {
        if (unknown.fields.size() < kNamesMax) unknown.fields.push_back(plain_name(name));
      }
    }
    decoded.unknown.push_back(std::move(unknown));
  }
};

// The chat's number when it is a conversation with one person. A person's chat has that person's
// number; groups and channels have numbers below zero.
std::optional<std::string> private_chat(const json& chat_owner, const json& sender_owner) {
  const json* chat = object_in(chat_owner, "chat");
  const json* sender = object_in(sender_owner, "from");
  if (!chat || !sender || is_true_in(*sender, "is_bot")) return std::nullopt;
  const auto id = whole_in(*chat, "id");
  if (!id || *id <= 0) return std::nullopt;
  const bool is_private =
      chat->contains("type") ? text_in(*chat, "type") == "private" : whole_in(*sender, "id") == id;
  return is_private ? std::optional{std::to_string(*id)} : std::nullopt;
}

const char* content_of(const json& message) {
  const auto found =
      std::find_if(std::begin(kContents), std::end(kContents),
                   [&](const auto& content) { return message.contains(content.first); });
  return found == std::end(kContents) ? nullptr : found->second;
}

// "<chat>:<message>" of a message in a private chat.
struct Place {
  std::string contact;
  std::string message;
};
std::optional<Place> place_of(const json& message) {
  const auto contact = private_chat(message, message);
  const auto number = whole_in(message, "message_id");
  if (!contact || !number) return std::nullopt;
  return Place{*contact, *contact + ":" + std::to_string(*number)};
}

void decode_message(Update& update, const json& message) {
  const auto place = place_of(message);
  if (!place) return update.add_unknown("message", message);
  const Time at = time_in(message, "date");
  const std::string text = text_in(message, "text");
  const char* content = content_of(message);
  if (!text.empty()) {
    return update.add(place->contact, "m:" + place->message, at, Incoming::Said{text});
  }
  if (!content) return update.add_unknown("message", message);
  update.add(place->contact, "m:" + place->message, at, Incoming::SentOther{content});
  if (std::string caption = text_in(message, "caption"); !caption.empty()) {
    update.add(place->contact, "c:" + place->message, at, Incoming::Said{std::move(caption)});
  }
}

void decode_edit(Update& update, const json& message) {
  const auto place = place_of(message);
  const std::string text = text_in(message, "text");
  const std::string caption = text_in(message, "caption");
  if (!place || (text.empty() && caption.empty())) {
    return update.add_unknown("edited_message", message);
  }
  const Time at = time_in(message, "edit_date");
  const std::string event = "e:" + place->message + ":" + update.number_or(at);
  if (!text.empty()) {
    update.add(place->contact, event, at, Incoming::Edited{"m:" + place->message, text});
  } else {
    update.add(place->contact, event, at, Incoming::Edited{"c:" + place->message, caption});
  }
}

// What stands on the button that carries `data`; empty when it is not under the message any more.
std::string label_of(const json& message, const std::string& data) {
  const json* markup = object_in(message, "reply_markup");
  const json* rows = markup ? array_in(*markup, "inline_keyboard") : nullptr;
  if (!rows) return {};
  for (const json& row : *rows) {
    if (!row.is_array()) continue;
    for (const json& button : row) {
      if (text_in(button, "callback_data") == data) return text_in(button, "text");
    }
  }
  return {};
}

void decode_press(Update& update, const json& query) {
  const std::string id = text_in(query, "id");
  const std::string data = text_in(query, "data");
  const json* message = object_in(query, "message");
  const auto contact = message ? private_chat(*message, query) : std::nullopt;
  if (!contact || data.empty() || id.empty() || id.size() > kQueryIdBytesMax) {
    return update.add_unknown("callback_query", query);
  }
  // A press has no time of its own: the epoch says so.
  update.add(*contact, "cb:" + id, Time{}, Incoming::Pressed{data, label_of(*message, data)});
}

void decode_membership(Update& update, const json& change) {
  const auto contact = private_chat(change, change);
  const json* now = object_in(change, "new_chat_member");
  if (!contact || !now || text_in(*now, "status") != "kicked") {
    return update.add_unknown("my_chat_member", change);
  }
  const Time at = time_in(change, "date");
  update.add(*contact, "u:" + update.number_or(at), at, Incoming::Unreachable{});
}

// An update holds its number and one thing more, by whose name its kind is known.
void decode_update(Update& update) {
  const json& whole = update.whole;
  const std::size_t numbers = whole.contains("update_id") ? 1 : 0;
  if (whole.size() != numbers + 1) return update.add_unknown("update", whole);
  auto field = whole.begin();
  if (field.key() == "update_id") ++field;
  using Decoder = void (*)(Update&, const json&);
  constexpr std::pair<const char*, Decoder> kDecoders[] = {
      {"message", decode_message},
      {"edited_message", decode_edit},
      {"callback_query", decode_press},
      {"my_chat_member", decode_membership},
  };
  for (const auto& [kind, decoder] : kDecoders) {
    if (field.key() == kind && field->is_object()) return decoder(update, *field);
  }
  update.add_unknown(field.key(), *field);
}

}  // namespace

Decoded decode(std::string_view body) {
  const json whole =
      body.size() > kUpdateBytesMax ? json(json::value_t::discarded) : parse_strictly(body);
  if (!whole.is_object()) return {{}, {{"malformed", {}, {}, body.size()}}};
  Update update{whole, body.size()};
  decode_update(update);
  return std::move(update.decoded);
}

}  // namespace svar::telegram
