#include "connectors/webchat/incident_board.h"

namespace svar::webchat {

using service::RunningIncident;

IncidentBoard::IncidentBoard(const service::RunningIncidents* incidents, Rooms& rooms)
    : incidents_(incidents), rooms_(rooms) {}

IncidentBanner IncidentBoard::banner(const MunicipalityId& municipality) const {
  std::vector<RunningIncident> here;
  if (incidents_ != nullptr) here = incidents_->running_anywhere();
  std::erase_if(here, [&](const auto& one) { return one.municipality != municipality; });
  return banner_of(here);
}

void IncidentBoard::look() {
  if (incidents_ == nullptr) return;
  std::map<MunicipalityId, std::vector<RunningIncident>> running;
  for (const auto& [municipality, version] : told_) running[municipality];
  for (RunningIncident& incident : incidents_->running_anywhere())
    running[incident.municipality].push_back(std::move(incident));
  for (const auto& [municipality, incidents] : running) {
    const IncidentBanner banner = banner_of(incidents);
    const auto told = told_.find(municipality);
    if (told != told_.end() && told->second == banner.version) continue;
    if (incidents.empty()) {
      told_.erase(municipality);
    } else {
      told_[municipality] = banner.version;
    }
    rooms_.tell_incidents(municipality, banner);
  }
}

}  // namespace svar::webchat
