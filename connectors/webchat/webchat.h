// The web chat as a channel: protocol.md, «Web chat, version 1», served on a Router.
//
// Threads: the I/O thread alone.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "bot/engine/release.h"
#include "bot/service/turn/admission.h"
#include "bot/service/turn/clock.h"
#include "bot/service/turn/conversations.h"
#include "bot/service/turn/queue_places.h"
#include "bot/service/turn/running_incidents.h"
#include "bot/service/turn/typing.h"
#include "connectors/net/http.h"
#include "connectors/net/io_executor.h"
#include "connectors/webchat/rate_limits.h"
#include "connectors/webchat/tokens.h"

namespace svar::webchat {

// Everything referred to outlives the WebChat.
struct WebChatSetup {
  service::Conversations& conversations;
  service::Conversations::ReleaseSource release;
  const service::Clock& clock;
  net::IoExecutor& io;
  service::TypingHub& typing;
  const service::QueuePlaces* places = nullptr;  // without it no «place» frames
  const service::RunningIncidents* incidents = nullptr;  // without them no «incident» frames
  TokenKey key{};                                // secret, the same after a restart
  RateSettings limits{};
  service::Admission::Limits admission{};
  std::filesystem::path web_folder{};   // holds the built widget.js; without it /chat/v1/widget.js is 404
  std::filesystem::path demo_folder{};  // templates of the demo pages; empty: no /demo/
  // Origins of our own besides «scheme://Host» where Host is an address, localhost or this machine's name:
  // «https://chat.kontaktsenter.no». They may hold the widget of every site.
  std::vector<std::string> public_origins{};
  bool allow_no_origin = false;  // programs that are no browsers may connect
  std::chrono::milliseconds poll_time{25'000};
  std::chrono::milliseconds post_time{20'000};  // a POST is answered then, with what there is
};

struct WebChatCounters {
  std::size_t sessions = 0;        // sockets and polls that are in a conversation now
  std::uint64_t conversations = 0; // begun, stored or not
  std::uint64_t resumed = 0;
  std::uint64_t messages = 0;      // accepted, repeated ones included
  std::uint64_t bad_frames = 0;
  std::uint64_t rate_refused = 0;
  std::uint64_t origin_refused = 0;
  std::uint64_t token_refused = 0;
  std::uint64_t slow_readers = 0;  // closed because too much waited for them
  service::Admission::Counters admission{};
};

class WebChat {
 public:
  // Observes the conversations and the typing hub until it is destroyed. Reads the folders: blocks for milliseconds.
  explicit WebChat(WebChatSetup setup);
  ~WebChat();
  WebChat(const WebChat&) = delete;

  // Before the server listens. The router may not outlive this object.
  void mount(net::Router& router);

  // The queue has moved: tells the citizen's sessions, if there are any. A service's observer calls it.
  void place_changed(ConversationId conversation, const service::QueuePlace& place);

  // Answers every waiting poll, and later ones at once. The server closes the sockets (Server::stop).
  void stop();

  WebChatCounters counters() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace svar::webchat
