#include "bot/service/desk/look_up.h"

#include "kb-adapter/articles/article_index.h"

namespace svar::service {
namespace {

constexpr std::size_t kFoundMax = 6;

FoundArticle found(kb::Passage passage, const kb::Municipality* municipality, Language language) {
  const kb::Article& article = *passage.article;
  FoundArticle out;
  out.answer = kb::compose(article, municipality, language);
  out.note = kb::with_facts(article.agent_note.in(language), municipality, language).text;
  // What is about the citizen's own case is never answered by a text alone.
  out.may_send = out.answer.complete() && article.kind != kb::ArticleKind::personal;
  out.passage = std::move(passage);
  return out;
}

}  // namespace

std::vector<FoundArticle> look_up(const engine::Release& release, const std::string& text,
                                  const kb::Municipality* municipality, Language language) {
  std::vector<FoundArticle> all;
  for (auto& passage : kb::passages(*release.articles, text, municipality, language, kFoundMax))
    all.push_back(found(std::move(passage), municipality, language));
  return all;
}

}  // namespace svar::service
