// All articles of a release, found by id or by meaning: words and within-word character 3–5-grams,
// tf-idf cosine.
//
// Threads: immutable after build; every method is safe from any thread. No I/O. Owns its articles.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kb-adapter/articles/article.h"

namespace svar::kb {

struct ArticleHit {
  const Article* article = nullptr;  // lives as long as the index
  // How likely this article is what was meant, 0…1; comparable between queries. An editor's own
  // example gives about 1, words the content has never seen give 0. Fitted at build on the examples
  // themselves, each held out in turn: see article_index.cpp.
  double score = 0;
};

class ArticleIndex {
 public:
  // What else than its titles an article is found by: editors' examples and synonyms, one phrase
  // each.
  using Phrases = std::map<ArticleId, std::vector<std::string>>;

  // Precondition: article ids are unique. Phrases of unknown articles are ignored. Takes some
  // milliseconds.
  static std::shared_ptr<const ArticleIndex> build(std::vector<Article> articles,
                                                   const Phrases& phrases);
  ~ArticleIndex();
  ArticleIndex(const ArticleIndex&) = delete;

  // The best at most `count_max` articles with a score above 0, best first; equal scores by id, so
  // that the same query always gives the same order. Any bytes are accepted; only the first 400
  // letters or so count.
  std::vector<ArticleHit> search(std::string_view text, std::size_t count_max) const;

  const Article* find(const ArticleId& id) const;  // nullptr when there is none
  const std::vector<Article>& all() const;         // by id

 private:
  ArticleIndex();
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace svar::kb
