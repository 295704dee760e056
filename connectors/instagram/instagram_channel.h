// One Instagram account as a channel.
#pragma once

#include "bot/domain/result.h"
#include "connectors/graph/graph_channel.h"
#include "connectors/instagram/sent_texts.h"

namespace svar::instagram {

// The bot may answer for 24 hours after the citizen's last word, a person for seven days.
class InstagramChannel final : public graph::GraphChannel {
 public:
  // The reason when the channel stays off: graph::fault_in. `account.node` is the page's id at
  // graph.facebook.com, or empty at graph.instagram.com. `http` outlives the channel.
  static Result<std::unique_ptr<InstagramChannel>, std::string> open(graph::GraphAccount account,
                                                                     outbound::HttpClient& http);

  std::vector<service::Part> render(const service::Outgoing& message) const override;
  void show_typing(const std::string& address) override;
  // Knows the echoes of what it has sent since it was opened.
  service::Decoded read(std::string_view body) override;

 private:
  InstagramChannel(graph::GraphAccount account, outbound::HttpClient& http);
  std::string body_of(const service::SendRequest& request) override;

  SentTexts sent_;
};

}  // namespace svar::instagram
