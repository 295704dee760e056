// The agents' channel, mounted on the server's router: log-in, what an agent does, the live socket,
// and the console's pages. The wire is README.md's.
//
// Threads: one, the I/O thread, which is the executor's.
#pragma once

#include <memory>

#include "bot/service/desk/assignments.h"
#include "bot/service/desk/contact_log.h"
#include "bot/service/desk/delivery_view.h"
#include "bot/service/desk/desk_view.h"
#include "bot/service/desk/roster.h"
#include "bot/service/desk/team_work.h"
#include "bot/service/desk/transcript_search.h"
#include "bot/service/incidents/incidents.h"
#include "bot/service/people/administration.h"
#include "bot/service/people/own_account.h"
#include "bot/service/people/people.h"
#include "bot/service/people/sign_in.h"
#include "bot/service/turn/typing.h"
#include "connectors/net/asset_folder.h"
#include "connectors/net/http.h"

namespace svar::desk {

// Everything referred to must outlive the connector.
struct Setup {
  service::DeskView& view;
  service::Presence& presence;
  service::TeamWork& team;
  service::People& people;
  service::SignIn& sign_in;
  service::OwnAccount& own_account;
  service::Administration& administration;
  service::AuditTrail& audit;
  service::Incidents& incidents;
  service::TranscriptSearch& transcripts;
  service::DeliveryView& delivery;
  service::ContactLog& contacts;
  service::TypingHub& typing;
  const service::Clock& clock;
  service::Conversations::ReleaseSource release;
  const net::AssetFolder* console = nullptr;  // the built <web>/console; null when it was not built
  service::Assignments* assignments = nullptr;  // null: nobody is offered anything unasked
  const service::Roster* roster = nullptr;      // null: there is none
};

class DeskConnector {
 public:
  explicit DeskConnector(Setup setup);
  ~DeskConnector();  // after the server's last request and socket
  DeskConnector(const DeskConnector&) = delete;

  // Once, before the server listens. This object must outlive the router's last request.
  void mount(net::Router& router);

  // Ends sockets whose session has ended and sends what was held back. Call it at least every half
  // second: a session that ended elsewhere is gone from the screen within a second.
  void sweep();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace svar::desk
