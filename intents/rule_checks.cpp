// What editors are told about their rules before citizens meet them.
#include <algorithm>
#include <set>

#include "intents/compiled_rules.h"
#include "intents/findings.h"
#include "intents/near_examples.h"
#include "intents/normal_expression.h"

namespace svar::intents {
namespace {

using Impl = IntentMatcher::Impl;

constexpr std::size_t kMessagesMinForReach = 30;  // fewer say nothing about a rule that is too wide
constexpr double kReachMax = 0.3;
constexpr int kProgramMax = 3'000;  // instructions; ordinary patterns have fewer than 300

void find_costly_patterns(const RuleSet& set, const std::vector<const Rule*>& rules,
                          Findings& out) {
  for (std::size_t i = 0; i < set.patterns().size(); ++i) {
    const Rule& rule = *rules[set.rule_of_pattern(i)];
    if (!has_literal(rule.when.pattern)) {
      out.push_back(warning("slow_expression", rule.place,
                            "Rule " + quoted(rule.name) +
                                " has a pattern without a literal word: it is tried on every "
                                "message and hits too much; add a word that it always holds"));
    }
    const int size = set.patterns().program_size(i);
    if (size <= kProgramMax) continue;
    out.push_back(warning("slow_expression", rule.place,
                          "Rule " + quoted(rule.name) + " has a pattern of " +
                              std::to_string(size) + " instructions, more than " +
                              std::to_string(kProgramMax) +
                              ": repeat fewer times, or write it with word groups"));
  }
}

// A safety rule that is a single word, or a sensitive article's rule, must say what it is not.
void find_unguarded(const Impl& impl, Findings& out) {
  const auto bare = [](const Rule& rule) {
    return rule.when.unless.empty() && rule.not_examples.empty();
  };
  for (const SafetyRule* rule : impl.safety_rules) {
    if (!bare(rule->rule)) continue;
    out.push_back(warning(
        "unguarded", rule->rule.place,
        "Safety rule " + quoted(rule->rule.name) +
            " has neither «unless» nor «not»: write down a harmless message that looks like it"));
  }
  for (const Impl::Owner& owner : impl.owners) {
    if (owner.intent == nullptr || !bare(*owner.rule)) continue;
    const auto& sensitive = impl.options.sensitive;
    if (std::find(sensitive.begin(), sensitive.end(), owner.intent->article) == sensitive.end())
      continue;
    out.push_back(warning("unguarded", owner.rule->place,
                          "Rule " + quoted(owner.rule->name) +
                              " belongs to the sensitive article " + owner.intent->article.value +
                              " and has neither «unless» nor «not»"));
  }
}

// All examples and messages tried once, and what each rule did.
class Survey {
 public:
  Survey(const Impl& impl, Findings& out) : impl_(impl), out_(out), reach_(impl.owners.size()) {}

  void run(const std::vector<std::string>& messages) {
    for (const Intent& intent : impl_.sources.intents) {
      for (std::size_t i = 0; i < intent.examples.size(); ++i) {
        count(intent.examples[i], place_of(intent.place, intent.example_lines, i), &intent, {});
      }
    }
    for (const Impl::Owner& owner : impl_.owners) try_rule(owner);
    for (const std::string& message : messages) count(message, {}, nullptr, {});
    report_topics();
    report_rules();
  }

 private:
  struct Reach {
    std::size_t all = 0, foreign = 0;
    std::string foreign_text;  // the first that belongs to another topic, and where it stands
    Place foreign_place;
  };

  Matches count(const std::string& text, const Place& place, const Intent* intent,
                const MatchContext& context) {
    Impl::Recognised found = impl_.recognise(text, context);
    if (intent != nullptr) ++samples_;
    for (const RuleHit& hit : found.rules) {
      Reach& reach = reach_[hit.rule];
      ++reach.all;
      const Intent* owner = impl_.owners[hit.rule].intent;
      if (owner == nullptr || intent == nullptr || owner == intent) continue;
      if (reach.foreign++ == 0) reach.foreign_text = text, reach.foreign_place = place;
    }
    for (const Hit& hit : found.matches.hits) {
      if (intent != nullptr && hit.article == intent->article) reached_.insert(intent);
    }
    return std::move(found.matches);
  }

