// One Facebook page as a channel.
#pragma once

#include "bot/domain/result.h"
#include "connectors/graph/graph_channel.h"

namespace svar::messenger {

// The bot may answer for 24 hours after the citizen's last word, a person for seven days.
class MessengerChannel final : public graph::GraphChannel {
 public:
  // The reason when the channel stays off: graph::fault_in. `http` outlives the channel.
  static Result<std::unique_ptr<MessengerChannel>, std::string> open(graph::GraphAccount account,
                                                                     outbound::HttpClient& http);

  std::vector<service::Part> render(const service::Outgoing& message) const override;
  void show_typing(const std::string& address) override;
  service::Decoded read(std::string_view body) override;

 private:
  MessengerChannel(graph::GraphAccount account, outbound::HttpClient& http);
  std::string body_of(const service::SendRequest& request) override;
};

}  // namespace svar::messenger
