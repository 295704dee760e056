#include "connectors/desk/people_endpoints.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "connectors/desk/account_endpoints.h"
#include "connectors/desk/people_refusal.h"

namespace svar::desk {
namespace {

using service::Actor;
using service::PeopleFault;
using service::PeopleRefusal;
using service::Role;

constexpr std::size_t kNameBytesMax = 256;
constexpr std::size_t kRightsBytesMax = 4'096;

Actor actor_of(const Call& call) {
  return {call.agent.name, call.agent.rights};
}

bool is_administrator(const Call& call) {
  return call.agent.rights.needs_second_factor();
}

// What an administrator may know of somebody.
Json encode_person(const Actor& actor, const service::Account& account) {
  return {{"name", account.name.value},
          {"display_name", account.display_name},
          {"rights", encode(shown_to(actor.rights, account.rights))},
          {"manageable", may_manage(actor.rights, account.rights)},
          {"disabled", account.disabled},
          {"second_factor", account.totp.has_value()},
          {"invited_until",
           account.invitation ? Json(iso(account.invitation->expires)) : Json(nullptr)},
          {"has_password", !account.password_hash.empty()}};
}

Json encode(const service::AuditEntry& entry) {
  return {{"number", entry.number},
          {"at", iso(entry.at)},
          {"kind", code(entry.kind)},
          {"who", entry.who.value},
          {"about", entry.about.value},
          {"conversation",
           entry.conversation ? Json(std::to_string(entry.conversation->value)) : Json(nullptr)},
          {"why", entry.why}};
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number <= 0) return std::nullopt;
  return number;
}

// The municipalities whose entries are asked for; nothing when one of them isn't the actor's.
std::optional<std::optional<service::Municipalities>> scope_in(const Call& call) {
  const auto& rights = call.agent.rights;
  const std::string_view wanted = call.parameter("municipality");
  if (!wanted.empty()) {
    const MunicipalityId id{std::string(wanted)};
    if (!administers(rights, id)) return std::nullopt;
    return service::Municipalities{id};
  }
  const bool all = rights.has(Role::system_administrator) || rights.everywhere(Role::administrator);
  if (all) return std::optional<service::Municipalities>{};
  return rights.municipalities(Role::administrator);
}

// Nothing when a parameter can't be understood.
std::optional<service::AuditQuery> query_in(const Call& call) {
  service::AuditQuery query;
  if (const auto text = call.parameter("agent"); !text.empty())
    query.agent = AgentId{std::string(text)};
  if (const auto text = call.parameter("kind"); !text.empty()) {
    query.kind = service::audit_kind_from_code(text);
    if (!query.kind) return std::nullopt;
  }
  if (const auto text = call.parameter("conversation"); !text.empty()) {
    const auto number = whole_number(text);
    if (!number) return std::nullopt;
    query.conversation = ConversationId{*number};
  }
  if (const auto text = call.parameter("before"); !text.empty()) {
    const auto number = whole_number(text);
    if (!number) return std::nullopt;
    query.before = *number;
  }
  return query;
}

}  // namespace

Gate::OnCall PeopleEndpoints::about_person(OnPerson then) {
  return [this, then = std::move(then)](const Call& call) {
    if (!is_administrator(call)) return call.refuse(kNotFound);
    const AgentId name{call.captures.at(0)};
    if (!administration_.find(actor_of(call), name)) return call.refuse(kNotFound);
    then(call, name);
  };
}

service::PeopleDone PeopleEndpoints::give_person(const Call& call, const AgentId& name) {
  return [this, call, name](const std::optional<PeopleRefusal>& refused) {
    if (refused) return call.refuse(refusal_of(*refused));
    const auto* account = administration_.find(actor_of(call), name);
    call.send({{"person", account ? encode_person(actor_of(call), *account) : Json(nullptr)}});
  };
}

service::PeopleGives<service::InvitationMade> PeopleEndpoints::give_link(const Call& call,
                                                                         const AgentId& name) {
  return [this, call, name](const auto& outcome) {
    if (const auto* refused = std::get_if<PeopleRefusal>(&outcome))
      return call.refuse(refusal_of(*refused));
    const auto& made = std::get<service::InvitationMade>(outcome);
    const auto* account = administration_.find(actor_of(call), name);
    call.send({{"person", account ? encode_person(actor_of(call), *account) : Json(nullptr)},
               {"token", made.token},
               {"expires", iso(made.expires)}});
  };
}

