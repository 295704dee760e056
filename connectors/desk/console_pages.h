// The console's built files under /desk/, and what its page may do in the browser.
#pragma once

#include "connectors/net/asset_folder.h"

namespace svar::desk {

// Mounts every file of `console` under /desk/, its index.html at /desk/, and a redirect at /desk.
// `console` must outlive the router; null when the console was not built: then /desk/ says so.
void mount_console(net::Router& router, const net::AssetFolder* console);

}  // namespace svar::desk
