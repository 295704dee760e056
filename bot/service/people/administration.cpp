#include "bot/service/people/administration.h"

#include <algorithm>
#include <utility>

#include "bot/service/people/secrets.h"

namespace svar::service {
namespace {

constexpr std::size_t kDisplayNameBytesMax = 128;

bool is_display_name(const std::string& name) {
  const bool printable = std::none_of(name.begin(), name.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
  });
  return printable && name.size() <= kDisplayNameBytesMax &&
         name.find_first_not_of(' ') != std::string::npos;
}

}  // namespace

Actor operator_actor() {
  return {kOperator, Rights{{Role::system_administrator, std::nullopt}}};
}

Administration::Administration(People& people, AuditTrail& audit, const Clock& clock,
                               IsMunicipality is_municipality, std::chrono::hours invitation_life)
    : people_(people),
      audit_(audit),
      clock_(clock),
      is_municipality_(std::move(is_municipality)),
      invitation_life_(invitation_life) {}

std::vector<const Account*> Administration::known_to(const Actor& actor) const {
  auto accounts = people_.accounts();
  std::erase_if(accounts,
                [&](const Account* each) { return !may_know(actor.rights, each->rights); });
  return accounts;
}

const Account* Administration::find(const Actor& actor, const AgentId& name) const {
  const Account* account = people_.latest(name);
  return account && may_know(actor.rights, account->rights) ? account : nullptr;
}

std::variant<const Account*, PeopleRefusal> Administration::manageable(const Actor& actor,
                                                                       const AgentId& name) const {
  const Account* account = find(actor, name);
  if (!account) return PeopleRefusal{PeopleFault::unknown};
  if (!may_manage(actor.rights, account->rights)) return PeopleRefusal{PeopleFault::not_allowed};
  return account;
}

// A municipality that isn't the actor's is unknown, whether it exists or not.
std::optional<PeopleFault> Administration::fault_in(const Actor& actor, const Rights& wanted,
                                                    const Rights& shown) const {
  for (const Right& right : wanted.all()) {
    if (shown.all().count(right) != 0) continue;
    const auto& place = right.municipality;
    if (place && (!administers(actor.rights, *place) || !is_municipality_(*place)))
      return PeopleFault::unknown;
    if (!may_grant(actor.rights, right)) return PeopleFault::not_allowed;
  }
  return std::nullopt;
}

bool Administration::is_last_administrator(const Account& account) const {
  if (!account.has(Role::system_administrator) || account.disabled) return false;
  const auto accounts = people_.accounts();
  return std::none_of(accounts.begin(), accounts.end(), [&](const Account* each) {
    return each->name != account.name && !each->disabled && each->has(Role::system_administrator);
  });
}

void Administration::save(const Actor& actor, const AgentId& name, const Act& act,
                          PeopleDone done) {
  people_.change(name, act.edit, [this, actor, name, act, done](const auto& error) {
    const Account* account = people_.account(name);
    if (error || !account) return done(PeopleRefusal{PeopleFault::unavailable});
    if (act.ends_sessions) people_.end_sessions_of(name, {}, [](auto) {});
    audit_.about_account(act.kind, actor.name, *account, text_of(account->rights),
                         [done](const auto& failed) {
                           if (failed) return done(PeopleRefusal{PeopleFault::unavailable});
                           done(std::nullopt);
                         });
  });
}

void Administration::act(const Actor& actor, const AgentId& name, Act act, PeopleDone done) {
  const auto found = manageable(actor, name);
  if (const auto* refusal = std::get_if<PeopleRefusal>(&found)) return done(*refusal);
  const Account& account = *std::get<const Account*>(found);
  if (act.may_lock_out && account.name == actor.name)
    return done(PeopleRefusal{PeopleFault::yourself});
  if (act.may_lock_out && is_last_administrator(account))
    return done(PeopleRefusal{PeopleFault::last_administrator});
  save(actor, name, act, std::move(done));
}

void Administration::give_link(const Actor& actor, Act act, const AgentId& name,
                               PeopleGives<InvitationMade> done) {
  const InvitationMade made{name, new_session_token(), clock_.now() + invitation_life_};
  act.edit = [edit = std::move(act.edit), made](Account& account) {
    if (edit) edit(account);
    account.password_hash.clear();
    account.invitation = Invitation{key_of_token(made.token).value, made.expires};
  };
  save(actor, name, act, [made, done = std::move(done)](const auto& refusal) {
    if (refusal) return done(*refusal);
    done(made);
  });
}

