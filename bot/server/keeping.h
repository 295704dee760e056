// How long conversations are kept, as the sweeps have to know it: from the settings and from the
// municipalities of the release that is served.
#pragma once

#include "bot/server/settings.h"
#include "bot/service/timers/sweeps.h"
#include "bot/service/turn/conversations.h"
#include "bot/store/removal/conversation_remover.h"

namespace svar::server {

// `remover` must outlive the sweeps. What it does and what keeps it from it is logged.
service::Sweeps::Options keeping_options(const Settings& settings,
                                         service::Conversations::ReleaseSource release,
                                         store::ConversationRemover& remover);

}  // namespace svar::server
