#include "connectors/desk/wire_encoding.h"

#include <cstdio>
#include <nlohmann/json.hpp>
#include <optional>

#include "connectors/desk/json_parts.h"
#include "kb-adapter/articles/article_index.h"

namespace svar::desk {
namespace {

// What a sent form is called in each language: by its option, where that has a title.
Json encode_form_title(const service::Card& card, const engine::Release& release) {
  if (card.form.empty()) return nullptr;
  Json title = {{"id", card.form}};
  const engine::Form* form = release.form(card.form);
  for (const Language language : {Language::nn, Language::nb, Language::en}) {
    std::string text = form == nullptr ? card.form : form->title.in(language);
    for (const auto& field : form == nullptr ? std::vector<engine::FormField>() : form->fields) {
      const auto* option = engine::find_option(field, card.form_option);
      if (option != nullptr && !option->title.nn.empty()) text = option->title.in(language);
    }
    title[std::string(code(language))] = std::move(text);
  }
  return title;
}

Json encode(const std::optional<service::Packet::Form>& form) {
  if (!form) return nullptr;
  Json values = Json::array();
  for (const auto& value : form->values) {
    values.push_back({{"key", value.key},
                      {"label", value.label},
                      {"value", value.value},
                      {"seq", value.seq.value}});
  }
  return {{"id", form->id},
          {"title", form->title},
          {"reference", form->reference},
          {"sent", form->sent},
          {"values", std::move(values)}};
}

Json encode(const service::Understood& understood) {
  return {{"seq", understood.seq.value}, {"topics", encode_ids(understood.topics)},
          {"title", understood.title},   {"confidence", understood.confidence},
          {"how", understood.how},       {"outcome", code(understood.outcome)}};
}

Json encode(const service::Packet::About& about) {
  Json facts = Json::array();
  for (const auto& fact : about.facts) {
    facts.push_back({{"key", fact.key},
                     {"label", fact.label},
                     {"value", fact.value},
                     {"sample", fact.sample},
                     {"source", fact.source}});
  }
  return {{"id", about.id.value},   {"name", about.name},     {"full_name", about.full_name},
          {"number", about.number}, {"colour", about.colour}, {"facts", std::move(facts)}};
}

Json encode(const std::optional<TransferOffer>& offer) {
  if (!offer) return nullptr;
  return {{"kind", code(offer->kind)},
          {"from", {{"name", offer->from.value}, {"display_name", offer->from_name}}},
          {"to", offer->to ? Json(offer->to->value) : Json(nullptr)},
          {"unit", offer->unit},
          {"name", offer->to_name},
          {"at", iso(offer->at)}};
}

}  // namespace

bool knows_article(const engine::Release& release, const ArticleId& article) {
  return release.articles != nullptr && release.articles->find(article) != nullptr;
}

Json encode(const service::Rights& rights) {
  Json list = Json::array();
  for (const auto& right : rights.all())
    list.push_back({{"role", code(right.role)}, {"municipality", id_or_null(right.municipality)}});
  return list;
}

Json encode(const service::Account& agent) {
  Json roles = Json::array();
  for (const auto role : {service::Role::agent, service::Role::editor, service::Role::administrator,
                          service::Role::system_administrator}) {
    if (agent.has(role)) roles.push_back(code(role));
  }
  const auto served = agent.rights.municipalities(service::Role::agent);
  return {{"name", agent.name.value},
          {"display_name", agent.display_name},
          {"roles", std::move(roles)},
          {"municipalities", encode_ids(std::vector(served.begin(), served.end()))},
          {"rights", encode(agent.rights)},
          {"second_factor", agent.totp.has_value()},
          {"must_enrol", agent.must_enrol()},
          {"recovery_codes_left", agent.totp ? agent.totp->recovery.size() : 0}};
}

std::string why_opened(const service::Card& card, const AgentId& reader) {
  switch (card.owner) {
    case Owner::queue:
      return "waiting";
    case Owner::agent:
      return card.agent == reader ? "own" : "colleague";
    case Owner::bot:
      return "with_bot";
    case Owner::none:
      return "closed";
  }
  return "closed";
}

Json encode(const service::Card& card, const engine::Release& release,
            const std::optional<Time>& reply_until) {
  Json agent = nullptr;
  if (card.agent) agent = {{"name", card.agent->value}, {"display_name", card.agent_name}};
  return {{"id", std::to_string(card.id.value)},
          {"seq", card.seq.value},
          {"owner", code(card.owner)},
          {"agent", std::move(agent)},
          {"site", card.site.value},
          {"municipality", encode_municipality(card.municipality, release)},
          {"language", code(card.language)},
          {"channel", card.channel},
          {"waiting_since", time_or_null(card.waiting_since)},
          {"last_at", iso(card.last_at)},
          {"reason", code_or_null(card.reason)},
          {"safety", code_or_null(card.safety)},
          {"preview", card.preview},
          {"topics", encode_ids(card.topics)},
          {"topic_title", card.topic_title},
          {"form", encode_form_title(card, release)},
          {"message", card.message_waits},
          {"parked", card.parked},
          {"invited", encode_ids(card.invited)},
          {"transfer", encode(card.offer)},
          {"reply_until", time_or_null(reply_until)}};
}

Json encode(const std::vector<service::MessageState>& messages) {
  Json list = Json::array();
  for (const auto& one : messages) {
    list.push_back({{"seq", one.seq.value}, {"state", service::code(one.state)}, {"why", one.why}});
  }
  return list;
}

Json encode(const std::vector<service::DeliveryView::Stopped>& stopped,
            const engine::Release& release) {
  Json list = Json::array();
  for (const auto& one : stopped) {
    list.push_back({{"channel", one.channel},
                    {"municipality", encode_municipality(one.municipality, release)},
                    {"why", one.why}});
  }
  return list;
}

Json encode(const service::Packet& packet) {
  Json understood = Json::array();
  for (const auto& one : packet.understood) understood.push_back(encode(one));
  Json shown = Json::array();
  for (const auto& one : packet.articles_shown) {
    shown.push_back({{"id", one.article.value}, {"title", one.title}});
  }
  return {{"version", 1},
          {"reason", code_or_null(packet.reason)},
          {"municipality", packet.municipality ? encode(*packet.municipality) : Json(nullptr)},
          {"controller", id_or_null(packet.controller)},
          {"page", {{"url", packet.page_url}, {"title", packet.page_title}}},
          {"language", code(packet.language)},
          {"channel", packet.channel},
          {"opened_at", iso(packet.opened_at)},
          {"waiting_since", time_or_null(packet.waiting_since)},
          {"understood", std::move(understood)},
          {"articles_shown", std::move(shown)},
          {"safety", code_or_null(packet.safety)},
          {"notice_version", packet.notice_version},
          {"misses", packet.misses},
          {"form", encode(packet.form)}};
}

std::string iso(Time time) {
  using namespace std::chrono;
  const auto day = floor<days>(time);
  const year_month_day date{day};
  const hh_mm_ss clock{time - day};
  char text[40];
  std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", int(date.year()),
                unsigned(date.month()), unsigned(date.day()), int(clock.hours().count()),
                int(clock.minutes().count()), int(clock.seconds().count()),
                int(clock.subseconds().count()));
  return text;
}

std::optional<Time> time_from_iso(const std::string& text) {
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
  int milli = 0;
  const int read = std::sscanf(text.c_str(), "%4d-%2u-%2uT%2d:%2d:%2d.%3dZ", &year, &month, &day,
                               &hour, &minute, &second, &milli);
  if (read != 7) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month},
                                         std::chrono::day{day}};
  if (!date.ok() || year < 2000 || year > 2200) return std::nullopt;
  const Time time = Time{std::chrono::sys_days{date}} + std::chrono::hours{hour} +
                    std::chrono::minutes{minute} + std::chrono::seconds{second} +
                    std::chrono::milliseconds{milli};
  return iso(time) == text ? std::optional(time) : std::nullopt;
}

std::string write(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace svar::desk
