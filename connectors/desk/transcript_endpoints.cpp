#include "connectors/desk/transcript_endpoints.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "bot/domain/codes.h"
#include "connectors/desk/json_parts.h"
#include "kb-adapter/articles/article_index.h"

namespace svar::desk {
namespace {

using service::FoundTranscript;
using service::TranscriptQuery;

constexpr std::size_t kPage = 50;
constexpr std::size_t kWordsBytesMax = 400;
constexpr std::size_t kAnyBytesMax =
    64 * 1024;  // so that what is too long is refused, not overlooked
constexpr std::size_t kIdBytesMax = 64;

service::SearchableBy searchable_by(const service::Account& agent) {
  if (agent.rights.everywhere(service::Role::agent)) return std::nullopt;
  return agent.rights.municipalities(service::Role::agent);
}

// What stands between quotation marks is a phrase, the rest are words.
void split_words(std::string_view text, TranscriptQuery& query) {
  const auto add_words = [&](std::string_view part) {
    while (!part.empty()) {
      const auto begin = std::min(part.find_first_not_of(" \t\r\n"), part.size());
      part.remove_prefix(begin);
      const auto end = std::min(part.find_first_of(" \t\r\n"), part.size());
      if (end > 0) query.words.emplace_back(part.substr(0, end));
      part.remove_prefix(end);
    }
  };
  while (!text.empty()) {
    const auto open = text.find('"');
    const auto close = open == text.npos ? open : text.find('"', open + 1);
    if (close == text.npos) return add_words(text);
    add_words(text.substr(0, open));
    if (close > open + 1) query.phrases.emplace_back(text.substr(open + 1, close - open - 1));
    text.remove_prefix(close + 1);
  }
}

std::string text_of(const service::SearchPlace& place) {
  return std::to_string(place.last_at.time_since_epoch().count()) + '.' +
         std::to_string(place.conversation.value);
}

std::optional<service::SearchPlace> place_in(std::string_view text) {
  std::int64_t millis = 0;
  service::SearchPlace place;
  const char* const end = text.data() + text.size();
  const auto [dot, time_error] = std::from_chars(text.data(), end, millis);
  if (time_error != std::errc{} || dot == end || *dot != '.') return std::nullopt;
  const auto [last, id_error] = std::from_chars(dot + 1, end, place.conversation.value);
  if (id_error != std::errc{} || last != end) return std::nullopt;
  place.last_at = Time{std::chrono::milliseconds{millis}};
  return place;
}

// Fills a field of the query; false when the text isn't what it must be. Empty ones are not asked.
class Reading {
 public:
  explicit Reading(const Call& call) : call_(call) {}

  template <class Value, class Parse>
  void read(std::string_view name, Value& value, Parse parse) {
    const std::string text = call_.body.text(name, kAnyBytesMax).value_or("");
    if (text.empty()) return;
    const auto parsed = parse(text);
    if (parsed && text.size() <= kIdBytesMax) {
      value = *parsed;
    } else {
      understood_ = false;
    }
  }
  bool understood() const { return understood_; }

