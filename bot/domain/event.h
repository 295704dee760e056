// What has happened in a conversation: the only truth about it. Past tense; stored for ever, and
// only ever extended with optional fields (tests/domain/golden holds one example of each that must
// load for ever).
//
// Privacy: whatever a person wrote is in the one field that the store keeps in `log.text` (named in
// a comment at each event); everything else refers to it by seq and span, so erasing that column
// erases the words.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "bot/domain/codes.h"
#include "bot/domain/form_progress.h"
#include "bot/domain/ids.h"
#include "bot/domain/language.h"
#include "bot/domain/time.h"

namespace svar {

// One thing the citizen may press instead of typing. Ids: "article:<article>",
// "municipality:<municipality>", "form:<form>" (begin or take up), "person" (a human), "other"
// (none of these); in a form "option:<option>", "field:<field>", "send", "change", "skip",
// "cancel".
struct Choice {
  std::string id;
  std::string label;
  bool operator==(const Choice&) const = default;
};

struct Link {
  std::string label;
  std::string url;
  bool sample = false;  // not confirmed by the municipality: shown as an example, and said so
  bool operator==(const Link&) const = default;
};

struct Candidate {
  ArticleId article;
  double score = 0;  // 0…1
  std::string how;   // "rule", "example", "model", "search"
  // Why it was neither given nor offered: "outscored", "outranked" (by a rule of higher priority),
  // "covered" (another covers its words and more), "unlikely" (below what is offered); else empty.
  std::string lost = {};
  bool operator==(const Candidate&) const = default;
};

// A word that was not read as the citizen wrote it. `as` is a word of the content.
struct Reading {
  Span original;
  std::string as;
  std::string how;  // "equivalent", "split", "joined", "fold", "inflection", "typo", "two_typos"
  bool operator==(const Reading&) const = default;
};

// Why the bot answered as it did. Never a copy of the citizen's words: spans point into them.
struct Explanation {
  std::string how;            // "rule", "example", "model", "search", "choice", "safety", "person",
                              // "municipality", "none" …
  std::string rule;           // the rule's or example's id, "file#name"; empty when no rule decided
  std::vector<Span> matched;  // what in the citizen's text decided
  std::vector<Candidate> candidates;  // best first, the winner included
  std::string
      municipality_from;  // "text", "site", "conversation", "choice"; empty when none was needed
  std::string language_from;  // "session", "wish", "site"
  std::vector<Reading> readings;
  // How likely it is that the message asks for any topic at all, and from where on that is
  // believed; set when the example model was asked.
  std::optional<double> in_scope;
  std::optional<double> in_scope_min;
  bool operator==(const Explanation&) const = default;
};

// First event of every log. log.text: page_url, a line feed, page_title.
struct ConversationOpened {
  SiteId site;
  Language language = Language::nn;
  std::string channel;         // "webchat", "phone", or a social channel's name: "telegram"
  std::string notice_version;  // of the privacy notice the citizen was shown
  std::string page_url;        // without query and fragment
  std::string page_title;
  bool outside_hours = false;  // no agent of the municipality was at work by its opening hours
  bool operator==(const ConversationOpened&) const = default;
};

// Who is responsible for the data. Once for the site, and once more when a citizen on the common
// site is settled.
struct ControllerSet {
  MunicipalityId municipality;
  bool operator==(const ControllerSet&) const = default;
};

struct LanguageSet {
  Language language = Language::nn;
  bool operator==(const LanguageSet&) const = default;
};

// log.text: text, as stored (masked).
struct CitizenSpoke {
  ClientId id;
  std::string text;
  bool masked = false;  // something was hidden before it was stored
  // A date of birth and no other number: the next message may complete an identity number.
  bool begins_number = false;
  std::optional<Seq> edits = {};  // the message this one replaces; Redacted empties that one's text
  bool operator==(const CitizenSpoke&) const = default;
};

// Something that is not words: a picture, a sound, a place. Only its kind is kept.
struct CitizenSentOther {
  ClientId id;
  std::string kind;  // "image", "audio", "video", "file", "sticker", "location", "contact", "other"
  bool operator==(const CitizenSentOther&) const = default;
};

// The citizen took a message back on the platform. Redacted empties its text.
struct CitizenWithdrew {
  ClientId id;
  Seq message;
  bool operator==(const CitizenWithdrew&) const = default;
};

// log.text: the label shown on the choice.
struct CitizenChose {
  ClientId id;
  Choice choice;
  bool operator==(const CitizenChose&) const = default;
};

// The citizen pressed the button for a person.
struct CitizenAskedForPerson {
  ClientId id;
  bool operator==(const CitizenAskedForPerson&) const = default;
};

// The citizen left the queue, or the agent, and talks with the bot again. log.text: text shown to
// the citizen.
struct CitizenReturnedToBot {
  ClientId id;
  std::string text;
  bool operator==(const CitizenReturnedToBot&) const = default;
};

// log.text: text.
struct CitizenRated {
  ClientId id;
  int score = 0;  // 1…5
  std::string text;
  bool operator==(const CitizenRated&) const = default;
};

// log.text: text.
struct BotReplied {
  ClientId reply_to;  // the message answered
  Outcome outcome = Outcome::answer;
  std::string text;
  std::vector<Choice> choices;
  std::vector<Link> links;
  std::vector<ArticleId> topics;  // every article answered or offered, best first
  std::string
      topic_title;  // the name of the topic understood, in the reply's language; may be empty
  std::optional<MunicipalityId> municipality;  // whose facts were given
  Language language = Language::nn;
  std::optional<SafetyKind> safety;
  ReleaseNumber release;  // the rules and articles that gave this answer
  bool sample = false;    // holds at least one value no municipality has confirmed
  double confidence = 0;  // 0…1
  Explanation because;
  std::optional<FormProgress> form = {};  // the form that this reply offers or belongs to
  std::optional<std::string> incident = {};  // the running incident whose words come first
  bool operator==(const BotReplied&) const = default;
};

// Said by the system while somebody else than the bot owns the conversation: a safety text, or a
// masking notice. log.text: text.
struct SystemNoticed {
  ClientId reply_to;
  std::optional<SafetyKind> safety;
  std::string text;
  ReleaseNumber release;
  bool operator==(const SystemNoticed&) const = default;
};

// The conversation waits for a person from now on; the bot is silent, unless told otherwise.
// log.text: text shown to the citizen.
struct HandoffRequested {
  ClientId reply_to;
  HandoffReason reason = HandoffReason::asked;
  std::string text;
  std::vector<ArticleId> topics;  // what was understood, best first
  std::optional<MunicipalityId> municipality;
  Language language = Language::nn;
  ReleaseNumber release;
  Explanation because;
  std::optional<FormProgress> form = {};  // what was filled in, sent or not
  bool bot_meanwhile = false;  // nobody is there: the bot goes on answering until a person comes
  bool operator==(const HandoffRequested&) const = default;
};

// An agent took the conversation. log.text: text shown to the citizen.
struct AgentJoined {
  AgentId agent;
  std::string name;  // as the citizen sees it
  std::string text;
  bool operator==(const AgentJoined&) const = default;
};

// log.text: text.
struct AgentSpoke {
  AgentId agent;
  std::string name;
  ClientId id;
  std::string text;
  bool operator==(const AgentSpoke&) const = default;
};

// A person answered in the platform's own inbox, past the desk. log.text: text.
struct AnsweredElsewhere {
  ClientId id;
  std::string text;
  bool operator==(const AnsweredElsewhere&) const = default;
};

// The agent gave the conversation back to the bot. log.text: text shown to the citizen.
struct AgentHandedBack {
  AgentId agent;
  ClientId id;
  std::string text;
  bool operator==(const AgentHandedBack&) const = default;
};

// log.text: text shown to the citizen.
struct ConversationClosed {
  ClosedBy by = ClosedBy::inactivity;
  ClientId id;                   // of the command that closed it; empty for inactivity
  std::optional<AgentId> agent;  // who closed it, when an agent did
  std::string text;
  std::optional<CloseOutcome> outcome = {};  // said by the agent
  std::optional<ArticleId> topic = {};       // what it was about, by the agent
  bool operator==(const ConversationClosed&) const = default;
};

// The citizen wrote in a closed conversation: the bot owns it again, the old wish for a person is
// spent.
struct ConversationReopened {
  bool operator==(const ConversationReopened&) const = default;
};

// The text of these events was emptied.
struct Redacted {
  std::vector<Seq> seqs;
  bool operator==(const Redacted&) const = default;
};

// The citizen deleted the conversation: every text in it is emptied, nothing more can be written.
struct Erased {
  ClientId id;
  bool operator==(const Erased&) const = default;
};

// A person was wanted and nobody can come: the bot keeps the conversation and offers to take a
// message. What the citizen was told is the BotReplied behind it.
struct HandoffDeferred {
  ClientId reply_to;
  HandoffReason reason = HandoffReason::asked;
  Delay delay = Delay::closed;
  std::optional<Time> opens;  // as the citizen was told; nothing when it is not known
  std::optional<MunicipalityId> municipality;
  std::vector<ArticleId> topics;  // what was understood, best first
  bool operator==(const HandoffDeferred&) const = default;
};

// Whoever waits in the queue was told that it takes long, and may leave a message instead. The
// place is kept. log.text: text shown to the citizen.
struct WaitGrewLong {
  Delay delay = Delay::long_wait;
  std::optional<Time> opens;  // as the citizen was told; set when it is closed
  std::string text;
  std::vector<Choice> choices;
  bool operator==(const WaitGrewLong&) const = default;
};

// The agent who had the conversation is gone: it waits for another, as long as it has waited since
// the hand-off. log.text: text shown to the citizen.
struct AgentLost {
  AgentId agent;
  std::string text;
  bool operator==(const AgentLost&) const = default;
};

// --- What the citizen never sees: the agents' own.

// A note for the agents. log.text: text (masked).
struct AgentNoted {
  AgentId agent;
  std::string name;
  ClientId id;
  std::string text;
  bool operator==(const AgentNoted&) const = default;
};

// Offered to one agent or to a unit of the municipality (whoever serves it): one of the two is set.
// log.text: the note to whoever accepts (masked).
struct TransferOffered {
  ClientId id;
  TransferKind kind = TransferKind::warm;
  AgentId agent;  // who offers
  std::string name;
  std::optional<AgentId> to;
  std::string to_name;  // of the agent or the unit
  std::string unit;     // its id; empty when offered to an agent
  std::string text;
  bool operator==(const TransferOffered&) const = default;
};

// The agent behind takes over: AgentJoined follows.
struct TransferAccepted {
  AgentId agent;
  bool operator==(const TransferAccepted&) const = default;
};

// Nobody accepted: whoever offered has the conversation.
struct TransferReturned {
  TransferEnd end = TransferEnd::declined;
  AgentId agent;  // who declined or withdrew it; empty when the time ran out
  ClientId id;
  bool operator==(const TransferReturned&) const = default;
};

// A colleague was asked to read along and write notes. log.text: what for (masked).
struct ColleagueInvited {
  ClientId id;
  AgentId agent;  // who invites
  std::string name;
  AgentId colleague;
  std::string colleague_name;
  std::string text;
  bool operator==(const ColleagueInvited&) const = default;
};

struct ColleagueLeft {
  AgentId colleague;
  ClientId id;
  bool operator==(const ColleagueLeft&) const = default;
};

// The agent waits for something outside the chat: it does not count against the capacity until it
// is resumed or the citizen writes. log.text: what for (masked).
struct AgentParked {
  AgentId agent;
  ClientId id;
  std::string text;
  bool operator==(const AgentParked&) const = default;
};

struct AgentResumed {
  AgentId agent;
  ClientId id;
  bool operator==(const AgentResumed&) const = default;
};

// Somebody asked a person outside every channel of ours: by telephone, at the counter. log.text:
// text, what it was about in a few words (masked).
struct ContactCounted {
  ClientId id;
  AgentId agent;
  std::string name;
  std::optional<ArticleId> topic;
  std::string text;
  bool operator==(const ContactCounted&) const = default;
};

using Event =
    std::variant<ConversationOpened, ControllerSet, LanguageSet, CitizenSpoke, CitizenChose,
                 CitizenAskedForPerson, CitizenReturnedToBot, CitizenRated, BotReplied,
                 SystemNoticed, HandoffRequested, AgentJoined, AgentSpoke, AgentHandedBack,
                 ConversationClosed, ConversationReopened, Redacted, Erased, HandoffDeferred,
                 WaitGrewLong, AgentLost, AgentNoted, TransferOffered, TransferAccepted,
                 TransferReturned, ColleagueInvited, ColleagueLeft, AgentParked, AgentResumed,
                 CitizenSentOther, CitizenWithdrew, AnsweredElsewhere, ContactCounted>;

// An event as the log holds it.
struct Recorded {
  Seq seq;
  Time at;
  Event event;
  bool operator==(const Recorded&) const = default;
};

}  // namespace svar
