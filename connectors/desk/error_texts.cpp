#include "connectors/desk/error_texts.h"

#include <array>
#include <nlohmann/json.hpp>

namespace svar::desk {
namespace {

struct Text {
  std::string_view code;
  std::string_view nn, nb, en;
};

constexpr std::array kTexts = {
    Text{"signed_out", "Du er logga ut. Logg inn på nytt.", "Du er logget ut. Logg inn på nytt.",
         "You are signed out. Sign in again."},
    Text{"wrong_login", "Brukarnamnet eller passordet er feil.",
         "Brukernavnet eller passordet er feil.", "The user name or password is wrong."},
    Text{"throttled", "For mange forsøk. Vent litt før du prøver igjen.",
         "For mange forsøk. Vent litt før du prøver igjen.",
         "Too many attempts. Wait a little before you try again."},
    Text{"forbidden", "Førespurnaden kom ikkje frå desken og vart avvist.",
         "Forespørselen kom ikke fra desken og ble avvist.",
         "The request did not come from the desk and was refused."},
    Text{"not_allowed", "Kontoen din har ikkje tilgang til dette.",
         "Kontoen din har ikke tilgang til dette.", "Your account has no access to this."},
    Text{"code_wanted", "Skriv koden frå autentiseringsappen.",
         "Skriv koden fra autentiseringsappen.", "Enter the code from your authenticator app."},
    Text{"wrong_code", "Koden er feil eller alt brukt. Vent på ein ny og prøv igjen.",
         "Koden er feil eller allerede brukt. Vent på en ny og prøv igjen.",
         "The code is wrong or was used already. Wait for a new one and try again."},
    Text{"wrong_password", "Passordet er feil.", "Passordet er feil.", "The password is wrong."},
    Text{"bad_name",
         "Brukarnamnet kan berre ha små bokstavar a–z, tal, punktum og strek, og namnet kan ikkje "
         "vere tomt.",
         "Brukernavnet kan bare ha små bokstaver a–z, tall, punktum og strek, og navnet kan ikke "
         "være tomt.",
         "A user name has lower-case letters a–z, figures, full stops and hyphens alone, and the "
         "name can't be empty."},
    Text{"name_taken", "Brukarnamnet er i bruk.", "Brukernavnet er i bruk.",
         "The user name is taken."},
    Text{"bad_rights", "Vel minst éin rolle.", "Velg minst én rolle.", "Choose at least one role."},
    Text{"yourself", "Du kan ikkje ta frå deg sjølv tilgangen.",
         "Du kan ikke ta fra deg selv tilgangen.", "You can't take away your own access."},
    Text{"last_administrator", "Det må vere minst éin systemadministrator.",
         "Det må være minst én systemadministrator.",
         "There must be at least one system administrator."},
    Text{"not_enrolling", "Oppsettet tok for lang tid. Byrj på nytt.",
         "Oppsettet tok for lang tid. Begynn på nytt.",
         "Setting it up took too long. Begin again."},
    Text{"not_enrolled", "Tostegspålogging er ikkje sett opp.",
         "Totrinnspålogging er ikke satt opp.", "Two-step sign-in is not set up."},
    Text{"required", "Administratorar må ha tostegspålogging.",
         "Administratorer må ha totrinnspålogging.", "Administrators must have two-step sign-in."},
    Text{"link_expired", "Lenkja er brukt eller for gammal. Be administratoren om ei ny.",
         "Lenken er brukt eller for gammel. Be administratoren om en ny.",
         "The link was used or is too old. Ask the administrator for a new one."},
    Text{"password_too_short", "Passordet må ha minst 12 teikn.", "Passordet må ha minst 12 tegn.",
         "The password must have at least 12 characters."},
    Text{"password_too_long", "Passordet er for langt.", "Passordet er for langt.",
         "The password is too long."},
    Text{"password_holds_name", "Passordet kan ikkje innehalde namnet ditt.",
         "Passordet kan ikke inneholde navnet ditt.", "The password can't contain your name."},
    Text{"password_common", "Passordet er for lett å gjette. Bruk til dømes fire tilfeldige ord.",
         "Passordet er for lett å gjette. Bruk for eksempel fire tilfeldige ord.",
         "The password is too easy to guess. Use four random words, for instance."},
    Text{"must_enrol", "Du må setje opp tostegspålogging før du kan arbeide.",
         "Du må sette opp totrinnspålogging før du kan arbeide.",
         "You must set up two-step sign-in before you can work."},
    Text{"bad_request", "Tenaren skjønte ikkje førespurnaden.",
         "Tjeneren forsto ikke forespørselen.", "The server did not understand the request."},
    Text{"not_found",
         "Samtalen finst ikkje, eller han høyrer til ein kommune du ikkje har tilgang til.",
         "Samtalen finnes ikke, eller den hører til en kommune du ikke har tilgang til.",
         "There is no such conversation, or you have no access to its municipality."},
    Text{"not_yours", "Du må ha samtalen for å gjere dette.",
         "Du må ha samtalen for å gjøre dette.", "You must hold the conversation to do this."},
    Text{"at_capacity",
         "Du har så mange samtalar som du kan ha samtidig. Avslutt eller parker ein først.",
         "Du har så mange samtaler som du kan ha samtidig. Avslutt eller parker en først.",
         "You have as many conversations as you can have at once. Close or park one first."},
    Text{"absent", "Den du valde, er ikkje ved skranken eller har ikkje tilgang til kommunen.",
         "Den du valgte, er ikke ved skranken eller har ikke tilgang til kommunen.",
         "Whoever you chose is not at the desk, or has no access to the municipality."},
    Text{"not_offered", "Det går ikkje med denne samtalen no.",
         "Det går ikke med denne samtalen nå.", "That cannot be done with this conversation now."},
    Text{"not_open", "Samtalen er avslutta.", "Samtalen er avsluttet.",
         "The conversation is closed."},
    Text{"reply_window_closed",
         "Fristen for å svare på denne plattforma er ute. Du kan svare når innbyggjaren skriv "
         "igjen.",
         "Fristen for å svare på denne plattformen er ute. Du kan svare når innbyggeren skriver "
         "igjen.",
         "The time for answering on this platform is over. You can answer when the citizen writes "
         "again."},
    Text{"nothing_failed", "Meldinga er alt på veg eller framme.",
         "Meldingen er allerede på vei eller framme.",
         "The message is on its way or has arrived already."},
    Text{"may_arrive_twice",
         "Meldinga kan vere framme alt. Stadfest at ho skal sendast ein gong til.",
         "Meldingen kan være framme allerede. Bekreft at den skal sendes en gang til.",
         "The message may have arrived already. Confirm that it is to be sent once more."},
    Text{"too_long", "Meldinga er for lang. Del ho opp.", "Meldingen er for lang. Del den opp.",
         "The message is too long. Split it."},
    Text{"empty", "Meldinga er tom.", "Meldingen er tom.", "The message is empty."},
    Text{"too_many_words", "Søk etter færre ord, høgst åtte.", "Søk etter færre ord, høyst åtte.",
         "Search for fewer words, at most eight."},
    Text{"changed", "Nokon andre har endra dette i mellomtida. Sjå på det på nytt.",
         "Noen andre har endret dette i mellomtiden. Se på det på nytt.",
         "Somebody else has changed this meanwhile. Look at it again."},
    Text{"ended", "Driftsmeldinga er avslutta. Skriv ei ny.",
         "Driftsmeldingen er avsluttet. Skriv en ny.", "The incident has ended. Write a new one."},
    Text{"bad_time", "Tida må slutte etter at ho byrjar, ikkje vere over, og vare høgst 60 dagar.",
         "Tiden må slutte etter at den begynner, ikke være over, og vare høyst 60 dager.",
         "It must end after it begins, not be over, and last 60 days at most."},
    Text{"crisis_runs", "Kriseberedskapen er alt på i denne kommunen.",
         "Kriseberedskapen er allerede på i denne kommunen.",
         "This municipality is in crisis mode already."},
    Text{"unknown_topic", "Emnet finst ikkje.", "Emnet finnes ikke.", "There is no such topic."},
    Text{"overloaded", "Tenaren har for mykje å gjere. Prøv igjen om litt.",
         "Tjeneren har for mye å gjøre. Prøv igjen om litt.",
         "The server is too busy. Try again in a moment."},
    Text{"unavailable", "Noko gjekk gale hos oss. Prøv igjen om litt.",
         "Noe gikk galt hos oss. Prøv igjen om litt.",
         "Something went wrong on our side. Try again in a moment."},
};

std::string_view in(const Text& text, Language language) {
  if (language == Language::nb) return text.nb;
  return language == Language::en ? text.en : text.nn;
}

}  // namespace

Language reader_language(const net::Request& request) {
  std::string_view rest = request.header("accept-language");
  while (!rest.empty()) {
    const std::string_view item = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(rest.size(), item.size() + 1));
    const auto begin = std::min(item.find_first_not_of(' '), item.size());
    const std::string_view tag = item.substr(begin, 2);
    if (tag == "no") return Language::nb;
    if (const auto language = language_from_code(tag)) return *language;
  }
  return Language::nn;
}

std::string_view error_text(std::string_view code, Language language) {
  for (const Text& text : kTexts) {
    if (text.code == code) return in(text, language);
  }
  return in(kTexts.back(), language);
}

net::Response refuse(const Refusal& refusal, Language language) {
  nlohmann::ordered_json error = {{"code", refusal.code},
                                  {"text", error_text(refusal.code, language)}};
  if (refusal.retry_after_ms > 0) error["retry_after_ms"] = refusal.retry_after_ms;
  if (refusal.code == "not_yours") {
    error["held_by"] = nullptr;
    if (!refusal.held_by.empty()) {
      error["held_by"] = {{"name", refusal.held_by},
                          {"display_name", refusal.held_by_display_name}};
    }
  }
  const nlohmann::ordered_json body = {{"error", std::move(error)}};
  auto response = net::json_response(
      refusal.status, body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  if (refusal.retry_after_ms > 0) {
    response.headers.emplace_back("Retry-After",
                                  std::to_string((refusal.retry_after_ms + 999) / 1'000));
  }
  return response;
}

}  // namespace svar::desk
