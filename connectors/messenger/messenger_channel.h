// One Facebook page as a channel.
#pragma once

#include "connectors/graph/calls.h"

namespace svar::messenger {

// Threads, blocking and completions: as service::Channel says. The client outlives the channel.
// The bot may answer for 24 hours after the citizen's last word, a person for seven days.
class MessengerChannel : public service::Channel {
 public:
  // `access.node` is the page's id.
  MessengerChannel(SiteId site, graph::Access access, outbound::HttpClient& client);

  const service::ChannelFacts& facts() const override { return facts_; }
  std::vector<service::Part> render(const service::Outgoing& message) const override;
  void send(service::SendRequest request, std::function<void(service::SendOutcome)> done) override;
  void show_typing(const std::string& address) override;

 private:
  service::ChannelFacts facts_;
  graph::Calls calls_;
};

}  // namespace svar::messenger
