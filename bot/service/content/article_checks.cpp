#include <algorithm>
#include <set>

#include "bot/service/content/checks.h"
#include "bot/service/content/rule_sources.h"
#include "kb-adapter/articles/compose.h"

namespace svar::service {
namespace {

constexpr std::size_t kShortAnswerCodePointsMax = 400;
constexpr std::size_t kExamplesMin = 12;
constexpr Language kAllLanguages[] = {Language::nn, Language::nb, Language::en};

bool is_municipality_slot(std::string_view slot) {
  return slot == "municipality.name" || slot == "municipality.full_name" ||
         slot == "municipality.council";
}

std::set<std::string> section_names(const kb::Body& body) {
  std::set<std::string> names;
  for (const kb::Section& section : body.sections) names.insert(section.name);
  return names;
}

}  // namespace

bool Checker::has_article(const ArticleId& id) const {
  return std::any_of(content_.articles.begin(), content_.articles.end(),
                     [&](const kb::Article& article) { return article.id == id; });
}

void Checker::check_articles() {
  std::map<std::string, const kb::Article*> titles;
  for (const kb::Article& article : content_.articles) {
    check_article(article);
    if (const auto [known, added] = titles.emplace(article.title.nn, &article); !added) {
      error(article.place, "the title is also that of " + known->second->id.value +
                               "; a citizen can't tell them apart");
    }
  }
}

void Checker::check_article(const kb::Article& article) {
  check_slots(article);
  check_lengths(article);
  check_links(article);
  check_translations(article);
  check_review(article);
  for (const ArticleId& related : article.related) {
    if (related == article.id) error(article.place, "related: an article is not related to itself");
    if (!has_article(related))
      error(article.place, "related: there is no article «" + related.value + "»");
  }
}

// Each slot once a line, naming the municipalities that lack it.
void Checker::check_slots(const kb::Article& article) {
  for (const kb::SlotUse& use : article.slots) {
    if (!article.varies) {
      error(use.place, "an article with varies: false can't use slots («{{" + use.name +
                           "}}»): the municipality may be unknown");
      continue;
    }
    if (is_municipality_slot(use.name)) continue;
    if (!content_.facts.contains(use.name)) {
      error(use.place, "the slot «{{" + use.name +
                           "}}» is not listed in facts.yaml; add it there or mend the name");
      continue;
    }
    std::vector<std::string> lacking;
    for (const auto& [id, one] : content_.municipalities) {
      // By name, for clang 14: it can't capture a structured binding.
      const kb::Municipality* municipality = &one.municipality;
      const bool there =
          std::all_of(std::begin(kAllLanguages), std::end(kAllLanguages), [&](Language language) {
            return kb::slot_value(municipality, use.name, language).has_value();
          });
      if (!there) lacking.push_back(id);
    }
    if (!lacking.empty()) {
      error(use.place, "the slot «{{" + use.name + "}}» has no value in " + named(lacking) +
                           "; until it has, nobody there gets this answer");
    }
  }
}

void Checker::check_lengths(const kb::Article& article) {
  for (const Language language : kAllLanguages) {
    if (article.spoken(language) != language) continue;
    std::vector<std::string> too_long;
    std::size_t longest = 0;
    for (const auto& [id, one] : content_.municipalities) {
      const std::size_t length =
          code_points(kb::compose(article, &one.municipality, language).short_answer);
      longest = std::max(longest, length);
      if (length > kShortAnswerCodePointsMax) too_long.push_back(id);
    }
    if (!too_long.empty()) {
      error(article.place, "the short answer (" + std::string(code(language)) + ") has " +
                               std::to_string(longest) + " characters in " + named(too_long) +
                               "; at most 400, move the rest into a section");
    }
  }
}

void Checker::check_links(const kb::Article& article) {
  for (std::size_t number = 0; number < article.links.size(); ++number) {
    const kb::Place& place = article.links[number].place;
    std::set<std::string> wrong;
    const auto look = [&](const kb::Municipality* municipality) {
      for (const Language language : kAllLanguages) {
        const kb::Composed composed = kb::compose(article, municipality, language);
        const Link& link = composed.links[number];
        if (link.label.empty()) wrong.insert("a link without a label");
        if (composed.complete() && !is_shown_link(link.url))
          wrong.insert("«" + link.url + "» is no address");
      }
    };
    for (const auto& [id, one] : content_.municipalities) look(&one.municipality);
    if (content_.municipalities.empty() || !article.varies) look(nullptr);
    for (const std::string& what : wrong)
      error(place, what + "; a link is https://…, mailto:… or tel:… with a label");
  }
}

// An answer that one language has and another lacks, whole or by section.
void Checker::check_translations(const kb::Article& article) {
  const auto lacks = [&](const std::string& what) {
    findings_.push_back({Severity::warning, article.place.file, article.place.line,
                         "the answer of " + article.id.value + " " + what, "missing_variant"});
  };
  if (article.en.empty()) {
    lacks("has no # en: who writes English is answered in Nynorsk; translate it");
  }
  const std::set<std::string> wanted = section_names(article.nn);
  for (const auto& [body, language] :
       {std::pair(&article.nb, "nb"), std::pair(&article.en, "en")}) {
    if (body->empty()) continue;
    const std::set<std::string> there = section_names(*body);
    for (const std::string& name : wanted) {
      if (!there.contains(name)) lacks("lacks ## " + name + " under # " + language);
    }
    for (const std::string& name : there) {
      if (!wanted.contains(name)) lacks("has ## " + name + " under # " + language + ", not # nn");
    }
  }
}

void Checker::check_review(const kb::Article& article) {
  const auto digits = [&](std::size_t at, std::size_t count) {
    return std::stoi(article.review.substr(at, count));
  };
  if (article.review.size() != 10) return;  // found when the file was read
  const std::chrono::year_month_day date{std::chrono::year(digits(0, 4)),
                                         std::chrono::month(static_cast<unsigned>(digits(5, 2))),
                                         std::chrono::day(static_cast<unsigned>(digits(8, 2)))};
  if (date < today_) {
    warning(article.place, "the review date " + article.review + " has passed; " + article.owner +
                               " looks through the article and sets a new one");
  }
}

// A rule that asks for what does not exist never holds.
void Checker::check_situations() {
  for (const intents::Intent& intent : content_.intents.intents) {
    for (const intents::Rule& rule : intent.rules) {
      const kb::Place place{rule.place.file, rule.place.line};
      for (const MunicipalityId& id : rule.when.situation.municipalities) {
        if (!content_.municipalities.contains(id.value))
          error(place, "when: there is no municipality «" + id.value + "»");
      }
      for (const ArticleId& id : rule.when.situation.previous) {
        if (!has_article(id)) error(place, "when: there is no article «" + id.value + "»");
      }
    }
  }
}

void Checker::check_intents() {
  std::set<ArticleId> known;
  for (const intents::Intent& intent : content_.intents.intents) {
    const kb::Place place{intent.place.file, intent.place.line};
    known.insert(intent.article);
    if (!has_article(intent.article))
      error(place, "there is no article «" + intent.article.value + "»");
    if (intent.examples.size() < kExamplesMin) {
      warning(place, "only " + std::to_string(intent.examples.size()) +
                         " examples; write at least 12 ways to ask");
    }
  }
  check_situations();
  for (const kb::Article& article : content_.articles) {
    if (!known.contains(article.id)) {
      warning(article.place,
              "no rules or examples lead here; add intents/" + article.id.value + ".yaml");
    }
  }
  const auto matcher = intents::IntentMatcher::compile(content_.intents, matcher_options(content_));
  const auto append = [&](const Findings& more) {
    findings_.insert(findings_.end(), more.begin(), more.end());
  };
  if (!matcher) return append(from_rules(matcher.error()));
  append(from_rules((*matcher)->run_rule_tests().failures));
  append(from_rules((*matcher)->find_weaknesses(regression_messages(content_))));
}

}  // namespace svar::service
