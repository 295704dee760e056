// What those who run the service look at: /healthz, /readyz, /metrics.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "bot/service/delivery/delivery.h"
#include "bot/service/delivery/intake.h"
#include "bot/service/turn/conversations.h"
#include "connectors/net/http.h"
#include "connectors/net/server.h"
#include "connectors/webchat/webchat.h"

namespace svar::server {

// Counts what happens in conversations, by kind of event and outcome; never by person.
class Tally : public service::ConversationObserver {
 public:
  void appended(ConversationId conversation, const std::vector<Recorded>& events,
                const Conversation& after) override;

  const std::map<std::string, std::uint64_t>& events() const { return events_; }
  const std::map<std::string, std::uint64_t>& outcomes() const { return outcomes_; }

 private:
  std::map<std::string, std::uint64_t> events_;    // by code of the event
  std::map<std::string, std::uint64_t> outcomes_;  // of bot replies
};

// Sources of the figures; each is called on the I/O thread. All that is referred to must outlive
// the router.
struct Operations {
  const Tally& tally;
  std::function<bool()> ready;  // false while starting and stopping
  std::function<net::ServerCounters()> server;
  std::function<webchat::WebChatCounters()> chat;
  std::function<std::int64_t()> release_number;
  std::function<std::int64_t()> waiting;  // conversations in the queue
  std::function<std::vector<service::Delivery::Counters>()> delivery;  // a line a channel
  std::function<service::Intake::Counters()> intake;
};

// The text of /metrics, Prometheus' exposition format 0.0.4.
std::string metrics_text(const Operations& operations);

// /healthz: 200 while the process answers. /readyz: 200 when citizens are served, else 503.
// /metrics: to loopback addresses only, for a collector on the same machine.
void mount_operations(net::Router& router, Operations operations);

}  // namespace svar::server
