#include "connectors/desk/desk_connector.h"

#include <charconv>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "bot/service/people/device_words.h"
#include "connectors/desk/account_endpoints.h"
#include "connectors/desk/console_pages.h"
#include "connectors/desk/desk_sockets.h"
#include "connectors/desk/error_texts.h"
#include "connectors/desk/gate.h"
#include "connectors/desk/knowledge_endpoints.h"
#include "connectors/desk/people_endpoints.h"
#include "connectors/desk/request_guard.h"
#include "connectors/desk/session_cookie.h"
#include "connectors/desk/wire_encoding.h"

namespace svar::desk {
namespace {

constexpr std::size_t kLoginBytesMax = 4 * 1024;
constexpr std::size_t kCodeBytesMax = 32;
constexpr std::size_t kIdBytesMax = 64;
constexpr std::size_t kTextBytesMax = 48 * 1024;  // the service counts code points

int status_of(service::RefusalCode code) {
  switch (code) {
    case service::RefusalCode::unknown:
      return 404;
    case service::RefusalCode::not_yours:
    case service::RefusalCode::not_open:
      return 409;
    case service::RefusalCode::too_long:
    case service::RefusalCode::empty:
    case service::RefusalCode::not_offered:
      return 422;
    case service::RefusalCode::overloaded:
    case service::RefusalCode::unavailable:
      return 503;
  }
  return 503;
}

std::optional<ConversationId> conversation_of(const std::string& text) {
  ConversationId id;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id.value);
  if (error != std::errc{} || end != text.data() + text.size() || id.value <= 0)
    return std::nullopt;
  return id;
}

}  // namespace

struct DeskConnector::Impl {
  explicit Impl(Setup setup_in)
      : setup(std::move(setup_in)),
        gate(setup.people),
        knowledge(gate, setup.release),
        account(gate, setup.people, setup.own_account, setup.audit),
        people(gate, setup.administration, setup.audit, setup.release),
        sockets(setup.view, setup.people, setup.audit, setup.typing, setup.clock, setup.release) {}

  // A call about a conversation, by an agent.
  using OnConversation = std::function<void(const Call&, ConversationId)>;
  static Gate::OnCall on_conversation(OnConversation then) {
    return [then = std::move(then)](const Call& call) {
      if (!call.agent.has(service::Role::agent)) return call.refuse(kNotAllowed);
      const auto conversation = conversation_of(call.captures.at(0));
      if (!conversation) return call.refuse(kNotFound);
      then(call, *conversation);
    };
  }

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

  // ---- Conversations

  void refuse_with(const Call& call, ConversationId conversation, const service::Refused& refused) {
    Refusal refusal{status_of(refused.code), service::code(refused.code), refused.retry_after_ms,
                    "", ""};
    if (refused.code == service::RefusalCode::unknown) refusal = kNotFound;
    const auto card = setup.view.card(call.agent, conversation);
    if (card && card->agent) {
      refusal.held_by = card->agent->value;
      refusal.held_by_display_name = card->agent_name;
    }
    call.refuse(refusal);
  }

  void open(const Call& call, ConversationId conversation) {
    setup.view.open(call.agent, conversation, call.language,
                    [this, call, conversation](auto outcome) {
                      if (auto* refused = std::get_if<service::Refused>(&outcome)) {
                        return refuse_with(call, conversation, *refused);
                      }
                      show(call, std::get<service::DeskView::Opened>(outcome));
                    });
  }

  // That it was opened is in the audit log before anything of it is shown.
  void show(const Call& call, const service::DeskView::Opened& opened) {
    const auto release = setup.release();
    const Json json = {{"card", encode(opened.card, *release)},
                       {"packet", encode(opened.packet)},
                       {"events", encode(opened.events, *release)}};
    setup.audit.opened(call.agent.name, call.session, opened.card.id, *opened.card.controller,
                       why_opened(opened.card, call.agent.name), [call, json](const auto& error) {
                         if (error) return call.refuse(kUnavailable);
                         call.send(json);
                       });
  }

  void take(const Call& call, ConversationId conversation) {
    setup.view.take(call.agent, conversation, [this, call, conversation](const auto& outcome) {
      if (const auto* refused = std::get_if<service::Refused>(&outcome)) {
        return refuse_with(call, conversation, *refused);
      }
      call.send({{"card", encode(std::get<service::Card>(outcome), *setup.release())}});
    });
  }

  // Answers 200 {"seq","text"?} or the refusal.
  std::function<void(service::SubmitOutcome)> acknowledge(const Call& call,
                                                          ConversationId conversation) {
    return [this, call, conversation](const service::SubmitOutcome& outcome) {
      if (const auto* refused = std::get_if<service::Refused>(&outcome)) {
        return refuse_with(call, conversation, *refused);
      }
      const auto& accepted = std::get<service::Accepted>(outcome);
      Json json = {{"seq", accepted.seq.value}};
      if (!accepted.text.empty()) json["text"] = accepted.text;
      call.send(json);
    };
  }

  void say(const Call& call, ConversationId conversation) {
    const auto id = call.body.text("id", kIdBytesMax);
    const auto text = call.body.text("text", kTextBytesMax);
    if (!id || id->empty() || !text) return call.refuse(kBadRequest);
    setup.view.say(call.agent, conversation, ClientId{*id}, *text, acknowledge(call, conversation));
  }

  template <class Command>
  void command(const Call& call, ConversationId conversation, Command command) {
    const auto id = call.body.text("id", kIdBytesMax);
    if (!id || id->empty()) return call.refuse(kBadRequest);
    (setup.view.*command)(call.agent, conversation, ClientId{*id}, acknowledge(call, conversation));
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
    const std::string one = "/desk/v1/conversations/*";
    gate.get(router, one, on_conversation([this](auto& call, auto id) { open(call, id); }));
    const auto post = [&](const std::string& verb, std::vector<std::string_view> fields,
                          OnConversation then) {
      gate.post(router, one + verb, std::move(fields), on_conversation(std::move(then)));
    };
    post("/take", {}, [this](auto& call, auto id) { take(call, id); });
    post("/say", {"id", "text"}, [this](auto& call, auto id) { say(call, id); });
    post("/hand-back", {"id"},
         [this](auto& call, auto id) { command(call, id, &service::DeskView::hand_back); });
    post("/close", {"id"},
         [this](auto& call, auto id) { command(call, id, &service::DeskView::close); });
    account.mount(router);
    people.mount(router);
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
  PeopleEndpoints people;
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
