#include "intents/why_not.h"

#include <algorithm>

#include "intents/compiled_rules.h"

namespace svar::intents {
namespace {

std::string written(const std::vector<std::string>& alternatives) {
  constexpr std::size_t kShownMax = 6;
  std::string out;
  for (std::size_t i = 0; i < alternatives.size() && i < kShownMax; ++i)
    out += (i == 0 ? "" : ", ") + alternatives[i];
  if (alternatives.size() > kShownMax)
    out += " and " + std::to_string(alternatives.size() - kShownMax) + " more";
  return out;
}

// All lines that rules are shown, the mended ones too.
Lines lines_of(const IntentMatcher::Impl& impl, const NormalText& text) {
  Lines lines;
  const std::vector<ReadWord> words = words_of(text);
  const std::vector<ReadWord> reading = read_words(words, impl.equivalents);
  lay_out(text, words, reading, lines);
  lay_out_compounds(words, reading, impl.vocabulary, lines);
  lay_out_mended(mend(words, impl.vocabulary), impl.vocabulary, impl.equivalents, lines);
  return lines;
}

RuleTrial tried(const IntentMatcher::Impl& impl, std::size_t number, const Lines& lines,
                const MatchContext& context) {
  const RuleSet::Trial trial = impl.ordinary.try_rule(number, lines, context);
  const Condition& when = impl.owners[number].rule->when;
  RuleTrial out;
  out.rule = impl.owners[number].id;
  out.holds = trial.holds;
  out.excluded_by = trial.excluded_by;
  out.other_situation = trial.other_situation;
  for (const std::size_t group : trial.missing) {
    out.missing.push_back(group < when.all.size() ? written(when.all[group]) : when.pattern);
  }
  out.out_of_order =
      !trial.holds && trial.missing.empty() && trial.excluded_by.empty() && !trial.other_situation;
  return out;
}

}  // namespace

WhyNot why_not(const IntentMatcher& matcher, std::string_view message, const ArticleId& topic,
               const MatchContext& context) {
  const IntentMatcher::Impl& impl = matcher.impl();
  const Matches matches = matcher.match(message, context);
  const Lines lines = lines_of(impl, matches.text);
  const MatchContext here = impl.placed(context, matches.place);
  WhyNot out;
  for (std::size_t i = 0; i < impl.owners.size(); ++i) {
    const Intent* intent = impl.owners[i].intent;
    if (intent != nullptr && intent->article == topic)
      out.rules.push_back(tried(impl, i, lines, here));
  }
  std::stable_sort(out.rules.begin(), out.rules.end(), [](const RuleTrial& a, const RuleTrial& b) {
    return a.missing.size() < b.missing.size();
  });
  for (const Outdone& outdone : matches.outdone) {
    if (outdone.hit.article == topic) out.outdone.push_back(outdone);
  }
  return out;
}

}  // namespace svar::intents
