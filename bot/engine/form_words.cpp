#include "bot/engine/form_words.h"

#include <utility>

#include "bot/engine/form_phrases.h"

namespace svar::engine {
namespace {

// Folds drop å, ø and doubled letters, so one spelling stands for several.
const Phrases& filler() {
  static const Phrases words = {
      "takk",   "no",       "nå",   "da",    "då",   "ja",   "nei",     "ok",        "heile",
      "hele",   "eg",       "jeg",  "e",     "vil",  "kan",  "du",      "me",        "vi",
      "please", "thanks",   "litt", "berre", "bare", "oi",   "å",       "gjerne",    "det",
      "dette",  "skjemaet", "alt",  "i",     "the",  "form", "likevel", "allikevel", "på"};
  return words;
}

const std::pair<FormCommand, Phrases>* commands(std::size_t& count) {
  static const std::pair<FormCommand, Phrases> all[] = {
      {FormCommand::cancel,
       {"avbryt",        "avbryte",   "avbryta",   "gløym det", "gløym",      "glem det",  "glem",
        "stopp",         "stoppe",    "kanseller", "slutt",     "slutte",     "dropp det", "dropp",
        "droppe",        "vil ikkje", "vil ikke",  "kje vil",   "angra meg",  "angrar",    "angrer",
        "ombestemt meg", "cancel",    "stop",      "forget it", "never mind", "nevermind", "quit"}},
      {FormCommand::back,
       {"tilbake", "gå tilbake", "attende", "gå attende", "førre", "forrige", "førre spørsmål",
        "forrige spørsmål", "eit steg tilbake", "et steg tilbake", "back", "go back", "previous"}},
      {FormCommand::skip, {"hopp over",      "hoppe over",     "hopp øve",    "skip",
                           "skip it",        "neste",          "next",        "ingen",
                           "nei takk",       "ønskjer ikkje",  "ønsker ikke", "treng ikkje",
                           "trenger ikke",   "ikkje",          "ikke",        "vil ikkje oppgje",
                           "vil ikke oppgi", "vil ikkje seie", "vil ikke si", "anonym",
                           "anonymt",        "no thanks"}},
      {FormCommand::send,
       {"send", "sende", "send inn", "sende inn", "send det", "send den", "stemmer", "stemmar",
        "stemmer det", "det stemmer", "riktig", "rett", "alt er rett", "correct", "submit",
        "send it", "looks good"}},
      {FormCommand::change,
       {"endre", "endra", "endre noko", "endre noe", "rett opp", "retta opp", "rette", "feil",
        "noko er feil", "noe er feil", "det er feil", "stemmer ikkje", "stemmer ikke",
        "stemmar ikkje", "change", "edit", "wrong", "fix"}},
      {FormCommand::resume,
       {"hald fram", "halde fram", "fortsett", "fortsette", "fortset", "gå vidare", "gå videre",
        "vidare", "videre", "hald fram med skjema", "fortsett med skjema", "continue", "go on",
        "resume"}}};
  count = std::size(all);
  return all;
}

// The words [first, last] of the message as a span of the citizen's bytes.
Span span_of(const intents::NormalText& text, std::size_t first, std::size_t last) {
  return {text.tokens[first].original.begin, text.tokens[last].original.end};
}

bool only_filler(const std::vector<std::string>& folds, std::size_t from, std::size_t to) {
  for (std::size_t word = from; word < to;) {
    const std::size_t count = filler().at(folds, word);
    if (count == 0) return false;
    word += count;
  }
  return true;
}

const Phrases& changing() {
  static const Phrases words = {"endre",  "endra", "rett", "rette",    "retta",   "feil",
                                "gale",   "galt",  "byt",  "bytt",     "bytte",   "byte",
                                "change", "wrong", "edit", "korriger", "oppdater"};
  return words;
}

std::vector<std::string> names_of(const FormField& field) {
  std::vector<std::string> names = field.words;
  for (const Language language : {Language::nn, Language::nb, Language::en}) {
    names.push_back(field.label.in(language));
  }
  return names;
}

// What follows the name of a field: «til Lonevåg», «er 99 99 99 99».
std::optional<Span> value_behind(const intents::NormalText& text,
                                 const std::vector<std::string>& folds, std::size_t word) {
  static const Phrases between = {"til",       "te",          "er",          "e",       "skal vere",
                                  "skal være", "skulle vere", "skulle være", "ska vær", "var",
                                  "to",        "is",          "should be"};
  const std::size_t count = between.at(folds, word);
  if (count == 0 || word + count >= folds.size()) return std::nullopt;
  static const Phrases wrong = {"feil", "gale", "galt", "wrong", "ikkje rett", "ikke rett"};
  if (wrong.at(folds, word + count) != 0) return std::nullopt;
  return span_of(text, word + count, folds.size() - 1);
}

}  // namespace

std::optional<FormCommand> form_command(const intents::NormalText& text) {
  constexpr std::size_t kWordsMax = 8;
  if (text.tokens.empty() || text.tokens.size() > kWordsMax) return std::nullopt;
  const std::vector<std::string> folds = folds_of(text);
  std::size_t count = 0;
  const auto* all = commands(count);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t word = 0; word < folds.size(); ++word) {
      const std::size_t taken = all[i].second.at(folds, word);
      if (taken == 0) continue;
      const bool alone =
          only_filler(folds, 0, word) && only_filler(folds, word + taken, folds.size());
      if (alone) return all[i].first;
    }
  }
  return std::nullopt;
}

