#include "bot/server/web_chat_settings.h"

namespace svar::server {

void apply(const Settings& settings, webchat::WebChatSetup& setup) {
  setup.limits.enabled = settings.limits.enabled;
  setup.admission = {static_cast<std::size_t>(settings.limits.in_service_max),
                     static_cast<std::size_t>(settings.limits.waiting_max),
                     settings.limits.wait_max};
  setup.web_folder = settings.http.web;
  if (settings.webchat.demo_pages) setup.demo_folder = settings.webchat.demo;
  setup.public_origins = settings.webchat.public_origins;
  setup.allow_no_origin = settings.webchat.allow_no_origin;
}

}  // namespace svar::server