void PeopleEndpoints::list(const Call& call) {
  if (!is_administrator(call)) return call.refuse(kNotAllowed);
  const Actor actor = actor_of(call);
  Json people = Json::array();
  for (const auto* account : administration_.known_to(actor))
    people.push_back(encode_person(actor, *account));
  Json municipalities = Json::array();
  for (const auto& [id, municipality] : release_()->municipalities) {
    if (administers(actor.rights, id))
      municipalities.push_back({{"id", id.value}, {"name", municipality.name}});
  }
  call.send({{"people", std::move(people)},
             {"municipalities", std::move(municipalities)},
             {"everywhere", may_grant(actor.rights, {Role::agent, std::nullopt})},
             {"system", may_grant(actor.rights, {Role::system_administrator, std::nullopt})}});
}

void PeopleEndpoints::invite(const Call& call) {
  if (!is_administrator(call)) return call.refuse(kNotAllowed);
  const auto name = call.body.text("name", kNameBytesMax);
  const auto display_name = call.body.text("display_name", kNameBytesMax);
  const auto text = call.body.text("rights", kRightsBytesMax);
  if (!name || !display_name || !text) return call.refuse(kBadRequest);
  const auto rights = service::rights_from_text(*text);
  if (!rights) return call.refuse(refusal_of({PeopleFault::bad_rights}));
  administration_.invite(actor_of(call), AgentId{*name}, *display_name, *rights,
                         give_link(call, AgentId{*name}));
}

void PeopleEndpoints::set_rights(const Call& call, const AgentId& name) {
  const auto text = call.body.text("rights", kRightsBytesMax);
  if (!text) return call.refuse(kBadRequest);
  const auto rights = service::rights_from_text(*text);
  if (!rights) return call.refuse(refusal_of({PeopleFault::bad_rights}));
  administration_.set_rights(actor_of(call), name, *rights, give_person(call, name));
}

void PeopleEndpoints::sessions(const Call& call, const AgentId& name) {
  const auto* account = administration_.find(actor_of(call), name);
  if (!may_manage(call.agent.rights, account->rights)) return call.refuse(kNotAllowed);
  const auto sessions = administration_.people().sessions_of(name);
  call.send({{"sessions", desk::encode(sessions, call.session)}});
}

void PeopleEndpoints::audit(const Call& call) {
  if (!is_administrator(call)) return call.refuse(kNotAllowed);
  auto scope = scope_in(call);
  if (!scope) return call.refuse(kNotFound);
  auto query = query_in(call);
  if (!query) return call.refuse(kBadRequest);
  query->municipalities = std::move(*scope);
  const std::size_t count_max = query->count_max;
  audit_.read(std::move(*query), [call, count_max](const auto& entries) {
    if (!entries) return call.refuse(kUnavailable);
    Json list = Json::array();
    for (const auto& entry : *entries) list.push_back(encode(entry));
    const bool more = entries->size() == count_max;
    call.send({{"entries", std::move(list)},
               {"before", more ? Json(entries->back().number) : Json(nullptr)}});
  });
}

void PeopleEndpoints::mount(net::Router& router) {
  gate_.get(router, "/desk/v1/people", [this](const Call& call) { list(call); });
  gate_.post(router, "/desk/v1/people", {"name", "display_name", "rights"},
             [this](const Call& call) { invite(call); });
  gate_.get(router, "/desk/v1/audit", [this](const Call& call) { audit(call); });
  const std::string one = "/desk/v1/people/*";
  gate_.post(router, one + "/rights", {"rights"},
             about_person([this](auto& call, auto& name) { set_rights(call, name); }));
  gate_.post(router, one + "/reset-password", {}, about_person([this](auto& call, auto& name) {
               administration_.reset_password(actor_of(call), name, give_link(call, name));
             }));
  using Command =
      void (service::Administration::*)(const Actor&, const AgentId&, service::PeopleDone);
  const auto command = [&](const char* verb, Command act) {
    gate_.post(router, one + verb, {}, about_person([this, act](auto& call, auto& name) {
                 (administration_.*act)(actor_of(call), name, give_person(call, name));
               }));
  };
  command("/disable", &service::Administration::disable);
  command("/enable", &service::Administration::enable);
  command("/remove", &service::Administration::remove);
  command("/reset-second-factor", &service::Administration::reset_second_factor);
  gate_.get(router, one + "/sessions",
            about_person([this](auto& call, auto& name) { sessions(call, name); }));
  gate_.post(router, one + "/sessions/*/end", {}, about_person([this](auto& call, auto& name) {
               administration_.end_session(actor_of(call), name, call.captures.at(1),
                                           give_person(call, name));
             }));
}

}  // namespace svar::desk
