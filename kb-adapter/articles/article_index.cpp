// Every phrase of an article (titles, topic, examples, synonyms, short answers) is a small
// document. An article's raw score is a blend of its nearest phrase and of the mean of all its
// phrases; what the raw score is worth is learned from the phrases themselves, each searched for
// with itself, and then with its whole article, left out.
#include "kb-adapter/articles/article_index.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_map>

#include "kb-adapter/articles/folding.h"
#include "kb-adapter/articles/logistic.h"

namespace svar::kb {
namespace {

constexpr std::size_t kLettersMax = 400;  // of a query
constexpr std::size_t kPhraseLettersMax = 600;
constexpr float kWordShare = 0.35F;  // of a cosine; the rest belongs to the n-grams
constexpr float kNearestShare =
    0.6F;  // of a raw score; the rest belongs to the mean of all phrases

using Feature = std::uint64_t;
struct Weighted {
  Feature feature;
  float weight;
};
// What a text consists of: counts per feature, words and n-grams apart, each feature once.
struct Features {
  std::vector<Weighted> words;
  std::vector<Weighted> grams;
};

Feature hash_of(std::string_view token, char kind) {
  Feature hash = 0xcbf29ce484222325ULL ^ static_cast<unsigned char>(kind);
  for (const char byte : token) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3ULL;
  return hash | 1U;  // never 0, which marks a free place in the table
}

void count_up(std::vector<Weighted>& features) {
  std::sort(features.begin(), features.end(),
            [](auto& a, auto& b) { return a.feature < b.feature; });
  std::size_t kept = 0;
  for (const Weighted& one : features) {
    if (kept > 0 && features[kept - 1].feature == one.feature) {
      features[kept - 1].weight += one.weight;
    } else {
      features[kept++] = one;
    }
  }
  features.resize(kept);
}

Features features_of(std::string_view text, std::size_t letters_max) {
  Features features;
  const std::vector<std::string> words = fold_words(text, letters_max);
  features.words.reserve(words.size());
  features.grams.reserve(3 * text.size());
  std::string framed;
  for (const std::string& word : words) {
    features.words.push_back({hash_of(word, 'w'), 1});
    framed.assign(1, '^').append(word).push_back('$');
    for (std::size_t length = 3; length <= 5; ++length) {
      for (std::size_t at = 0; at + length <= framed.size(); ++at) {
        features.grams.push_back({hash_of(std::string_view(framed).substr(at, length), 'g'), 1});
      }
    }
  }
  count_up(features.words);
  count_up(features.grams);
  return features;
}

// Feature → number, in one flat table: a query looks up a hundred of them.
class FeatureTable {
 public:
  void fill(const std::vector<Feature>& features) {
    std::size_t size = 16;
    while (size < features.size() * 2) size *= 2;
    keys_.assign(size, 0);
    numbers_.assign(size, 0);
    for (std::uint32_t number = 0; number < features.size(); ++number) {
      std::size_t at = features[number] & (size - 1);
      while (keys_[at] != 0) at = (at + 1) & (size - 1);
      keys_[at] = features[number];
      numbers_[at] = number;
    }
  }
  std::optional<std::uint32_t> find(Feature feature) const {
    for (std::size_t at = feature & (keys_.size() - 1); keys_[at] != 0;
         at = (at + 1) & (keys_.size() - 1)) {
      if (keys_[at] == feature) return numbers_[at];
    }
    return std::nullopt;
  }

