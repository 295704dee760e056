// What is out of order, as far as an answer cares. Plain values, made anew by whoever keeps the
// incident log; a turn keeps those it began with.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bot/domain/ids.h"
#include "bot/domain/language.h"
#include "bot/domain/time.h"

namespace svar::engine {

// Somebody's words about one topic in one municipality, true from `from` until before `to`.
struct TopicIncident {
  struct Words {
    Language language = Language::nn;
    std::string text;  // shown exactly as written
    bool operator==(const Words&) const = default;
  };
  std::string id;
  MunicipalityId municipality;
  ArticleId topic;
  Time from;
  Time to;
  std::vector<Words> words;  // at least one; the first is the author's own

  bool operator==(const TopicIncident&) const = default;
};

// The oldest first. Holds those that run, may hold what is planned, and for kTopicIncidentTold what
// has ended: who heard of it asks whether it is over.
using TopicIncidents = std::vector<TopicIncident>;

inline constexpr std::chrono::hours kTopicIncidentTold{12};

// What an answer begins with.
struct IncidentNotice {
  std::string text;               // of every one that runs; empty when none does
  std::optional<std::string> id;  // of the first
};

// In `language` where somebody has written so, Norwegian in the other form of it next, else the
// author's own words.
IncidentNotice notice_of(const TopicIncidents& incidents, const MunicipalityId& municipality,
                         const ArticleId& topic, Language language, Time now);

// Whether something has been out of order about this topic until lately, and nothing is now.
bool ended_lately(const TopicIncidents& incidents, const MunicipalityId& municipality,
                  const ArticleId& topic, Time now);

}  // namespace svar::engine