void Administration::invite(const Actor& actor, const AgentId& name, std::string display_name,
                            const Rights& rights, PeopleGives<InvitationMade> done) {
  if (!is_account_name(name.value) || !is_display_name(display_name))
    return done(PeopleRefusal{PeopleFault::bad_name});
  if (rights.empty()) return done(PeopleRefusal{PeopleFault::bad_rights});
  if (const auto fault = fault_in(actor, rights, {})) return done(PeopleRefusal{*fault});
  if (people_.latest(name)) return done(PeopleRefusal{PeopleFault::name_taken});
  const auto fill = [display_name = std::move(display_name), rights](Account& account) {
    account.display_name = display_name;
    account.rights = rights;
  };
  give_link(actor, {AuditKind::invited, fill}, name, std::move(done));
}

void Administration::reset_password(const Actor& actor, const AgentId& name,
                                    PeopleGives<InvitationMade> done) {
  const auto found = manageable(actor, name);
  if (const auto* refusal = std::get_if<PeopleRefusal>(&found)) return done(*refusal);
  if (name == actor.name) return done(PeopleRefusal{PeopleFault::yourself});
  give_link(actor, {AuditKind::password_reset, {}, true}, name, std::move(done));
}

void Administration::set_rights(const Actor& actor, const AgentId& name, const Rights& rights,
                                PeopleDone done) {
  const Account* account = find(actor, name);
  if (!account) return done(PeopleRefusal{PeopleFault::unknown});
  const Rights shown = shown_to(actor.rights, account->rights);
  if (const auto fault = fault_in(actor, rights, shown)) return done(PeopleRefusal{*fault});
  Rights wanted = rights;
  for (const Right& right : account->rights.all()) {
    const bool stays = shown.all().count(right) == 0;
    if (stays) wanted.add(right);
    if (wanted.all().count(right) != 0) continue;
    if (!may_grant(actor.rights, right)) return done(PeopleRefusal{PeopleFault::not_allowed});
    const bool own_way_in = name == actor.name && (right.role == Role::administrator ||
                                                   right.role == Role::system_administrator);
    if (own_way_in) return done(PeopleRefusal{PeopleFault::yourself});
  }
  const bool resigns = !wanted.has(Role::system_administrator);
  if (resigns && is_last_administrator(*account))
    return done(PeopleRefusal{PeopleFault::last_administrator});
  save(actor, name,
       {AuditKind::rights_changed, [wanted](Account& changed) { changed.rights = wanted; }},
       std::move(done));
}

void Administration::disable(const Actor& actor, const AgentId& name, PeopleDone done) {
  act(actor, name,
      {AuditKind::disabled, [](Account& account) { account.disabled = true; }, true, true},
      std::move(done));
}

void Administration::enable(const Actor& actor, const AgentId& name, PeopleDone done) {
  act(actor, name, {AuditKind::enabled, [](Account& account) { account.disabled = false; }},
      std::move(done));
}

void Administration::reset_second_factor(const Actor& actor, const AgentId& name, PeopleDone done) {
  act(actor, name,
      {AuditKind::second_factor_removed, [](Account& account) { account.totp.reset(); }, true},
      std::move(done));
}

void Administration::remove(const Actor& actor, const AgentId& name, PeopleDone done) {
  const auto found = manageable(actor, name);
  if (const auto* refusal = std::get_if<PeopleRefusal>(&found)) return done(*refusal);
  const Account account = *std::get<const Account*>(found);
  if (account.name == actor.name) return done(PeopleRefusal{PeopleFault::yourself});
  if (is_last_administrator(account)) return done(PeopleRefusal{PeopleFault::last_administrator});
  people_.remove(name, [this, actor, account, done = std::move(done)](const auto& error) {
    if (error) return done(PeopleRefusal{PeopleFault::unavailable});
    audit_.about_account(AuditKind::removed, actor.name, account, "", [done](const auto& failed) {
      if (failed) return done(PeopleRefusal{PeopleFault::unavailable});
      done(std::nullopt);
    });
  });
}

void Administration::end_session(const Actor& actor, const AgentId& name, const std::string& handle,
                                 PeopleDone done) {
  const auto found = manageable(actor, name);
  if (const auto* refusal = std::get_if<PeopleRefusal>(&found)) return done(*refusal);
  const auto key = people_.session_of(name, handle);
  if (!key) return done(PeopleRefusal{PeopleFault::unknown});
  const Account account = *std::get<const Account*>(found);
  people_.end_session(*key, [this, actor, account, done = std::move(done)](const auto& error) {
    if (error) return done(PeopleRefusal{PeopleFault::unavailable});
    audit_.about_account(AuditKind::session_ended, actor.name, account, "by_administrator",
                         [done](const auto& failed) {
                           if (failed) return done(PeopleRefusal{PeopleFault::unavailable});
                           done(std::nullopt);
                         });
  });
}

}  // namespace svar::service
