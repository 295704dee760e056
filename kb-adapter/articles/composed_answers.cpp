#include "kb-adapter/articles/composed_answers.h"

#include <algorithm>
#include <array>

namespace svar::kb {
namespace {

constexpr std::array kLanguages = {Language::nn, Language::nb, Language::en};

std::vector<Composed> compose_all(const Article& article,
                                  const std::map<MunicipalityId, Municipality>& municipalities) {
  std::vector<Composed> out;
  out.reserve((municipalities.size() + 1) * kLanguages.size());
  const auto add = [&](const Municipality* municipality) {
    for (const Language language : kLanguages)
      out.push_back(compose(article, municipality, language));
  };
  for (const auto& [id, municipality] : municipalities) add(&municipality);
  add(nullptr);
  return out;
}

}  // namespace

ComposedAnswers::ComposedAnswers(const std::vector<Article>& articles,
                                 const std::map<MunicipalityId, Municipality>& municipalities) {
  for (const auto& [id, municipality] : municipalities) municipalities_.push_back(id);
  for (const Article& article : articles)
    by_article_.emplace(article.id.value, compose_all(article, municipalities));
}

// Nobody's stand behind everybody's.
std::size_t ComposedAnswers::column(const Municipality* municipality, Language language) const {
  auto place = municipalities_.end();
  if (municipality != nullptr)
    place = std::find(municipalities_.begin(), municipalities_.end(), municipality->id);
  const auto row = static_cast<std::size_t>(place - municipalities_.begin());
  const auto of_language = std::find(kLanguages.begin(), kLanguages.end(), language);
  return row * kLanguages.size() + static_cast<std::size_t>(of_language - kLanguages.begin());
}

const Composed& ComposedAnswers::of(const ArticleId& article, const Municipality* municipality,
                                    Language language) const {
  return by_article_.at(article.value)[column(municipality, language)];
}

}  // namespace svar::kb