 private:
  const Call& call_;
  bool understood_ = true;
};

template <class Id>
std::optional<Id> id_of(const std::string& text) {
  return Id{text};
}

std::optional<TranscriptQuery> query_in(const Call& call) {
  TranscriptQuery query;
  query.by = searchable_by(call.agent);
  query.count_max = kPage + 1;  // one more tells whether there is another page
  split_words(call.body.text("words", kAnyBytesMax).value_or(""), query);
  Reading reading(call);
  reading.read("municipality", query.municipality, id_of<MunicipalityId>);
  reading.read("topic", query.topic, id_of<ArticleId>);
  reading.read("agent", query.agent, id_of<AgentId>);
  reading.read("outcome", query.outcome, close_outcome_from_code);
  reading.read("from", query.from, time_from_iso);
  reading.read("to", query.to, time_from_iso);
  reading.read("before", query.before, place_in);
  reading.read("state", query.closed_only, [](const std::string& state) {
    return state == "closed" ? std::optional(true) : std::nullopt;
  });
  return reading.understood() ? std::optional(std::move(query)) : std::nullopt;
}

Json encode(const FoundTranscript::Agent& agent) {
  return {{"name", agent.name.value}, {"display_name", agent.display_name}};
}

Json title_of(const ArticleId& topic, const engine::Release& release, Language language) {
  const auto* article = release.articles ? release.articles->find(topic) : nullptr;
  return article ? article->topic.in(language) : topic.value;
}

Json encode(const FoundTranscript& found, const engine::Release& release, Language language) {
  Json agents = Json::array();
  for (const auto& agent : found.agents) agents.push_back(encode(agent));
  return {{"id", std::to_string(found.id.value)},
          {"municipality", encode_municipality(found.controller, release)},
          {"channel", found.channel},
          {"language", code(found.language)},
          {"opened_at", iso(found.opened_at)},
          {"last_at", iso(found.last_at)},
          {"closed", found.closed},
          {"outcome", code_or_null(found.outcome)},
          {"topic", found.topic ? Json(found.topic->value) : Json(nullptr)},
          {"topic_title", found.topic ? title_of(*found.topic, release, language) : Json(nullptr)},
          {"agents", std::move(agents)}};
}

}  // namespace

// In a body, for what a citizen wrote belongs in no address and so in no log.
void TranscriptEndpoints::find(const Call& call) {
  if (!call.agent.has(service::Role::agent)) return call.refuse(kNotAllowed);
  const auto query = query_in(call);
  if (!query) return call.refuse(kBadRequest);
  if (call.body.text("words", kAnyBytesMax).value_or("").size() > kWordsBytesMax ||
      query->words.size() + query->phrases.size() > service::kSearchTermsMax)
    return call.refuse({422, "too_many_words", 0, "", ""});
  if (query->municipality && !call.agent.may_see(*query->municipality))
    return call.refuse(kNotFound);
  search_.find(*query, [this, call](auto result) {
    if (!result) return call.refuse(kUnavailable);
    const auto release = release_();
    const bool more = result->size() > kPage;
    if (more) result->pop_back();
    Json found = Json::array();
    for (const auto& one : *result) found.push_back(encode(one, *release, call.language));
    Json before = nullptr;
    if (more) before = text_of({result->back().last_at, result->back().id});
    call.send({{"found", std::move(found)}, {"before", std::move(before)}});
  });
}

void TranscriptEndpoints::choices(const Call& call) {
  if (!call.agent.has(service::Role::agent)) return call.refuse(kNotAllowed);
  search_.choices(searchable_by(call.agent), [this, call](const auto& result) {
    if (!result) return call.refuse(kUnavailable);
    const auto release = release_();
    Json municipalities = Json::array();
    for (const auto& [id, municipality] : release->municipalities) {
      if (call.agent.may_see(id))
        municipalities.push_back({{"id", id.value}, {"name", municipality.name}});
    }
    Json topics = Json::array();
    for (const ArticleId& topic : result->topics)
      topics.push_back({{"id", topic.value}, {"title", title_of(topic, *release, call.language)}});
    Json agents = Json::array();
    for (const auto& agent : result->agents) agents.push_back(encode(agent));
    call.send({{"municipalities", std::move(municipalities)},
               {"topics", std::move(topics)},
               {"agents", std::move(agents)}});
  });
}

void TranscriptEndpoints::mount(net::Router& router) {
  gate_.post(
      router, "/desk/v1/transcripts/search",
      {"words", "municipality", "topic", "outcome", "agent", "from", "to", "state", "before"},
      [this](const Call& call) { find(call); });
  gate_.get(router, "/desk/v1/transcripts/choices", [this](const Call& call) { choices(call); });
}

}  // namespace svar::desk
