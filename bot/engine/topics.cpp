#include "bot/engine/topics.h"

#include <algorithm>
#include <unordered_set>

#include "intents/model/example_model.h"

namespace svar::engine {
namespace {

// The index's scores are probabilities fitted on the content itself; these say how sure to be
// before speaking.
constexpr double kScoreClear = 0.9;
constexpr double kLeadClear = 0.2;
constexpr double kScorePossible = 0.22;
// What is offered to choose between: a citizen sees at a glance that a choice is wrong, so little
// is asked of it.
constexpr double kScoreOffered = 0.015;
constexpr double kShareOfBest = 0.08;
// The examples and the articles' own text each by itself think it clearly likelier than not.
constexpr double kBothBelieve = 0.6;
constexpr std::size_t kOfferedMax = 4;
constexpr std::size_t kWordsPointedAt = 4;
constexpr double kConfidenceRule = 0.97;
constexpr double kConfidenceExample = 0.99;
constexpr std::size_t kTogetherMax = 3;
constexpr std::size_t kHalfSentenceWords = 4;
// A rule is trusted blindly in messages of so many words at most, and in longer ones while nothing
// else is so much likelier. Chosen on messages by four authors, each held out in turn: rules then
// answer wrongly a third as often, and one right answer in thirty becomes a question.
constexpr std::size_t kWordsOfARule = 4;
constexpr double kLikelierThanRule = 0.1;

bool covers(const std::vector<Span>& spans, const Span& one) {
  return std::any_of(spans.begin(), spans.end(), [&](const Span& other) {
    return one.begin < other.end && other.begin < one.end;
  });
}

std::string_view code(intents::HitKind kind) {
  return kind == intents::HitKind::example ? "example" : "rule";
}

std::string_view why_lost(intents::Outdoing why) {
  return why == intents::Outdoing::priority ? "outranked" : "covered";
}

Candidate candidate(const intents::Hit& hit, std::string_view lost) {
  const bool example = hit.kind == intents::HitKind::example;
  return {hit.article, (example ? kConfidenceExample : kConfidenceRule) * hit.weight,
          std::string(code(hit.kind)), std::string(lost)};
}

void add_readings(const std::vector<intents::Reading>& from, std::vector<Reading>& to) {
  for (const intents::Reading& reading : from) {
    Reading one{reading.original, reading.read_as, std::string(intents::code(reading.how))};
    if (std::find(to.begin(), to.end(), one) == to.end()) to.push_back(std::move(one));
  }
}

void tidy(std::vector<Span>& spans) {
  std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
  });
  spans.erase(std::unique(spans.begin(), spans.end()), spans.end());
}

// What the examples say and what the articles' text says of one article.
struct Witnesses {
  ArticleId article;
  double model = 0, search = 0;
  double sum() const { return model + search; }
};

Witnesses& of(const ArticleId& article, std::vector<Witnesses>& all) {
  const auto known = std::find_if(all.begin(), all.end(),
                                  [&](const Witnesses& one) { return one.article == article; });
  if (known != all.end()) return *known;
  return all.emplace_back(Witnesses{article});
}

// Best first. Each witness counts alike: measured on messages that neither had seen, together they
// name the right article more often than either.
std::vector<Candidate> weighed(std::vector<Witnesses> all, bool with_model) {
  std::stable_sort(all.begin(), all.end(),
                   [](const Witnesses& a, const Witnesses& b) { return a.sum() > b.sum(); });
  std::vector<Candidate> out;
  for (const Witnesses& one : all) {
    out.push_back({one.article, with_model ? one.sum() / 2 : one.search,
                   one.model >= one.search && with_model ? "model" : "search"});
  }
  return out;
}

// What is likely enough becomes an offer; the rest learns why not.
void offer(std::vector<Candidate>& all, bool believed, const kb::ArticleIndex& index, Found& out) {
  for (Candidate& one : all) {
    const bool likely =
        believed && one.score >= kScoreOffered && one.score >= kShareOfBest * all.front().score;
    const kb::Article* article = likely ? index.find(one.article) : nullptr;
    if (article == nullptr || out.articles.size() == kOfferedMax) {
      one.lost = likely ? "outscored" : "unlikely";
    } else {
      out.articles.push_back(article);
    }
  }
}

bool one_word(const intents::Matches& matches) {
  return matches.text.tokens.size() <= 1;
}

bool agree(const intents::Ranking& ranking, const std::vector<kb::ArticleHit>& hits,
           std::string_view best) {
  return !hits.empty() && hits.front().article->id.value == best &&
         hits.front().score >= kBothBelieve && ranking.best.front().score >= kBothBelieve;
}

