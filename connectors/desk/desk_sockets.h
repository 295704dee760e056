// Every open screen: what happens at the desk goes to those who may see it.
#pragma once

#include <memory>
#include <vector>

#include "bot/service/desk/assignments.h"
#include "bot/service/desk/delivery_view.h"
#include "bot/service/desk/desk_view.h"
#include "bot/service/desk/team_work.h"
#include "bot/service/incidents/incidents.h"
#include "bot/service/people/audit_trail.h"
#include "bot/service/people/people.h"
#include "connectors/net/http.h"

namespace svar::desk {

class DeskSocket;

// Threads: the I/O thread. Outlives its sockets.
class DeskSockets : private service::DeskListener,
                    private service::TypingListener,
                    private service::PresenceListener,
                    private service::IncidentListener,
                    private service::DeliveryListener,
                    private service::AssignmentListener {
 public:
  // Everything referred to must outlive this object.
  struct Setup {
    service::DeskView& view;
    service::People& people;
    service::AuditTrail& audit;
    service::TypingHub& typing;
    const service::Clock& clock;
    service::Conversations::ReleaseSource release;
    service::TeamWork& team;
    service::Presence& presence;
    service::Incidents& incidents;
    service::DeliveryView& delivery;
    service::Assignments* assignments = nullptr;
  };
  explicit DeskSockets(Setup setup);
  ~DeskSockets() override;
  DeskSockets(const DeskSockets&) = delete;

  // Whether one more socket of this agent is let in.
  bool has_room(const AgentId& agent) const;
  std::unique_ptr<net::SocketHandler> make(const service::SessionKey& session, Language language);

  // See DeskConnector::sweep.
  void sweep();

 private:
  friend class DeskSocket;
  void card_changed(const service::Card& card) override;
  void left_desk(ConversationId conversation) override;
  void appended(ConversationId conversation, const std::vector<Recorded>& events) override;
  void typing(ConversationId conversation, service::TypingFrom from) override;
  void presence_changed() override;
  void incident_changed(const service::Incident& incident) override;
  void delivery_changed(std::optional<ConversationId> conversation) override;
  void channels_changed() override;
  void assignment_changed(const AgentId& agent) override;
  template <class Call>
  void for_each(Call call);

  service::DeskView& view_;
  service::People& people_;
  service::AuditTrail& audit_;
  service::TypingHub& typing_;
  const service::Clock& clock_;
  service::Conversations::ReleaseSource release_;
  service::TeamWork& team_;
  service::Presence& presence_;
  service::Incidents& incidents_;
  service::DeliveryView& delivery_;
  service::Assignments* assignments_;
  bool team_changed_ = false;  // to be told at the next sweep
  std::vector<DeskSocket*> open_;
};

}  // namespace svar::desk
