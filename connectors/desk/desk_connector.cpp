#include "connectors/desk/desk_connector.h"

#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "bot/service/people/device_words.h"
#include "connectors/desk/account_endpoints.h"
#include "connectors/desk/console_pages.h"
#include "connectors/desk/contact_endpoints.h"
#include "connectors/desk/conversation_calls.h"
#include "connectors/desk/desk_sockets.h"
#include "connectors/desk/error_texts.h"
#include "connectors/desk/gate.h"
#include "connectors/desk/incident_endpoints.h"
#include "connectors/desk/knowledge_endpoints.h"
#include "connectors/desk/people_endpoints.h"
#include "connectors/desk/request_guard.h"
#include "connectors/desk/roster_endpoints.h"
#include "connectors/desk/session_cookie.h"
#include "connectors/desk/transcript_endpoints.h"
#include "connectors/desk/wire_encoding.h"

namespace svar::desk {
namespace {

constexpr std::size_t kLoginBytesMax = 4 * 1024;
constexpr std::size_t kCodeBytesMax = 32;

}  // namespace

struct DeskConnector::Impl {
  explicit Impl(Setup setup_in)
      : setup(std::move(setup_in)),
        gate(setup.people),
        knowledge(gate, setup.release),
        account(gate, setup.people, setup.own_account, setup.audit),
        incidents(gate, setup.incidents, setup.clock, setup.release),
        transcripts(gate, setup.transcripts, setup.release),
        people(gate, setup.administration, setup.audit, setup.release),
        contacts(gate, setup.contacts, setup.release),
        roster(gate, {setup.roster, setup.presence, setup.people, setup.clock}),
        drafts(setup.view),
        conversations({setup.view, setup.team, setup.presence, setup.audit, drafts, setup.incidents,
                       setup.delivery, setup.release, setup.assignments},
                      gate),
        sockets({setup.view, setup.people, setup.audit, setup.typing, setup.clock, setup.release,
                 setup.team, setup.presence, setup.incidents, setup.delivery, setup.assignments}) {}

  // ---- Log-in and log-out

  void login(const net::Request& request, const net::Respond& respond) {
    const Language language = reader_language(request);
    if (!may_change(request)) return respond(refuse(kForbidden, language));
    const auto body = FlatObject::parse(request.body, {"name", "password", "code"});
    const auto name = body ? body->text("name", 256) : std::nullopt;
    const auto password = body ? body->text("password", service::kPasswordBytesMax) : std::nullopt;
    if (!name || !password) return respond(refuse(kBadRequest, language));
    const auto before = Gate::session_of(request);
    const auto code = body->text("code", kCodeBytesMax).value_or("");
    const std::string device = service::device_words(request.header("user-agent"));
    setup.sign_in.attempt({*name, *password, code, device}, request.remote_address,
                          [this, respond, language, before](const service::SignInOutcome& outcome) {
                            signed_in(outcome, before, language, respond);
                          });
  }

  void signed_in(const service::SignInOutcome& outcome, const service::SessionKey& before,
                 Language language, const net::Respond& respond) {
    if (const auto* throttled = std::get_if<service::Throttled>(&outcome)) {
      const int wait_ms = static_cast<int>(throttled->retry_after.count());
      return respond(refuse({429, "throttled", wait_ms, "", ""}, language));
    }
    if (const auto* unavailable = std::get_if<service::SignInUnavailable>(&outcome)) {
      const int wait_ms = static_cast<int>(unavailable->retry_after.count());
      return respond(refuse({503, "overloaded", wait_ms, "", ""}, language));
    }
    if (std::holds_alternative<service::CodeWanted>(outcome))
      return respond(refuse({401, "code_wanted", 0, "", ""}, language));
    if (std::holds_alternative<service::WrongCode>(outcome))
      return respond(refuse({401, "wrong_code", 0, "", ""}, language));
    const auto* signed_in = std::get_if<service::SignedIn>(&outcome);
    const auto* agent = signed_in ? setup.people.account(signed_in->agent) : nullptr;
    if (!agent) return respond(refuse({401, "wrong_login", 0, "", ""}, language));
    auto response = net::json_response(200, write({{"agent", encode(*agent)}}));
    response.headers.emplace_back("Set-Cookie", set_session_cookie(signed_in->token));
    setup.people.end_session(before, [](auto) {});  // nobody goes on with the old one
    respond(std::move(response));
  }

  void logout(const net::Request& request, const net::Respond& respond) {
    const Language language = reader_language(request);
    if (!may_change(request)) return respond(refuse(kForbidden, language));
    setup.people.end_session(Gate::session_of(request), [respond, language](const auto& error) {
      if (error) return respond(refuse({503, "unavailable", 1'000, "", ""}, language));
      net::Response response{204, {{"Set-Cookie", clear_session_cookie()}}, ""};
      response.headers.emplace_back("Cache-Control", "no-store");
      respond(std::move(response));
    });
    sockets.sweep();  // the session is over now, not at the next sweep
  }

  // ---- The socket

  std::variant<std::unique_ptr<net::SocketHandler>, net::Response> upgrade(
      const net::Request& request) {
    const Language language = reader_language(request);
    if (!has_own_origin(request)) return refuse(kForbidden, language);
    const auto session = Gate::session_of(request);
    const auto* agent = setup.people.signed_in(session);
    if (!agent) return refuse(kSignedOut, language);
    if (agent->must_enrol()) return refuse(kMustEnrol, language);
    if (!agent->has(service::Role::agent)) return refuse(kNotAllowed, language);
    if (!sockets.has_room(agent->name)) return refuse({429, "overloaded", 5'000, "", ""}, language);
    return sockets.make(session, language);
  }

  void mount(net::Router& router) {
    router.add(
        "POST", "/desk/v1/login",
        [this](const auto& request, const auto& respond) { login(request, respond); },
        kLoginBytesMax);
    router.add(
        "POST", "/desk/v1/logout",
        [this](const auto& request, const auto& respond) { logout(request, respond); },
        kLoginBytesMax);
    gate.get(
        router, "/desk/v1/me",
        [](const Call& call) {
          call.send({{"agent", encode(call.agent)}, {"texts_language", code(call.language)}});
        },
        Admits::also_enrolling);
    conversations.mount(router);
    account.mount(router);
    people.mount(router);
    incidents.mount(router);
    transcripts.mount(router);
    contacts.mount(router);
    roster.mount(router);
    router.add_socket(
        "/desk/v1/socket", [this](const auto& request) { return upgrade(request); },
        kLoginBytesMax);
    knowledge.mount(router);
    mount_console(router, setup.console);
  }

  Setup setup;
  Gate gate;
  KnowledgeEndpoints knowledge;
  AccountEndpoints account;
  IncidentEndpoints incidents;
  TranscriptEndpoints transcripts;
  PeopleEndpoints people;
  ContactEndpoints contacts;
  RosterEndpoints roster;
  service::Drafts drafts;
  ConversationCalls conversations;
  DeskSockets sockets;
};

DeskConnector::DeskConnector(Setup setup) : impl_(std::make_unique<Impl>(std::move(setup))) {}
DeskConnector::~DeskConnector() = default;
void DeskConnector::mount(net::Router& router) {
  impl_->mount(router);
}
void DeskConnector::sweep() {
  impl_->sockets.sweep();
}

}  // namespace svar::desk
