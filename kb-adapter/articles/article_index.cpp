// An article's raw score is a blend of how much of the question its headline (title, topic,
// editors' phrases) holds and how much its own text holds. What the raw score is worth is learned
// from the phrases themselves, each searched for with itself, and then with its whole article, left
// out.
#include "kb-adapter/articles/article_index.h"

#include <algorithm>
#include <set>

#include "kb-adapter/articles/article_text.h"
#include "kb-adapter/articles/compose.h"
#include "kb-adapter/articles/layered_index.h"
#include "kb-adapter/articles/logistic.h"

namespace svar::kb {
namespace {

constexpr std::size_t kLettersMax = 400;       // of a query
constexpr std::size_t kLearntFromMax = 2'000;  // phrases: more would only cost time
constexpr float kHeadlineShare = 0.6F;         // of a raw score; the rest belongs to the body
constexpr float kNotesShare = 0.4F;            // added to it for agents

// How much a word counts in a field, beside the same word in another field of its layer.
float weight_of(Field field) {
  switch (field) {
    case Field::title:
    case Field::topic:
      return 2;
    case Field::short_answer:
      return 1.5F;
    case Field::around:
    case Field::fact:
      return 0.5F;
    case Field::phrase:
    case Field::section:
    case Field::agent_note:
      break;
  }
  return 1;
}

Layer layer_of(Field field) {
  switch (field) {
    case Field::title:
    case Field::topic:
    case Field::phrase:
      return Layer::headline;
    case Field::agent_note:
      return Layer::notes;
    case Field::short_answer:
    case Field::section:
    case Field::around:
    case Field::fact:
      break;
  }
  return Layer::body;
}

struct Raw {
  std::uint32_t article = 0;
  float score = 0;
  float headline = 0;  // the share of the question that the headline holds
};

bool is_before(const Raw& a, const Raw& b) {
  return a.score != b.score ? a.score > b.score : a.article < b.article;
}

Raw raw_of(std::uint32_t article, float headline, float body) {
  const float share = share_of(headline);
  return {article, kHeadlineShare * share + (1 - kHeadlineShare) * share_of(body), share};
}

// The best of what it is given, in order; at most `count_max`.
class Best {
 public:
  Best(std::size_t count_max, std::vector<Raw>& kept) : count_max_(count_max), kept_(kept) {
    kept.clear();
  }

  void offer(const Raw& one) {
    if (one.score <= 0 || (kept_.size() == count_max_ && !is_before(one, kept_.back()))) return;
    if (kept_.size() == count_max_) kept_.pop_back();
    kept_.insert(std::upper_bound(kept_.begin(), kept_.end(), one, is_before), one);
  }

 private:
  std::size_t count_max_;
  std::vector<Raw>& kept_;
};

struct Memory {
  SearchMemory search;
  std::vector<Raw> ranked;
};

Memory& memory_of_thread() {
  static thread_local Memory memory;
  return memory;
}

// What an article is taught to be found by.
struct Phrase {
  std::uint32_t article = 0;
  Field field = Field::phrase;
  std::string text;
};

}  // namespace

struct ArticleIndex::Impl {
  std::vector<Article> articles;
  LayeredIndex index;
  Logistic worth{{-6, 16, 6, 10}};  // replaced when there is enough to learn from

  void make_index(const Phrases& phrases, const std::vector<const Municipality*>& municipalities,
                  std::vector<Phrase>& taught);
  void learn_worth(const std::vector<Phrase>& taught);

