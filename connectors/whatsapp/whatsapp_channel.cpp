#include "connectors/whatsapp/whatsapp_channel.h"

#include <utility>

#include "connectors/whatsapp/decode.h"
#include "connectors/whatsapp/encode.h"

namespace svar::whatsapp {
namespace {

constexpr service::Window kWindow{std::chrono::hours{24}, std::chrono::hours{24}};
constexpr graph::Reading kReading{graph::whatsapp_remedy, message_id};
constexpr std::size_t kContactsMax = 10'000;
constexpr std::string_view kMessage = "m:";

}  // namespace

Result<std::unique_ptr<WhatsAppChannel>, std::string> WhatsAppChannel::open(
    graph::GraphAccount account, outbound::HttpClient& http) {
  if (auto fault = graph::fault_in(account)) return Failure{std::move(*fault)};
  return std::unique_ptr<WhatsAppChannel>{new WhatsAppChannel{std::move(account), http}};
}

WhatsAppChannel::WhatsAppChannel(graph::GraphAccount account, outbound::HttpClient& http)
    : GraphChannel("whatsapp", kWindow, kReading, std::move(account), http) {}

std::vector<service::Part> WhatsAppChannel::render(const service::Outgoing& message) const {
  return encode(message);
}

std::string WhatsAppChannel::body_of(const service::SendRequest& request) {
  return addressed(request);
}

void WhatsAppChannel::show_typing(const std::string& address) {
  const auto found = last_message_.find(address);
  if (found != last_message_.end()) calls().send_quietly(read_and_typing(found->second));
}

service::Decoded WhatsAppChannel::read(std::string_view body) {
  auto decoded = decode(body, {account().account});
  for (const service::Incoming& incoming : decoded.incoming) remember(incoming);
  return decoded;
}

void WhatsAppChannel::remember(const service::Incoming& incoming) {
  using service::Incoming;
  const bool by_citizen = std::holds_alternative<Incoming::Said>(incoming.what) ||
                          std::holds_alternative<Incoming::Pressed>(incoming.what) ||
                          std::holds_alternative<Incoming::SentOther>(incoming.what);
  if (!by_citizen || !incoming.event.starts_with(kMessage)) return;
  std::string message = incoming.event.substr(kMessage.size());
  if (last_message_.insert_or_assign(incoming.contact, std::move(message)).second)
    contacts_.push_back(incoming.contact);
  if (contacts_.size() <= kContactsMax) return;
  last_message_.erase(contacts_.front());
  contacts_.pop_front();
}

}  // namespace svar::whatsapp
