#include "connectors/telegram/message_encoding.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "bot/domain/json_text.h"

namespace svar::telegram {
namespace {

using nlohmann::json;
using service::Part;
using service::TextUnit;

constexpr std::size_t kTextUnitsMax = 4096;
constexpr std::size_t kKeyBytesMax = 64;
constexpr std::size_t kButtonsMax = 100;
// Telegram names no limit; a phone shows about so much of a button in one line.
constexpr std::size_t kLabelUnitsMax = 48;
constexpr std::size_t kNumbersInARow = 5;

// The bytes as they will be read at the other end, so that they are measured as they are sent: what
// is no UTF-8 takes other room than what stands for it.
std::string as_sent(const std::string& text) {
  std::string quoted;
  append_json(quoted, text);
  const json read = json::parse(quoted, nullptr, /*allow_exceptions=*/false);
  return read.is_string() ? read.get<std::string>() : std::string{};
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\n\v\f\r") == std::string_view::npos;
}

std::string_view sample_word(Language language) {
  switch (language) {
    case Language::nn:
      return "døme";
    case Language::nb:
      return "eksempel";
    case Language::en:
      return "sample";
  }
  return "sample";
}

std::string link_line(const Link& link, Language language) {
  std::string line = link.label;
  if (link.sample) line += (line.empty() ? "(" : " (") + std::string{sample_word(language)} + ")";
  return line.empty() ? link.url : line + ": " + link.url;
}

std::string with_links(const service::Outgoing& message) {
  std::string text = message.text;
  for (std::size_t i = 0; i < message.links.size(); ++i) {
    if (!text.empty()) text += i == 0 ? "\n\n" : "\n";
    text += link_line(message.links[i], message.language);
  }
  return text;
}

bool can_be_button(const Choice& choice) {
  const std::string key = service::choice_key(choice, kKeyBytesMax);
  return !key.empty() && key.size() <= kKeyBytesMax && is_plain_json_text(key);
}

bool fits_on_button(const Choice& choice) {
  return !is_blank(choice.label) &&
         service::size_in(as_sent(choice.label), TextUnit::utf16) <= kLabelUnitsMax;
}

enum class Shape { none, labels, numbers, lines };

Shape shape_of(const service::Outgoing& message) {
  const auto& choices = message.choices;
  if (choices.empty()) return Shape::none;
  if (choices.size() > kButtonsMax || !std::all_of(choices.begin(), choices.end(), can_be_button)) {
    return Shape::lines;
  }
  const bool fit = std::all_of(choices.begin(), choices.end(), fits_on_button);
  // A message needs words: without any, the choices are them.
  return fit && !is_blank(message.text) ? Shape::labels : Shape::numbers;
}

json keyboard(const std::vector<Choice>& choices, Shape shape) {
  const std::size_t in_a_row = shape == Shape::labels ? 1 : kNumbersInARow;
  json rows = json::array();
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (i % in_a_row == 0) rows.push_back(json::array());
    const std::string text =
        shape == Shape::labels ? as_sent(choices[i].label) : std::to_string(i + 1);
    rows.back().push_back(
        {{"text", text}, {"callback_data", service::choice_key(choices[i], kKeyBytesMax)}});
  }
  return {{"inline_keyboard", std::move(rows)}};
}

}  // namespace

std::vector<Part> encode(const service::Outgoing& message) {
  const Shape shape = shape_of(message);
  std::string text = with_links(message);
  if (shape == Shape::numbers || shape == Shape::lines) {
    text = service::numbered(text, message.choices);
  }
  const auto pieces = service::split_text(as_sent(text), kTextUnitsMax, TextUnit::utf16);
  std::vector<Part> parts;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    // A preview would have Telegram fetch the page, and show what no editor has written.
    json body{{"text", pieces[i]}, {"link_preview_options", {{"is_disabled", true}}}};
    const bool last = i + 1 == pieces.size();
    if (last && (shape == Shape::labels || shape == Shape::numbers)) {
      body["reply_markup"] = keyboard(message.choices, shape);
    }
    parts.push_back({"sendMessage", body.dump(-1, ' ', false, json::error_handler_t::replace)});
  }
  return parts;
}

Part encode_typing() {
  return {"sendChatAction", R"({"action":"typing"})"};
}

Part encode_press_seen(std::string_view query) {
  std::string body = R"({"callback_query_id":)";
  append_json(body, query);
  return {"answerCallbackQuery", body + "}"};
}

std::optional<std::string> addressed(const Part& part, std::string_view address) {
  std::int64_t chat = 0;
  const auto [end, fault] = std::from_chars(address.data(), address.data() + address.size(), chat);
  const bool is_number = fault == std::errc{} && end == address.data() + address.size();
  if (!is_number || chat == 0 || part.body.size() < 3 || part.body.front() != '{') {
    return std::nullopt;
  }
  return R"({"chat_id":)" + std::to_string(chat) + "," + part.body.substr(1);
}

}  // namespace svar::telegram