 private:
  std::vector<Feature> keys_;
  std::vector<std::uint32_t> numbers_;
};

struct Posting {
  std::uint32_t phrase;
  float weight;
};
// A text as the index sees it: its known features by number. The squares of all weights, of unknown
// features too, sum up to one.
using Vector = std::vector<std::pair<std::uint32_t, float>>;
struct Phrase {
  std::uint32_t article = 0;
  bool trains = false;  // an editor's phrase, not a long text
  Features features;    // emptied after build
};
struct Raw {
  std::uint32_t article = 0;
  float score = 0;
};

}  // namespace

struct ArticleIndex::Impl {
  std::vector<Article> articles;
  std::vector<Phrase> phrases;
  FeatureTable table;
  std::vector<float> idf;  // by feature number
  float idf_unseen = 0;
  std::vector<std::uint32_t>
      first;  // by feature number: its postings begin here; one more at the end
  std::vector<Posting> postings;
  std::vector<std::uint32_t>
      first_knower;  // by feature number: the articles that know it begin here
  std::vector<std::uint32_t> knowers;
  std::vector<std::uint32_t>
      first_phrase;               // by article: its phrases begin here; one more at the end
  std::vector<float> mean_norm;   // by article: length of the sum of its phrases
  Logistic worth{{-6, 8, 4, 3}};  // replaced when there is enough to learn from

  void add_phrases(const ArticleIndex::Phrases& extra);
  void number_features();
  void index_phrases();
  void measure_means();
  void learn_worth();

