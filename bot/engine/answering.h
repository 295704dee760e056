// Understands one message and composes the approved answer. Pure: no clock, no I/O, no lock, no state of its own.
#pragma once

#include "bot/domain/conversation.h"
#include "bot/engine/release.h"
#include "bot/engine/topic_incidents.h"

#include <string>
#include <string_view>
#include <vector>

namespace svar::engine {

// A message and what the conversation already knows. Refers to the caller's data; lives as long as the call.
struct Question {
  std::string_view text;   // masked
  const SiteId& site;
  const std::optional<MunicipalityId>& municipality;  // known from the conversation
  Language language;       // the session's
  const Pending& pending;  // what was offered or asked last: «2», «den andre», «Lonevåg» answer it
  const std::vector<ArticleId>& last_topics;
  int clarify_turns;       // clarifying replies in a row before this one
  int misses;
  const RunningForm* form = nullptr;  // of the conversation; null when there is none
  Seq seq = {};                       // of the message itself, for what refers to its words
  std::string_view channel = {};      // "webchat"
  const TopicIncidents* incidents = nullptr;  // null when nothing is out of order
};

// What to say, before it becomes events.
struct Reply {
  BotReplied said;                                // reply_to is left empty; the caller sets it
  std::optional<HandoffReason> handoff;           // set with Outcome::handoff
  std::optional<Language> language_wish;          // «svar på nynorsk»
  std::optional<MunicipalityId> settled;          // a municipality named by the citizen, to be remembered
  std::vector<ArticleId> waiting_articles;        // with clarify_municipality: the question to answer once it is known
};

// Never fails: what it doesn't understand becomes a clarifying question or the offer of a person.
Reply answer(const Question& question, const Release& release, Time now);

// The same for a pressed choice («article:…», «municipality:…», «other»). Precondition: the choice was offered.
Reply answer_choice(const Choice& choice, const Question& question, const Release& release, Time now);

// The safety text this message calls for, whoever owns the conversation; nothing when it calls for none.
struct SafetyText {
  SafetyKind kind;
  std::string text;
  Explanation because;
  double confidence = 1;
};
// By the rules, or, where they are silent, by what the example model learned of danger: then the explanation
// says "model", and the text fits also when nobody is in danger.
std::optional<SafetyText> safety(std::string_view text, Language language,
                                 const std::optional<MunicipalityId>& municipality, const Release& release);

// Whether who waits for a person says that none is needed any more: «fann det sjølv», «ta meg ut av
// køen». Danger beside it means they go on waiting.
bool declines_person(std::string_view text, const Release& release);

// Choices of the question whether the conversation is to be deleted. Pressing the first erases it.
inline constexpr std::string_view kDeleteChoice = "delete";
inline constexpr std::string_view kKeepChoice = "keep";

// Whether the words ask for the conversation to be deleted: «slett alt»; a mere «ja» where just that
// was offered.
bool wishes_deletion(std::string_view text, bool was_offered, const Release& release);

}  // namespace svar::engine
