// Small sources for tests: short ways to write rules.
#pragma once

#include <gtest/gtest.h>

#include "intents/intent_matcher.h"

namespace svar::intents {

inline Rule rule(std::string name, std::vector<std::vector<std::string>> all,
                 std::vector<std::string> unless = {}) {
  Rule out;
  out.name = std::move(name);
  out.when.all = std::move(all);
  out.when.unless = std::move(unless);
  out.place = {"intents/test.yaml", 7};
  return out;
}

inline Intent intent(std::string article, std::vector<Rule> rules,
                     std::vector<std::string> examples = {},
                     std::vector<std::string> synonyms = {}) {
  Intent out;
  out.article = {article};
  out.rules = std::move(rules);
  out.examples = std::move(examples);
  out.synonyms = std::move(synonyms);
  out.place = {"intents/" + article + ".yaml", 1};
  for (Rule& one : out.rules) one.place.file = out.place.file;
  return out;
}

inline std::shared_ptr<const IntentMatcher> compiled(const IntentSources& sources,
                                                     const MatcherOptions& options = {}) {
  auto result = IntentMatcher::compile(sources, options);
  if (!result) {
    for (const Finding& finding : result.error()) ADD_FAILURE() << finding.what;
    return nullptr;
  }
  return *result;
}

// The article answered, "" when none, "?" when several.
inline std::string article_for(const IntentMatcher& matcher, std::string_view text) {
  const Matches matches = matcher.match(text);
  if (matches.hits.empty()) return "";
  return matches.hits.size() == 1 ? matches.hits.front().article.value : "?";
}

}  // namespace svar::intents
