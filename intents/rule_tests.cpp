// Every rule's own examples, tried as citizens would send them.
#include <algorithm>

#include "intents/compiled_rules.h"
#include "intents/findings.h"

namespace svar::intents {
namespace {

using Impl = IntentMatcher::Impl;

bool holds(const std::vector<RuleHit>& hits, std::size_t rule) {
  return std::any_of(hits.begin(), hits.end(),
                     [&](const RuleHit& hit) { return hit.rule == rule; });
}

class RuleTester {
 public:
  explicit RuleTester(const Impl& impl) : impl_(impl) {}

  IntentMatcher::RuleTests run() {
    for (std::size_t i = 0; i < impl_.safety_rules.size(); ++i) test_safety(i);
    for (std::size_t i = 0; i < impl_.owners.size(); ++i) test_rule(i);
    for (const Intent& intent : impl_.sources.intents) test_examples(intent);
    return std::move(tests_);
  }

 private:
  void fail(Finding finding) { tests_.failures.push_back(std::move(finding)); }

  void fail_own_example(const Rule& rule, std::size_t number) {
    fail(error("example_fails", place_of(rule.place, rule.example_lines, number),
               "Rule " + quoted(rule.name) + " does not match its own example " +
                   quoted(rule.examples[number])));
  }

  void fail_near_miss(const Rule& rule, std::size_t number) {
    fail(error("near_miss_matches", place_of(rule.place, rule.not_example_lines, number),
               "Rule " + quoted(rule.name) + " matches " + quoted(rule.not_examples[number]) +
                   ", which it must not: add what sets it apart to «unless»"));
  }

  void test_safety(std::size_t number) {
    const Rule& rule = impl_.safety_rules[number]->rule;
    const auto rings = [&](const std::string& text) {
      ++tests_.count;
      return holds(impl_.evaluate_safety(text, {}), number);
    };
    for (std::size_t i = 0; i < rule.examples.size(); ++i) {
      if (!rings(rule.examples[i])) fail_own_example(rule, i);
    }
    for (std::size_t i = 0; i < rule.not_examples.size(); ++i) {
      if (rings(rule.not_examples[i])) fail_near_miss(rule, i);
    }
  }

  void test_rule(std::size_t number) {
    const Impl::Owner& owner = impl_.owners[number];
    const Rule& rule = *owner.rule;
    const MatchContext context = fitting(rule.when.situation);
    for (std::size_t i = 0; i < rule.examples.size(); ++i) {
      ++tests_.count;
      const Impl::Recognised found = impl_.recognise(rule.examples[i], context);
      if (!holds(found.rules, number)) {
        fail_own_example(rule, i);
      } else if (owner.intent != nullptr) {
        const std::string what = "the example " + quoted(rule.examples[i]) + " of rule " +
                                 quoted(rule.name) + " (" + owner.intent->article.value + ")";
        test_outcome(*owner.intent, place_of(rule.place, rule.example_lines, i), what,
                     found.matches);
      }
    }
    for (std::size_t i = 0; i < rule.not_examples.size(); ++i) {
      ++tests_.count;
      const Impl::Recognised found = impl_.recognise(rule.not_examples[i], context);
      if (holds(found.rules, number)) fail_near_miss(rule, i);
    }
  }

  void test_examples(const Intent& intent) {
    for (std::size_t i = 0; i < intent.examples.size(); ++i) {
      ++tests_.count;
      const Impl::Recognised found = impl_.recognise(intent.examples[i], {});
      test_outcome(intent, place_of(intent.place, intent.example_lines, i),
                   "the example " + quoted(intent.examples[i]) + " of " + intent.article.value,
                   found.matches);
    }
  }

  // Whether a message that leads to the topic is also answered with it.
  void test_outcome(const Intent& intent, const Place& place, const std::string& what,
                    const Matches& matches) {
    if (matches.safety) {
      return block(place, what, "sets off the safety rule", matches.safety->rule,
                   "narrow one of them");
    }
    for (const ActHit& act : matches.acts) {
      if (!goes_before_topics(act.act)) continue;
      block(place, what, "is taken by the speech act «" + std::string(act.act) + "»,", act.rule,
            "narrow that rule, or move the example");
    }
    if (std::any_of(matches.hits.begin(), matches.hits.end(),
                    [&](const Hit& hit) { return hit.article == intent.article; }))
      return;
    for (const Outdone& lost : matches.outdone) {
      if (lost.hit.article == intent.article) return outdone(place, what, lost);
    }
    fail(error("example_fails", place, what + " does not lead to " + intent.article.value));
  }

  void block(const Place& place, const std::string& what, const std::string& verb,
             std::string_view by, const std::string& advice) {
    const Place other = impl_.place_of_rule(by);
    fail(
        error("blocked", place, what + " " + verb + " " + named(by, other) + ": " + advice, other));
  }

  void outdone(const Place& place, const std::string& what, const Outdone& lost) {
    const Place other = impl_.place_of_rule(lost.by);
    const bool higher = lost.why == Outdoing::priority;
    const std::string why = higher ? " is blocked by the higher priority of "
                            : lost.why == Outdoing::exact_example
                                ? " is hijacked: it is an example of "
                                : " is hijacked: more of its words are explained by ";
    fail(error(higher ? "blocked" : "hijacked", place,
               what + why + named(lost.by, other) + ", which leads to " + lost.by_article.value +
                   ": exclude what sets them apart with «unless»",
               other));
  }

  const Impl& impl_;
  IntentMatcher::RuleTests tests_;
};

}  // namespace

IntentMatcher::RuleTests IntentMatcher::run_rule_tests() const {
  return RuleTester(*impl_).run();
}

}  // namespace svar::intents
