#include "bot/server/commands/report_columns.h"

#include <cstdio>
#include <optional>

namespace svar::server {
namespace {

using service::Duration;
using service::MonthFigures;
using service::percent;
using service::TopicFigures;

// A full stop in every language: a file that programs read.
std::string decimal(const std::optional<double>& value) {
  if (!value) return {};
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", *value);
  return text;
}

std::string seconds(const std::optional<Duration>& value) {
  if (!value) return {};
  return decimal(std::chrono::duration<double>(*value).count());
}

template <class Key>
int held(const std::map<Key, int>& counts, Key key) {
  const auto found = counts.find(key);
  return found == counts.end() ? 0 : found->second;
}

template <class Figures>
auto number(int Figures::*member) {
  return [member](const Figures& f) { return std::to_string(f.*member); };
}

auto handoffs(HandoffReason reason) {
  return [reason](const MonthFigures& f) { return std::to_string(held(f.handoffs, reason)); };
}

auto outcomes(CloseOutcome outcome) {
  return [outcome](const MonthFigures& f) { return std::to_string(held(f.outcomes, outcome)); };
}

// Who left at once was never really offered.
int really_offered(const MonthFigures& f) {
  return f.offered - f.left_at_once;
}

using Month = std::vector<ReportColumn<MonthFigures>>;

void add_bot(Month& out) {
  out.push_back({"conversations",
                 {"Samtalar", "Samtaler", "Conversations"},
                 {"Samtalar som tok til i månaden.", "Samtaler som begynte i måneden.",
                  "Conversations that began in the month."},
                 number(&MonthFigures::conversations)});
  out.push_back(
      {"outside_hours_percent",
       {"Utanom opningstid, %", "Utenom åpningstid, %", "Outside hours, %"},
       {"Delen av samtalane som tok til medan kommunen sitt kontaktsenter var stengt.",
        "Andelen av samtalene som begynte mens kommunens kontaktsenter var stengt.",
        "The share of conversations that began while the municipality's contact centre was "
        "closed."},
       [](const MonthFigures& f) { return decimal(percent(f.outside_hours, f.conversations)); }});
  out.push_back({"messages",
                 {"Meldingar", "Meldinger", "Messages"},
                 {"Det innbyggjarane skreiv eller trykte.", "Det innbyggerne skrev eller trykket.",
                  "What citizens wrote or pressed."},
                 number(&MonthFigures::messages)});
  out.push_back(
      {"understood_percent",
       {"Forstått, %", "Forstått, %", "Understood, %"},
       {"Svara frå roboten der noko vart forstått, av alle svara hans.",
        "Robotens svar der noe ble forstått, av alle svarene.",
        "The bot's replies in which something was understood, of all its replies."},
       [](const MonthFigures& f) { return decimal(percent(f.replies - f.fallbacks, f.replies)); }});
  out.push_back({"answered_by_bot",
                 {"Svar frå roboten", "Svar fra roboten", "Answered by the bot"},
                 {"Samtalar der roboten svara på minst eitt emne.",
                  "Samtaler der roboten svarte på minst ett emne.",
                  "Conversations in which the bot answered at least one topic."},
                 number(&MonthFigures::answered_by_bot)});
  out.push_back(
      {"resolved_by_bot_strict_percent",
       {"Løyst av roboten (strengt), %", "Løst av roboten (strengt), %",
        "Resolved by the bot (strict), %"},
       {"Av alle samtalar: svar på minst eitt emne, ikkje ønske om menneske, ikkje vurdert til 2 "
        "eller lågare, "
        "og ikkje spurt om det same emnet att innan 24 timar i den same samtalen.",
        "Av alle samtaler: svar på minst ett emne, ikke ønske om menneske, ikke vurdert til 2 "
        "eller lavere, og "
        "ikke spurt om det samme emnet igjen innen 24 timer i den samme samtalen.",
        "Of all conversations: at least one topic answered, no wish for a person, not rated 2 or "
        "lower, and the "
        "same topic not asked again within 24 hours in the same conversation."},
       [](const MonthFigures& f) { return decimal(percent(f.resolved_strict, f.conversations)); }});
  out.push_back(
      {"resolved_by_bot_loose_percent",
       {"Løyst av roboten (romt), %", "Løst av roboten (romt), %",
        "Resolved by the bot (loose), %"},
       {"Av alle samtalar: svar på minst eitt emne, og ikkje ønske om menneske.",
        "Av alle samtaler: svar på minst ett emne, og ikke ønske om menneske.",
        "Of all conversations: at least one topic answered, and no wish for a person."},
       [](const MonthFigures& f) { return decimal(percent(f.resolved_loose, f.conversations)); }});
  out.push_back(
      {"wished_person_percent",
       {"Ønskte menneske, %", "Ønsket menneske, %", "Wished for a person, %"},
       {"Av alle samtalar: innbyggjaren bad om eit menneske, eller roboten sette over.",
        "Av alle samtaler: innbyggeren ba om et menneske, eller roboten satte over.",
        "Of all conversations: the citizen asked for a person, or the bot handed over."},
       [](const MonthFigures& f) { return decimal(percent(f.wished_person, f.conversations)); }});
}

void add_handoffs(Month& out) {
  struct Reason {
    HandoffReason reason;
    std::string_view key;
    Words name, because;
  };
  static constexpr Reason kReasons[] = {
      {HandoffReason::asked,
       "handed_over_asked",
       {"Sett over: bad om det", "Satt over: ba om det", "Handed over: asked"},
       {"Sett over fordi innbyggjaren bad om det.", "Satt over fordi innbyggeren ba om det.",
        "Handed over because the citizen asked."}},
      {HandoffReason::not_understood,
       "handed_over_not_understood",
       {"Sett over: ikkje forstått", "Satt over: ikke forstått", "Handed over: not understood"},
       {"Sett over fordi roboten ikkje forstod, to gonger på rad.",
        "Satt over fordi roboten ikke forsto, to ganger på rad.",
        "Handed over because the bot did not understand, twice in a row."}},
      {HandoffReason::personal,
       "handed_over_personal",
       {"Sett over: eiga sak", "Satt over: egen sak", "Handed over: own case"},
       {"Sett over fordi det galdt ei eiga sak.", "Satt over fordi det gjaldt en egen sak.",
        "Handed over because it was about an own case."}},
      {HandoffReason::sensitive,
       "handed_over_sensitive",
       {"Sett over: sårbart", "Satt over: sårbart", "Handed over: sensitive"},
       {"Sett over fordi det var sårbart.", "Satt over fordi det var sårbart.",
        "Handed over because it was sensitive."}},
      {HandoffReason::safety,
       "handed_over_safety",
       {"Sett over: fare", "Satt over: fare", "Handed over: danger"},
       {"Sett over fordi nokon kunne vere i fare.", "Satt over fordi noen kunne være i fare.",
        "Handed over because somebody might be in danger."}},
      {HandoffReason::angry,
       "handed_over_angry",
       {"Sett over: sint", "Satt over: sint", "Handed over: angry"},
       {"Sett over fordi innbyggjaren var sint.", "Satt over fordi innbyggeren var sint.",
        "Handed over because the citizen was angry."}},
      {HandoffReason::form,
       "forms_left",
       {"Meldingar i skjema", "Meldinger i skjema", "Messages left"},
       {"Utfylte skjema som vart sende til kontaktsenteret.",
        "Utfylte skjemaer som ble sendt til kontaktsenteret.",
        "Forms that were filled in and sent to the contact centre."}}};
  for (const Reason& each : kReasons)
    out.push_back({each.key, each.name, each.because, handoffs(each.reason)});
  out.push_back(
      {"deferred",
       {"Ønske utan nokon på vakt", "Ønsker uten noen på vakt", "Wishes with nobody at work"},
       {"Ønske om menneske då det var stengt eller ingen var på vakt.",
        "Ønsker om menneske da det var stengt eller ingen var på vakt.",
        "Wishes for a person while it was closed or nobody was at work."},
       number(&MonthFigures::deferred)});
}

void add_queue(Month& out) {
  out.push_back({"offered",
                 {"Tilbode medarbeidarane", "Tilbudt medarbeiderne", "Offered to agents"},
                 {"Gonger ein samtale kom i køen, skjema medrekna.",
                  "Ganger en samtale kom i køen, skjemaer medregnet.",
                  "How often a conversation came into the queue, forms included."},
                 number(&MonthFigures::offered)});
  out.push_back({"accepted",
                 {"Tekne", "Tatt", "Accepted"},
                 {"Av desse: tekne av ein medarbeidar.", "Av disse: tatt av en medarbeider.",
                  "Of these: taken by an agent."},
                 number(&MonthFigures::accepted)});
  out.push_back({"left_queue",
                 {"Gjekk frå køen", "Gikk fra køen", "Left the queue"},
                 {"Gjekk etter 10 sekund eller meir, før nokon tok samtalen.",
                  "Gikk etter 10 sekunder eller mer, før noen tok samtalen.",
                  "Left after 10 seconds or more, before anybody took the conversation."},
                 number(&MonthFigures::left_queue)});
  out.push_back(
      {"answer_percent",
       {"Svarprosent", "Svarprosent", "Answer rate, %"},
       {"Tekne av tilbodne; dei som gjekk innan 10 sekund, er ikkje rekna med.",
        "Tatt av tilbudte; de som gikk innen 10 sekunder, er ikke regnet med.",
        "Accepted of offered; those who left within 10 seconds are not counted."},
       [](const MonthFigures& f) { return decimal(percent(f.accepted, really_offered(f))); }});
  out.push_back(
      {"in_time_percent",
       {"Tekne innan 60 s, %", "Tatt innen 60 s, %", "Accepted within 60 s, %"},
       {"Servicenivå: tekne innan 60 sekund, av dei same. Målet for prat er 80 %.",
        "Servicenivå: tatt innen 60 sekunder, av de samme. Målet for prat er 80 %.",
        "Service level: accepted within 60 seconds, of the same. The aim for chat is 80 %."},
       [](const MonthFigures& f) {
         return decimal(percent(f.accepted_in_time, really_offered(f)));
       }});
  out.push_back({"wait_p50_seconds",
                 {"Ventetid, median, s", "Ventetid, median, s", "Wait, median, s"},
                 {"Halvparten av dei som vart tekne, venta så lenge eller kortare.",
                  "Halvparten av dem som ble tatt, ventet så lenge eller kortere.",
                  "Half of those who were accepted waited so long or less."},
                 [](const MonthFigures& f) { return seconds(f.wait_p50); }});
  out.push_back({"wait_p90_seconds",
                 {"Ventetid, ni av ti, s", "Ventetid, ni av ti, s", "Wait, nine in ten, s"},
                 {"Ni av ti av dei som vart tekne, venta så lenge eller kortare.",
                  "Ni av ti av dem som ble tatt, ventet så lenge eller kortere.",
                  "Nine in ten of those who were accepted waited so long or less."},
                 [](const MonthFigures& f) { return seconds(f.wait_p90); }});
}

void add_agents(Month& out) {
  out.push_back({"first_response_p50_seconds",
                 {"Første svar, median, s", "Første svar, median, s", "First response, median, s"},
                 {"Frå ein medarbeidar tok samtalen til det første ordet.",
                  "Fra en medarbeider tok samtalen til det første ordet.",
                  "From an agent's taking the conversation to the first word."},
                 [](const MonthFigures& f) { return seconds(f.first_word_p50); }});
  out.push_back({"response_mean_seconds",
                 {"Svartid i samtalen, snitt, s", "Svartid i samtalen, snitt, s",
                  "Response in the chat, mean, s"},
                 {"Frå innbyggjaren skriv til medarbeidaren svarar.",
                  "Fra innbyggeren skriver til medarbeideren svarer.",
                  "From the citizen's message to the agent's next."},
                 [](const MonthFigures& f) { return seconds(f.answer_mean); }});
  out.push_back(
      {"handling_mean_seconds",
       {"Handsamingstid, snitt, s", "Behandlingstid, snitt, s", "Handling time, mean, s"},
       {"Frå ein medarbeidar tok samtalen til han vart avslutta eller gjeven vidare, utan tida han "
        "var parkert. "
        "Utfall og emne vert valde før avslutninga, så etterarbeidet er med.",
        "Fra en medarbeider tok samtalen til den ble avsluttet eller gitt videre, uten tiden den "
        "var parkert. "
        "Utfall og emne velges før avslutningen, så etterarbeidet er med.",
        "From an agent's taking the conversation until it was closed or given away, without the "
        "time it was "
        "parked. Outcome and topic are chosen before it closes, so after-work is included."},
       [](const MonthFigures& f) { return seconds(f.handling_mean); }});
  out.push_back({"transfers",
                 {"Overføringar", "Overføringer", "Transfers"},
                 {"Overføringar som vart tilbodne ein annan eller ei eining.",
                  "Overføringer som ble tilbudt en annen eller en enhet.",
                  "Transfers offered to another or to a unit."},
                 number(&MonthFigures::transfers)});
}

void add_outcomes(Month& out) {
  out.push_back({"outcome_resolved",
                 {"Utfall: løyst", "Utfall: løst", "Outcome: resolved"},
                 {"Sagt av medarbeidaren som avslutta.", "Sagt av medarbeideren som avsluttet.",
                  "Said by the agent who closed it."},
                 outcomes(CloseOutcome::resolved)});
  out.push_back({"outcome_passed_on",
                 {"Utfall: gjeve vidare", "Utfall: gitt videre", "Outcome: passed on"},
                 {"Nokon annan i kommunen held fram.", "Noen andre i kommunen fortsetter.",
                  "Somebody else in the municipality goes on with it."},
                 outcomes(CloseOutcome::passed_on)});
  out.push_back({"outcome_not_resolved",
                 {"Utfall: ikkje løyst", "Utfall: ikke løst", "Outcome: not resolved"},
                 {"Sagt av medarbeidaren som avslutta.", "Sagt av medarbeideren som avsluttet.",
                  "Said by the agent who closed it."},
                 outcomes(CloseOutcome::not_resolved)});
  out.push_back({"outcome_no_reply",
                 {"Utfall: ikkje svar", "Utfall: ikke svar", "Outcome: no reply"},
                 {"Innbyggjaren var borte.", "Innbyggeren var borte.", "The citizen was gone."},
                 outcomes(CloseOutcome::no_reply)});
  out.push_back({"outcome_other",
                 {"Utfall: anna", "Utfall: annet", "Outcome: other"},
                 {"Sagt av medarbeidaren som avslutta.", "Sagt av medarbeideren som avsluttet.",
                  "Said by the agent who closed it."},
                 outcomes(CloseOutcome::other)});
  out.push_back({"resolved_at_first_percent",
                 {"Løyst ved første kontakt, %", "Løst ved første kontakt, %",
                  "Resolved at first contact, %"},
                 {"Av dei som ein medarbeidar avslutta: sagt løyste, utan overføring. Om "
                  "innbyggjaren kom att i ein annan "
                  "samtale, kan ikkje sjåast: ingen vert kjende att.",
                  "Av dem som en medarbeider avsluttet: sagt løst, uten overføring. Om innbyggeren "
                  "kom igjen i en annen "
                  "samtale, kan ikke sees: ingen gjenkjennes.",
                  "Of those an agent closed: said to be resolved, without a transfer. Whether the "
                  "citizen came back in "
                  "another conversation cannot be seen: nobody is recognised."},
                 [](const MonthFigures& f) {
                   return decimal(percent(f.resolved_at_first, f.closed_by_agent));
                 }});
}

void add_citizens(Month& out) {
  out.push_back({"ratings",
                 {"Vurderingar", "Vurderinger", "Ratings"},
                 {"Samtalar som innbyggjaren vurderte, 1 til 5; den siste vurderinga tel.",
                  "Samtaler som innbyggeren vurderte, 1 til 5; den siste vurderingen teller.",
                  "Conversations that the citizen rated, 1 to 5; the last rating counts."},
                 number(&MonthFigures::ratings)});
  out.push_back(
      {"rating_mean",
       {"Vurdering, snitt", "Vurdering, snitt", "Rating, mean"},
       {"Snittet av vurderingane.", "Snittet av vurderingene.", "The mean of the ratings."},
       [](const MonthFigures& f) { return decimal(f.rating_mean); }});
  out.push_back({"satisfied_percent",
                 {"Nøgde, %", "Fornøyde, %", "Satisfied, %"},
                 {"Vurderingar på 4 eller 5, av alle.", "Vurderinger på 4 eller 5, av alle.",
                  "Ratings of 4 or 5, of all."},
                 [](const MonthFigures& f) { return decimal(percent(f.satisfied, f.ratings)); }});
  out.push_back(
      {"counted_contacts",
       {"Noterte telefonar", "Noterte telefoner", "Counted telephone calls"},
       {"Kontaktar utanom praten som medarbeidarane noterte. Dei er ikkje med i dei andre "
        "kolonnane.",
        "Kontakter utenom praten som medarbeiderne noterte. De er ikke med i de andre kolonnene.",
        "Contacts outside the chat that agents counted. They are in no other column."},
       number(&MonthFigures::contacts)});
}

}  // namespace

const std::vector<ReportColumn<MonthFigures>>& month_columns() {
  static const Month columns = [] {
    Month out;
    add_bot(out);
    add_handoffs(out);
    add_queue(out);
    add_agents(out);
    add_outcomes(out);
    add_citizens(out);
    return out;
  }();
  return columns;
}

const std::vector<ReportColumn<TopicFigures>>& topic_columns() {
  static const std::vector<ReportColumn<TopicFigures>> columns = {
      {"answered",
       {"Svar frå roboten", "Svar fra roboten", "Answered by the bot"},
       {"Samtalar der roboten svara på emnet.", "Samtaler der roboten svarte på emnet.",
        "Conversations in which the bot answered the topic."},
       number(&TopicFigures::answered)},
      {"contained_percent",
       {"Roboten var nok, %", "Roboten var nok, %", "The bot was enough, %"},
       {"Av desse: utan ønske om menneske.", "Av disse: uten ønske om menneske.",
        "Of these: without a wish for a person."},
       [](const TopicFigures& f) { return decimal(percent(f.contained, f.answered)); }},
      {"handed_over",
       {"Ønskte menneske", "Ønsket menneske", "Wished for a person"},
       {"Samtalar der eit menneske var ønskt om emnet.",
        "Samtaler der et menneske var ønsket om emnet.",
        "Conversations in which a person was wanted for the topic."},
       number(&TopicFigures::handed_over)},
      {"by_agent",
       {"Avslutta med emnet", "Avsluttet med emnet", "Closed with the topic"},
       {"Samtalar som ein medarbeidar avslutta med dette emnet.",
        "Samtaler som en medarbeider avsluttet med dette emnet.",
        "Conversations that an agent closed with this topic."},
       number(&TopicFigures::by_agent)},
      {"counted_contacts",
       {"Noterte telefonar", "Noterte telefoner", "Counted telephone calls"},
       {"Kontaktar utanom praten som medarbeidarane noterte om emnet.",
        "Kontakter utenom praten som medarbeiderne noterte om emnet.",
        "Contacts outside the chat that agents counted for the topic."},
       number(&TopicFigures::contacts)}};
  return columns;
}

}  // namespace svar::server
