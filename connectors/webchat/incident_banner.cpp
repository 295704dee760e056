#include "connectors/webchat/incident_banner.h"

#include <functional>

#include "connectors/webchat/frame_writer.h"
#include "connectors/webchat/frames.h"

namespace svar::webchat {
namespace {

using service::RunningIncident;

std::string version_of(const std::vector<RunningIncident>& running) {
  if (running.empty()) return std::string{kNoIncidents};
  std::string all;
  for (const RunningIncident& incident : running)
    all += incident.id + '.' + std::to_string(incident.version) + ' ';
  return std::to_string(std::hash<std::string>{}(all));
}

}  // namespace

IncidentBanner banner_of(const std::vector<RunningIncident>& running) {
  IncidentBanner banner{version_of(running), {}};
  FrameWriter frame{"incident"};
  frame.text("version", banner.version);
  frame.objects("incidents", running, [&](const RunningIncident& incident) {
    frame.text("id", incident.id);
    if (incident.crisis) frame.truth("crisis");
    frame.text("from", iso_time(incident.from));
    frame.text("to", iso_time(incident.to));
    frame.objects("texts", incident.words, [&](const RunningIncident::Words& words) {
      frame.text("language", code(words.language));
      frame.text("text", words.text);
    });
  });
  banner.frame = frame.take();
  return banner;
}

}  // namespace svar::webchat
