// Every article composed once for every municipality and language, because filling slots anew in
// each turn costs as much as understanding the message.
//
// Threads: immutable after making; safe from any thread. Owns all that it gives out.
#pragma once

#include <map>
#include <unordered_map>
#include <vector>

#include "kb-adapter/articles/compose.h"

namespace svar::kb {

class ComposedAnswers {
 public:
  // Some microseconds an article, municipality and language.
  ComposedAnswers(const std::vector<Article>& articles,
                  const std::map<MunicipalityId, Municipality>& municipalities);

  // What compose gives; lives as long as this. `municipality` may be null.
  // Precondition: article and municipality are among those it was made of, by id.
  const Composed& of(const ArticleId& article, const Municipality* municipality,
                     Language language) const;

 private:
  std::size_t column(const Municipality* municipality, Language language) const;

  std::vector<MunicipalityId> municipalities_;
  std::unordered_map<std::string, std::vector<Composed>> by_article_;
};

}  // namespace svar::kb
