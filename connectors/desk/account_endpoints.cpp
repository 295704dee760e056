#include "connectors/desk/account_endpoints.h"

#include <nlohmann/json.hpp>

#include "connectors/desk/people_refusal.h"
#include "connectors/desk/request_guard.h"

namespace svar::desk {
namespace {

using service::OwnAccount;
using service::PeopleRefusal;

constexpr std::size_t kBodyBytesMax = 8 * 1024;
constexpr std::size_t kTokenBytesMax = 128;
constexpr std::size_t kCodeBytesMax = 32;

OwnAccount::Self self_of(const Call& call) {
  return {call.agent.name, call.session};
}

service::PeopleDone answer(const Call& call) {
  return [call](const std::optional<PeopleRefusal>& refused) {
    if (refused) return call.refuse(refusal_of(*refused));
    call.done();
  };
}

std::optional<std::string> password_in(const FlatObject& body, std::string_view field) {
  return body.text(field, service::kPasswordBytesMax + 1);
}

}  // namespace

Json encode(const std::vector<service::Session>& sessions, const service::SessionKey& here) {
  Json list = Json::array();
  for (const auto& session : sessions) {
    list.push_back({{"id", service::People::handle_of(session.key)},
                    {"device", session.device},
                    {"created", iso(session.created)},
                    {"last_used", iso(session.last_used)},
                    {"this", session.key == here}});
  }
  return list;
}

void AccountEndpoints::change_password(const Call& call) {
  const auto password = password_in(call.body, "password");
  const auto next = password_in(call.body, "new_password");
  if (!password || !next) return call.refuse(kBadRequest);
  own_.change_password(self_of(call), *password, *next, answer(call));
}

void AccountEndpoints::begin_enrolment(const Call& call) {
  const auto password = password_in(call.body, "password").value_or("");
  own_.begin_enrolment(self_of(call), password, [call](const auto& outcome) {
    if (const auto* refused = std::get_if<PeopleRefusal>(&outcome))
      return call.refuse(refusal_of(*refused));
    const auto& enrolment = std::get<OwnAccount::Enrolment>(outcome);
    call.send({{"key", enrolment.key}, {"address", enrolment.address}});
  });
}

service::PeopleGives<OwnAccount::RecoveryCodes> AccountEndpoints::give_codes(const Call& call) {
  return [call](const auto& outcome) {
    if (const auto* refused = std::get_if<PeopleRefusal>(&outcome))
      return call.refuse(refusal_of(*refused));
    call.send({{"recovery_codes", std::get<OwnAccount::RecoveryCodes>(outcome)}});
  };
}

void AccountEndpoints::confirm_enrolment(const Call& call) {
  const auto code = call.body.text("code", kCodeBytesMax);
  if (!code) return call.refuse(kBadRequest);
  own_.confirm_enrolment(self_of(call), *code, give_codes(call));
}

void AccountEndpoints::remove_second_factor(const Call& call) {
  const auto password = password_in(call.body, "password");
  if (!password) return call.refuse(kBadRequest);
  own_.remove_second_factor(self_of(call), *password, answer(call));
}

void AccountEndpoints::renew_recovery_codes(const Call& call) {
  const auto password = password_in(call.body, "password");
  if (!password) return call.refuse(kBadRequest);
  own_.renew_recovery_codes(self_of(call), *password, give_codes(call));
}

void AccountEndpoints::sessions(const Call& call) {
  call.send({{"sessions", encode(people_.sessions_of(call.agent.name), call.session)}});
}

void AccountEndpoints::end_session(const Call& call) {
  const auto key = people_.session_of(call.agent.name, call.captures.at(0));
  if (!key) return call.refuse(kNotFound);
  people_.end_session(*key, [this, call](const auto& error) {
    if (error) return call.refuse(kUnavailable);
    audit_.about_account(service::AuditKind::session_ended, call.agent.name, call.agent, "by_owner",
                         [call](const auto& failed) {
                           if (failed) return call.refuse(kUnavailable);
                           call.done();
                         });
  });
}

// Both have no session yet; the token, of 256 random bits, is what lets in.
void AccountEndpoints::show_invitation(const net::Request& request, const net::Respond& respond) {
  const Language language = reader_language(request);
  if (!may_change(request)) return respond(refuse(kForbidden, language));
  const auto body = FlatObject::parse(request.body, {"token"});
  const auto token = body ? body->text("token", kTokenBytesMax) : std::nullopt;
  if (!token) return respond(refuse(kBadRequest, language));
  const auto* account = own_.invitee(*token);
  if (!account) {
    return respond(refuse(refusal_of({service::PeopleFault::link_expired}), language));
  }
  const Json json = {{"name", account->name.value},
                     {"display_name", account->display_name},
                     {"expires", iso(account->invitation->expires)},
                     {"password_length_min", service::kPasswordCodePointsMin}};
  respond(net::json_response(200, write(json)));
}

void AccountEndpoints::accept_invitation(const net::Request& request, const net::Respond& respond) {
  const Language language = reader_language(request);
  if (!may_change(request)) return respond(refuse(kForbidden, language));
  const auto body = FlatObject::parse(request.body, {"token", "password"});
  const auto token = body ? body->text("token", kTokenBytesMax) : std::nullopt;
  const auto password = body ? password_in(*body, "password") : std::nullopt;
  if (!token || !password) return respond(refuse(kBadRequest, language));
  own_.accept_invitation(*token, *password, [respond, language](const auto& outcome) {
    if (const auto* refused = std::get_if<PeopleRefusal>(&outcome))
      return respond(refuse(refusal_of(*refused), language));
    respond(net::json_response(200, write({{"name", std::get<AgentId>(outcome).value}})));
  });
}

void AccountEndpoints::mount(net::Router& router) {
  const std::string me = "/desk/v1/me/";
  const auto enrolling = Admits::also_enrolling;
  gate_.post(router, me + "password", {"password", "new_password"},
             [this](const Call& call) { change_password(call); });
  gate_.post(
      router, me + "second-factor", {"password"},
      [this](const Call& call) { begin_enrolment(call); }, enrolling);
  gate_.post(
      router, me + "second-factor/confirm", {"code"},
      [this](const Call& call) { confirm_enrolment(call); }, enrolling);
  gate_.post(router, me + "second-factor/remove", {"password"},
             [this](const Call& call) { remove_second_factor(call); });
  gate_.post(router, me + "recovery-codes", {"password"},
             [this](const Call& call) { renew_recovery_codes(call); });
  gate_.get(router, me + "sessions", [this](const Call& call) { sessions(call); });
  gate_.post(router, me + "sessions/*/end", {}, [this](const Call& call) { end_session(call); });
  router.add(
      "POST", "/desk/v1/invitation",
      [this](const auto& request, const auto& respond) { show_invitation(request, respond); },
      kBodyBytesMax);
  router.add(
      "POST", "/desk/v1/invitation/accept",
      [this](const auto& request, const auto& respond) { accept_invitation(request, respond); },
      kBodyBytesMax);
}

}  // namespace svar::desk
