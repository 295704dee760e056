// Keeps other web sites from acting with the agent's session.
#pragma once

#include "connectors/net/http.h"

namespace svar::desk {

// The Origin is the desk's own: the scheme and host this very request was sent to. An absent Origin
// is not.
bool has_own_origin(const net::Request& request);

// What every call that changes something must have: an own Origin, a JSON body and a header that no
// form can send.
bool may_change(const net::Request& request);

}  // namespace svar::desk
