#include "connectors/webchat/rooms.h"

#include <algorithm>

namespace svar::webchat {

Rooms::Rooms(service::Conversations& conversations, service::TypingHub& typing,
             service::Conversations::ReleaseSource release, const service::QueuePlaces* places)
    : conversations_(conversations),
      typing_(typing),
      release_(std::move(release)),
      places_(places) {
  conversations_.add_observer(*this);
  typing_.add_listener(*this);
}

Rooms::~Rooms() {
  typing_.remove_listener(*this);
  conversations_.remove_observer(*this);
}

bool Rooms::enter(ConversationId conversation, Member& member) {
  auto& members = rooms_[conversation];
  if (members.size() >= kMembersMax) return false;
  members.push_back(&member);
  ++members_;
  return true;
}

void Rooms::leave(ConversationId conversation, Member& member) {
  const auto room = rooms_.find(conversation);
  if (room == rooms_.end()) return;
  members_ -= std::erase(room->second, &member);
  if (!room->second.empty()) return;
  rooms_.erase(room);
  with_agent_.erase(conversation);
}

void Rooms::note_owner(ConversationId conversation, Owner owner) {
  if (owner == Owner::agent) {
    with_agent_.insert(conversation);
  } else {
    with_agent_.erase(conversation);
  }
}

// Over a copy, asking again before each call: a member may leave itself or another.
template <class Call>
void Rooms::for_each(ConversationId conversation, Call call) {
  const auto room = rooms_.find(conversation);
  if (room == rooms_.end()) return;
  const std::vector<Member*> members = room->second;
  for (Member* member : members) {
    const auto now = rooms_.find(conversation);
    if (now == rooms_.end()) return;
    if (std::find(now->second.begin(), now->second.end(), member) != now->second.end()) {
      call(*member);
    }
  }
}

void Rooms::tell_place(ConversationId conversation, const service::QueuePlace& place) {
  for_each(conversation, [&](Member& member) { member.place(place); });
}

void Rooms::tell_incidents(const MunicipalityId& municipality, const IncidentBanner& banner) {
  std::vector<ConversationId> all;
  all.reserve(rooms_.size());
  for (const auto& [conversation, members] : rooms_) all.push_back(conversation);
  for (const ConversationId conversation : all) {
    for_each(conversation, [&](Member& member) { member.incidents(municipality, banner); });
  }
}

void Rooms::appended(ConversationId conversation, const std::vector<Recorded>& events,
                     const Conversation& after) {
  const auto room = rooms_.find(conversation);
  if (room == rooms_.end()) return;
  note_owner(conversation, after.owner);
  const auto needed = [&](const Event& event) {
    const ClientId* id = sent_as(event);
    return id == nullptr || !std::all_of(room->second.begin(), room->second.end(),
                                         [&](const Member* member) { return member->sent(*id); });
  };
  const auto release = release_();
  std::vector<Shown> shown;
  bool handed_off = false;
  bool settled = false;
  for (const Recorded& recorded : events) {
    handed_off = handed_off || std::holds_alternative<HandoffRequested>(recorded.event);
    settled = settled || std::holds_alternative<ControllerSet>(recorded.event);
    if (!needed(recorded.event)) continue;
    if (auto one = show(recorded, *release)) shown.push_back(std::move(*one));
  }
  if (!shown.empty()) for_each(conversation, [&](Member& member) { member.happened(shown); });
  if (settled && after.municipality) {
    for_each(conversation, [&](Member& member) { member.settled_in(*after.municipality); });
  }
  if (!handed_off || after.owner != Owner::queue || places_ == nullptr) return;
  if (const auto place = places_->place(conversation)) tell_place(conversation, *place);
}

void Rooms::typing(ConversationId conversation, service::TypingFrom from) {
  if (from != service::TypingFrom::agent) return;
  for_each(conversation, [](Member& member) { member.agent_types(); });
}

}  // namespace svar::webchat
