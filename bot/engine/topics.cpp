#include "bot/engine/topics.h"

#include <algorithm>
#include <unordered_set>

namespace svar::engine {
namespace {

// The index's scores are probabilities fitted on the content itself; these say how sure to be
// before speaking.
constexpr double kScoreClear = 0.9;
constexpr double kLeadClear = 0.2;
constexpr std::size_t kWordsClear =
    2;  // a single word that no rule knows is too little to answer to
constexpr double kScorePossible = 0.22;
constexpr double kShareOfBest = 0.3;  // what is offered beside the best
constexpr std::size_t kOfferedMax = 4;
constexpr double kConfidenceRule = 0.97;
constexpr double kConfidenceExample = 0.99;
constexpr std::size_t kTogetherMax = 3;
constexpr std::size_t kHalfSentenceWords = 4;

bool covers(const std::vector<Span>& spans, const Span& one) {
  return std::any_of(spans.begin(), spans.end(), [&](const Span& other) {
    return one.begin < other.end && other.begin < one.end;
  });
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

Explanation because_hits(const std::vector<intents::Hit>& hits) {
  Explanation out;
  const intents::Hit& best = hits.front();
  out.how = best.kind == intents::HitKind::example ? "example" : "rule";
  out.rule = best.rule;
  for (const intents::Hit& hit : hits) {
    const bool example = hit.kind == intents::HitKind::example;
    out.candidates.push_back({hit.article,
                              (example ? kConfidenceExample : kConfidenceRule) * hit.weight,
                              example ? "example" : "rule"});
    out.matched.insert(out.matched.end(), hit.matched.begin(), hit.matched.end());
  }
  std::sort(out.matched.begin(), out.matched.end(), [](const Span& a, const Span& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
  });
  out.matched.erase(std::unique(out.matched.begin(), out.matched.end()), out.matched.end());
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

bool is_half_sentence(const intents::NormalText& text) {
  static const std::unordered_set<std::string_view> openers = {"og", "enn", "men", "and", "å"};
  if (text.tokens.empty()) return false;
  if (text.tokens.size() <= kHalfSentenceWords) return true;
  return openers.count(text.word(0)) != 0 && text.tokens.size() <= 2 * kHalfSentenceWords;
}

Found search(const kb::ArticleIndex& index, std::string_view text) {
  const std::vector<kb::ArticleHit> hits = index.search(text, kOfferedMax);
  Found out;
  if (hits.empty() || hits.front().score < kScorePossible) return out;
  const double best = hits.front().score;
  const double second = hits.size() > 1 ? hits[1].score : 0;
  out.clear =
      best >= kScoreClear && best - second >= kLeadClear &&
      std::count(text.begin(), text.end(), ' ') + 1 >= static_cast<std::ptrdiff_t>(kWordsClear);
  for (const kb::ArticleHit& hit : hits) {
    if (hit.score < kScorePossible || hit.score < kShareOfBest * best) break;
    out.articles.push_back(hit.article);
    out.candidates.push_back({hit.article->id, hit.score, "search"});
  }
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
