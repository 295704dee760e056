// What somebody wants of a conversation, before anything is decided. Present tense.
#pragma once

#include "bot/domain/event.h"

namespace svar {

// ConversationOpened::channel of ours; the others are the names of social channels.
inline constexpr const char* kWebChat = "webchat";
inline constexpr const char* kTelephone = "phone";

// How a conversation begins; used only when nothing of it is stored yet.
struct Opening {
  SiteId site;
  Language language = Language::nn;
  std::string channel = kWebChat;
  std::string page_url;  // query and fragment already dropped
  std::string page_title;
};

struct CitizenSays {
  ClientId id;
  std::string text;  // as written; masked by decide before any event holds it
};
struct CitizenChooses {
  ClientId id;
  std::string choice;  // a Choice::id of the last reply
};
// A message changed on the platform. `of` is the id it was sent with; when that is unknown it is a
// message like any other.
struct CitizenEdits {
  ClientId id;
  ClientId of;
  std::string text;
};
struct CitizenWithdraws {
  ClientId id;
  ClientId of;
};
struct CitizenSendsOther {
  ClientId id;
  std::string kind;  // CitizenSentOther::kind
};
// A person answered in the platform's own inbox.
struct PlatformAnswers {
  ClientId id;
  std::string text;
};
struct CitizenAsksForPerson {
  ClientId id;
};
struct CitizenGoesBackToBot {
  ClientId id;
};
struct CitizenRates {
  ClientId id;
  int score = 0;
  std::string text;
};
struct CitizenCloses {
  ClientId id;
};
struct CitizenDeletes {
  ClientId id;
};
struct AgentTakes {
  AgentId agent;
  std::string name;
};
struct AgentSays {
  AgentId agent;
  std::string name;
  ClientId id;
  std::string text;
};
struct AgentHandsBack {
  AgentId agent;
  ClientId id;
};
struct AgentCloses {
  AgentId agent;
  ClientId id;
  std::optional<CloseOutcome> outcome = {};
  std::optional<ArticleId> topic = {};
};
struct AgentNotes {
  AgentId agent;
  std::string name;
  ClientId id;
  std::string text;
};
// To an agent or to a unit: one of the two is set. Whether there is such an agent, and with the
// right to the conversation, is the caller's to know.
struct AgentOffersTransfer {
  AgentId agent;
  std::string name;
  ClientId id;
  TransferKind kind = TransferKind::warm;
  std::optional<AgentId> to;
  std::string to_name;
  std::string unit;
  std::string note;
};
// Declined by whom it was offered to, or withdrawn by who offered it.
struct AgentDeclinesTransfer {
  AgentId agent;
  ClientId id;
};
struct AgentInvites {
  AgentId agent;
  std::string name;
  ClientId id;
  AgentId colleague;
  std::string colleague_name;
  std::string note;
};
struct ColleagueLeaves {
  AgentId colleague;
  ClientId id;
};
struct AgentParks {
  AgentId agent;
  ClientId id;
  std::string note;
};
struct AgentResumes {
  AgentId agent;
  ClientId id;
};
// Begins and closes a conversation of its own; the Opening says whose it is and how it came.
struct AgentCountsContact {
  AgentId agent;
  std::string name;
  ClientId id;
  std::optional<ArticleId> topic = {};
  std::optional<CloseOutcome> outcome = {};
  std::string text;  // may be empty
};
// The agent's desk has been out of reach for so long that somebody else must take over.
struct AgentDisappears {
  AgentId agent;
};
// Nobody accepted the transfer in time.
struct TransferTimesOut {
  Time offered_at_max;  // void when it was offered after this
};
// Found waiting in the queue by the sweep.
struct WaitGrowsLong {
  Time waiting_since_max;  // who waits since then or longer waits too long
};
// The sweep found an accepted message without an answer.
struct AnswerFallsDue {};
// The sweep found a bot-owned conversation in which nothing was said for the configured time.
struct InactivityPasses {
  Time last_at_max;  // void when something was said after this
};

// The sweep found a conversation, closed or not, older than its municipality keeps them.
struct RetentionPasses {
  Time last_at_max;  // void when something happened after this
};

using Input = std::variant<CitizenSays, CitizenChooses, CitizenAsksForPerson, CitizenGoesBackToBot,
                           CitizenRates, CitizenCloses, CitizenDeletes, AgentTakes, AgentSays,
                           AgentHandsBack, AgentCloses, AnswerFallsDue, InactivityPasses,
                           RetentionPasses, AgentNotes, AgentOffersTransfer, AgentDeclinesTransfer,
                           AgentInvites, ColleagueLeaves, AgentParks, AgentResumes, AgentDisappears,
                           TransferTimesOut, WaitGrowsLong, CitizenEdits, CitizenWithdraws,
                           CitizenSendsOther, PlatformAnswers, AgentCountsContact>;

}  // namespace svar
