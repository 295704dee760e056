#include "bot/server/operations.h"

#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <memory>
#include <string_view>

namespace svar::server {
namespace {

// The kinds that say how the service is used.
std::string_view kind_of(const Event& event) {
  if (std::holds_alternative<ConversationOpened>(event)) return "opened";
  if (std::holds_alternative<CitizenSpoke>(event)) return "citizen_spoke";
  if (std::holds_alternative<CitizenChose>(event)) return "citizen_chose";
  if (std::holds_alternative<BotReplied>(event)) return "bot_replied";
  if (std::holds_alternative<HandoffRequested>(event)) return "handoff_requested";
  if (std::holds_alternative<HandoffDeferred>(event)) return "handoff_deferred";
  if (std::holds_alternative<WaitGrewLong>(event)) return "wait_grew_long";
  if (std::holds_alternative<AgentJoined>(event)) return "agent_joined";
  if (std::holds_alternative<AgentLost>(event)) return "agent_lost";
  if (std::holds_alternative<AgentSpoke>(event)) return "agent_spoke";
  if (std::holds_alternative<ConversationClosed>(event)) return "closed";
  if (std::holds_alternative<Erased>(event)) return "erased";
  return {};
}

std::int64_t resident_bytes() {
  std::ifstream in("/proc/self/statm");
  std::int64_t total = 0, resident = 0;
  in >> total >> resident;
  return resident * ::sysconf(_SC_PAGESIZE);
}

bool is_loopback(std::string_view address) {
  return address.starts_with("127.") || address == "::1";
}

class Page {
 public:
  void help(std::string_view name, std::string_view type, std::string_view text) {
    out_ += "# HELP svarsentral_" + std::string{name} + " " + std::string{text} + "\n";
    out_ += "# TYPE svarsentral_" + std::string{name} + " " + std::string{type} + "\n";
  }
  void value(std::string_view name, std::string_view labels, std::int64_t value) {
    out_ += "svarsentral_" + std::string{name} + std::string{labels} + " " + std::to_string(value) +
            "\n";
  }
  void one(std::string_view name, std::string_view type, std::string_view text,
           std::int64_t number) {
    help(name, type, text);
    value(name, "", number);
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

void add_server(Page& page, const net::ServerCounters& server) {
  page.one("connections", "gauge", "Open connections.",
           static_cast<std::int64_t>(server.connections));
  page.one("sockets", "gauge", "Open WebSockets.", static_cast<std::int64_t>(server.sockets));
  page.one("connections_refused_total", "counter", "Connections and requests refused.",
           static_cast<std::int64_t>(server.refused));
  page.one("slow_readers_total", "counter", "Sockets closed because they did not read.",
           static_cast<std::int64_t>(server.slow_readers));
  page.help("responses_total", "counter", "Responses by first digit of the status.");
  for (int digit = 1; digit <= 5; ++digit) {
    page.value("responses_total", "{class=\"" + std::to_string(digit) + "xx\"}",
               static_cast<std::int64_t>(server.responses[digit]));
  }
}

void add_chat(Page& page, const webchat::WebChatCounters& chat) {
  page.one("chat_sessions", "gauge", "Web chat clients that are in a conversation.",
           static_cast<std::int64_t>(chat.sessions));
  page.help("chat_total", "counter", "What web chat clients did since the start.");
  const std::pair<const char*, std::uint64_t> counts[] = {
      {"begun", chat.conversations},         {"resumed", chat.resumed},
      {"accepted", chat.messages},           {"bad_frame", chat.bad_frames},
      {"rate_refused", chat.rate_refused},   {"origin_refused", chat.origin_refused},
      {"token_refused", chat.token_refused}, {"slow_reader", chat.slow_readers},
  };
  for (const auto& [kind, count] : counts) {
    page.value("chat_total", "{kind=\"" + std::string{kind} + "\"}",
               static_cast<std::int64_t>(count));
  }
}

// The line to a person has no site of its own.
std::string line_label(const SiteId& site) {
  return "{line=\"" + (site.empty() ? std::string{"agent"} : site.value) + "\"}";
}

void add_admission(Page& page, const service::Admission::Counters& admission) {
  page.one("inputs_in_service", "gauge", "Citizens' inputs that are being decided and stored.",
           static_cast<std::int64_t>(admission.in_service));
  page.help("inputs_waiting", "gauge", "Citizens' inputs that wait in line, by site.");
  for (const auto& each : admission.sites) {
    page.value("inputs_waiting", line_label(each.site), static_cast<std::int64_t>(each.waiting));
  }
  page.help("inputs_waited_total", "counter", "Citizens' inputs served after waiting in line.");
  for (const auto& each : admission.sites) {
    page.value("inputs_waited_total", line_label(each.site),
               static_cast<std::int64_t>(each.waited));
  }
  page.help("inputs_shed_total", "counter", "Citizens' inputs told to come back later.");
  for (const auto& each : admission.sites) {
    page.value("inputs_shed_total", line_label(each.site), static_cast<std::int64_t>(each.shed));
  }
}

void add_messaging(Page& page, const std::vector<service::Delivery::Counters>& channels,
                   const service::Intake::Counters& intake) {
  if (channels.empty()) return;
  page.help("channel_stopped", "gauge", "1 while a messaging platform refuses the account.");
  for (const auto& each : channels)
    page.value("channel_stopped", "{channel=\"" + each.channel + "\"}", !each.stopped_by.empty());
  page.help("channel_parts_total", "counter", "Parts of messages given to a platform, by outcome.");
  for (const auto& each : channels) {
    for (const auto& [outcome, count] :
         {std::pair{"sent", each.sent}, std::pair{"failed", each.failed},
          std::pair{"uncertain", each.uncertain}, std::pair{"refused", each.refused}}) {
      page.value("channel_parts_total",
                 "{channel=\"" + each.channel + "\",outcome=\"" + outcome + "\"}",
                 static_cast<std::int64_t>(count));
    }
  }
  page.help("channel_events_total", "counter", "Events that messaging platforms brought.");
  for (const auto& [kind, count] :
       {std::pair{"accepted", intake.accepted}, std::pair{"repeated", intake.repeated},
        std::pair{"refused", intake.refused}, std::pair{"unknown", intake.unknown},
        std::pair{"later", intake.later}}) {
    page.value("channel_events_total", "{kind=\"" + std::string{kind} + "\"}",
               static_cast<std::int64_t>(count));
  }
}

}  // namespace

void Tally::appended(ConversationId, const std::vector<Recorded>& events, const Conversation&) {
  for (const Recorded& recorded : events) {
    const auto kind = kind_of(recorded.event);
    if (!kind.empty()) ++events_[std::string{kind}];
    if (const auto* reply = std::get_if<BotReplied>(&recorded.event)) {
      ++outcomes_[std::string{code(reply->outcome)}];
    }
  }
}

std::string metrics_text(const Operations& operations) {
  Page page;
  page.one("ready", "gauge", "1 while citizens are served.", operations.ready() ? 1 : 0);
  page.one("release", "gauge", "Number of the content release in use.",
           operations.release_number());
  page.one("waiting", "gauge", "Conversations that wait for a person.", operations.waiting());
  page.one("resident_bytes", "gauge", "Resident memory of the process.", resident_bytes());
  page.help("events_total", "counter", "Events appended since the start, by kind.");
  for (const auto& [kind, count] : operations.tally.events()) {
    page.value("events_total", "{kind=\"" + kind + "\"}", static_cast<std::int64_t>(count));
  }
  page.help("replies_total", "counter", "Replies of the bot since the start, by outcome.");
  for (const auto& [outcome, count] : operations.tally.outcomes()) {
    page.value("replies_total", "{outcome=\"" + outcome + "\"}", static_cast<std::int64_t>(count));
  }
  add_server(page, operations.server());
  const auto chat = operations.chat();
  add_chat(page, chat);
  add_admission(page, chat.admission);
  add_messaging(page, operations.delivery(), operations.intake());
  return page.take();
}

void mount_operations(net::Router& router, Operations operations) {
  const auto shared = std::make_shared<Operations>(std::move(operations));
  router.add("GET", "/healthz", [](const net::Request&, net::Respond respond) {
    respond(net::text_response(200, "alive\n"));
  });
  router.add("GET", "/readyz", [shared](const net::Request&, net::Respond respond) {
    const bool ready = shared->ready();
    respond(net::text_response(ready ? 200 : 503, ready ? "ready\n" : "not ready\n"));
  });
  router.add("GET", "/metrics", [shared](const net::Request& request, net::Respond respond) {
    if (!is_loopback(request.remote_address)) {
      return respond(net::text_response(403, "figures are shown on this machine only\n"));
    }
    auto response = net::text_response(200, metrics_text(*shared));
    response.headers = {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}};
    respond(std::move(response));
  });
}

}  // namespace svar::server
