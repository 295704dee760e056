#include "connectors/webhook/message_encoding.h"

#include <nlohmann/json.hpp>

#include "bot/domain/json_text.h"
#include "bot/domain/language.h"

namespace svar::webhook {
namespace {

using nlohmann::json;
using service::Part;
using service::TextUnit;

constexpr std::size_t kKeyBytesMax = 200;  // as a choice's key may come back

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

std::string with_links(std::string text, const service::Outgoing& message) {
  for (const Link& link : message.links) {
    if (!text.empty()) text += "\n";
    if (!link.label.empty()) text += link.label;
    if (link.sample) text += " (" + std::string{sample_word(message.language)} + ")";
    text += (link.label.empty() ? "" : ": ") + link.url;
  }
  return text;
}

json choices_of(const service::Outgoing& message) {
  json choices = json::array();
  for (const Choice& choice : message.choices)
    choices.push_back(
        {{"key", service::choice_key(choice, kKeyBytesMax)}, {"label", choice.label}});
  return choices;
}

json links_of(const service::Outgoing& message) {
  json links = json::array();
  for (const Link& link : message.links)
    links.push_back({{"label", link.label}, {"url", link.url}, {"sample", link.sample}});
  return links;
}

}  // namespace

std::vector<Part> encode(const service::Outgoing& message) {
  auto pieces = service::split_text(message.text, kTextPointsMax, TextUnit::code_points);
  const bool has_more = !message.choices.empty() || !message.links.empty();
  if (pieces.empty() && has_more) pieces.emplace_back();
  std::vector<Part> parts;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const bool last = i + 1 == pieces.size();
    const std::string plain =
        last ? service::numbered(with_links(pieces[i], message), message.choices) : pieces[i];
    const json body{{"from", message.by_person ? "person" : "bot"},
                    {"language", code(message.language)},
                    {"text", pieces[i]},
                    {"plain_text", plain},
                    {"choices", last ? choices_of(message) : json::array()},
                    {"links", last ? links_of(message) : json::array()}};
    parts.push_back({"message", body.dump(-1, ' ', false, json::error_handler_t::replace)});
  }
  return parts;
}

std::optional<std::string> addressed(const Part& part, std::string_view address,
                                     std::string_view token) {
  if (part.method != "message" || address.empty() || part.body.size() < 3 ||
      part.body.front() != '{') {
    return std::nullopt;
  }
  std::string body = R"({"version":1,"type":"message","id":)";
  append_json(body, token);
  body += R"(,"contact":)";
  append_json(body, address);
  return body + "," + part.body.substr(1);
}

}  // namespace svar::webhook
