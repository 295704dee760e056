#include "intents/intent_matcher.h"

#include <algorithm>

#include "intents/compiled_rules.h"

namespace svar::intents {
namespace {

std::size_t covered(const std::vector<Span>& spans) {
  std::size_t bytes = 0;
  for (const Span& span : spans) bytes += span.end - span.begin;
  return bytes;
}

bool inside(const std::vector<Span>& inner, const std::vector<Span>& outer) {
  return std::all_of(inner.begin(), inner.end(), [&](const Span& one) {
    return std::any_of(outer.begin(), outer.end(), [&](const Span& other) {
      return one.begin >= other.begin && one.end <= other.end;
    });
  });
}

std::vector<Span> whole(const NormalText& text) {
  std::vector<Span> spans;
  for (const Token& token : text.tokens) spans.push_back(token.original);
  return spans;
}

bool stronger(const Hit& a, const Hit& b) {
  if (a.priority != b.priority) return a.priority > b.priority;
  if (a.kind != b.kind) return a.kind == HitKind::example;
  return covered(a.matched) > covered(b.matched);
}

void keep_strongest(std::vector<Hit>& hits, Hit hit) {
  for (Hit& held : hits) {
    if (held.article != hit.article) continue;
    if (stronger(hit, held)) held = std::move(hit);
    return;
  }
  hits.push_back(std::move(hit));
}

// Why `other` beats `hit`, when it does. What explains less of the message than another does not
// compete with it: «barnehage» beside «pris i barnehage».
std::optional<Outdoing> outdoing(const Hit& hit, const Hit& other) {
  if (other.article == hit.article) return std::nullopt;
  if (other.priority != hit.priority) {
    if (other.priority > hit.priority) return Outdoing::priority;
    return std::nullopt;
  }
  if (other.kind != hit.kind) {
    if (other.kind == HitKind::example) return Outdoing::exact_example;
    return std::nullopt;
  }
  const bool more =
      covered(other.matched) > covered(hit.matched) && inside(hit.matched, other.matched);
  if (more) return Outdoing::covers_more;
  return std::nullopt;
}

void drop_outdone(Matches& matches) {
  const std::vector<Hit>& hits = matches.hits;
  if (hits.size() < 2) return;
  std::vector<Hit> out;
  for (const Hit& hit : hits) {
    std::optional<Outdoing> why;
    const auto by = std::find_if(hits.begin(), hits.end(), [&](const Hit& other) {
      why = outdoing(hit, other);
      return why.has_value();
    });
    if (by == hits.end()) {
      out.push_back(hit);
    } else {
      matches.outdone.push_back({hit, by->rule, by->article, *why});
    }
  }
  matches.hits = std::move(out);
}

double share(const std::vector<Span>& matched, const NormalText& text) {
  std::size_t all = 0;
  for (const Token& token : text.tokens) all += token.original.end - token.original.begin;
  if (text.tokens.empty()) return 1;  // nothing but emoji
  return std::min(1.0, static_cast<double>(covered(matched)) /
                           static_cast<double>(std::max<std::size_t>(all, 1)));
}

}  // namespace

IntentMatcher::IntentMatcher() : impl_(std::make_unique<Impl>()) {}
IntentMatcher::~IntentMatcher() = default;

Result<std::shared_ptr<const IntentMatcher>, Findings> IntentMatcher::compile(
    const IntentSources& sources, const MatcherOptions& options) {
  std::shared_ptr<IntentMatcher> matcher(new IntentMatcher);
  matcher->impl_->sources = sources;
  matcher->impl_->options = options;
  Findings findings = matcher->impl_->build();
  if (!findings.empty()) return Failure{std::move(findings)};
  return std::shared_ptr<const IntentMatcher>(std::move(matcher));
}

bool IntentMatcher::Impl::has_intent_hit(const Raw& raw) const {
  return !raw.examples.empty() ||
         std::any_of(raw.rules.begin(), raw.rules.end(),
                     [&](const RuleHit& hit) { return owners[hit.rule].intent != nullptr; });
}

void IntentMatcher::Impl::find_examples_in(std::span<const ReadWord> words, Raw& raw) const {
  if (!raw.examples.empty() || words.empty()) return;
  const std::vector<std::size_t>* found = examples_by_key.find(without_blanks(words));
  if (found == nullptr) {
    const std::span<const ReadWord> core = without_courtesies(words);
    if (core.size() == words.size()) return;
    words = core;
    found = examples_by_key.find(without_blanks(words));
  }
  if (found == nullptr) return;
  raw.examples = *found;
  raw.example_weight = weight_of(words);
  raw.example_readings = readings_of(words);
}

void IntentMatcher::Impl::find_folded_examples(const std::vector<ReadWord>& words, Raw& raw) const {
  const std::span<const ReadWord> core = without_courtesies(words);
  const std::vector<std::size_t>* found = examples_by_fold.find(fold(without_blanks(core)));
  if (found == nullptr) return;
  raw.examples = *found;
  raw.example_weight = weight_of(How::fold);
  const Example& example = examples[found->front()];
  raw.example_readings = {{{core.front().original.begin, core.back().original.end},
                           example.intent->examples[example.number],
                           How::fold}};
}

IntentMatcher::Impl::Raw IntentMatcher::Impl::evaluate(const std::vector<ReadWord>& written,
                                                       const std::vector<ReadWord>& reading,
                                                       Lines& lines,
                                                       const MatchContext& context) const {
  Raw raw;
  find_examples_in(written, raw);
  if (!same_words(written, reading)) find_examples_in(reading, raw);
  RuleSet::Search search(ordinary, context);
  lay_out_compounds(written, reading, vocabulary, lines);
  raw.rules = search.look(lines);
  if (has_intent_hit(raw)) return raw;
  find_folded_examples(written, raw);
  const Mended mended = mend(written, vocabulary);
  if (mended.all.empty()) return raw;
  for (const ReadWord& word : mended.all) raw.mended.append(word.text).append(" ");
  raw.mended.pop_back();
  find_examples_in(mended.all, raw);
  find_examples_in(read_words(mended.all, equivalents), raw);
  lay_out_mended(mended, vocabulary, equivalents, lines);
  raw.rules = search.look(lines);
  return raw;
}

std::vector<RuleHit> IntentMatcher::Impl::evaluate_safety(std::string_view message,
                                                          const MatchContext& context) const {
  const NormalText text = normalise(message);
  const std::vector<ReadWord> written = words_of(text);
  const std::vector<ReadWord> reading = read_words(written, equivalents);
  Lines lines;
  lay_out(text, written, reading, lines);
  lay_out_folded(reading, lines);
  return safety.evaluate(lines, context);
}

// A municipality that the message names goes before the conversation's.
MatchContext IntentMatcher::Impl::placed(const MatchContext& context,
                                         const PlaceMention& place) const {
  MatchContext out = context;
  if (place.kind == PlaceMention::Kind::settled) {
    out.municipality = place.municipalities.front().value;
  }
  return out;
}

Matches IntentMatcher::Impl::finish(Matches out, const Raw& raw) const {
  for (const std::size_t number : raw.examples) {
    const Example& example = examples[number];
    keep_strongest(out.hits, {example.intent->article, HitKind::example, example.id,
                              raw.example_weight, whole(out.text), raw.example_readings, 0});
  }
  for (const RuleHit& hit : raw.rules) {
    const Owner& owner = owners[hit.rule];
    if (owner.speech_act != nullptr) {
      out.acts.push_back(
          {owner.speech_act->act, owner.id, share(hit.matched, out.text), hit.matched});
    } else {
      keep_strongest(out.hits, {owner.intent->article, HitKind::rule, owner.id, hit.weight,
                                hit.matched, hit.readings, owner.rule->priority});
    }
  }
  drop_outdone(out);
  std::stable_sort(out.hits.begin(), out.hits.end(), stronger);
  // A foreign word is easily led to one of ours («passent», «anmelden»): such hits don't count.
  const bool all_mended =
      std::all_of(out.hits.begin(), out.hits.end(), [](const Hit& hit) { return hit.weight < 1; });
  if (all_mended) out.foreign = foreign.detect(out.text);
  if (out.foreign != nullptr) out.hits.clear();
  out.search_text = raw.mended.empty() ? out.text.text : raw.mended;
  return out;
}

IntentMatcher::Impl::Recognised IntentMatcher::Impl::recognise(std::string_view message,
                                                               const MatchContext& context,
                                                               bool with_safety) const {
  Matches out;
  out.text = normalise(message);
  out.place = gazetteer.find(out.text);
  const MatchContext here = placed(context, out.place);
  const std::vector<ReadWord> written = words_of(out.text);
  const std::vector<ReadWord> reading = read_words(written, equivalents);
  Lines lines;
  lay_out(out.text, written, reading, lines);
  std::vector<RuleHit> alarms;
  if (with_safety) {
    lay_out_folded(reading, lines);  // seen by safety rules alone
    alarms = safety.evaluate(lines, here);
  }
  if (!alarms.empty()) {
    RuleHit& first = alarms.front();
    out.safety = SafetyHit{safety_rules[first.rule]->kind, safety_ids[first.rule],
                           std::move(first.matched), std::move(first.readings)};
  }
  Raw raw = evaluate(written, reading, lines, here);
  return {finish(std::move(out), raw), std::move(raw.rules)};
}

Matches IntentMatcher::match(std::string_view message, const MatchContext& context) const {
  return impl_->recognise(message, context).matches;
}

Matches IntentMatcher::match_part(std::string_view part, const MatchContext& context) const {
  return impl_->recognise(part, context, false).matches;
}

std::optional<SafetyHit> IntentMatcher::match_safety(std::string_view message) const {
  std::vector<RuleHit> alarms = impl_->evaluate_safety(message, {});
  if (alarms.empty()) return {};
  RuleHit& first = alarms.front();
  return SafetyHit{impl_->safety_rules[first.rule]->kind, impl_->safety_ids[first.rule],
                   std::move(first.matched), std::move(first.readings)};
}

IntentMatcher::Size IntentMatcher::size() const {
  return {impl_->ordinary.rules() + impl_->safety.rules(),
          impl_->ordinary.groups() + impl_->safety.groups(), impl_->examples.size(),
          impl_->vocabulary.size(), impl_->ordinary.patterns().size()};
}

bool goes_before_topics(std::string_view act) {
  return act == "person" || act == "personal_case" || act == "offtopic";
}

}  // namespace svar::intents
