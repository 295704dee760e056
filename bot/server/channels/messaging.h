// The messaging platforms in the running service: each attached account made, its address mounted,
// what comes in taken into conversations, what the log says brought out.
//
// Threads: the I/O thread. Order: make, mount before the server listens, start once citizens are
// served, sweep about once a second.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "bot/domain/result.h"
#include "bot/server/channels/channel_settings.h"
#include "bot/server/data_folder.h"
#include "bot/service/delivery/delivery.h"
#include "bot/service/delivery/intake.h"
#include "bot/store/sqlite_event_store.h"
#include "connectors/net/http.h"

namespace svar::server {

class Messaging {
 public:
  // All of it outlives the Messaging.
  struct House {
    const ChannelSettings& settings;
    const DataFolder& data;
    store::SqliteEventStore& log;  // holds what is on its way, beside the conversations
    service::EventStore& events;   // the same, or what stands in front of it
    service::Conversations& conversations;
    const service::Clock& clock;
    service::Executor& executor;
  };

  // Reads the accounts' secrets: blocks for milliseconds. Refused, with a sentence that names the
  // account's place in the configuration, when one of them can't work. Without accounts nothing is
  // opened and nothing leaves the machine.
  static Result<std::unique_ptr<Messaging>, std::string> make(const House& house);
  ~Messaging();
  Messaging(const Messaging&) = delete;

  void mount(net::Router& router);
  void start();
  void sweep();
  // Nothing more is begun; `done` once what is on the wire has ended. See Delivery::stop.
  void stop(std::function<void()> done);

  service::DeliveryReports* reports();  // null without accounts

  std::vector<service::Delivery::Counters> delivery_counters() const;
  service::Intake::Counters intake_counters() const;

 private:
  struct Impl;
  explicit Messaging(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace svar::server
