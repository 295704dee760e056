#include <algorithm>

#include "kb-adapter/articles/compose.h"
#include "kb-adapter/sources/markdown_text.h"
#include "kb-adapter/sources/parsers.h"

namespace svar::kb {
namespace {

constexpr std::string_view kFence = "---\n";

// The file cut at its fences.
struct Parts {
  std::string front;  // begins on line 2
  std::string markdown;
  int markdown_line = 0;
};

std::optional<Parts> split(const std::string& text, const FileReport& report) {
  const std::size_t end = text.find("\n---\n", kFence.size() - 1);
  if (!text.starts_with(kFence) || end == std::string::npos) {
    report.error(1, "an article begins with «---», its properties, and «---» again");
    return std::nullopt;
  }
  const std::size_t body = end + 5;
  return Parts{text.substr(kFence.size(), end + 1 - kFence.size()), text.substr(body),
               1 + static_cast<int>(std::count(
                       text.begin(), text.begin() + static_cast<std::ptrdiff_t>(body), '\n'))};
}

void parse_kind(YamlFields& fields, Article& article) {
  const auto kind = fields.required("kind");
  if (!kind) return;
  const auto known = article_kind_from_code(kind->text());
  if (!known) kind->error("the kind must be shared, mixed, local, refer, personal or sensitive");
  article.kind = known.value_or(ArticleKind::shared);
}

std::vector<ArticleLink> parse_links(const YamlValue& value) {
  std::vector<ArticleLink> links;
  for (const YamlValue& item : value.items()) {
    YamlFields fields(item);
    ArticleLink link;
    if (const auto label = fields.required("label")) link.label = label->localised();
    if (const auto url = fields.required("url")) link.url = url->localised();
    link.place = item.place();
    fields.finish();
    links.push_back(std::move(link));
  }
  return links;
}

void parse_front(const YamlValue& root, const std::string& name, Article& article) {
  YamlFields fields(root);
  article.id.value = fields.required_text("id");
  if (article.id.value != name) {
    root.error("the id «" + article.id.value + "» and the file's name «" + name +
               "» must be the same");
    article.id.value = name;
  }
  parse_kind(fields, article);
  article.varies = fields.yes_or_no("varies", true);
  if (const auto title = fields.required("title")) article.title = title->localised();
  if (const auto topic = fields.required("topic")) article.topic = topic->localised();
  if (const auto unit = fields.required("unit")) article.unit = unit->localised();
  article.owner = fields.required_text("owner");
  if (const auto review = fields.required("review"); review && review->date())
    article.review = review->text();
  article.sources = fields.texts("sources");
  article.law = fields.localised("law");
  if (const auto links = fields.find("links")) article.links = parse_links(*links);
  for (std::string& related : fields.texts("related"))
    article.related.push_back({std::move(related)});
  article.agent_note = fields.localised("agent_note");
  fields.finish();
}

// Every slot of the file with its line. Comments of the front matter don't count.
void find_slots(const std::string& text, int markdown_line, const FileReport& report,
                Article& article) {
  int line = 1;
  for (std::size_t at = 0; at < text.size(); ++line) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view row = std::string_view(text).substr(at, end - at);
    at = end + 1;
    if (line < markdown_line && row.starts_with("#")) continue;
    const auto slots = slots_in(row);
    for (const std::string_view slot : slots)
      article.slots.push_back({std::string(slot), {report.file(), line}});
    std::size_t opened = 0;
    for (std::size_t brace = row.find("{{"); brace != row.npos; brace = row.find("{{", brace + 2))
      ++opened;
    if (opened != slots.size())
      report.error(line, "a slot is opened with «{{» and not closed with «}}» on the same line");
  }
}

}  // namespace

void parse_article(const std::string& text, const std::string& name, const FileReport& report,
                   service::Content& content) {
  const auto parts = split(text, report);
  if (!parts) return;
  Article article;
  article.place = {report.file(), 1};
  const FileReport front_report = report;
  if (const auto root = parse_yaml(parts->front, front_report)) parse_front(*root, name, article);
  auto bodies = parse_bodies(parts->markdown, parts->markdown_line, report);
  article.nn = std::move(bodies["nn"]);
  article.nb = std::move(bodies["nb"]);
  article.en = std::move(bodies["en"]);
  if (article.nn.empty())
    report.error(parts->markdown_line, "there is no text under «# nn»; Nynorsk is always needed");
  if (article.nb.empty())
    report.error(parts->markdown_line, "there is no text under «# nb»; Bokmål is always needed");
  find_slots(text, parts->markdown_line, report, article);
  content.articles.push_back(std::move(article));
}

}  // namespace svar::kb
