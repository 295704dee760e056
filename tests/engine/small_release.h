// A release small enough to read: two municipalities with their own waste companies, a dozen
// articles, a few rules.
#pragma once

#include <string>

#include "bot/engine/answering.h"

namespace svar::fakes {

std::shared_ptr<const engine::Release> small_release();

inline const Time kOpen{std::chrono::milliseconds{1'795'518'000'000}};  // desks are open
inline const Time kClosed{std::chrono::milliseconds{1'795'518'000'000 + 86'400'000}};

// Talks as a citizen does: keeps the conversation's state between messages, the way the log would.
class Citizen {
 public:
  explicit Citizen(std::string site, Language language = Language::nn, Time now = kOpen,
                   std::shared_ptr<const engine::Release> release = small_release());

  engine::Reply says(const std::string& text);
  engine::Reply chooses(std::size_t index);  // of what was offered last
  engine::Reply chooses(const std::string& id);

  Conversation state;
  engine::TopicIncidents out_of_order;

 private:
  engine::Reply take(engine::Reply reply);
  engine::Question question(std::string_view text) const;

  std::shared_ptr<const engine::Release> release_;
  Time now_;
};

}  // namespace svar::fakes
