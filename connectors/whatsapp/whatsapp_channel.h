// One WhatsApp number as a channel.
#pragma once

#include <deque>
#include <string>
#include <unordered_map>

#include "bot/domain/result.h"
#include "connectors/graph/graph_channel.h"

namespace svar::whatsapp {

// Bot and persons may answer for 24 hours after the citizen's last word; later only templates would
// pass, and none are sent.
class WhatsAppChannel final : public graph::GraphChannel {
 public:
  // The reason when the channel stays off: graph::fault_in. `account.account` is the phone number's
  // id. `http` outlives the channel.
  static Result<std::unique_ptr<WhatsAppChannel>, std::string> open(graph::GraphAccount account,
                                                                    outbound::HttpClient& http);

  std::vector<service::Part> render(const service::Outgoing& message) const override;
  // Shown on the message that was read last from that contact, of the latest 10,000 contacts since
  // the channel was opened; nothing when there is none.
  void show_typing(const std::string& address) override;
  service::Decoded read(std::string_view body) override;

 private:
  WhatsAppChannel(graph::GraphAccount account, outbound::HttpClient& http);
  std::string body_of(const service::SendRequest& request) override;
  void remember(const service::Incoming& incoming);

  std::unordered_map<std::string, std::string> last_message_;  // by contact
  std::deque<std::string> contacts_;                           // of last_message_, oldest first
};

}  // namespace svar::whatsapp
