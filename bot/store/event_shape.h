// How each event is spelled in the log: its name, its fields, and which member is its text. Read by
// the codec alone.
//
// `fields` calls field("name", member) for every member but the text. A member may be added at the
// end of any event; nothing here may be renamed.
#pragma once

#include "bot/store/value_shape.h"

namespace svar::store {

// Its text is two members; the codec joins them with a line feed.
template <>
struct Shape<ConversationOpened> {
  static constexpr std::string_view kName = "ConversationOpened";
  static void fields(auto& field, auto& event) {
    field("site", event.site);
    field("language", event.language);
    field("channel", event.channel);
    field("notice_version", event.notice_version);
    field("outside_hours", event.outside_hours);
  }
};

template <>
struct Shape<ControllerSet> {
  static constexpr std::string_view kName = "ControllerSet";
  static void fields(auto& field, auto& event) { field("municipality", event.municipality); }
};

template <>
struct Shape<LanguageSet> {
  static constexpr std::string_view kName = "LanguageSet";
  static void fields(auto& field, auto& event) { field("language", event.language); }
};

template <>
struct Shape<CitizenSpoke> {
  static constexpr std::string_view kName = "CitizenSpoke";
  static void fields(auto& field, auto& event) {
    field("id", event.id);
    field("masked", event.masked);
    field("begins_number", event.begins_number);
    field("edits", event.edits);
  }
  static auto& text(auto& event) { return event.text; }
};

template <>
struct Shape<CitizenChose> {
  static constexpr std::string_view kName = "CitizenChose";
  static void fields(auto& field, auto& event) {
    field("id", event.id);
    field("choice", event.choice.id);
  }
  static auto& text(auto& event) { return event.choice.label; }
};

template <>
struct Shape<CitizenAskedForPerson> {
  static constexpr std::string_view kName = "CitizenAskedForPerson";
  static void fields(auto& field, auto& event) { field("id", event.id); }
};

template <>
struct Shape<CitizenReturnedToBot> {
  static constexpr std::string_view kName = "CitizenReturnedToBot";
  static void fields(auto& field, auto& event) { field("id", event.id); }
  static auto& text(auto& event) { return event.text; }
};

template <>
struct Shape<CitizenRated> {
  static constexpr std::string_view kName = "CitizenRated";
  static void fields(auto& field, auto& event) {
    field("id", event.id);
    field("score", event.score);
  }
  static auto& text(auto& event) { return event.text; }
};

template <>
struct Shape<BotReplied> {
  static constexpr std::string_view kName = "BotReplied";
  static void fields(auto& field, auto& event) {
    field("reply_to", event.reply_to);
    field("outcome", event.outcome);
    field("choices", event.choices);
    field("links", event.links);
    field("topics", event.topics);
    field("topic_title", event.topic_title);
    field("municipality", event.municipality);
    field("language", event.language);
    field("safety", event.safety);
    field("release", event.release);
    field("sample", event.sample);
    field("confidence", event.confidence);
    field("because", event.because);
    field("form", event.form);
    field("incident", event.incident);
  }
  static auto& text(auto& event) { return event.text; }
};

template <>
struct Shape<SystemNoticed> {
  static constexpr std::string_view kName = "SystemNoticed";
  static void fields(auto& field, auto& event) {
    field("reply_to", event.reply_to);
    field("safety", event.safety);
    field("release", event.release);
  }
  static auto& text(auto& event) { return event.text; }
};

template <>
struct Shape<HandoffRequested> {
  static constexpr std::string_view kName = "HandoffRequested";
  static void fields(auto& field, auto& event) {
    field("reply_to", event.reply_to);
    field("reason", event.reason);
    field("topics", event.topics);
    field("municipality", event.municipality);
    field("language", event.language);
    field("release", event.release);
    field("because", event.because);
    field("form", event.form);
    field("bot_meanwhile", event.bot_meanwhile);
  }
  static auto& text(auto& event) { return event.text; }
};

template <>
struct Shape<AgentJoined> {
  static constexpr std::string_view kName = "AgentJoined";
  static void fields(auto& field, auto& event) {
    field("agent", event.agent);
    field("name", event.name);
  }
  static auto& text(auto& event) { return event.text; }
};

template <>
struct Shape<AgentSpoke> {
  static constexpr std::string_view kName = "AgentSpoke";
  static void fields(auto& field, auto& event) {
    field("agent", event.agent);
    field("name", event.name);
    field("id", event.id);
  }
  static auto& text(auto& event) { return event.text; }
};

template <>
struct Shape<AgentHandedBack> {
  static constexpr std::string_view kName = "AgentHandedBack";
  static void fields(auto& field, auto& event) {
    field("agent", event.agent);
    field("id", event.id);
  }
  static auto& text(auto& event) { return event.text; }
};

template <>
struct Shape<ConversationClosed> {
  static constexpr std::string_view kName = "ConversationClosed";
  static void fields(auto& field, auto& event) {
    field("by", event.by);
    field("id", event.id);
    field("agent", event.agent);
    field("outcome", event.outcome);
    field("topic", event.topic);
  }
  static auto& text(auto& event) { return event.text; }
};

template <>
struct Shape<ConversationReopened> {
  static constexpr std::string_view kName = "ConversationReopened";
  static void fields(auto&, auto&) {}
};

template <>
struct Shape<Redacted> {
  static constexpr std::string_view kName = "Redacted";
  static void fields(auto& field, auto& event) { field("seqs", event.seqs); }
};

template <>
struct Shape<Erased> {
  static constexpr std::string_view kName = "Erased";
  static void fields(auto& field, auto& event) { field("id", event.id); }
};

template <>
struct Shape<HandoffDeferred> {
  static constexpr std::string_view kName = "HandoffDeferred";
  static void fields(auto& field, auto& event) {
    field("reply_to", event.reply_to);
    field("reason", event.reason);
    field("delay", event.delay);
    field("opens", event.opens);
    field("municipality", event.municipality);
    field("topics", event.topics);
  }
};

template <>
struct Shape<WaitGrewLong> {
  static constexpr std::string_view kName = "WaitGrewLong";
  static void fields(auto& field, auto& event) {
    field("delay", event.delay);
    field("opens", event.opens);
    field("choices", event.choices);
  }
  static auto& text(auto& event) { return event.text; }
};

template <>
struct Shape<AgentLost> {
  static constexpr std::string_view kName = "AgentLost";
  static void fields(auto& field, auto& event) { field("agent", event.agent); }
  static auto& text(auto& event) { return event.text; }
};

template <>
struct Shape<AgentNoted> {
  static constexpr std::string_view kName = "AgentNoted";
  static void fields(auto& field, auto& event) {
    field("agent", event.agent);
    field("name", event.name);
    field("id", event.id);
  }
  static auto& text(auto& event) { return event.text; }
};

template <>
struct Shape<TransferOffered> {
  static constexpr std::string_view kName = "TransferOffered";
  static void fields(auto& field, auto& event) {
    field("id", event.id);
    field("kind", event.kind);
    field("agent", event.agent);
    field("name", event.name);
    field("to", event.to);
    field("to_name", event.to_name);
    field("unit", event.unit);
  }
  static auto& text(auto& event) { return event.text; }
};

template <>
struct Shape<TransferAccepted> {
  static constexpr std::string_view kName = "TransferAccepted";
  static void fields(auto& field, auto& event) { field("agent", event.agent); }
};

template <>
struct Shape<TransferReturned> {
  static constexpr std::string_view kName = "TransferReturned";
  static void fields(auto& field, auto& event) {
    field("end", event.end);
    field("agent", event.agent);
    field("id", event.id);
  }
};

template <>
struct Shape<ColleagueInvited> {
  static constexpr std::string_view kName = "ColleagueInvited";
  static void fields(auto& field, auto& event) {
    field("id", event.id);
    field("agent", event.agent);
    field("name", event.name);
    field("colleague", event.colleague);
    field("colleague_name", event.colleague_name);
  }
  static auto& text(auto& event) { return event.text; }
};

template <>
struct Shape<ColleagueLeft> {
  static constexpr std::string_view kName = "ColleagueLeft";
  static void fields(auto& field, auto& event) {
    field("colleague", event.colleague);
    field("id", event.id);
  }
};

template <>
struct Shape<AgentParked> {
  static constexpr std::string_view kName = "AgentParked";
  static void fields(auto& field, auto& event) {
    field("agent", event.agent);
    field("id", event.id);
  }
  static auto& text(auto& event) { return event.text; }
};

template <>
struct Shape<AgentResumed> {
  static constexpr std::string_view kName = "AgentResumed";
  static void fields(auto& field, auto& event) {
    field("agent", event.agent);
    field("id", event.id);
  }
};

template <>
struct Shape<CitizenSentOther> {
  static constexpr std::string_view kName = "CitizenSentOther";
  static void fields(auto& field, auto& event) {
    field("id", event.id);
    field("kind", event.kind);
  }
};

template <>
struct Shape<CitizenWithdrew> {
  static constexpr std::string_view kName = "CitizenWithdrew";
  static void fields(auto& field, auto& event) {
    field("id", event.id);
    field("message", event.message);
  }
};

template <>
struct Shape<AnsweredElsewhere> {
  static constexpr std::string_view kName = "AnsweredElsewhere";
  static void fields(auto& field, auto& event) { field("id", event.id); }
  static auto& text(auto& event) { return event.text; }
};

template <>
struct Shape<ContactCounted> {
  static constexpr std::string_view kName = "ContactCounted";
  static void fields(auto& field, auto& event) {
    field("id", event.id);
    field("agent", event.agent);
    field("name", event.name);
    field("topic", event.topic);
  }
  static auto& text(auto& event) { return event.text; }
};

}  // namespace svar::store
