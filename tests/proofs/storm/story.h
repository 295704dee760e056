// What one citizen sent and was told over all connections, and the check of a transcript against
// it. Knows nothing of the product but the public protocol.
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace svar::proofs {

struct SentMessage {
  std::string id;
  std::string text;
  std::int64_t ack = 0;  // the seq it was acknowledged with; 0 while it is not
  bool answered = false;
};

struct Story {
  std::string conversation;
  std::string token;
  std::int64_t last = 0;  // seq of the last event that was told: what the citizen comes back with
  std::vector<SentMessage> sent;
  std::map<std::int64_t, std::size_t> told;  // by seq, the hash of the event's frame
};

struct Faults {
  std::uint64_t lost = 0;  // acknowledged or told, and gone; or acknowledged and never answered
  std::uint64_t undelivered = 0;  // stored, and never told
  std::uint64_t doubled = 0;
  std::uint64_t reordered = 0;
  std::uint64_t changed = 0;
  std::vector<std::string> examples;  // a few

  std::uint64_t all() const { return lost + undelivered + doubled + reordered + changed; }
};

// Notes an event that came on a connection.
void tell(Story& story, const nlohmann::json& event, Faults& faults);

// Notes an acknowledgement; one that names another seq than before is a fault.
void acknowledge(Story& story, const nlohmann::json& ack, Faults& faults);

// Compares with all events of the conversation, each frame parsed.
void check(const Story& story, const std::vector<nlohmann::json>& transcript, Faults& faults);

// The check's own negative control: the faults that it does not see when each is put into a true
// transcript, which has at least two answered messages. Empty when all are seen.
std::vector<std::string> faults_not_seen(const Story& story,
                                         const std::vector<nlohmann::json>& transcript);

}  // namespace svar::proofs
