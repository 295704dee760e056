#include "connectors/desk/gate.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "bot/service/people/secrets.h"
#include "connectors/desk/request_guard.h"
#include "connectors/desk/session_cookie.h"

namespace svar::desk {

void Call::send(const Json& json) const {
  respond(net::json_response(200, write(json)));
}

void Call::done() const {
  respond({204, {{"Cache-Control", "no-store"}}, ""});
}

std::string_view Call::parameter(std::string_view name) const {
  for (const auto& [key, value] : query) {
    if (key == name) return value;
  }
  return {};
}

service::SessionKey Gate::session_of(const net::Request& request) {
  return service::key_of_token(request.cookie(kSessionCookie));
}

void Gate::enter(const net::Request& request, const net::Respond& respond, Admits admits,
                 const OnCall& then) {
  const auto session = session_of(request);
  const auto* agent = people_.signed_in(session);
  const Language language = reader_language(request);
  if (!agent) return respond(refuse(kSignedOut, language));
  if (agent->must_enrol() && admits == Admits::complete)
    return respond(refuse(kMustEnrol, language));
  const Call call{*agent, session, language, request.captures, request.query, {}, respond};
  people_.touch(session);
  then(call);
}

void Gate::get(net::Router& router, const std::string& path, OnCall then, Admits admits) {
  router.add("GET", path,
             [this, then = std::move(then), admits](const net::Request& request,
                                                    const net::Respond& respond) {
               enter(request, respond, admits, then);
             });
}

void Gate::post(net::Router& router, const std::string& path, std::vector<std::string_view> fields,
                OnCall then, Admits admits) {
  router.add("POST", path,
             [this, fields = std::move(fields), then = std::move(then), admits](
                 const net::Request& request, const net::Respond& respond) {
               if (!may_change(request))
                 return respond(refuse(kForbidden, reader_language(request)));
               enter(request, respond, admits, [&](Call call) {
                 auto body = FlatObject::parse(request.body, fields);
                 if (!body) return call.refuse(kBadRequest);
                 call.body = std::move(*body);
                 then(call);
               });
             });
}

}  // namespace svar::desk
