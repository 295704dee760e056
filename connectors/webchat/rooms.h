// Who is in which conversation, so that what is appended reaches every one of its sessions.
#pragma once

#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "bot/service/turn/conversations.h"
#include "bot/service/turn/queue_places.h"
#include "bot/service/turn/typing.h"
#include "connectors/webchat/event_frames.h"
#include "connectors/webchat/incident_banner.h"

namespace svar::webchat {

// One client in one conversation. Called on the I/O thread; may leave, or be destroyed, in any call.
class Member {
 public:
  virtual ~Member() = default;
  virtual bool sent(const ClientId& id) const = 0;  // it waits for the acknowledgement of this and needs no event
  virtual void happened(const std::vector<Shown>& shown) = 0;  // in order; not empty
  virtual void agent_types() = 0;
  virtual void place(const service::QueuePlace& place) = 0;
  // Whose citizen it is was open until now.
  virtual void settled_in(const MunicipalityId& municipality) = 0;
  // This is out of order there now, and nothing else.
  virtual void incidents(const MunicipalityId& municipality, const IncidentBanner& banner) = 0;
};

class Rooms : public service::ConversationObserver, public service::TypingListener {
 public:
  static constexpr std::size_t kMembersMax = 10;  // of one conversation

  // Observes both until destroyed.
  Rooms(service::Conversations& conversations, service::TypingHub& typing,
        service::Conversations::ReleaseSource release, const service::QueuePlaces* places);
  ~Rooms() override;

  // False when the conversation is full. `member` leaves before it is destroyed.
  bool enter(ConversationId conversation, Member& member);
  void leave(ConversationId conversation, Member& member);
  std::size_t members() const { return members_; }

  // Whether what the citizen writes is read by an agent, not by the bot.
  bool is_with_agent(ConversationId conversation) const { return with_agent_.contains(conversation); }
  void note_owner(ConversationId conversation, Owner owner);  // of a room with a member

  // Everybody, wherever they are: the member knows whether it is concerned.
  void tell_incidents(const MunicipalityId& municipality, const IncidentBanner& banner);
  void tell_place(ConversationId conversation, const service::QueuePlace& place);

  void appended(ConversationId conversation, const std::vector<Recorded>& events,
                const Conversation& after) override;
  void typing(ConversationId conversation, service::TypingFrom from) override;

 private:
  template <class Call>
  void for_each(ConversationId conversation, Call call);

  service::Conversations& conversations_;
  service::TypingHub& typing_;
  service::Conversations::ReleaseSource release_;
  const service::QueuePlaces* places_;
  std::unordered_map<ConversationId, std::vector<Member*>> rooms_;
  std::unordered_set<ConversationId> with_agent_;  // of the rooms
  std::size_t members_ = 0;
};

}  // namespace svar::webchat
