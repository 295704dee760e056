// Why a message did not lead to a topic, as text and as JSON.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "bot/engine/release.h"
#include "intents/situation.h"
#include "intents/why_not.h"

namespace svar::server {

// What each way of understanding says of one topic.
struct WhyNotReport {
  ArticleId topic;
  intents::WhyNot rules;
  struct Rank {
    std::size_t place = 0;  // 1: the best; 0: not among the first ten
    double score = 0;
  };
  Rank model, search;
  double in_scope = 0, in_scope_min = 0;       // of the message, whatever topic
  double clear_min = 0;                        // the least score that needs no question back
  std::vector<Span> spoke_for, spoke_against;  // words, strongest first
};

// Precondition: the release has the topic.
WhyNotReport why_not_report(const engine::Release& release, std::string_view message,
                            const ArticleId& topic, const intents::MatchContext& context);

std::string why_not_text(const WhyNotReport& report, std::string_view message);
nlohmann::ordered_json why_not_json(const WhyNotReport& report);

}  // namespace svar::server