  void ask(std::string_view text, Memory& memory) const;
  // Fills memory.ranked with the best, and one more, of what was asked.
  void rank(std::size_t count_max, Memory& memory) const;
  static Evidence evidence(const std::vector<Raw>& ranked, std::size_t at);
};

namespace {

// Values of the article's slots, each once.
std::set<std::string_view> facts_of(const Article& article,
                                    const std::vector<const Municipality*>& municipalities) {
  std::set<std::string_view> values;
  for (const Municipality* municipality : municipalities) {
    for (const SlotUse& slot : article.slots) {
      const auto fact = municipality->facts.find(slot.name);
      if (fact == municipality->facts.end()) continue;
      const Localised& value = fact->second.value;
      for (const std::string* text : {&value.nn, &value.nb, &value.en}) values.insert(*text);
    }
  }
  return values;
}

}  // namespace

void ArticleIndex::Impl::make_index(const Phrases& phrases,
                                    const std::vector<const Municipality*>& municipalities,
                                    std::vector<Phrase>& taught) {
  LayeredIndex::Builder builder;
  for (std::uint32_t number = 0; number < articles.size(); ++number) {
    const Article& article = articles[number];
    builder.begin_document();
    std::set<std::vector<std::string>> seen;  // headlines, so that none counts twice
    const auto add = [&](Field field, std::string_view text) {
      if (layer_of(field) == Layer::headline) {
        auto words = fold_words(text, kLettersMax);
        if (words.empty() || !seen.insert(std::move(words)).second) return;
        taught.push_back({number, field, std::string(text)});
      }
      builder.add(layer_of(field), without_slots(text), weight_of(field));
    };
    for (const FieldText& one : texts_of(article)) add(one.field, one.text);
    for (const std::string_view value : facts_of(article, municipalities)) add(Field::fact, value);
    const auto more = phrases.find(article.id);
    if (more == phrases.end()) continue;
    for (const std::string& phrase : more->second) add(Field::phrase, phrase);
  }
  index = std::move(builder).finish();
}

void ArticleIndex::Impl::ask(std::string_view text, Memory& memory) const {
  index.ask(text, kLettersMax, memory.search);
  index.score(Layer::headline, memory.search);
  index.score(Layer::body, memory.search);
}

void ArticleIndex::Impl::rank(std::size_t count_max, Memory& memory) const {
  const auto& headline = memory.search.scores[static_cast<std::size_t>(Layer::headline)];
  const auto& body = memory.search.scores[static_cast<std::size_t>(Layer::body)];
  Best best(count_max + 1, memory.ranked);
  for (std::uint32_t article = 0; article < articles.size(); ++article) {
    best.offer(raw_of(article, headline[article], body[article]));
  }
}

Evidence ArticleIndex::Impl::evidence(const std::vector<Raw>& ranked, std::size_t at) {
  const float other = at > 0 ? ranked[0].score : ranked.size() > 1 ? ranked[1].score : 0;
  return {ranked[at].score, ranked[at].score - other, ranked[at].headline};
}

void ArticleIndex::Impl::learn_worth(const std::vector<Phrase>& taught) {
  std::vector<LogisticSample> samples;
  Memory& memory = memory_of_thread();
  auto& headline = memory.search.scores[static_cast<std::size_t>(Layer::headline)];
  auto& body = memory.search.scores[static_cast<std::size_t>(Layer::body)];
  const auto learn = [&](bool can_be_right, std::uint32_t own) {
    rank(1, memory);
    if (memory.ranked.empty()) return;
    samples.push_back(
        {evidence(memory.ranked, 0), can_be_right && memory.ranked[0].article == own});
  };
  const std::size_t stride = taught.size() / kLearntFromMax + 1;
  for (std::size_t number = 0; number < taught.size(); number += stride) {
    const Phrase& phrase = taught[number];
    ask(phrase.text, memory);
    headline[phrase.article] = index.score_without(Layer::headline, phrase.article,
                                                   weight_of(phrase.field), memory.search);
    learn(true, phrase.article);
    headline[phrase.article] = 0;
    body[phrase.article] = 0;
    learn(false, phrase.article);
  }
  if (const auto learned = Logistic::fit(samples)) worth = *learned;
}

ArticleIndex::ArticleIndex() : impl_(std::make_unique<Impl>()) {}
ArticleIndex::~ArticleIndex() = default;

std::shared_ptr<const ArticleIndex> ArticleIndex::build(
    std::vector<Article> articles, const Phrases& phrases,
    const std::vector<const Municipality*>& municipalities) {
  const std::shared_ptr<ArticleIndex> index(new ArticleIndex);
  Impl& impl = *index->impl_;
  impl.articles = std::move(articles);
  std::sort(impl.articles.begin(), impl.articles.end(),
            [](auto& a, auto& b) { return a.id < b.id; });
  std::vector<Phrase> taught;
  impl.make_index(phrases, municipalities, taught);
  impl.learn_worth(taught);
  return index;
}

std::vector<ArticleHit> ArticleIndex::search(std::string_view text, std::size_t count_max) const {
  Memory& memory = memory_of_thread();
  impl_->ask(text, memory);
  impl_->rank(count_max, memory);
  std::vector<ArticleHit> hits;
  hits.reserve(std::min(count_max, memory.ranked.size()));
  for (std::size_t at = 0; at < std::min(count_max, memory.ranked.size()); ++at) {
    hits.push_back({&impl_->articles[memory.ranked[at].article],
                    impl_->worth.probability(Impl::evidence(memory.ranked, at))});
  }
  std::stable_sort(hits.begin(), hits.end(),
                   [](const ArticleHit& a, const ArticleHit& b) { return a.score > b.score; });
  return hits;
}

std::vector<ArticleHit> ArticleIndex::search_with_notes(std::string_view text,
                                                        std::size_t count_max) const {
  Memory& memory = memory_of_thread();
  impl_->ask(text, memory);
  impl_->index.score(Layer::notes, memory.search);
  const auto& scores = memory.search.scores;
  Best best(count_max, memory.ranked);
  for (std::uint32_t article = 0; article < impl_->articles.size(); ++article) {
    Raw raw = raw_of(article, scores[0][article], scores[1][article]);
    raw.score = std::min(1.0F, raw.score + kNotesShare * share_of(scores[2][article]));
    best.offer(raw);
  }
  std::vector<ArticleHit> hits;
  for (const Raw& raw : memory.ranked) hits.push_back({&impl_->articles[raw.article], raw.score});
  return hits;
}

double ArticleIndex::rarity(std::uint64_t feature) const {
  return impl_->index.rarity(feature);
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

std::size_t ArticleIndex::bytes() const {
  return impl_->index.bytes();
}

}  // namespace svar::kb
