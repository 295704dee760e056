#include "bot/server/channels/channel_settings.h"

namespace svar::server {

std::string_view name_of(Platform platform) {
  switch (platform) {
    case Platform::telegram:
      return "telegram";
    case Platform::messenger:
      return "messenger";
    case Platform::instagram:
      return "instagram";
    case Platform::whatsapp:
      return "whatsapp";
    case Platform::webhook:
      return "webhook";
  }
  return "";
}

std::string ChannelAccount::id() const {
  return std::string{name_of(platform)} + ":" + site;
}

std::string ChannelAccount::path() const {
  return "/channels/v1/" + std::string{name_of(platform)} + "/" + site;
}

}  // namespace svar::server
