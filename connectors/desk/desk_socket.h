// One screen of one agent. Before anything is sent or done the session is asked again, and the
// rights of its account: nothing here remembers who may see what.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string_view>

#include "connectors/desk/delivery_feed.h"
#include "connectors/desk/desk_sockets.h"
#include "connectors/desk/wire_encoding.h"

namespace svar::desk {

class FlatObject;

class DeskSocket : public net::SocketHandler {
 public:
  DeskSocket(DeskSockets& sockets, service::SessionKey session, Language language);
  ~DeskSocket() override;
  DeskSocket(const DeskSocket&) = delete;

  void opened(std::shared_ptr<net::Socket> socket) override;
  void received(std::string_view frame) override;
  void drained() override;
  void closed() override;

  AgentId agent_name() const;  // empty when the session has ended
  void sweep();
  void card_changed(const service::Card& card);
  void left_desk(ConversationId conversation);
  void appended(ConversationId conversation, const std::vector<Recorded>& events);
  void citizen_types(ConversationId conversation);
  void send_team();
  void send_assignment();
  void incident_changed(const service::Incident& incident);
  void delivery_changed(std::optional<ConversationId> conversation);
  void send_channels();  // which accounts of messaging platforms have stopped

 private:
  // A conversation that is open on the screen.
  struct Watch {
    Seq sent;  // everything up to here was sent
    bool loading = false;
    bool behind = false;  // there is more in the log
  };

  // The account as it is now; when the session has ended says so, closes, and returns nothing.
  const service::Account* agent();
  void sign_out();
  void send(const Json& frame);
  void send_overview();
  void send_card(const service::Account& account, const service::Card& card);
  void send_gone(ConversationId conversation);
  void send_changed();
  void watch(ConversationId conversation, Seq after);
  void catch_up(ConversationId conversation, Watch& watch);
  // What this log-in has not opened yet is opened first, so that the audit log knows of it.
  void open_first(ConversationId conversation, const service::Account& account);
  void opened_first(ConversationId conversation, const service::DeskView::Opened& opened);
  void caught_up(ConversationId conversation,
                 const std::variant<std::vector<Recorded>, service::Refused>& outcome);
  void send_events(ConversationId conversation, Watch& watch, const std::vector<Recorded>& events);
  void types(ConversationId conversation);
  void handle(const std::string& type, const FlatObject& frame);
  void refuse_frame();
  void end_presence();
  bool is_open() const { return socket_ != nullptr; }

  DeskSockets& sockets_;
  const service::SessionKey session_;
  const Language language_;
  std::shared_ptr<net::Socket> socket_;  // null before opened and once it is closing
  std::optional<AgentId> present_;       // whose screen this is, while it counts as one
  std::set<ConversationId> shown_;       // on the screen's lists
  std::set<ConversationId>
      changed_;  // and there was no room to tell: it gets the latest when there is
  std::map<ConversationId, Watch> watches_;
  DeliveryFeed delivery_;  // of those
  std::map<ConversationId, service::SteadyTime>
      typed_;  // when the agent's typing was last passed on
  int frames_since_sweep_ = 0;
  std::shared_ptr<DeskSocket*> self_;  // completions that come after the end find it empty
};

}  // namespace svar::desk
