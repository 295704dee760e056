// Bodies of Telegram's webhook, any bytes. Whatever comes amounts to something or is counted as
// unknown; of what is unknown no value is kept; what is said can be answered within the limits;
// and the same bytes, as an answer to a call, decide about a message without a word of theirs
// going further.
#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "connectors/telegram/call_answers.h"
#include "connectors/telegram/message_encoding.h"
#include "connectors/telegram/update_decoding.h"
#include "tests/fuzz/hold.h"

namespace svar::fuzz {
namespace {

using nlohmann::json;
using service::Incoming;

constexpr std::size_t kUnitsMax = 4096;
constexpr std::size_t kKeyBytesMax = 64;

void collect_names(const json& value, std::set<std::string>& names) {
  if (value.is_object()) {
    for (const auto& [name, inner] : value.items()) names.insert(name);
  }
  if (!value.is_structured()) return;
  for (const json& inner : value) collect_names(inner, names);
}

service::Decoded decoded_of(std::string_view body) {
  auto decoded = telegram::decode(body);
#ifdef SVAR_PLANTED_FAULT  // a decoder that keeps an example of what it does not know
  const json whole = json::parse(body.begin(), body.end(), nullptr, false);
  for (auto& unknown : decoded.unknown) {
    if (!whole.is_object() || !whole.contains(unknown.kind)) continue;
    for (const json& inner : whole.at(unknown.kind)) {
      if (inner.is_string()) unknown.fields.push_back(inner.get<std::string>());
    }
  }
#endif
  return decoded;
}

void check_unknown(const service::UnknownIncoming& unknown, std::string_view body) {
  hold(unknown.bytes == body.size(), "an unknown update has its size");
  if (unknown.kind == "malformed") {
    hold(unknown.fields.empty() && unknown.event.empty(), "of what is no update nothing is kept");
    return;
  }
  const json whole = json::parse(body.begin(), body.end(), nullptr, false);
  std::set<std::string> names{"?", "update"};
  collect_names(whole, names);
  hold(names.contains(unknown.kind), "a kind is a name", unknown.kind);
  for (const std::string& field : unknown.fields) {
    hold(names.contains(field), "a field is a name and no value", field);
    hold(field.size() <= kKeyBytesMax, "a name is short", field);
  }
}

std::string words_in(const Incoming& incoming) {
  if (const auto* said = std::get_if<Incoming::Said>(&incoming.what)) return said->text;
  if (const auto* edited = std::get_if<Incoming::Edited>(&incoming.what)) return edited->text;
  if (const auto* pressed = std::get_if<Incoming::Pressed>(&incoming.what)) return pressed->label;
  return "other";
}

std::size_t utf16_units(std::string_view text) {
  std::size_t units = 0;
  while (!text.empty()) {
    const std::size_t bytes = code_point_bytes(text);
    hold(bytes > 0, "what is sent is UTF-8", text);
    units += bytes == 4 ? 2 : 1;
    text.remove_prefix(bytes);
  }
  return units;
}

// The citizen's own words back, as text, choices and link: what an answer holds at the worst.
void check_answered(const Incoming& incoming) {
  service::Outgoing message;
  message.text = words_in(incoming);
  if (const auto* pressed = std::get_if<Incoming::Pressed>(&incoming.what)) {
    message.choices = {{pressed->key, pressed->label}, {"none", message.text}};
  }
  message.links = {{message.text, "https://osteroy.kommune.no", true}};
  for (const auto& part : telegram::encode(message)) {
    const auto body = telegram::addressed(part, incoming.contact);
    hold(body.has_value(), "who wrote can be answered", incoming.contact);
    const json call = json::parse(*body, nullptr, false);
    hold(call.is_object(), "a call is JSON", *body);
    const std::string text = call.value("text", "");
    hold(!text.empty() && utf16_units(text) <= kUnitsMax, "a text is within its limit", text);
    if (!call.contains("reply_markup")) continue;
    for (const json& row : call["reply_markup"]["inline_keyboard"]) {
      for (const json& button : row) {
        const std::string key = button.value("callback_data", "");
        hold(!key.empty() && key.size() <= kKeyBytesMax, "a key is within its limit", key);
        hold(!button.value("text", "").empty(), "a button has words");
      }
    }
  }
}

void check_incoming(const Incoming& incoming) {
  const std::string& contact = incoming.contact;
  const bool digits =
      !contact.empty() && contact.front() != '0' && contact.size() <= 19 &&
      std::all_of(contact.begin(), contact.end(), [](char c) { return c >= '0' && c <= '9'; });
  hold(digits, "a contact is a person's number", contact);
  hold(incoming.event.find(':') != std::string::npos, "an event has an id", incoming.event);
  hold(incoming.at >= Time{}, "a moment is not before 1970");
  hold(is_utf8(words_in(incoming)), "words are UTF-8", words_in(incoming));
  check_answered(incoming);
}

void check_update(std::string_view body) {
  const auto decoded = decoded_of(body);
  hold(decoded.incoming.size() <= 2, "an update is one message and its caption at most");
  hold(decoded.incoming.empty() == (decoded.unknown.size() == 1), "an update is known or unknown");
  std::set<std::string> events;
  for (const Incoming& incoming : decoded.incoming) {
    hold(events.insert(incoming.event).second, "ids differ", incoming.event);
    check_incoming(incoming);
  }
  for (const auto& unknown : decoded.unknown) check_unknown(unknown, body);
}

void check_answer(std::string_view body) {
  for (const int status : {200, 302, 400, 403, 429, 502}) {
    const outbound::HttpOutcome answer = outbound::HttpResponse{status, {}, std::string{body}};
    const auto outcome = telegram::outcome_of(answer);
    hold(outcome.why.size() < 40, "a reason is a code", outcome.why);
    hold(std::all_of(outcome.message.begin(), outcome.message.end(),
                     [](char c) { return c == '-' || (c >= '0' && c <= '9'); }),
         "a message's id is a number", outcome.message);
    hold(!outcome.retry_after || *outcome.retry_after <= std::chrono::hours{24},
         "a wait is a day at most");
    if (status != 200 && status != 400)
      hold(!telegram::moved_to(answer) || body.find("error_code") < body.size(),
           "a chat moves by Telegram's word");
  }
}

}  // namespace
}  // namespace svar::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  svar::fuzz::check_update(bytes);
  svar::fuzz::check_answer(bytes);
  return 0;
}
