#include "tests/store/example_events.h"

#include <utility>

namespace svar::examples {
namespace {

Explanation full_explanation() {
  return {"rule",
          "boss.tommekalender#when-collected",
          {{4, 8}, {12, 17}},
          {{{"boss.tommekalender"}, 0.625, "rule"}, {{"boss.gjenvinning"}, 0.5, "search"}},
          "text",
          "session",
          {},
          {},
          {}};
}

Explanation later_explanation() {
  return {"model",
          "",
          {{4, 8}},
          {{{"boss.tommekalender"}, 0.625, "model"},
           {{"boss.gjenvinning"}, 0.5, "search", "outscored"}},
          "text",
          "session",
          {{{4, 8}, "bosset", "typo"}},
          0.875,
          0.5};
}

BotReplied full_reply() {
  return {{"m-1"},
          Outcome::clarify,
          "Meiner du tømmekalender eller gjenvinningsstasjon?\n«1» eller «2»",
          {{"article:boss.tommekalender", "Tømmekalender"}, {"other", "Noko anna"}},
          {{"Tømmekalender hos BIR", "https://bir.no/tommekalender", true}},
          {{"boss.tommekalender"}, {"boss.gjenvinning"}},
          "Tømmekalender",
          MunicipalityId{"osteroy"},
          Language::nb,
          SafetyKind::child,
          {7},
          true,
          0.625,
          full_explanation()};
}

HandoffRequested full_handoff() {
  return {{"m-7"},
          HandoffReason::not_understood,
          "Eit menneske tek over.",
          {{"boss.tommekalender"}},
          MunicipalityId{"osteroy"},
          Language::nb,
          {7},
          full_explanation()};
}

FormProgress full_form() {
  return {"feilmelding",
          FormStage::asking,
          "place",
          {{"kind", {4}, {}, "road", false},
           {"what", {4}, {3, 17}, "", false},
           {"contact", {6}, {}, "", true}},
          {{"veg.feil"}},
          MunicipalityId{"osteroy"},
          "1124-K7QF9",
          1,
          1,
          3};
}

template <std::size_t... index>
std::vector<Event> empty_events(std::index_sequence<index...>) {
  return {std::variant_alternative_t<index, Event>{}...};
}

}  // namespace

std::vector<Event> every_event() {
  return {
      ConversationOpened{{"felles"},
                         Language::en,
                         "webchat",
                         "2026-11",
                         "https://a.example/b",
                         "Side: boss\nog meir"},
      ControllerSet{{"osteroy"}},
      LanguageSet{Language::en},
      CitizenSpoke{{"m-1"}, "når vert bosset tømt? \"ja\" \\ æøå", true},
      CitizenChose{{"m-2"}, {"article:boss.tommekalender", "Tømmekalender"}},
      CitizenAskedForPerson{{"m-3"}},
      CitizenReturnedToBot{{"m-4"}, "Du snakkar med roboten att."},
      CitizenRated{{"m-5"}, 4, "Takk for hjelpa"},
      full_reply(),
      SystemNoticed{{"m-6"}, SafetyKind::medical, "Ring 113.", {7}},
      full_handoff(),
      AgentJoined{{"kari"}, "Kari", "Kari har teke over."},
      AgentSpoke{{"kari"}, "Kari", {"a-1"}, "Hei, det er Kari."},
      AgentHandedBack{{"kari"}, {"a-2"}, "Roboten er her att."},
      ConversationClosed{ClosedBy::agent, {"a-3"}, AgentId{"kari"}, "Samtalen er avslutta."},
      ConversationReopened{},
      Redacted{{{4}, {9}}},
      Erased{{"m-8"}},
      HandoffDeferred{{"m-9"},
                      HandoffReason::personal,
                      Delay::closed,
                      Time{std::chrono::milliseconds{1'811'487'600'000}},
                      MunicipalityId{"osteroy"},
                      {{"bygg.status"}}},
      WaitGrewLong{Delay::closed,
                   Time{std::chrono::milliseconds{1'811'487'600'000}},
                   "Det er stengt no.",
                   {{"form:melding", "Legg att ei melding"}}},
      AgentLost{{"kari"}, "Kari mista sambandet."},
      AgentNoted{{"ola"}, "Ola", {"a-4"}, "Ring teknisk vakt."},
      TransferOffered{{"a-5"},
                      TransferKind::cold,
                      {"kari"},
                      "Kari",
                      AgentId{"ola"},
                      "Ola",
                      "teknisk",
                      "Han lurer på kommunevegen."},
      TransferAccepted{{"ola"}},
      TransferReturned{TransferEnd::timed_out, {"ola"}, {"a-6"}},
      ColleagueInvited{{"a-7"}, {"kari"}, "Kari", {"ola"}, "Ola", "Kan du byggesak?"},
      ColleagueLeft{{"ola"}, {"a-8"}},
      AgentParked{{"kari"}, {"a-9"}, "Ventar på svar frå teknisk"},
      AgentResumed{{"kari"}, {"a-10"}},
      CitizenSentOther{{"m-9"}, "image"},
      CitizenWithdrew{{"m-10"}, {4}},
      AnsweredElsewhere{{"m-11"}, "Eg ringjer deg."},
      ContactCounted{{"a-11"}, {"kari"}, "Kari", ArticleId{"veg.feil"}, "hol i vegen"},
  };
}

std::vector<Event> later_events() {
  BotReplied replied = full_reply();
  replied.because = later_explanation();
  BotReplied asked;
  asked.reply_to = {"m-1"};
  asked.text = "Kvar er feilen?";
  asked.form = full_form();
  HandoffRequested sent;
  sent.reason = HandoffReason::form;
  sent.text = "Takk! Referanse: 1124-K7QF9";
  sent.form = full_form();
  sent.form->stage = FormStage::sent;
  HandoffRequested at_night = sent;
  at_night.bot_meanwhile = true;
  BotReplied in_storm = full_reply();
  in_storm.incident = "i-3";
  ConversationOpened by_night{{"osteroy"}, Language::nn, "telegram", "1", "", ""};
  by_night.outside_hours = true;
  const ConversationClosed closed{ClosedBy::agent,         {"a-3"},
                                  AgentId{"kari"},         "Samtalen er avslutta.",
                                  CloseOutcome::passed_on, ArticleId{"veg.feil"}};
  return {CitizenSpoke{{"m-1"}, "058595", false, true},
          std::move(replied),
          std::move(asked),
          std::move(sent),
          closed,
          std::move(at_night),
          CitizenSpoke{{"m-12"}, "når vert bosset tømt", false, false, Seq{2}},
          std::move(in_storm),
          std::move(by_night)};
}

std::vector<Event> every_empty_event() {
  return empty_events(std::make_index_sequence<std::variant_size_v<Event>>{});
}

Event opened(std::string page_url, std::string title) {
  return ConversationOpened{{"osteroy"}, Language::nn,        "webchat",
                            "1",         std::move(page_url), std::move(title)};
}

Event spoke(std::string id, std::string text) {
  return CitizenSpoke{{std::move(id)}, std::move(text), false};
}

Event replied(std::string reply_to, std::string text) {
  BotReplied reply = full_reply();
  reply.reply_to = {std::move(reply_to)};
  reply.text = std::move(text);
  return reply;
}

}  // namespace svar::examples
