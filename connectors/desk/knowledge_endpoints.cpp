#include "connectors/desk/knowledge_endpoints.h"

#include <nlohmann/json.hpp>

#include "bot/service/desk/look_up.h"

namespace svar::desk {
namespace {

constexpr std::size_t kTextBytesMax = 16 * 1024;  // the longest message of a citizen
constexpr std::size_t kIdBytesMax = 64;

// The passage in pieces, so that nobody has to count bytes: [{"text","found"}].
Json pieces_of(const kb::Passage& passage) {
  Json pieces = Json::array();
  std::size_t at = 0;
  const auto add = [&](std::size_t end, bool found) {
    if (end > at) pieces.push_back({{"text", passage.text.substr(at, end - at)}, {"found", found}});
    at = end;
  };
  for (const Span& span : passage.found) {
    add(span.begin, false);
    add(span.end, true);
  }
  add(passage.text.size(), false);
  return pieces;
}

Json links_of(const kb::Composed& answer) {
  Json links = Json::array();
  for (const Link& link : answer.links)
    links.push_back({{"label", link.label}, {"url", link.url}, {"sample", link.sample}});
  return links;
}

Json encode(const service::FoundArticle& found, Language language) {
  const kb::Article& article = *found.passage.article;
  return {{"id", article.id.value},
          {"title", article.title.in(language)},
          {"topic", article.topic.in(language)},
          {"kind", code(article.kind)},
          {"unit", article.unit.in(language)},
          {"law", article.law.in(language)},
          {"review", article.review},
          {"passage", pieces_of(found.passage)},
          {"for_agents_only", found.passage.for_agents_only()},
          {"short_answer", found.answer.short_answer},
          {"answer", found.answer.text},
          {"language", code(found.answer.language)},
          {"links", links_of(found.answer)},
          {"sample", found.answer.sample},
          {"missing", found.answer.missing},
          {"note", found.note},
          {"may_send", found.may_send}};
}

std::optional<Language> language_of(const Call& call) {
  const auto wished = call.body.text("language", kIdBytesMax);
  return wished ? language_from_code(*wished) : call.language;
}

}  // namespace

// The words come in the body: what a citizen wrote belongs in no address and so in no log.
void KnowledgeEndpoints::search(const Call& call) const {
  if (!call.agent.has(service::Role::agent) && !call.agent.has(service::Role::editor))
    return call.refuse(kNotAllowed);
  const auto text = call.body.text("text", kTextBytesMax);
  const auto language = language_of(call);
  const auto id = call.body.text("municipality", kIdBytesMax);
  if (!text || !language) return call.refuse(kBadRequest);
  const auto release = release_();
  const kb::Municipality* municipality = nullptr;
  if (id && !id->empty()) {
    municipality = release->municipality(MunicipalityId{*id});
    const bool served = call.agent.may_see(MunicipalityId{*id}) ||
                        call.agent.rights.holds(service::Role::editor, MunicipalityId{*id});
    if (municipality == nullptr || !served) return call.refuse(kNotFound);
  }
  Json articles = Json::array();
  for (const auto& found : service::look_up(*release, *text, municipality, *language))
    articles.push_back(encode(found, *language));
  call.send({{"articles", std::move(articles)}});
}

void KnowledgeEndpoints::mount(net::Router& router) {
  gate_.post(router, "/desk/v1/articles/search", {"text", "municipality", "language"},
             [this](const Call& call) { search(call); });
}

}  // namespace svar::desk
