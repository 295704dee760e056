// Search for those who work with the articles: the passage of each article that answers best, and
// which of its words were found. Pure.
//
// Threads: safe from any thread; takes tenths of a millisecond, so it is for people's own searches,
// not for every message.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/domain/event.h"
#include "kb-adapter/articles/article_index.h"
#include "kb-adapter/articles/article_text.h"

namespace svar::kb {

struct Passage {
  const Article* article = nullptr;   // lives as long as the index
  double score = 0;                   // of the article, 0…1; no probability
  Field field = Field::short_answer;  // where it stands: short_answer, section or agent_note
  std::string section;                // the section's name; empty elsewhere
  Language language = Language::nn;   // that it is really in: the article's fallback
  std::string text;  // whole sentences with the municipality's facts; a slot without a value stays
                     // «{{name}}»
  std::vector<Span>
      found;            // bytes in `text`: the words that were found, rising, apart from each other
  bool sample = false;  // a fact in it is not confirmed by the municipality

  bool for_agents_only() const { return field == Field::agent_note; }
};

// The best passage of each of the best at most `count_max` articles, best article first; equal
// input gives equal output. Searches what only agents may read too: never show a citizen any of it.
// Without a municipality (nullptr) no slot has a value. Any bytes are accepted; only the first 400
// letters or so count.
std::vector<Passage> passages(const ArticleIndex& index, std::string_view query,
                              const Municipality* municipality, Language language,
                              std::size_t count_max);

}  // namespace svar::kb
