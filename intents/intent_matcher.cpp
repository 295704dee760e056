#include "intents/intent_matcher.h"

#include <algorithm>

#include "intents/compiled_rules.h"

namespace svar::intents {
namespace {

constexpr double kWeightMendedExample = 0.92;

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

// What explains less of the message than another does not compete with it: «barnehage» beside «pris
// i barnehage».
void drop_outdone(std::vector<Hit>& hits) {
  std::vector<Hit> out;
  for (const Hit& hit : hits) {
    const bool outdone = std::any_of(hits.begin(), hits.end(), [&](const Hit& other) {
      if (other.article == hit.article) return false;
      if (other.kind == HitKind::example && hit.kind == HitKind::rule) return true;
      return other.kind == hit.kind && covered(other.matched) > covered(hit.matched) &&
             inside(hit.matched, other.matched);
    });
    if (!outdone) out.push_back(hit);
  }
  hits = std::move(out);
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

void IntentMatcher::Impl::find_examples_in(const std::vector<ReadWord>& words, Raw& raw) const {
  if (!raw.examples.empty() || words.empty()) return;
  auto found = examples_by_key.find(without_blanks(words));
  if (found == examples_by_key.end()) {
    found = examples_by_key.find(without_blanks(without_courtesies(words)));
  }
  if (found != examples_by_key.end()) raw.examples = found->second;
}

void IntentMatcher::Impl::find_folded_examples(const std::vector<ReadWord>& words, Raw& raw) const {
  const auto found = examples_by_fold.find(fold(without_blanks(without_courtesies(words))));
  if (found != examples_by_fold.end()) raw.examples = found->second;
}

IntentMatcher::Impl::Raw IntentMatcher::Impl::evaluate(NormalText text,
                                                       const std::vector<ReadWord>& written,
                                                       const std::vector<ReadWord>& reading,
                                                       Lines& lines) const {
  Raw raw;
  raw.text = std::move(text);
  find_examples_in(written, raw);
  find_examples_in(reading, raw);
  lay_out_compounds(written, reading, vocabulary, lines);
  raw.rules = ordinary.evaluate(lines);
  if (has_intent_hit(raw)) return raw;
  raw.example_weight = kWeightMendedExample;
  find_folded_examples(written, raw);
  const Mended mended = mend(written, vocabulary);
  if (mended.all.empty()) return raw;
  for (const ReadWord& word : mended.all) raw.mended.append(word.text).append(" ");
  raw.mended.pop_back();
  find_examples_in(mended.all, raw);
  find_examples_in(read_words(mended.all, equivalents), raw);
  lay_out_mended(mended, vocabulary, equivalents, lines);
  raw.rules = ordinary.evaluate(lines);
  return raw;
}

IntentMatcher::Impl::Raw IntentMatcher::Impl::evaluate(std::string_view message) const {
  NormalText text = normalise(message);
  const NormalText kept = text;
  const std::vector<ReadWord> written = words_of(kept);
  const std::vector<ReadWord> reading = read_words(written, equivalents);
  Lines lines;
  lay_out(kept, written, reading, lines);
  return evaluate(std::move(text), written, reading, lines);
}

std::vector<RuleHit> IntentMatcher::Impl::evaluate_safety(std::string_view message) const {
  const NormalText text = normalise(message);
  const std::vector<ReadWord> written = words_of(text);
  const std::vector<ReadWord> reading = read_words(written, equivalents);
  Lines lines;
  lay_out(text, written, reading, lines);
  lay_out_folded(reading, lines);
  return safety.evaluate(lines);
}

Matches IntentMatcher::match(std::string_view message) const {
  const Impl& impl = *impl_;
  Matches out;
  out.text = normalise(message);
  const std::vector<ReadWord> written = words_of(out.text);
  const std::vector<ReadWord> reading = read_words(written, impl.equivalents);
  Lines lines;
  lay_out(out.text, written, reading, lines);
  lay_out_folded(reading, lines);  // seen by safety rules alone
  const std::vector<RuleHit> alarms = impl.safety.evaluate(lines);
  if (!alarms.empty()) {
    const RuleHit& first = alarms.front();
    out.safety =
        SafetyHit{impl.safety_rules[first.rule]->kind, impl.safety_ids[first.rule], first.matched};
  }
  const Impl::Raw raw = impl.evaluate({}, written, reading, lines);
  for (const std::size_t number : raw.examples) {
    const Impl::Example& example = impl.examples[number];
    keep_strongest(out.hits, {example.intent->article, HitKind::example, example.id,
                              raw.example_weight, whole(out.text)});
  }
  for (const RuleHit& hit : raw.rules) {
    const Impl::Owner& owner = impl.owners[hit.rule];
    if (owner.speech_act != nullptr) {
      out.acts.push_back(
          {owner.speech_act->act, owner.id, share(hit.matched, out.text), hit.matched});
    } else {
      keep_strongest(out.hits,
                     {owner.intent->article, HitKind::rule, owner.id, hit.weight, hit.matched});
    }
  }
  drop_outdone(out.hits);
  std::stable_sort(out.hits.begin(), out.hits.end(), stronger);
  out.place = impl.gazetteer.find(out.text);
  if (out.hits.empty()) out.foreign = impl.foreign.detect(out.text);
  out.search_text = raw.mended.empty() ? out.text.text : raw.mended;
  return out;
}

std::optional<SafetyHit> IntentMatcher::match_safety(std::string_view message) const {
  std::vector<RuleHit> alarms = impl_->evaluate_safety(message);
  if (alarms.empty()) return {};
  RuleHit& first = alarms.front();
  return SafetyHit{impl_->safety_rules[first.rule]->kind, impl_->safety_ids[first.rule],
                   std::move(first.matched)};
}

IntentMatcher::Size IntentMatcher::size() const {
  return {impl_->ordinary.rules() + impl_->safety.rules(),
          impl_->ordinary.groups() + impl_->safety.groups(), impl_->examples.size(),
          impl_->vocabulary.size()};
}

}  // namespace svar::intents
