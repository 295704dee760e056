// All articles of a release, found by id or by meaning: words and within-word pieces of three to
// five letters, weighed by BM25 in three layers: what an article is called (title, topic, editors'
// phrases), what it says, and what only agents may read.
//
// Threads: immutable after build; every method is safe from any thread. No I/O, no lock; a search
// keeps its memory per thread and allocates only its result. Owns its articles.
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
  // example gives about 1, words the content has never seen give 0. Fitted at build on the phrases
  // themselves, each held out in turn: see article_index.cpp.
  double score = 0;
};

class ArticleIndex {
 public:
  // What else than its own text an article is found by: editors' examples and synonyms, one phrase
  // each.
  using Phrases = std::map<ArticleId, std::vector<std::string>>;

  // Precondition: article ids are unique, and there are fewer than sixteen million. Phrases of
  // unknown articles are ignored. An article is also found by the values that these municipalities
  // have for its slots («BIR»); they are only read while it is built. Equal input gives equal
  // answers. A thousand articles take less than a second.
  static std::shared_ptr<const ArticleIndex> build(
      std::vector<Article> articles, const Phrases& phrases,
      const std::vector<const Municipality*>& municipalities = {});
  ~ArticleIndex();
  ArticleIndex(const ArticleIndex&) = delete;

  // The best at most `count_max` articles with a score above 0, best first; equal scores by id, so
  // that the same query always gives the same order. Any bytes are accepted; only the first 400
  // letters or so count. Never finds anything by what only agents may read.
  std::vector<ArticleHit> search(std::string_view text, std::size_t count_max) const;

  // The same for agents: by the notes for agents too. The score is 0…1 but no probability, because
  // nobody has written examples of what agents look for. Never show a citizen what it finds.
  std::vector<ArticleHit> search_with_notes(std::string_view text, std::size_t count_max) const;

  // How rare a feature of a text (text_features.h) is among the articles, from 0, which every
  // article has; the greatest for one that none has.
  double rarity(std::uint64_t feature) const;

  const Article* find(const ArticleId& id) const;  // nullptr when there is none
  const std::vector<Article>& all() const;         // by id
  std::size_t bytes() const;  // what the index itself takes, without the articles

 private:
  ArticleIndex();
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace svar::kb
