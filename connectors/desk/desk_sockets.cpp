#include "connectors/desk/desk_sockets.h"

#include <algorithm>

#include "connectors/desk/desk_socket.h"

namespace svar::desk {
namespace {

constexpr std::ptrdiff_t kSocketsPerAgentMax = 20;

}  // namespace

DeskSockets::DeskSockets(service::DeskView& view, service::People& people,
                         service::AuditTrail& audit, service::TypingHub& typing,
                         const service::Clock& clock, service::Conversations::ReleaseSource release)
    : view_(view),
      people_(people),
      audit_(audit),
      typing_(typing),
      clock_(clock),
      release_(std::move(release)) {
  view_.add_listener(*this);
  typing_.add_listener(*this);
}

DeskSockets::~DeskSockets() {
  typing_.remove_listener(*this);
  view_.remove_listener(*this);
}

bool DeskSockets::has_room(const AgentId& agent) const {
  return std::count_if(open_.begin(), open_.end(), [&](const DeskSocket* socket) {
           return socket->agent_name() == agent;
         }) < kSocketsPerAgentMax;
}

std::unique_ptr<net::SocketHandler> DeskSockets::make(const service::SessionKey& session,
                                                      Language language) {
  return std::make_unique<DeskSocket>(*this, session, language);
}

template <class Call>
void DeskSockets::for_each(Call call) {
  const auto sockets = open_;  // one may close meanwhile
  for (DeskSocket* socket : sockets) {
    if (std::find(open_.begin(), open_.end(), socket) != open_.end()) call(*socket);
  }
}

void DeskSockets::sweep() {
  for_each([](DeskSocket& socket) { socket.sweep(); });
}

void DeskSockets::card_changed(const service::Card& card) {
  for_each([&](DeskSocket& socket) { socket.card_changed(card); });
}

void DeskSockets::left_desk(ConversationId conversation) {
  for_each([&](DeskSocket& socket) { socket.left_desk(conversation); });
}

void DeskSockets::appended(ConversationId conversation, const std::vector<Recorded>& events) {
  for_each([&](DeskSocket& socket) { socket.appended(conversation, events); });
}

void DeskSockets::typing(ConversationId conversation, service::TypingFrom from) {
  if (from != service::TypingFrom::citizen) return;
  for_each([&](DeskSocket& socket) { socket.citizen_types(conversation); });
}

}  // namespace svar::desk