// Fitted thresholds decide, or two witnesses who agree. Without a model, the index alone must be
// very sure.
bool is_clear(const Release& release, const intents::Ranking& ranking,
              const std::vector<kb::ArticleHit>& hits, const intents::Matches& matches,
              const std::vector<Candidate>& all) {
  if (release.model->label_count() > 0) {
    const std::string& best = release.model->label(ranking.best.front().label);
    if (best != all.front().article.value || !ranking.accepted) return false;
    // A single word («hjelp») may stand in many topics though examples know it from one.
    return (ranking.clear && !one_word(matches)) || agree(ranking, hits, best);
  }
  const double second = hits.size() > 1 ? hits[1].score : 0;
  return !hits.empty() && hits.front().score >= kScoreClear &&
         hits.front().score - second >= kLeadClear && !one_word(matches);
}

double score_of(const ArticleId& article, const std::vector<Candidate>& all) {
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const Candidate& one) { return one.article == article; });
  return found == all.end() ? 0 : found->score;
}

// The parts that a hit has for itself.
std::vector<Span> own_spans(const std::vector<intents::Hit>& hits, std::size_t index) {
  std::vector<Span> out;
  for (const Span& span : hits[index].matched) {
    bool shared = false;
    for (std::size_t i = 0; i < hits.size(); ++i) {
      if (i != index && covers(hits[i].matched, span)) shared = true;
    }
    if (!shared) out.push_back(span);
  }
  return out;
}

bool joined_between(const intents::NormalText& text, std::size_t from, std::size_t to) {
  static const std::unordered_set<std::string_view> words = {"og", "and",   "samt", "eller",
                                                             "or", "pluss", "å",    "òg"};
  return std::any_of(text.tokens.begin(), text.tokens.end(), [&](const intents::Token& token) {
    return token.original.begin >= from && token.original.end <= to &&
           (words.count(text.word(token)) != 0 || token.sentence);
  });
}

}  // namespace

Explanation because_hits(const intents::Matches& matches) {
  Explanation out;
  const intents::Hit& best = matches.hits.front();
  out.how = code(best.kind);
  out.rule = best.rule;
  for (const intents::Hit& hit : matches.hits) {
    out.candidates.push_back(candidate(hit, {}));
    out.matched.insert(out.matched.end(), hit.matched.begin(), hit.matched.end());
    add_readings(hit.readings, out.readings);
  }
  for (const intents::Outdone& outdone : matches.outdone)
    out.candidates.push_back(candidate(outdone.hit, why_lost(outdone.why)));
  tidy(out.matched);
  return out;
}

std::vector<ArticleId> asked_together(const std::vector<intents::Hit>& hits,
                                      const intents::NormalText& text) {
  if (hits.size() < 2 || hits.size() > kTogetherMax) return {};
  std::vector<std::pair<std::size_t, std::size_t>> order;  // begin of the own part, hit
  for (std::size_t i = 0; i < hits.size(); ++i) {
    const std::vector<Span> own = own_spans(hits, i);
    if (own.empty()) return {};
    order.emplace_back(own.front().begin, i);
  }
  std::sort(order.begin(), order.end());
  std::vector<ArticleId> out = {hits[order.front().second].article};
  for (std::size_t i = 1; i < order.size(); ++i) {
    const Span before = own_spans(hits, order[i - 1].second).front();
    const std::vector<Span> own = own_spans(hits, order[i].second);
    if (!joined_between(text, before.end, own.front().end)) return {};
    out.push_back(hits[order[i].second].article);
  }
  return out;
}

bool opens_follow_up(const intents::NormalText& text) {
  static const std::unordered_set<std::string_view> openers = {"og", "enn", "men", "and", "å"};
  return !text.tokens.empty() && openers.count(text.word(0)) != 0;
}

bool is_half_sentence(const intents::NormalText& text) {
  if (text.tokens.empty()) return false;
  if (text.tokens.size() <= kHalfSentenceWords) return true;
  return opens_follow_up(text) && text.tokens.size() <= 2 * kHalfSentenceWords;
}

double danger_in(const Release& release, const intents::Ranking& ranking) {
  double danger = 0;
  for (const intents::Ranked& ranked : ranking.best) {
    const bool alarm = release.model->label(ranked.label).starts_with(intents::kAlarmPrefix);
    danger += alarm ? ranked.score : 0;
  }
  return danger;
}

void point_at_words(const Release& release, const intents::NormalText& words, std::uint32_t label,
                    Explanation& because) {
  for (const intents::WordEvidence& word : release.model->evidence(words.text, label)) {
    if (word.weight <= 0 || because.matched.size() == kWordsPointedAt) break;
    because.matched.push_back(words.tokens[word.token].original);
  }
  tidy(because.matched);
}