  Vector vector_of(const Features& features) const;
  std::vector<float> similarities(const Vector& query) const;
  std::vector<Raw> rank(const std::vector<float>& similarity, std::size_t count_max) const;
  bool knows(std::uint32_t article, std::uint32_t feature, std::size_t left_out) const;
  std::vector<double> covered(const Vector& query) const;
  double covered_without(const Vector& query, std::uint32_t article, std::size_t left_out) const;
  static Evidence evidence(const std::vector<Raw>& ranked, std::size_t at, double covered);
};

void ArticleIndex::Impl::add_phrases(const ArticleIndex::Phrases& extra) {
  for (std::uint32_t number = 0; number < articles.size(); ++number) {
    first_phrase.push_back(static_cast<std::uint32_t>(phrases.size()));
    std::set<std::vector<std::string>> seen;
    const auto add = [&](const std::string& text, bool trains) {
      auto words = fold_words(text, kPhraseLettersMax);
      if (words.empty() || !seen.insert(std::move(words)).second) return;
      phrases.push_back({number, trains, features_of(text, kPhraseLettersMax)});
    };
    const Article& article = articles[number];
    for (const Localised* text : {&article.title, &article.topic}) {
      for (const std::string* part : {&text->nn, &text->nb, &text->en}) add(*part, true);
    }
    if (const auto more = extra.find(article.id); more != extra.end()) {
      for (const std::string& phrase : more->second) add(phrase, true);
    }
    add(article.nn.short_answer, false);
    add(article.nb.short_answer, false);
  }
  first_phrase.push_back(static_cast<std::uint32_t>(phrases.size()));
}

// Numbers the features and weighs each by the share of articles that know it.
void ArticleIndex::Impl::number_features() {
  std::unordered_map<Feature, std::set<std::uint32_t>> known_by;
  for (const Phrase& phrase : phrases) {
    for (const auto* block : {&phrase.features.words, &phrase.features.grams}) {
      for (const Weighted& one : *block) known_by[one.feature].insert(phrase.article);
    }
  }
  std::vector<Feature> features;
  for (const auto& [feature, who] : known_by) features.push_back(feature);
  std::sort(features.begin(), features.end());
  table.fill(features);
  const auto count = static_cast<float>(articles.size());
  for (const Feature feature : features) {
    const auto known = static_cast<float>(known_by[feature].size());
    idf.push_back(std::log((1 + count) / known));
  }
  idf_unseen = std::log(2 * (1 + count));
}

// The blocks of words and of n-grams get length one each and are then blended.
Vector ArticleIndex::Impl::vector_of(const Features& features) const {
  Vector vector;
  vector.reserve(features.words.size() + features.grams.size());
  const auto block = [&](const std::vector<Weighted>& counts, float share) {
    const std::size_t begin = vector.size();
    float squares = 0;
    for (const Weighted& one : counts) {
      const auto number = table.find(one.feature);
      const float weight =
          (one.weight > 1 ? 1 + std::log(one.weight) : 1) * (number ? idf[*number] : idf_unseen);
      squares += weight * weight;
      if (number) vector.emplace_back(*number, weight);
    }
    const float scale = squares > 0 ? std::sqrt(share / squares) : 0;
    for (std::size_t at = begin; at < vector.size(); ++at) vector[at].second *= scale;
  };
  block(features.words, kWordShare);
  block(features.grams, 1 - kWordShare);
  return vector;
}

void ArticleIndex::Impl::index_phrases() {
  std::vector<std::vector<Posting>> lists(idf.size());
  for (std::uint32_t number = 0; number < phrases.size(); ++number) {
    for (const auto& [feature, weight] : vector_of(phrases[number].features)) {
      lists[feature].push_back({number, weight});
    }
  }
  for (const auto& list : lists) {
    first.push_back(static_cast<std::uint32_t>(postings.size()));
    postings.insert(postings.end(), list.begin(), list.end());
    first_knower.push_back(static_cast<std::uint32_t>(knowers.size()));
    for (const Posting& posting : list) {  // an article's phrases stand side by side
      const std::uint32_t article = phrases[posting.phrase].article;
      if (knowers.size() == first_knower.back() || knowers.back() != article) {
        knowers.push_back(article);
      }
    }
  }
  first.push_back(static_cast<std::uint32_t>(postings.size()));
  first_knower.push_back(static_cast<std::uint32_t>(knowers.size()));
}

std::vector<float> ArticleIndex::Impl::similarities(const Vector& query) const {
  std::vector<float> similarity(phrases.size(), 0);
  for (const auto& [feature, weight] : query) {
    for (std::uint32_t at = first[feature]; at < first[feature + 1]; ++at) {
      similarity[postings[at].phrase] += weight * postings[at].weight;
    }
  }
  return similarity;
}

void ArticleIndex::Impl::measure_means() {
  std::vector<float> squares(articles.size(), 0);
  for (const Phrase& phrase : phrases) {
    const auto similarity = similarities(vector_of(phrase.features));
    for (std::size_t other = 0; other < phrases.size(); ++other) {
      if (phrases[other].article == phrase.article) squares[phrase.article] += similarity[other];
    }
  }
  for (const float square : squares) mean_norm.push_back(std::sqrt(std::max(square, 1e-6F)));
}

// The articles by raw score, best first; at most `count_max` of them and the next.
std::vector<Raw> ArticleIndex::Impl::rank(const std::vector<float>& similarity,
                                          std::size_t count_max) const {
  std::vector<Raw> ranked;
  ranked.reserve(articles.size());
  for (std::uint32_t article = 0; article < articles.size(); ++article) {
    float nearest = 0;
    float sum = 0;
    for (std::size_t at = first_phrase[article]; at < first_phrase[article + 1]; ++at) {
      nearest = std::max(nearest, similarity[at]);
      sum += similarity[at];
    }
    if (nearest <= 0) continue;
    const float mean = std::min(1.0F, sum / mean_norm[article]);
    ranked.push_back({article, kNearestShare * nearest + (1 - kNearestShare) * mean});
  }
  const auto last =
      ranked.begin() + static_cast<std::ptrdiff_t>(std::min(count_max + 1, ranked.size()));
  std::partial_sort(ranked.begin(), last, ranked.end(), [](const Raw& a, const Raw& b) {
    return a.score != b.score ? a.score > b.score : a.article < b.article;
  });
  ranked.erase(last, ranked.end());
  return ranked;
}

// Whether any phrase of the article but `left_out` has the feature.
bool ArticleIndex::Impl::knows(std::uint32_t article, std::uint32_t feature,
                               std::size_t left_out) const {
  const auto end = postings.begin() + first[feature + 1];
  auto at = std::lower_bound(
      postings.begin() + first[feature], end, first_phrase[article],
      [](const Posting& posting, std::uint32_t phrase) { return posting.phrase < phrase; });
  if (at != end && at->phrase == left_out) ++at;
  return at != end && at->phrase < first_phrase[article + 1];
}

// By article: the share of the query that its phrases know.
std::vector<double> ArticleIndex::Impl::covered(const Vector& query) const {
  std::vector<double> covered(articles.size(), 0);
  for (const auto& [feature, weight] : query) {
    for (std::uint32_t at = first_knower[feature]; at < first_knower[feature + 1]; ++at) {
      covered[knowers[at]] += weight * weight;
    }
  }
  return covered;
}

double ArticleIndex::Impl::covered_without(const Vector& query, std::uint32_t article,
                                           std::size_t left_out) const {
  double covered = 0;
  for (const auto& [feature, weight] : query) {
    if (knows(article, feature, left_out)) covered += weight * weight;
  }
  return covered;
}

Evidence ArticleIndex::Impl::evidence(const std::vector<Raw>& ranked, std::size_t at,
                                      double covered) {
  const float other = at > 0 ? ranked[0].score : ranked.size() > 1 ? ranked[1].score : 0;
  return {ranked[at].score, ranked[at].score - other, covered};
}

void ArticleIndex::Impl::learn_worth() {
  std::vector<LogisticSample> samples;
  for (std::size_t number = 0; number < phrases.size(); ++number) {
    if (!phrases[number].trains) continue;
    const std::uint32_t own = phrases[number].article;
    const Vector query = vector_of(phrases[number].features);
    // Left out, the phrase counts nowhere. The length of the mean is not corrected for it: with a
    // dozen phrases it hardly changes.
    auto similarity = similarities(query);
    similarity[number] = 0;
    const auto best = [&](const std::vector<Raw>& ranked) {
      return evidence(ranked, 0, covered_without(query, ranked[0].article, number));
    };
    if (const auto ranked = rank(similarity, 1); !ranked.empty()) {
      samples.push_back({best(ranked), ranked[0].article == own});
    }
    std::fill(similarity.begin() + first_phrase[own], similarity.begin() + first_phrase[own + 1],
              0.0F);
    if (const auto ranked = rank(similarity, 1); !ranked.empty()) {
      samples.push_back({best(ranked), false});
    }
  }
  if (const auto learned = Logistic::fit(samples)) worth = *learned;
}

ArticleIndex::ArticleIndex() : impl_(std::make_unique<Impl>()) {}
ArticleIndex::~ArticleIndex() = default;

std::shared_ptr<const ArticleIndex> ArticleIndex::build(std::vector<Article> articles,
                                                        const Phrases& phrases) {
  const std::shared_ptr<ArticleIndex> index(new ArticleIndex);
  Impl& impl = *index->impl_;
  impl.articles = std::move(articles);
  std::sort(impl.articles.begin(), impl.articles.end(),
            [](auto& a, auto& b) { return a.id < b.id; });
  impl.add_phrases(phrases);
  impl.number_features();
  impl.index_phrases();
  impl.measure_means();
  impl.learn_worth();
  for (Phrase& phrase : impl.phrases) phrase.features = {};
  return index;
}

std::vector<ArticleHit> ArticleIndex::search(std::string_view text, std::size_t count_max) const {
  const Vector query = impl_->vector_of(features_of(text, kLettersMax));
  const auto ranked = impl_->rank(impl_->similarities(query), count_max);
  const std::vector<double> covered = impl_->covered(query);
  std::vector<ArticleHit> hits;
  for (std::size_t at = 0; at < std::min(count_max, ranked.size()); ++at) {
    const std::uint32_t article = ranked[at].article;
    const Evidence evidence = Impl::evidence(ranked, at, covered[article]);
    hits.push_back({&impl_->articles[article], impl_->worth.probability(evidence)});
  }
  std::stable_sort(hits.begin(), hits.end(),
                   [](const ArticleHit& a, const ArticleHit& b) { return a.score > b.score; });
  return hits;
}

const Article* ArticleIndex::find(const ArticleId& id) const {
  const auto at = std::lower_bound(
      impl_->articles.begin(), impl_->articles.end(), id,
      [](const Article& article, const ArticleId& wanted) { return article.id < wanted; });
  return at != impl_->articles.end() && at->id == id ? &*at : nullptr;
}

const std::vector<Article>& ArticleIndex::all() const {
  return impl_->articles;
}

}  // namespace svar::kb
