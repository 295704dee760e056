// Who should be at the desk now, over HTTP.
//
// Threads: one, the I/O thread.
#pragma once

#include "bot/service/desk/presence.h"
#include "bot/service/desk/roster.h"
#include "bot/service/people/people.h"
#include "bot/service/turn/clock.h"
#include "connectors/desk/gate.h"

namespace svar::desk {

// Everything referred to must outlive the router's last request.
class RosterEndpoints {
 public:
  struct Setup {
    const service::Roster* roster = nullptr;  // null: there is none
    const service::Presence& presence;
    service::People& people;
    const service::Clock& clock;
  };
  RosterEndpoints(Gate& gate, Setup setup) : gate_(gate), setup_(setup) {}

  void mount(net::Router& router);

 private:
  void show(const Call& call) const;

  Gate& gate_;
  Setup setup_;
};

}  // namespace svar::desk
