// The incident log over HTTP: what is out of order in the agent's municipalities.
//
// Threads: one, the I/O thread.
#pragma once

#include "bot/service/incidents/incidents.h"
#include "bot/service/turn/conversations.h"
#include "connectors/desk/gate.h"

namespace svar::desk {

// Everything referred to must outlive the router's last request.
class IncidentEndpoints {
 public:
  IncidentEndpoints(Gate& gate, service::Incidents& incidents, const service::Clock& clock,
                    service::Conversations::ReleaseSource release)
      : gate_(gate), incidents_(incidents), clock_(clock), release_(std::move(release)) {}

  void mount(net::Router& router);

 private:
  void list(const Call& call) const;
  void topics(const Call& call) const;
  void add(const Call& call);
  void change(const Call& call);
  void end(const Call& call);
  // Why the release doesn't know what the draft is about.
  std::optional<Refusal> unknown_in(const service::IncidentDraft& draft) const;
  service::Incidents::Saved give(const Call& call) const;

  Gate& gate_;
  service::Incidents& incidents_;
  const service::Clock& clock_;
  service::Conversations::ReleaseSource release_;
};

}  // namespace svar::desk
