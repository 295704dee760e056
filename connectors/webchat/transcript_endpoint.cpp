// The citizen's own copy of the conversation: text to keep, or JSON to move.
#include <nlohmann/json.hpp>

#include "bot/engine/oslo_time.h"
#include "connectors/webchat/bearer.h"
#include "connectors/webchat/endpoints.h"
#include "connectors/webchat/frames.h"
#include "connectors/webchat/joining.h"

namespace svar::webchat {

namespace {

enum class Form { text, json };

Form wanted_form(const net::Request& request) {
  const auto format = request.parameter("format");
  if (!format.empty()) return format == "json" ? Form::json : Form::text;
  const auto accept = request.header("accept");
  return accept.find("application/json") != std::string_view::npos ? Form::json : Form::text;
}

// «tysdag 24.11.2026 kl. 09.00 – Robot:», then the words. Nothing for what has none.
class Writing {
 public:
  Writing(const Recorded& recorded, Language language, const engine::Release& release)
      : recorded_(recorded), language_(language), release_(release) {}

  std::string operator()(const CitizenSpoke& event) const {
    return said(speaker("transcript_citizen"), event.text);
  }
  std::string operator()(const CitizenChose& event) const {
    return said(speaker("transcript_citizen"), event.choice.label);
  }
  std::string operator()(const BotReplied& event) const {
    std::string text = event.text;
    for (const Link& link : event.links) text += "\n" + link.label + ": " + link.url;
    for (const Choice& choice : event.choices) text += "\n[" + choice.label + "]";
    return said(speaker("transcript_bot"), text);
  }
  std::string operator()(const AgentSpoke& event) const { return said(event.name, event.text); }
  std::string operator()(const SystemNoticed& event) const { return told(event.text); }
  std::string operator()(const HandoffRequested& event) const { return told(event.text); }
  std::string operator()(const AgentJoined& event) const { return told(event.text); }
  std::string operator()(const AgentHandedBack& event) const { return told(event.text); }
  std::string operator()(const CitizenReturnedToBot& event) const { return told(event.text); }
  std::string operator()(const ConversationClosed& event) const { return told(event.text); }
  std::string operator()(const WaitGrewLong& event) const { return told(event.text); }
  std::string operator()(const AgentLost& event) const { return told(event.text); }
  template <class Other>
  std::string operator()(const Other&) const {
    return {};
  }

 private:
  std::string speaker(std::string_view key) const { return release_.text(key, language_); }
  std::string told(const std::string& text) const {
    return said(speaker("transcript_system"), text);
  }
  std::string said(const std::string& who, const std::string& text) const {
    if (text.empty()) return {};
    return engine::date_and_clock(recorded_.at, language_) + " – " + who + ":\n" + text + "\n\n";
  }

  const Recorded& recorded_;
  Language language_;
  const engine::Release& release_;
};

net::Response as_text(const Joined& joined, const engine::Release& release) {
  std::string body;
  for (const Recorded& recorded : joined.events) {
    body += std::visit(Writing{recorded, joined.state.language, release}, recorded.event);
  }
  return net::text_response(200, std::move(body));
}

net::Response as_json(const std::string& conversation, const Joined& joined,
                      const engine::Release& release) {
  std::string body = R"({"conversation":)" + nlohmann::json(conversation).dump() + R"(,"events":[)";
  for (const Recorded& recorded : joined.events) {
    const auto shown = show(recorded, release);
    if (!shown) continue;
    if (body.back() == '}') body += ',';
    body += shown->frame;
  }
  return net::json_response(200, body + "]}");
}

net::Response fault(Chat& chat, int status, std::string_view code) {
  const std::string text = error_text(*chat.release(), code, Language::nn);
  return net::json_response(
      status, nlohmann::json{{"error", {{"code", code}, {"text", text}}}}.dump());
}

void get(Chat& chat, const net::Request& request, const net::Respond& respond) {
  const auto visitor =
      chat.origins.visitor(request, *chat.release(), Origins::Missing::allowed);
  if (!visitor) {
    ++chat.counters.origin_refused;
    return respond(fault(chat, 403, "bad_origin"));
  }
  const auto answer = [respond, visitor = *visitor](net::Response response) {
    allow_origin(response, visitor);
    respond(std::move(response));
  };
  const std::string written{request.parameter("conversation")};
  const auto conversation = chat.tokens.open(written, bearer_token(request));
  if (!conversation) {
    ++chat.counters.token_refused;
    return answer(fault(chat, 401, "bad_token"));
  }
  join(chat, *conversation, Seq{0},
       [&chat, answer, written, form = wanted_form(request)](const JoinOutcome& outcome) {
         if (std::holds_alternative<Gone>(outcome)) return answer(fault(chat, 401, "bad_token"));
         if (std::holds_alternative<Unreadable>(outcome)) {
           return answer(fault(chat, 503, "unavailable"));
         }
         const auto& joined = std::get<Joined>(outcome);
         const auto release = chat.release();
         const bool text = form == Form::text;
         net::Response response =
             text ? as_text(joined, *release) : as_json(written, joined, *release);
         response.headers.emplace_back(
             "Content-Disposition",
             std::string{"attachment; filename=\"samtale."} + (text ? "txt\"" : "json\""));
         answer(std::move(response));
       });
}

}  // namespace

void mount_transcript(net::Router& router, Chat& chat) {
  const std::string path = "/chat/v1/transcript";
  router.add("GET", path, [&chat](const net::Request& request, const net::Respond& respond) {
    get(chat, request, respond);
  });
  router.add("OPTIONS", path, [&chat](const net::Request& request, const net::Respond& respond) {
    respond(
        preflight(chat.origins.visitor(request, *chat.release(), Origins::Missing::refused), "GET"));
  });
}

}  // namespace svar::webchat