Found possible_topics(const Release& release, const intents::Matches& matches) {
  return possible_topics(release, matches, release.model->rank(matches.search_text, kWeighedMax));
}

Found possible_topics(const Release& release, const intents::Matches& matches,
                      const intents::Ranking& ranking) {
  const auto hits = release.articles->search(matches.search_text, kWeighedMax);
  Found out;
  out.danger = danger_in(release, ranking);
  std::vector<Witnesses> witnesses;
  for (const intents::Ranked& ranked : ranking.best) {
    const std::string& label = release.model->label(ranked.label);
    const bool article = !label.starts_with(intents::kAlarmPrefix) && label != kHarmlessLabel;
    if (article) of({label}, witnesses).model = ranked.score;
  }
  for (const kb::ArticleHit& hit : hits) of(hit.article->id, witnesses).search = hit.score;
  const bool with_model = release.model->label_count() > 0;
  std::vector<Candidate> all = weighed(std::move(witnesses), with_model);
  if (with_model) {
    out.because.in_scope = ranking.in_scope;
    out.because.in_scope_min = release.model->thresholds().accept;
  }
  const bool by_model = ranking.accepted && !ranking.best.empty();
  const bool by_search = !hits.empty() && hits.front().score >= kScorePossible;
  offer(all, by_model || by_search, *release.articles, out);
  out.clear = !out.articles.empty() && is_clear(release, ranking, hits, matches, all);
  out.because.how = all.empty() ? "none" : all.front().how;
  if (out.clear && !ranking.best.empty())
    point_at_words(release, matches.text, ranking.best.front().label, out.because);
  out.because.candidates = std::move(all);
  return out;
}

bool is_short(const intents::NormalText& text) {
  return text.tokens.size() <= kWordsOfARule;
}

std::optional<Found> doubt(const Release& release, const intents::Matches& matches,
                           const intents::Ranking& ranking) {
  const intents::Hit& hit = matches.hits.front();
  const bool stands =
      hit.kind == intents::HitKind::example || hit.priority > 0 || is_short(matches.text);
  if (stands || release.model->label_count() == 0) return std::nullopt;
  const kb::Article* of_rule = release.articles->find(hit.article);
  Found found = possible_topics(release, matches, ranking);
  if (of_rule == nullptr || found.articles.empty() || found.articles.front() == of_rule)
    return std::nullopt;
  std::vector<Candidate>& all = found.because.candidates;
  const double likelier = all.front().score;
  if (likelier < kScorePossible) return std::nullopt;  // nothing in particular speaks against it
  if (likelier - score_of(hit.article, all) < kLikelierThanRule) return std::nullopt;
  std::erase(found.articles, of_rule);
  found.articles.insert(found.articles.begin() + 1, of_rule);
  found.articles.resize(std::min(found.articles.size(), kOfferedMax));
  found.clear = false;
  Explanation of_hit = because_hits(matches);
  std::erase_if(all, [&](const Candidate& one) { return one.article == hit.article; });
  all.insert(all.begin() + 1, of_hit.candidates.begin(), of_hit.candidates.end());
  found.because.how = of_hit.how;
  found.because.rule = of_hit.rule;
  found.because.matched = std::move(of_hit.matched);
  found.because.readings = std::move(of_hit.readings);
  return found;
}

std::vector<ArticleId> likelier_first(const Release& release, const intents::Matches& matches) {
  std::vector<ArticleId> out;
  for (const intents::Hit& hit : matches.hits) out.push_back(hit.article);
  if (release.model->label_count() == 0) return out;
  const std::vector<Candidate> all = possible_topics(release, matches).because.candidates;
  std::stable_sort(out.begin(), out.end(), [&](const ArticleId& a, const ArticleId& b) {
    return score_of(a, all) > score_of(b, all);
  });
  return out;
}

std::optional<ArticleId> nearest_of(const kb::ArticleIndex& index, std::string_view text,
                                    const std::vector<ArticleId>& offered) {
  constexpr std::size_t kDepth = 10;
  constexpr double kScoreEnough = 0.08;
  std::optional<ArticleId> best;
  double score = kScoreEnough;
  for (const kb::ArticleHit& hit : index.search(text, kDepth)) {
    const bool is_offered =
        std::find(offered.begin(), offered.end(), hit.article->id) != offered.end();
    if (!is_offered) {
      if (hit.score >= kScoreClear) return std::nullopt;  // a new question
      continue;
    }
    if (!best && hit.score > score) {
      best = hit.article->id;
      score = hit.score;
    } else if (best && hit.score * 2 > score) {
      return std::nullopt;  // fits two of them
    }
  }
  return best;
}

}  // namespace svar::engine
