#include "bot/service/desk/delivery_view.h"

#include <algorithm>
#include <array>
#include <utility>

namespace svar::service {
namespace {

// Most conversations are the web chat's, which shows what the log says: they cost no look.
bool is_delivered(const Card& card) {
  return card.channel != kWebChat && card.channel != kTelephone;
}

// What a person must see to comes first, then what has come least far.
int urgency(DeliveryState state) {
  static constexpr std::array kOrder = {DeliveryState::read,     DeliveryState::delivered,
                                        DeliveryState::sent,     DeliveryState::pending,
                                        DeliveryState::sending,  DeliveryState::failed,
                                        DeliveryState::uncertain};
  return static_cast<int>(std::find(kOrder.begin(), kOrder.end(), state) - kOrder.begin());
}

// What the message was, when it may be sent again.
std::variant<DeliveryState, ResendFault> ended(const std::vector<DeliveryRow>& rows, Seq seq,
                                               bool even_if_twice) {
  for (const MessageState& one : message_states(rows)) {
    if (one.seq != seq) continue;
    if (one.state == DeliveryState::failed) return one.state;
    if (one.state != DeliveryState::uncertain) break;
    if (!even_if_twice) return ResendFault::may_arrive_twice;
    return one.state;
  }
  return ResendFault::nothing_failed;
}

}  // namespace

std::string_view code(ResendFault fault) {
  static constexpr std::array<std::string_view, 6> kCodes = {
      "unknown",        "not_yours",        "reply_window_closed",
      "nothing_failed", "may_arrive_twice", "unavailable"};
  return kCodes.at(static_cast<std::size_t>(fault));
}

std::vector<MessageState> message_states(const std::vector<DeliveryRow>& rows) {
  std::vector<MessageState> states;
  for (const DeliveryRow& row : rows) {
    const bool is_next = states.empty() || states.back().seq != row.key.seq;
    if (is_next) {
      states.push_back({row.key.seq, row.state, row.why});
    } else if (urgency(row.state) > urgency(states.back().state)) {
      states.back() = {row.key.seq, row.state, row.why};
    }
  }
  for (MessageState& one : states) {
    const bool told = one.state == DeliveryState::failed || one.state == DeliveryState::uncertain;
    if (!told) one.why.clear();
  }
  return states;
}

void DeliveryView::add_listener(DeliveryListener& listener) {
  if (setup_.reports) setup_.reports->add_listener(listener);
}

void DeliveryView::remove_listener(DeliveryListener& listener) {
  if (setup_.reports) setup_.reports->remove_listener(listener);
}

std::optional<Time> DeliveryView::reply_until(const Card& card) const {
  if (!setup_.reports || !is_delivered(card)) return std::nullopt;
  for (const ChannelStatus& channel : setup_.reports->channels()) {
    if (channel.name != card.channel || channel.site != card.site) continue;
    if (channel.window.person == std::chrono::milliseconds::max()) return std::nullopt;
    return card.last_citizen_at + channel.window.person;
  }
  return std::nullopt;
}

bool DeliveryView::is_reply_window_closed(const Card& card) const {
  const auto until = reply_until(card);
  return until && setup_.clock.now() > *until;
}

void DeliveryView::states(const Account& agent, ConversationId conversation,
                          std::function<void(std::vector<MessageState>)> done) const {
  const auto card = setup_.desk.card(agent, conversation);
  if (!setup_.reports || !card || !is_delivered(*card)) return done({});
  setup_.reports->states(conversation, [done = std::move(done)](const auto& rows) {
    done(rows ? message_states(*rows) : std::vector<MessageState>{});
  });
}

void DeliveryView::send_again(const Account& agent, ConversationId conversation, Seq seq,
                              bool even_if_twice,
                              std::function<void(std::optional<ResendFault>)> done) {
  const auto card = setup_.desk.card(agent, conversation);
  if (!card) return done(ResendFault::unknown);
  const bool is_allowed = card->agent == agent.name || card->owner == Owner::none;
  if (!is_allowed) return done(ResendFault::not_yours);
  if (is_reply_window_closed(*card)) return done(ResendFault::reply_window_closed);
  if (!setup_.reports) return done(ResendFault::nothing_failed);
  const auto send = [this, conversation, seq, done](const std::optional<PeopleError>& error) {
    if (error) return done(ResendFault::unavailable);
    setup_.reports->send_again(conversation, seq, [done](const auto& count) {
      if (!count) return done(ResendFault::unavailable);
      done(*count == 0 ? std::optional(ResendFault::nothing_failed) : std::nullopt);
    });
  };
  setup_.reports->states(conversation, [=, this, who = agent.name](const auto& rows) {
    if (!rows) return done(ResendFault::unavailable);
    const auto was = ended(*rows, seq, even_if_twice);
    if (const auto* fault = std::get_if<ResendFault>(&was)) return done(*fault);
    setup_.audit.sent_again(who, conversation, *card->controller,
                            std::string{code(std::get<DeliveryState>(was))}, send);
  });
}

std::vector<DeliveryView::Stopped> DeliveryView::stopped(const Account& agent) const {
  std::vector<Stopped> stopped;
  if (!setup_.reports) return stopped;
  const auto release = setup_.release();
  for (const ChannelStatus& channel : setup_.reports->channels()) {
    if (channel.stopped_by.empty()) continue;
    // The common site is the host municipality's to answer for.
    MunicipalityId municipality{channel.site.value};
    if (!release->municipality(municipality)) municipality = release->host_municipality;
    if (!agent.may_see(municipality)) continue;
    stopped.push_back({channel.name, municipality, channel.stopped_by});
  }
  return stopped;
}

}  // namespace svar::service
