// Reading a conversation for a citizen who comes back to it.
#pragma once

#include <functional>
#include <optional>
#include <variant>
#include <vector>

#include "connectors/webchat/chat.h"

namespace svar::webchat {

struct Joined {
  Conversation state;            // Lifecycle::unstored when nothing was said yet
  std::vector<Recorded> events;  // after the asked seq
};
// Erased: whoever has the token has nothing any more.
struct Gone {};
struct Unreadable {};
using JoinOutcome = std::variant<Joined, Gone, Unreadable>;

// Later or at once, exactly once.
void join(Chat& chat, ConversationId conversation, Seq after, std::function<void(JoinOutcome)> done);

// The site's own language; Nynorsk on the common site.
Language language_of_site(const SiteId& site, const engine::Release& release);

// Whose citizen it is, as far as is known: the conversation's municipality, else the site's.
std::optional<MunicipalityId> municipality_of(const Conversation& state, const SiteId& site,
                                              const engine::Release& release);

// Everything but conversation, token and seq.
struct Welcome welcome_for(const Conversation& state, const SiteId& site, Language language,
                           const engine::Release& release, Time now);

}  // namespace svar::webchat
