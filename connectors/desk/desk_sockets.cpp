#include "connectors/desk/desk_sockets.h"

#include <algorithm>
#include <utility>

#include "connectors/desk/desk_socket.h"

namespace svar::desk {
namespace {

constexpr std::ptrdiff_t kSocketsPerAgentMax = 20;

}  // namespace

DeskSockets::DeskSockets(Setup setup)
    : view_(setup.view),
      people_(setup.people),
      audit_(setup.audit),
      typing_(setup.typing),
      clock_(setup.clock),
      release_(std::move(setup.release)),
      team_(setup.team),
      presence_(setup.presence),
      incidents_(setup.incidents),
      delivery_(setup.delivery),
      assignments_(setup.assignments) {
  view_.add_listener(*this);
  typing_.add_listener(*this);
  presence_.add_listener(*this);
  incidents_.add_listener(*this);
  delivery_.add_listener(*this);
  if (assignments_) assignments_->add_listener(*this);
}

DeskSockets::~DeskSockets() {
  if (assignments_) assignments_->remove_listener(*this);
  delivery_.remove_listener(*this);
  incidents_.remove_listener(*this);
  presence_.remove_listener(*this);
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
  if (!std::exchange(team_changed_, false)) return;
  for_each([](DeskSocket& socket) { socket.send_team(); });
}

void DeskSockets::card_changed(const service::Card& card) {
  team_changed_ = team_changed_ || card.owner == Owner::agent;
  for_each([&](DeskSocket& socket) { socket.card_changed(card); });
}

void DeskSockets::left_desk(ConversationId conversation) {
  team_changed_ = true;
  for_each([&](DeskSocket& socket) { socket.left_desk(conversation); });
}

void DeskSockets::appended(ConversationId conversation, const std::vector<Recorded>& events) {
  for_each([&](DeskSocket& socket) { socket.appended(conversation, events); });
}

void DeskSockets::typing(ConversationId conversation, service::TypingFrom from) {
  if (from != service::TypingFrom::citizen) return;
  for_each([&](DeskSocket& socket) { socket.citizen_types(conversation); });
}

void DeskSockets::incident_changed(const service::Incident& incident) {
  for_each([&](DeskSocket& socket) { socket.incident_changed(incident); });
}

void DeskSockets::delivery_changed(std::optional<ConversationId> conversation) {
  for_each([&](DeskSocket& socket) { socket.delivery_changed(conversation); });
}

void DeskSockets::channels_changed() {
  for_each([](DeskSocket& socket) { socket.send_channels(); });
}

void DeskSockets::assignment_changed(const AgentId& agent) {
  for_each([&](DeskSocket& socket) {
    if (socket.agent_name() == agent) socket.send_assignment();
  });
}

// Told at the next sweep: several often change together.
void DeskSockets::presence_changed() {
  team_changed_ = true;
}

}  // namespace svar::desk
