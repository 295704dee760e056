// Tells the citizens' sessions when something begins, changes or ends where they are.
#pragma once

#include <map>
#include <string>

#include "bot/service/turn/running_incidents.h"
#include "connectors/webchat/incident_banner.h"
#include "connectors/webchat/rooms.h"

namespace svar::webchat {

// Threads: the I/O thread.
class IncidentBoard {
 public:
  // Without incidents nothing is ever out of order.
  IncidentBoard(const service::RunningIncidents* incidents, Rooms& rooms);

  // What runs now.
  IncidentBanner banner(const MunicipalityId& municipality) const;

  // Tells what has become different since it looked last; a timer calls it.
  void look();

 private:
  const service::RunningIncidents* incidents_;
  Rooms& rooms_;
  std::map<MunicipalityId, std::string> told_;  // versions that show something
};

}  // namespace svar::webchat
