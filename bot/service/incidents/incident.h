// Something that is out of order for a while in a municipality, in the words of whoever knows of
// it. Plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "bot/domain/ids.h"
#include "bot/domain/language.h"
#include "bot/domain/time.h"

namespace svar::service {

// Shown exactly as written.
struct IncidentText {
  Language language = Language::nn;
  std::string text;
  bool operator==(const IncidentText&) const = default;
};

// What an agent decides of it.
struct IncidentDraft {
  MunicipalityId municipality;
  std::optional<ArticleId> topic;  // nothing: the municipality as a whole
  IncidentText text;
  std::optional<IncidentText> second;  // the same in another language
  Time from;
  Time to;  // from here on it isn't there any more
  // The municipality is in crisis while it lasts: administrators begin and end that, and agents
  // find the replies prepared for it first.
  bool crisis = false;
  bool operator==(const IncidentDraft&) const = default;
};

struct Incident {
  std::int64_t id = 0;  // from 1
  int version = 1;      // each change is a row of its own
  IncidentDraft draft;
  AgentId author;  // of this version
  Time written;
  bool operator==(const Incident&) const = default;
};

enum class IncidentPhase { planned, running, ended };
IncidentPhase phase_at(const Incident& incident, Time now);

inline constexpr std::size_t kIncidentCodePointsMax = 500;
inline constexpr std::chrono::days kIncidentLifeMax{60};
inline constexpr std::chrono::days kIncidentShownAfter{30};  // to agents, once it has ended

}  // namespace svar::service
