#include "connectors/desk/roster_endpoints.h"

#include <nlohmann/json.hpp>

#include "bot/service/desk/team_work.h"

namespace svar::desk {
namespace {

using service::Availability;
using service::Role;

// «15:30».
std::string clock_of(service::WallClock time) {
  const auto minutes = time - std::chrono::floor<std::chrono::days>(time);
  const auto two = [](long number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return two(minutes.count() / 60) + ":" + two(minutes.count() % 60);
}

// The end of a day is «24:00», not the beginning of the next.
std::string end_of(service::WallClock time) {
  const std::string clock = clock_of(time);
  return clock == "00:00" ? "24:00" : clock;
}

}  // namespace

void RosterEndpoints::show(const Call& call) const {
  if (!call.agent.has(Role::agent)) return call.refuse(kNotAllowed);
  Json on = Json::array();
  if (setup_.roster) {
    for (const service::Shift& shift : setup_.roster->at(setup_.clock.now())) {
      const service::Account* account = setup_.people.account(shift.agent);
      if (!account || !account->has(Role::agent) ||
          !service::shares_municipality(call.agent, *account))
        continue;
      const bool present = setup_.presence.of(shift.agent) != Availability::offline;
      on.push_back({{"name", account->name.value},
                    {"display_name", account->display_name},
                    {"from", clock_of(shift.from)},
                    {"to", end_of(shift.to)},
                    {"present", present}});
    }
  }
  const auto* fault = setup_.roster && setup_.roster->fault() ? &*setup_.roster->fault() : nullptr;
  call.send({{"configured", setup_.roster != nullptr},
             {"fault_line", fault ? Json(fault->line) : Json(nullptr)},
             {"on", std::move(on)}});
}

void RosterEndpoints::mount(net::Router& router) {
  gate_.get(router, "/desk/v1/roster", [this](const Call& call) { show(call); });
}

}  // namespace svar::desk
