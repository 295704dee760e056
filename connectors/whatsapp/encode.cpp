#include "connectors/whatsapp/encode.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "connectors/graph/json_reading.h"
#include "connectors/graph/message_lines.h"
#include "connectors/graph/tokens.h"

namespace svar::whatsapp {
namespace {

using nlohmann::json;
using service::TextUnit;

constexpr std::size_t kTextUnitsMax = 4096;
constexpr std::size_t kBodyUnitsMax = 1024;  // over buttons and lists
constexpr std::size_t kButtonsMax = 3;
constexpr std::size_t kButtonUnitsMax = 20;
constexpr std::size_t kRowsMax = 10;
constexpr std::size_t kRowUnitsMax = 24;
constexpr std::size_t kDescriptionUnitsMax = 72;
constexpr std::size_t kKeyBytesMax = 200;

std::string_view choose(Language language) {
  switch (language) {
    case Language::nn:
      return "Vel";
    case Language::nb:
      return "Velg";
    case Language::en:
      return "Choose";
  }
  return "Vel";
}

json buttons(const std::vector<Choice>& choices) {
  json list = json::array();
  for (const Choice& choice : choices) {
    list.push_back(
        {{"type", "reply"},
         {"reply", {{"id", service::choice_key(choice, kKeyBytesMax)}, {"title", choice.label}}}});
  }
  return {{"type", "button"}, {"action", {{"buttons", std::move(list)}}}};
}

json row(const Choice& choice) {
  json row{{"id", service::choice_key(choice, kKeyBytesMax)}, {"title", choice.label}};
  if (service::size_in(choice.label, TextUnit::utf16) > kRowUnitsMax) {
    row["title"] = service::split_text(choice.label, kRowUnitsMax - 1, TextUnit::utf16)[0] + "…";
    row["description"] = choice.label;
  }
  return row;
}

json list_of(const std::vector<Choice>& choices, Language language) {
  json rows = json::array();
  for (const Choice& choice : choices) rows.push_back(row(choice));
  json sections = json::array({json{{"rows", std::move(rows)}}});
  return {{"type", "list"},
          {"action", {{"button", choose(language)}, {"sections", std::move(sections)}}}};
}

// What hangs under the last text; null where the choices are lines of it.
json controls(const service::Outgoing& message) {
  const auto& choices = message.choices;
  if (choices.empty()) return nullptr;
  if (choices.size() <= kButtonsMax && graph::labels_fit(choices, kButtonUnitsMax))
    return buttons(choices);
  if (choices.size() <= kRowsMax && graph::labels_fit(choices, kDescriptionUnitsMax))
    return list_of(choices, message.language);
  return nullptr;
}

std::string written(const json& object) {
  return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

service::Part text_part(const std::string& text) {
  return {"messages",
          written({{"type", "text"}, {"text", {{"body", text}, {"preview_url", false}}}})};
}

// Pieces of a text of which the last leaves room for controls.
std::vector<std::string> pieces_above_controls(const std::string& text) {
  auto pieces = service::split_text(text, kTextUnitsMax, TextUnit::utf16);
  const auto end = service::split_text(pieces.back(), kBodyUnitsMax, TextUnit::utf16);
  pieces.pop_back();
  pieces.insert(pieces.end(), end.begin(), end.end());
  return pieces;
}

bool is_user_id(std::string_view address) {
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  return address.size() > 3 && is_capital(address[0]) && is_capital(address[1]) &&
         address[2] == '.';
}

}  // namespace

std::vector<service::Part> encode(const service::Outgoing& message) {
  const std::string text = graph::with_links(message);
  std::vector<service::Part> parts;
  json interactive = controls(message);
  if (interactive.is_null() || text.find_first_not_of(" \t\r\n\v\f") == std::string::npos) {
    const std::string all = service::numbered(text, message.choices);
    for (const auto& piece : service::split_text(all, kTextUnitsMax, TextUnit::utf16))
      parts.push_back(text_part(piece));
    return parts;
  }
  const auto pieces = pieces_above_controls(text);
  for (auto piece = pieces.begin(); piece + 1 != pieces.end(); ++piece)
    parts.push_back(text_part(*piece));
  interactive["body"] = {{"text", pieces.back()}};
  parts.push_back(
      {"messages", written({{"type", "interactive"}, {"interactive", std::move(interactive)}})});
  return parts;
}

std::string addressed(const service::SendRequest& request) {
  json body = graph::parse_bounded(request.part.body);
  if (!body.is_object()) body = json::object();
  body["messaging_product"] = "whatsapp";
  body["recipient_type"] = "individual";
  body[is_user_id(request.address) ? "recipient" : "to"] = request.address;
  body["biz_opaque_callback_data"] = graph::marked(request.token);
  return written(body);
}

std::string read_and_typing(std::string_view message_id) {
  return written({{"messaging_product", "whatsapp"},
                  {"status", "read"},
                  {"message_id", message_id},
                  {"typing_indicator", {{"type", "text"}}}});
}

std::string message_id(std::string_view answer) {
  const json body = graph::parse_bounded(answer);
  const json* messages = graph::array_in(body, "messages");
  return messages && !messages->empty() ? graph::id_in(messages->front(), "id") : std::string{};
}

}  // namespace svar::whatsapp
