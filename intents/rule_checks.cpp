// What editors are told about their rules before citizens meet them.
#include <algorithm>

#include "intents/compiled_rules.h"

namespace svar::intents {
namespace {

constexpr std::size_t kExamplesMinForReach =
    30;  // fewer say nothing about a rule that hits too much
constexpr double kReachMax = 0.3;

using Severity = Finding::Severity;

std::string quoted(std::string_view text) {
  return "«" + std::string(text) + "»";
}

bool holds(const std::vector<RuleHit>& hits, std::size_t rule) {
  return std::any_of(hits.begin(), hits.end(),
                     [&](const RuleHit& hit) { return hit.rule == rule; });
}

// A rule's own examples and counter-examples, against whichever set it is in.
template <class Evaluate>
void test_rule(const Rule& rule, std::size_t number, Evaluate evaluate, Findings& out) {
  for (const std::string& example : rule.examples) {
    if (holds(evaluate(example), number)) continue;
    out.push_back(
        {Severity::error, rule.place,
         "Rule " + quoted(rule.name) + " does not match its own example " + quoted(example)});
  }
  for (const std::string& example : rule.not_examples) {
    if (!holds(evaluate(example), number)) continue;
    out.push_back({Severity::error, rule.place,
                   "Rule " + quoted(rule.name) + " matches " + quoted(example) +
                       ", which it must not: add what sets it apart to «unless»"});
  }
}

}  // namespace

Findings IntentMatcher::run_rule_tests() const {
  const Impl& impl = *impl_;
  Findings out;
  for (std::size_t i = 0; i < impl.safety_rules.size(); ++i) {
    test_rule(
        impl.safety_rules[i]->rule, i,
        [&](const std::string& text) { return impl.evaluate_safety(text); }, out);
  }
  for (std::size_t i = 0; i < impl.owners.size(); ++i) {
    test_rule(
        *impl.owners[i].rule, i, [&](const std::string& text) { return impl.evaluate(text).rules; },
        out);
  }
  const auto not_alarming = [&](const std::string& text, const Place& place) {
    const std::optional<SafetyHit> hit = match_safety(text);
    if (!hit) return;
    out.push_back({Severity::error, place,
                   "The example " + quoted(text) + " sets off the safety rule " +
                       quoted(hit->rule) + ": narrow one of them"});
  };
  for (const Intent& intent : impl.sources.intents) {
    for (const std::string& example : intent.examples) {
      not_alarming(example, intent.place);
      const Matches matches = match(example);
      const bool found = std::any_of(matches.hits.begin(), matches.hits.end(),
                                     [&](const Hit& hit) { return hit.article == intent.article; });
      if (found) continue;
      out.push_back(
          {Severity::error, intent.place,
           "The example " + quoted(example) + " does not lead to " + intent.article.value});
    }
    for (const Rule& rule : intent.rules) {
      for (const std::string& example : rule.examples) not_alarming(example, rule.place);
    }
  }
  return out;
}

namespace {

// The same words in two intents: the citizen would be asked for ever.
void find_shared_examples(const IntentMatcher::Impl& impl, Findings& out) {
  for (const auto& [key, numbers] : impl.examples_by_fold) {
    for (const std::size_t number : numbers) {
      const auto& example = impl.examples[number];
      const auto& other = impl.examples[numbers.front()];
      if (example.intent == other.intent) continue;
      out.push_back({Severity::warning, example.intent->place,
                     "The example " + quoted(example.intent->examples[example.number]) + " of " +
                         example.intent->article.value + " stands in " +
                         other.intent->article.value + " too (" + other.intent->place.file + ":" +
                         std::to_string(other.intent->place.line) +
                         "): the citizen will be asked"});
    }
  }
}

void find_loose_patterns(const IntentMatcher::Impl& impl, Findings& out) {
  const auto look = [&](const Rule& rule) {
    if (rule.when.pattern.empty() || has_literal(rule.when.pattern)) return;
    out.push_back({Severity::warning, rule.place,
                   "Rule " + quoted(rule.name) +
                       " has a pattern without a literal word: it is slow and hits too much"});
  };
  for (const auto& owner : impl.owners) look(*owner.rule);
  for (const SafetyRule* rule : impl.safety_rules) look(rule->rule);
}

// A safety rule that is a single word, or a sensitive article's rule, must say what it is not.
void find_unguarded(const IntentMatcher::Impl& impl, Findings& out) {
  const auto bare = [](const Rule& rule) {
    return rule.when.unless.empty() && rule.not_examples.empty();
  };
  for (const SafetyRule* rule : impl.safety_rules) {
    if (!bare(rule->rule)) continue;
    out.push_back(
        {Severity::warning, rule->rule.place,
         "Safety rule " + quoted(rule->rule.name) +
             " has neither «unless» nor «not»: write down a harmless message that looks like it"});
  }
  for (const auto& owner : impl.owners) {
    if (owner.intent == nullptr || !bare(*owner.rule)) continue;
    const auto& sensitive = impl.options.sensitive;
    if (std::find(sensitive.begin(), sensitive.end(), owner.intent->article) == sensitive.end())
      continue;
    out.push_back({Severity::warning, owner.rule->place,
                   "Rule " + quoted(owner.rule->name) +
                       " belongs to a sensitive article and has neither «unless» nor «not»"});
  }
}

// Rules that reach far into others' examples, and examples that lead to two articles.
void find_overreach(const IntentMatcher::Impl& impl, const IntentMatcher& matcher, Findings& out) {
  std::vector<std::size_t> foreign_hits(impl.owners.size(), 0);
  std::size_t examples = 0;
  for (const Intent& intent : impl.sources.intents) {
    for (const std::string& example : intent.examples) {
      ++examples;
      for (const RuleHit& hit : impl.evaluate(example).rules) {
        const Intent* owner = impl.owners[hit.rule].intent;
        if (owner != nullptr && owner != &intent) ++foreign_hits[hit.rule];
      }
    }
    for (const Rule& rule : intent.rules) {
      for (const std::string& example : rule.examples) {
        const Matches matches = matcher.match(example);
        for (const Hit& hit : matches.hits) {
          if (hit.article == intent.article) continue;
          out.push_back({Severity::warning, rule.place,
                         "The example " + quoted(example) + " of rule " + quoted(rule.name) +
                             " also leads to " + hit.article.value + " (" + std::string(hit.rule) +
                             "): the citizen will be asked"});
        }
      }
    }
  }
  if (examples < kExamplesMinForReach) return;
  for (std::size_t i = 0; i < impl.owners.size(); ++i) {
    if (static_cast<double>(foreign_hits[i]) < kReachMax * static_cast<double>(examples)) continue;
    out.push_back({Severity::warning, impl.owners[i].rule->place,
                   "Rule " + quoted(impl.owners[i].rule->name) + " matches " +
                       std::to_string(foreign_hits[i]) + " of " + std::to_string(examples) +
                       " examples of other articles: it is too wide"});
  }
}

}  // namespace

Findings IntentMatcher::find_weaknesses() const {
  Findings out;
  find_shared_examples(*impl_, out);
  find_loose_patterns(*impl_, out);
  find_unguarded(*impl_, out);
  find_overreach(*impl_, *this, out);
  std::stable_sort(out.begin(), out.end(), [](const Finding& a, const Finding& b) {
    return a.place.file != b.place.file ? a.place.file < b.place.file : a.place.line < b.place.line;
  });
  return out;
}

}  // namespace svar::intents
