// Everything the desk's server sends, as the JSON of README.md.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "bot/domain/event.h"
#include "bot/engine/release.h"
#include "bot/service/desk/delivery_view.h"
#include "bot/service/desk/dossier.h"
#include "bot/service/people/account.h"

namespace svar::desk {

using Json = nlohmann::ordered_json;

Json encode(const service::Rights& rights);
Json encode(const service::Account& agent);  // what an agent may know of it: never the hash
// `reply_until`: when the platform takes no more answers, where there is such a time.
Json encode(const service::Card& card, const engine::Release& release,
            const std::optional<Time>& reply_until);
Json encode(const service::Packet& packet);
// As in the web chat's protocol, with what the citizen never sees.
Json encode(const Recorded& recorded, const engine::Release& release);
Json encode(const std::vector<Recorded>& events, const engine::Release& release);

Json encode(const std::vector<service::MessageState>& messages);
Json encode(const std::vector<service::DeliveryView::Stopped>& stopped,
            const engine::Release& release);

// Why somebody opens this conversation, as a class for the audit log: «waiting» in the queue,
// «own», a «colleague»’s, «with_bot» again, «closed».
std::string why_opened(const service::Card& card, const AgentId& reader);
bool knows_article(const engine::Release& release, const ArticleId& article);

std::string iso(Time time);  // "2026-11-23T10:15:02.123Z"
// Exactly as iso() writes it; nothing for any other text, or for a day that isn't.
std::optional<Time> time_from_iso(const std::string& text);

// Bytes that are no UTF-8 are replaced, never thrown at.
std::string write(const Json& json);

}  // namespace svar::desk