std::optional<FieldChange> field_change(const intents::NormalText& text, const Form& form) {
  const std::vector<std::string> folds = folds_of(text);
  const auto change = changing().find(folds);
  for (const FormField& field : form.fields) {
    const auto name = Phrases(names_of(field)).find(folds);
    if (!name) continue;
    const std::size_t behind = name->first + name->count;
    const auto value = value_behind(text, folds, behind);
    const bool in_front = change && change->first < name->first &&
                          only_filler(folds, 0, change->first) &&
                          only_filler(folds, change->first + change->count, name->first);
    const bool is_wrong = change && change->first > name->first && behind + 2 >= change->first;
    const bool renamed = value && only_filler(folds, 0, name->first);
    if (in_front || is_wrong || renamed) return FieldChange{&field, value};
  }
  return std::nullopt;
}

std::optional<Span> meant_instead(const intents::NormalText& text) {
  static const Phrases meant = {"meinte",    "meiner",    "meinar",        "meinte jo",
                                "mente",     "mener",     "skulle vere",   "skulle være",
                                "skal vere", "skal være", "skulle skrive", "skulle seie",
                                "skulle si", "i meant",   "meant",         "i mean"};
  static const Phrases opening = {"nei", "oi",  "oi sann", "beklagar", "beklager", "sorry", "eg",
                                  "jeg", "e",   "æ",       "i",        "no",       "det",   "men",
                                  "ops", "ups", "å",       "vent",     "unnskyld", "feil"};
  const std::vector<std::string> folds = folds_of(text);
  const auto found = meant.find(folds);
  if (!found || found->first + found->count >= folds.size()) return std::nullopt;
  for (std::size_t word = 0; word < found->first;) {
    const std::size_t count = opening.at(folds, word);
    if (count == 0) return std::nullopt;
    word += count;
  }
  return span_of(text, found->first + found->count, folds.size() - 1);
}

const FormField* named_field(const intents::NormalText& text, const Form& form) {
  constexpr std::size_t kWordsMax = 4;
  if (text.tokens.size() > kWordsMax) return nullptr;
  const std::vector<std::string> folds = folds_of(text);
  for (const FormField& field : form.fields) {
    if (Phrases(names_of(field)).find(folds)) return &field;
  }
  return nullptr;
}

bool is_question(const intents::NormalText& text, std::string_view original) {
  static const Phrases asking = {"kva",     "ka",      "ke",     "hva",      "når",     "ka tid",
                                 "kor",     "kvar",    "hvor",   "korleis",  "koss",    "kossen",
                                 "hvordan", "kven",    "hvem",   "kvifor",   "hvorfor", "koffor",
                                 "kan eg",  "kan jeg", "kan me", "kan vi",   "får eg",  "får jeg",
                                 "må eg",   "må jeg",  "har de", "har dere", "what",    "when",
                                 "where",   "how",     "who",    "why",      "can i",   "do you"};
  if (original.find('?') != std::string_view::npos) return true;
  const std::vector<std::string> folds = folds_of(text);
  static const Phrases and_then = {"og",  "men", "forresten", "førresten",
                                   "hei", "du",  "and",       "but"};
  std::size_t word = 0;
  while (word < folds.size() && and_then.at(folds, word) != 0) ++word;
  return asking.at(folds, word) != 0;
}

}  // namespace svar::engine
