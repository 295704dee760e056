// What rules cost, by the caller's clock.
#include <algorithm>
#include <cmath>
#include <limits>

#include "intents/compiled_rules.h"
#include "intents/findings.h"

namespace svar::intents {
namespace {

using Impl = IntentMatcher::Impl;

constexpr int kRounds = 3;

// Each message as rules see it.
std::vector<Lines> laid_out(const Impl& impl, const std::vector<std::string>& messages) {
  std::vector<Lines> all;
  all.reserve(messages.size());
  for (const std::string& message : messages) {
    const NormalText text = normalise(message);
    const std::vector<ReadWord> written = words_of(text);
    const std::vector<ReadWord> reading = read_words(written, impl.equivalents);
    Lines lines;
    lay_out(text, written, reading, lines);
    lay_out_folded(reading, lines);
    lay_out_compounds(written, reading, impl.vocabulary, lines);
    all.push_back(std::move(lines));
  }
  return all;
}

// The least time of some rounds over all messages, a message.
template <class Call>
double cost(const std::vector<Lines>& messages, const IntentMatcher::Clock& nanoseconds,
            Call call) {
  double least = std::numeric_limits<double>::max();
  for (int round = 0; round < kRounds; ++round) {
    const std::int64_t begin = nanoseconds();
    for (const Lines& lines : messages) call(lines);
    least = std::min(least, static_cast<double>(nanoseconds() - begin));
  }
  return least / static_cast<double>(std::max<std::size_t>(messages.size(), 1));
}

void time_patterns(const RuleSet& set, const std::vector<const Rule*>& rules,
                   const std::vector<Lines>& messages, const IntentMatcher::Clock& nanoseconds,
                   double pattern_ns_max, Findings& out) {
  const PatternSet& patterns = set.patterns();
  if (patterns.empty()) return;
  std::vector<int> found;
  bool room = true;
  const double together = cost(messages, nanoseconds, [&](const Lines& lines) {
    room = patterns.find(lines.buffer(), found) == PatternSet::Room::enough && room;
  });
  if (!room || together > pattern_ns_max) {
    out.push_back(error("automaton_full", rules[set.rule_of_pattern(0)]->place,
                        "The " + std::to_string(patterns.size()) + " raw patterns together take " +
                            std::to_string(std::lround(together / 1'000)) +
                            " µs a message; their automaton has too little room: write those with "
                            "long repetitions as word groups"));
  }
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    const double took = cost(messages, nanoseconds, [&](const Lines& lines) {
      PatternSet::Match match;
      (void)patterns.locate(i, lines.buffer(), 0, match);
    });
    if (took <= pattern_ns_max) continue;
    const Rule& rule = *rules[set.rule_of_pattern(i)];
    out.push_back(warning("slow_expression", rule.place,
                          "Rule " + quoted(rule.name) + " has a pattern that takes " +
                              std::to_string(std::lround(took / 1'000)) +
                              " µs a message; write it with word groups"));
  }
}

}  // namespace

IntentMatcher::Timing IntentMatcher::time_rules(const std::vector<std::string>& messages,
                                                const Clock& nanoseconds,
                                                double pattern_ns_max) const {
  const Impl& impl = *impl_;
  const std::vector<Lines> all = laid_out(impl, messages);
  Timing timing;
  timing.safety_ns =
      cost(all, nanoseconds, [&](const Lines& lines) { (void)impl.safety.evaluate(lines, {}); });
  timing.ordinary_ns =
      cost(all, nanoseconds, [&](const Lines& lines) { (void)impl.ordinary.evaluate(lines, {}); });
  std::vector<const Rule*> ordinary, safety;
  for (const Impl::Owner& owner : impl.owners) ordinary.push_back(owner.rule);
  for (const SafetyRule* rule : impl.safety_rules) safety.push_back(&rule->rule);
  time_patterns(impl.ordinary, ordinary, all, nanoseconds, pattern_ns_max, timing.findings);
  time_patterns(impl.safety, safety, all, nanoseconds, pattern_ns_max, timing.findings);
  return timing;
}

}  // namespace svar::intents
