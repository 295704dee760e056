#include "connectors/whatsapp/whatsapp_channel.h"

#include <utility>

#include "connectors/whatsapp/encode.h"

namespace svar::whatsapp {
namespace {

constexpr service::Window kWindow{std::chrono::hours{24}, std::chrono::hours{24}};
constexpr graph::Reading kReading{graph::whatsapp_remedy, message_id};
constexpr std::size_t kContactsMax = 10'000;
constexpr std::string_view kMessage = "m:";

}  // namespace

WhatsAppChannel::WhatsAppChannel(SiteId site, graph::Access access, outbound::HttpClient& client)
    : facts_{"whatsapp:" + site.value, "whatsapp", site, kWindow},
      calls_(client, std::move(access)) {}

std::vector<service::Part> WhatsAppChannel::render(const service::Outgoing& message) const {
  return encode(message);
}

void WhatsAppChannel::send(service::SendRequest request,
                           std::function<void(service::SendOutcome)> done) {
  calls_.send_message(addressed(request), kReading, std::move(done));
}

void WhatsAppChannel::show_typing(const std::string& address) {
  const auto found = last_message_.find(address);
  if (found != last_message_.end()) calls_.send_quietly(read_and_typing(found->second));
}

void WhatsAppChannel::heard(const service::Decoded& decoded) {
  using service::Incoming;
  for (const Incoming& incoming : decoded.incoming) {
    const bool by_citizen = std::holds_alternative<Incoming::Said>(incoming.what) ||
                            std::holds_alternative<Incoming::Pressed>(incoming.what) ||
                            std::holds_alternative<Incoming::SentOther>(incoming.what);
    if (by_citizen && incoming.event.starts_with(kMessage))
      remember(incoming.contact, incoming.event.substr(kMessage.size()));
  }
}

void WhatsAppChannel::remember(const std::string& contact, std::string message) {
  if (last_message_.insert_or_assign(contact, std::move(message)).second)
    contacts_.push_back(contact);
  if (contacts_.size() <= kContactsMax) return;
  last_message_.erase(contacts_.front());
  contacts_.pop_front();
}

}  // namespace svar::whatsapp