  void try_rule(const Impl::Owner& owner) {
    const Rule& rule = *owner.rule;
    for (std::size_t i = 0; i < rule.examples.size(); ++i) {
      const Place place = place_of(rule.place, rule.example_lines, i);
      const Matches matches =
          count(rule.examples[i], place, owner.intent, fitting(rule.when.situation));
      for (const Hit& hit : matches.hits) {
        if (owner.intent == nullptr || hit.article == owner.intent->article) continue;
        const Place other = impl_.place_of_rule(hit.rule);
        out_.push_back(warning("also_leads", place,
                               "the example " + quoted(rule.examples[i]) + " of rule " +
                                   quoted(rule.name) + " (" + owner.intent->article.value +
                                   ") also leads to " + hit.article.value + " by " +
                                   named(hit.rule, other) + ": the citizen will be asked",
                               other));
      }
    }
  }

  void report_topics() {
    for (const Intent& intent : impl_.sources.intents) {
      if (reached_.contains(&intent)) continue;
      out_.push_back(error("topic_not_reached", intent.place,
                           "none of the rules and examples of " + intent.article.value +
                               " leads to it: give it examples, or find out above who takes them"));
    }
  }

  void report_rules() {
    for (std::size_t i = 0; i < reach_.size(); ++i) {
      const Rule& rule = *impl_.owners[i].rule;
      const Reach& reach = reach_[i];
      const std::string name = "Rule " + quoted(rule.name);
      if (reach.all == 0) {
        out_.push_back(warning("never_hit", rule.place,
                               name + " is hit by no example and no message of the regression "
                                      "set: give it examples, or remove it"));
      } else if (rule.examples.empty()) {
        out_.push_back(warning("untested", rule.place,
                               name + " has no example of its own: write down what it is for"));
      }
      const bool wide =
          samples_ >= kMessagesMinForReach &&
          static_cast<double>(reach.foreign) >= kReachMax * static_cast<double>(samples_);
      if (!wide) continue;
      out_.push_back(warning(
          "too_wide", rule.place,
          name + " matches " + std::to_string(reach.foreign) + " of " + std::to_string(samples_) +
              " examples and belongs to none of their topics; " + quoted(reach.foreign_text) +
              " (" + where(reach.foreign_place) + ") is the first: it is too wide",
          reach.foreign_place));
    }
  }

  const Impl& impl_;
  Findings& out_;
  std::vector<Reach> reach_;  // by rule
  std::size_t samples_ = 0;
  std::set<const Intent*> reached_;
};

// An alarm's own example that rings another alarm first: the citizen would read the other's text.
void find_other_alarms(const Impl& impl, Findings& out) {
  for (const SafetyRule* safety : impl.safety_rules) {
    const Rule& rule = safety->rule;
    for (std::size_t i = 0; i < rule.examples.size(); ++i) {
      const auto alarms = impl.evaluate_safety(rule.examples[i], {});
      if (alarms.empty()) continue;
      const SafetyRule& first = *impl.safety_rules[alarms.front().rule];
      if (first.kind == safety->kind) continue;
      out.push_back(warning("hijacked", place_of(rule.place, rule.example_lines, i),
                            "the example " + quoted(rule.examples[i]) + " of safety rule " +
                                quoted(rule.name) + " is answered by " + quoted(first.rule.name) +
                                " (" + where(first.rule.place) + "), which stands before it",
                            first.rule.place));
    }
  }
}

std::vector<const Rule*> ordinary_rules(const Impl& impl) {
  std::vector<const Rule*> rules;
  for (const Impl::Owner& owner : impl.owners) rules.push_back(owner.rule);
  return rules;
}

std::vector<const Rule*> safety_rules(const Impl& impl) {
  std::vector<const Rule*> rules;
  for (const SafetyRule* rule : impl.safety_rules) rules.push_back(&rule->rule);
  return rules;
}

}  // namespace

Findings IntentMatcher::find_weaknesses(const std::vector<std::string>& messages) const {
  Findings out;
  find_near_examples(*impl_, out);
  find_costly_patterns(impl_->ordinary, ordinary_rules(*impl_), out);
  find_costly_patterns(impl_->safety, safety_rules(*impl_), out);
  find_unguarded(*impl_, out);
  find_other_alarms(*impl_, out);
  Survey(*impl_, out).run(messages);
  std::stable_sort(out.begin(), out.end(), [](const Finding& a, const Finding& b) {
    return a.place.file != b.place.file ? a.place.file < b.place.file : a.place.line < b.place.line;
  });
  return out;
}

}  // namespace svar::intents
