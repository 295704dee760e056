// What an agent does with conversations and with the team, as calls of README.md.
//
// Threads: one, the I/O thread.
#pragma once

#include "bot/service/desk/assignments.h"
#include "bot/service/desk/delivery_view.h"
#include "bot/service/desk/desk_view.h"
#include "bot/service/desk/drafts.h"
#include "bot/service/desk/team_work.h"
#include "bot/service/incidents/incidents.h"
#include "bot/service/people/audit_trail.h"
#include "connectors/desk/gate.h"

namespace svar::desk {

class ConversationCalls {
 public:
  // Everything referred to must outlive this object, and this object the router's last request.
  struct Setup {
    service::DeskView& view;
    service::TeamWork& team;
    service::Presence& presence;
    service::AuditTrail& audit;
    service::Drafts& drafts;
    service::Incidents& incidents;
    service::DeliveryView& delivery;
    service::Conversations::ReleaseSource release;
    service::Assignments* assignments = nullptr;
  };
  ConversationCalls(Setup setup, Gate& gate) : setup_(std::move(setup)), gate_(gate) {}

  void mount(net::Router& router);

 private:
  using OnConversation = std::function<void(const Call&, ConversationId)>;
  Gate::OnCall on_conversation(OnConversation then);
  Gate::OnCall as_agent(Gate::OnCall then);
  void mount_commands(net::Router& router);
  void mount_team(net::Router& router);
  void refuse_with(const Call& call, ConversationId conversation, const service::Refused& refused);
  service::TeamWork::Done acknowledge(const Call& call, ConversationId conversation);
  service::TeamWork::Taken taken(const Call& call, ConversationId conversation);

  void open(const Call& call, ConversationId conversation);
  void show(const Call& call, const service::DeskView::Opened& opened);
  Json card_of(const service::Card& card) const;
  void send_again(const Call& call, ConversationId conversation);
  void say(const Call& call, ConversationId conversation, ClientId id);
  void note(const Call& call, ConversationId conversation, ClientId id);
  void transfer(const Call& call, ConversationId conversation, ClientId id);
  void invite(const Call& call, ConversationId conversation, ClientId id);
  void decline(const Call& call, ConversationId conversation, ClientId id);
  void park(const Call& call, ConversationId conversation, ClientId id);
  void close(const Call& call, ConversationId conversation, ClientId id);
  void units(const Call& call, ConversationId conversation);
  void replies(const Call& call, ConversationId conversation);
  void keep_draft(const Call& call, ConversationId conversation);
  void next(const Call& call);
  void choose_presence(const Call& call);
  void show_team(const Call& call);

  Setup setup_;
  Gate& gate_;
};

// {"type":"team","colleagues":[…]} without its type: who is at the desk, as this agent sees it.
Json encode_team(const service::TeamWork& team, const service::Account& agent);

}  // namespace svar::desk
