// What every session, poll and page of the web chat shares. Internal to connectors/webchat.
#pragma once

#include "connectors/webchat/conversation_numbers.h"
#include "connectors/webchat/incident_board.h"
#include "connectors/webchat/origins.h"
#include "connectors/webchat/rate_limits.h"
#include "connectors/webchat/resume_codes.h"
#include "connectors/webchat/rooms.h"
#include "connectors/webchat/tokens.h"
#include "connectors/webchat/waiting.h"
#include "connectors/webchat/webchat.h"

namespace svar::webchat {

struct Chat {
  explicit Chat(WebChatSetup given)
      : setup(std::move(given)),
        tokens(setup.key),
        rates(setup.limits),
        admission(std::make_shared<service::Admission>(setup.admission)),
        origins(setup.public_origins, setup.allow_no_origin),
        rooms(setup.conversations, setup.typing, setup.release, setup.places),
        incidents(setup.incidents, rooms) {}

  std::shared_ptr<const engine::Release> release() const { return setup.release(); }
  Time now() const { return setup.clock.now(); }
  service::SteadyTime steady() const { return setup.clock.steady(); }

  const WebChatSetup setup;
  Tokens tokens;
  ConversationNumbers numbers;
  ResumeCodes codes;
  RateLimits rates;
  std::shared_ptr<service::Admission> admission;  // shared with the answers that are still to come
  Origins origins;
  Rooms rooms;
  IncidentBoard incidents;
  WaitingRequests waiting;
  WebChatCounters counters;
  bool stopping = false;
};

// A text of the system for a fault: key error_<code>.
inline std::string error_text(const engine::Release& release, std::string_view code,
                              Language language) {
  return release.text("error_" + std::string{code}, language);
}

}  // namespace svar::webchat
