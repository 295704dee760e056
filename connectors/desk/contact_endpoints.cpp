#include "connectors/desk/contact_endpoints.h"

#include <nlohmann/json.hpp>

#include "bot/domain/codes.h"
#include "connectors/desk/json_parts.h"

namespace svar::desk {
namespace {

using service::ContactLog;

constexpr std::size_t kIdBytesMax = 64;
constexpr std::size_t kTopicBytesMax = 128;
constexpr std::size_t kTextBytesMax = 1'024;
constexpr std::size_t kTextPointsMax = 200;  // two words, not a record of somebody's case

std::size_t code_points(const std::string& text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0U) == 0x80U ? 0 : 1;
  return count;
}

// Empty when it is absent; nothing when it is there and no text of at most so many bytes.
std::optional<std::string> optional_text(const Call& call, std::string_view field,
                                         std::size_t bytes_max) {
  return call.body.has(field) ? call.body.text(field, bytes_max) : std::string{};
}

// Nothing when a field is missing or can't be understood.
std::optional<ContactLog::Contact> contact_in(const Call& call) {
  const auto municipality = call.body.text("municipality", kTopicBytesMax);
  const auto text = optional_text(call, "text", kTextBytesMax);
  const auto topic = optional_text(call, "topic", kTopicBytesMax);
  const auto outcome = optional_text(call, "outcome", kIdBytesMax);
  if (!municipality || !text || !topic || !outcome) return std::nullopt;
  ContactLog::Contact contact;
  contact.municipality = MunicipalityId{*municipality};
  contact.language = call.language;
  contact.text = *text;
  if (!topic->empty()) contact.topic = ArticleId{*topic};
  if (outcome->empty()) return contact;
  contact.outcome = close_outcome_from_code(*outcome);
  return contact.outcome ? std::optional{contact} : std::nullopt;
}

Refusal refusal_of(const service::Refused& refused) {
  const bool later = refused.code == service::RefusalCode::overloaded ||
                     refused.code == service::RefusalCode::unavailable;
  return {later ? 503 : 422, service::code(refused.code), refused.retry_after_ms, "", ""};
}

}  // namespace

void ContactEndpoints::list(const Call& call) const {
  Json municipalities = Json::array();
  for (const auto& [id, municipality] : release_()->municipalities) {
    if (ContactLog::may_count(call.agent.rights, id))
      municipalities.push_back({{"id", id.value}, {"name", municipality.name}});
  }
  call.send({{"municipalities", std::move(municipalities)}});
}

void ContactEndpoints::count(const Call& call) {
  const auto id = call.body.text("id", kIdBytesMax);
  auto contact = contact_in(call);
  if (!id || id->empty() || !contact) return call.refuse(kBadRequest);
  const auto release = release_();
  const bool served = ContactLog::may_count(call.agent.rights, contact->municipality) &&
                      release->municipality(contact->municipality) != nullptr;
  if (!served) return call.refuse(kNotFound);
  if (contact->topic && !knows_article(*release, *contact->topic))
    return call.refuse({422, "unknown_topic", 0, "", ""});
  if (code_points(contact->text) > kTextPointsMax) return call.refuse({422, "too_long", 0, "", ""});
  contacts_.count(call.agent, ClientId{*id}, std::move(*contact),
                  [call](const service::SubmitOutcome& outcome) {
                    if (const auto* refused = std::get_if<service::Refused>(&outcome))
                      return call.refuse(refusal_of(*refused));
                    const auto& accepted = std::get<service::Accepted>(outcome);
                    call.send({{"counted", true}, {"repeated", accepted.repeated}});
                  });
}

void ContactEndpoints::mount(net::Router& router) {
  gate_.get(router, "/desk/v1/contacts", [this](const Call& call) { list(call); });
  gate_.post(router, "/desk/v1/contacts", {"id", "municipality", "topic", "outcome", "text"},
             [this](const Call& call) { count(call); });
}

}  // namespace svar::desk
