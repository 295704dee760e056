#include "bot/service/content/rule_sources.h"

#include <algorithm>

namespace svar::service {
namespace {

std::vector<intents::NamedPlace> named_places(const Content& content) {
  std::vector<intents::NamedPlace> places;
  for (const auto& [id, one] : content.municipalities) {
    const kb::Municipality& municipality = one.municipality;
    places.push_back({municipality.name, municipality.id, {}, true});
    for (const kb::PlaceName& place : municipality.places) {
      places.push_back({place.name, municipality.id, place.elsewhere, false});
    }
  }
  for (const AmbiguousPlace& ambiguous : content.ambiguous_places) {
    const auto known =
        std::find_if(places.begin(), places.end(), [&](const intents::NamedPlace& place) {
          return place.name == ambiguous.name && place.municipality.value == ambiguous.municipality;
        });
    if (known == places.end()) {
      places.push_back({ambiguous.name, {ambiguous.municipality}, ambiguous.elsewhere, false});
    } else {
      known->elsewhere = ambiguous.elsewhere;
    }
  }
  return places;
}

void add_filled(std::vector<std::string>& words, const std::string& text) {
  if (!text.empty()) words.push_back(text);
}

void add_running_text(std::vector<std::string>& words, const kb::Body& body) {
  add_filled(words, body.short_answer);
  for (const kb::Section& section : body.sections) add_filled(words, section.text);
}

}  // namespace

intents::MatcherOptions matcher_options(const Content& content) {
  intents::MatcherOptions options;
  options.places = named_places(content);
  for (const kb::Article& article : content.articles) {
    for (const kb::Localised* text : {&article.title, &article.topic}) {
      add_filled(options.domain_words, text->nn);
      add_filled(options.domain_words, text->nb);
    }
    for (const kb::Body* body : {&article.nn, &article.nb, &article.en})
      add_running_text(options.known_words, *body);
    add_filled(options.known_words, article.title.en);
    if (article.kind == kb::ArticleKind::sensitive) options.sensitive.push_back(article.id);
  }
  // Ordinary words that no article happens to use: «stilen» is no misspelt «stolen».
  for (const std::string& text : content.out_of_scope) add_filled(options.known_words, text);
  for (const intents::Intent& intent : content.intents.intents) {
    options.domain_words.insert(options.domain_words.end(), intent.synonyms.begin(),
                                intent.synonyms.end());
  }
  return options;
}

std::vector<std::string> regression_messages(const Content& content) {
  std::vector<std::string> messages;
  for (const RegressionCase& one : content.regression) messages.push_back(one.text);
  return messages;
}

Findings from_rules(const intents::Findings& findings) {
  Findings all;
  for (const intents::Finding& finding : findings) {
    const bool error = finding.severity == intents::Finding::Severity::error;
    all.push_back({error ? Severity::error : Severity::warning, finding.place.file,
                   finding.place.line, finding.what, finding.kind, finding.other.file,
                   finding.other.line});
  }
  return all;
}

}  // namespace svar::service
