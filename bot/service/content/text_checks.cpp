#include <algorithm>
#include <array>
#include <set>

#include "bot/service/content/checks.h"

namespace svar::service {
namespace {

// The texts that the program asks for by name.
constexpr std::array kTexts{"notice",
                            "common_site_name",
                            "greeting",
                            "ask_municipality",
                            "ask_municipality_ambiguous",
                            "clarify",
                            "clarify_first_miss",
                            "clarify_other",
                            "danger_hint",
                            "offer_person",
                            "own_case_beside",
                            "not_understood",
                            "answer_missing_fact",
                            "choice_person",
                            "choice_other",
                            "handoff_asked",
                            "handoff_not_understood",
                            "handoff_personal",
                            "handoff_sensitive",
                            "handoff_safety",
                            "handoff_angry",
                            "handoff_closed",
                            "handoff_cancelled",
                            "deferred_closed",
                            "deferred_closed_unknown",
                            "deferred_unstaffed",
                            "deferred_urgent",
                            "deferred_lead_not_understood",
                            "deferred_lead_personal",
                            "deferred_lead_sensitive",
                            "deferred_lead_angry",
                            "wait_closed",
                            "wait_closed_unknown",
                            "wait_unstaffed",
                            "wait_long_wait",
                            "left_queue_for_message",
                            "agent_lost",
                            "transfer_offered",
                            "transfer_returned",
                            "agent_joined",
                            "agent_left",
                            "returned_to_bot",
                            "closed_by_citizen",
                            "closed_by_agent",
                            "closed_inactivity",
                            "channel_notice",
                            "channel_web_chat",
                            "incident_over",
                            "incident_elsewhere",
                            "choice_delete",
                            "choice_keep",
                            "only_text",
                            "crisis_banner",
                            "smalltalk_greeting",
                            "transcript_citizen",
                            "transcript_bot",
                            "transcript_system",
                            "smalltalk_thanks",
                            "smalltalk_goodbye",
                            "smalltalk_about_bot",
                            "offtopic",
                            "language_changed",
                            "language_unknown",
                            "masked_identity",
                            "masked_halves",
                            "masked_card",
                            "masked_account",
                            "health_reminder",
                            "sample_notice",
                            "safety_medical",
                            "safety_fire",
                            "safety_police",
                            "safety_suicide",
                            "safety_violence",
                            "safety_child",
                            "safety_likely_medical",
                            "safety_likely_fire",
                            "safety_likely_police",
                            "safety_likely_suicide",
                            "safety_likely_violence",
                            "safety_likely_child",
                            "delete_how",
                            "privacy_how",
                            "error_too_long",
                            "error_empty",
                            "error_rate",
                            "error_bad_frame",
                            "error_bad_token",
                            "error_bad_origin",
                            "error_unavailable",
                            "error_overloaded",
                            "error_not_offered",
                            "error_not_open",
                            "error_unknown",
                            "error_bad_code"};

std::set<std::string> names_in(const std::string& text) {
  std::set<std::string> names;
  for (std::size_t open = text.find('{'); open != text.npos; open = text.find('{', open + 1)) {
    const std::size_t close = text.find('}', open);
    if (close == text.npos) break;
    names.insert(text.substr(open, close - open + 1));
  }
  return names;
}

}  // namespace

void Checker::check_texts() {
  for (const char* key : kTexts) {
    if (!content_.texts.contains(key))
      error({"texts", 0},
            "the text «" + std::string(key) + "» is missing; add it to texts/system.yaml");
  }
  for (const auto& [key, one] : content_.texts) {
    const auto wanted = names_in(one.text.nn);
    for (const Language language : {Language::nb, Language::en}) {
      if (names_in(one.text.in(language)) == wanted) continue;
      error(one.place, "the text «" + key + "» has other {names} in " +
                           std::string(code(language)) + " than in nn");
    }
  }
}

void Checker::check_regression() {
  std::set<std::string> articles;
  for (const kb::Article& article : content_.articles) articles.insert(article.id.value);
  for (const RegressionCase& one : content_.regression) {
    if (one.site != kCommonSite.value && !content_.municipalities.contains(one.site)) {
      error(one.place, "the site «" + one.site + "» does not exist");
    }
    for (const std::string& outcome : one.outcomes) {
      if (!outcome_from_code(outcome))
        error(one.place, "the outcome «" + outcome + "» does not exist");
    }
    for (const auto* topics : {&one.topics, &one.not_topics}) {
      for (const std::string& topic : *topics) {
        if (!articles.contains(topic)) error(one.place, "there is no article «" + topic + "»");
      }
    }
  }
}

}  // namespace svar::service
