// A delivery that says what a test tells it to, and remembers what it was asked to send again.
#pragma once

#include <map>
#include <utility>

#include "bot/service/delivery/delivery_reports.h"

namespace svar::fakes {

class FakeDelivery : public service::DeliveryReports {
 public:
  std::vector<service::ChannelStatus> channels() const override { return attached; }
  void states(ConversationId conversation,
              std::function<void(Result<std::vector<service::DeliveryRow>, service::StoreError>)>
                  done) override {
    ++looks;
    if (is_failing) return done(Failure{service::StoreError{"told to fail"}});
    done(rows[conversation]);
  }
  void send_again(ConversationId conversation, Seq seq,
                  std::function<void(Result<std::size_t, service::StoreError>)> done) override {
    again.emplace_back(conversation, seq);
    done(std::size_t{1});
  }
  void add_listener(service::DeliveryListener& listener) override { heard_by = &listener; }
  void remove_listener(service::DeliveryListener&) override { heard_by = nullptr; }

  void say(ConversationId conversation, std::int64_t seq, int part, service::DeliveryState state,
           const std::string& why = "") {
    auto& all = rows[conversation];
    const service::PartKey key{conversation, Seq{seq}, part};
    std::erase_if(all, [&](const auto& row) { return row.key == key; });
    all.push_back({key, state, "", why, Time{}});
    if (heard_by) heard_by->delivery_changed(conversation);
  }

  std::vector<service::ChannelStatus> attached;
  std::map<ConversationId, std::vector<service::DeliveryRow>> rows;
  std::vector<std::pair<ConversationId, Seq>> again;
  service::DeliveryListener* heard_by = nullptr;
  bool is_failing = false;
  int looks = 0;
};

}  // namespace svar::fakes
