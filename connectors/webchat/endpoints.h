// The addresses of the web chat. Each function adds its routes; `chat` outlives the router.
#pragma once

#include "connectors/net/http.h"
#include "connectors/webchat/chat.h"

namespace svar::webchat {

void mount_socket(net::Router& router, Chat& chat);      // /chat/v1/socket
void mount_messages(net::Router& router, Chat& chat);    // /chat/v1/messages
void mount_transcript(net::Router& router, Chat& chat);  // /chat/v1/transcript

}  // namespace svar::webchat
