#include "kb-adapter/articles/article.h"

#include <array>
#include <utility>

namespace svar::kb {
namespace {

constexpr std::array<std::pair<ArticleKind, std::string_view>, 6> kKinds{{
    {ArticleKind::shared, "shared"},
    {ArticleKind::mixed, "mixed"},
    {ArticleKind::local, "local"},
    {ArticleKind::refer, "refer"},
    {ArticleKind::personal, "personal"},
    {ArticleKind::sensitive, "sensitive"},
}};

}  // namespace

std::string_view code(ArticleKind kind) {
  for (const auto& [value, name] : kKinds) {
    if (value == kind) return name;
  }
  return {};
}

std::optional<ArticleKind> article_kind_from_code(std::string_view code) {
  for (const auto& [value, name] : kKinds) {
    if (name == code) return value;
  }
  return std::nullopt;
}

Language Article::spoken(Language wished) const {
  if (wished == Language::nb && !nb.empty()) return Language::nb;
  if (wished == Language::en && !en.empty()) return Language::en;
  return Language::nn;
}

const Body& Article::body(Language wished) const {
  switch (spoken(wished)) {
    case Language::nb:
      return nb;
    case Language::en:
      return en;
    case Language::nn:
      break;
  }
  return nn;
}

}  // namespace svar::kb
