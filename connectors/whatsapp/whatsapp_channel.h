// One WhatsApp number as a channel.
#pragma once

#include <deque>
#include <string>
#include <unordered_map>

#include "connectors/graph/calls.h"

namespace svar::whatsapp {

// Threads, blocking and completions: as service::Channel says. The client outlives the channel. Bot
// and persons may answer for 24 hours after the citizen's last word; later only templates would
// pass, and none are sent.
class WhatsAppChannel : public service::Channel {
 public:
  // `access.node` is the phone number's id.
  WhatsAppChannel(SiteId site, graph::Access access, outbound::HttpClient& client);

  const service::ChannelFacts& facts() const override { return facts_; }
  std::vector<service::Part> render(const service::Outgoing& message) const override;
  void send(service::SendRequest request, std::function<void(service::SendOutcome)> done) override;
  // Shown on the message that was heard() last from that contact; nothing when there is none.
  void show_typing(const std::string& address) override;

  // The messages in it are what show_typing will mark read. Of the latest 10,000 contacts; nothing
  // of it survives a restart.
  void heard(const service::Decoded& decoded);

 private:
  void remember(const std::string& contact, std::string message);

  service::ChannelFacts facts_;
  graph::Calls calls_;
  std::unordered_map<std::string, std::string> last_message_;  // by contact
  std::deque<std::string> contacts_;                           // of last_message_, oldest first
};

}  // namespace svar::whatsapp
