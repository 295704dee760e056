// One Instagram account as a channel.
#pragma once

#include "connectors/graph/calls.h"
#include "connectors/instagram/sent_texts.h"

namespace svar::instagram {

// Threads, blocking and completions: as service::Channel says. The client outlives the channel.
// The bot may answer for 24 hours after the citizen's last word, a person for seven days.
class InstagramChannel : public service::Channel {
 public:
  // `access.node` is the page's id at graph.facebook.com, or the Instagram account's at
  // graph.instagram.com.
  InstagramChannel(SiteId site, graph::Access access, outbound::HttpClient& client);

  const service::ChannelFacts& facts() const override { return facts_; }
  std::vector<service::Part> render(const service::Outgoing& message) const override;
  void send(service::SendRequest request, std::function<void(service::SendOutcome)> done) override;
  void show_typing(const std::string& address) override;

  // For decode(): knows what was sent since the start.
  const SentTexts& sent() const { return sent_; }

 private:
  service::ChannelFacts facts_;
  graph::Calls calls_;
  SentTexts sent_;
};

}  // namespace svar::instagram
