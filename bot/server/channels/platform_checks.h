// The checks of each platform, and what they share. Pure but for the calls through
// CheckContext::ask.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "bot/server/channels/channel_check.h"

namespace svar::server {

CheckLines check_telegram(const ChannelAccount& account, const CheckContext& context);
// Messenger, Instagram and WhatsApp.
CheckLines check_meta(const ChannelAccount& account, const CheckContext& context);
CheckLines check_webhook(const ChannelAccount& account, const CheckContext& context);

// A platform's own words for a line: one line of at most 200 bytes.
std::string one_line(std::string_view words);

// The body as JSON; discarded when it is none or nested deeper than a platform's answers are.
nlohmann::json json_of(const outbound::HttpResponse& response);
// The text at `key`, empty when it is absent or no text.
std::string text_at(const nlohmann::json& object, const char* key);

// «2026-12-24».
std::string day_of(Time time);

}  // namespace svar::server
