#include "connectors/graph/page_messages.h"

#include <nlohmann/json.hpp>

#include "connectors/graph/json_reading.h"
#include "connectors/graph/message_lines.h"

namespace svar::graph {
namespace {

using nlohmann::json;

constexpr std::size_t kQuickRepliesMax = 13;
constexpr std::size_t kTitleUnitsMax = 20;
constexpr std::size_t kPayloadBytesMax = 1000;

json quick_replies(const std::vector<Choice>& choices) {
  json list = json::array();
  for (const Choice& choice : choices) {
    list.push_back({{"content_type", "text"},
                    {"title", choice.label},
                    {"payload", service::choice_key(choice, kPayloadBytesMax)}});
  }
  return list;
}

std::string written(const json& object) {
  return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace

std::vector<service::Part> encode_page_message(const service::Outgoing& message,
                                               const PageLimits& limits) {
  const auto& choices = message.choices;
  const bool as_buttons =
      !choices.empty() && choices.size() <= kQuickRepliesMax && labels_fit(choices, kTitleUnitsMax);
  std::string text = with_links(message);
  // A quick reply hangs on a text.
  const bool in_text = !as_buttons || limits.choices_in_text || text.empty();
  if (in_text) text = service::numbered(text, choices);
  const auto pieces = service::split_text(text, limits.text_max, limits.text_unit);
  std::vector<service::Part> parts;
  for (const std::string& piece : pieces) {
    json content{{"text", piece}};
    if (as_buttons && parts.size() + 1 == pieces.size())
      content["quick_replies"] = quick_replies(choices);
    parts.push_back({"messages", written({{"message", std::move(content)}})});
  }
  return parts;
}

std::string addressed(const service::SendRequest& request, std::string_view metadata) {
  json body = parse_bounded(request.part.body);
  if (!body.is_object()) body = json::object();
  body["recipient"] = {{"id", request.address}};
  if (request.by_person && request.outside_bot_window) {
    body["messaging_type"] = "MESSAGE_TAG";
    body["tag"] = "HUMAN_AGENT";
  } else {
    body["messaging_type"] = "RESPONSE";
  }
  if (!metadata.empty() && body["message"].is_object()) body["message"]["metadata"] = metadata;
  return written(body);
}

std::string sender_action(std::string_view address, std::string_view action) {
  return written({{"recipient", {{"id", address}}}, {"sender_action", action}});
}

}  // namespace svar::graph
