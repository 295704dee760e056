// The part of the configuration that the web chat goes by.
#pragma once

#include "bot/server/settings.h"
#include "connectors/webchat/webchat.h"

namespace svar::server {

void apply(const Settings& settings, webchat::WebChatSetup& setup);

}  // namespace svar::server
