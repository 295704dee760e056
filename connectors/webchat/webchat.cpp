#include "connectors/webchat/webchat.h"

#include <sodium.h>

#include <cstdlib>

#include "connectors/webchat/chat.h"
#include "connectors/webchat/endpoints.h"
#include "connectors/webchat/pages.h"

namespace svar::webchat {

namespace {
constexpr std::chrono::milliseconds kSweepPeriod{250};
constexpr std::chrono::seconds kForgetPeriod{60};
}  // namespace

struct WebChat::Impl {
  explicit Impl(WebChatSetup setup)
      : chat(std::move(setup)),
        pages(chat.setup.web_folder, chat.setup.demo_folder, chat.setup.release),
        sweeper(chat.setup.io.every(kSweepPeriod,
                                    [this] {
                                      chat.waiting.sweep(std::chrono::steady_clock::now());
                                      chat.admission->sweep();
                                      chat.incidents.look();
                                    })),
        forgetter(chat.setup.io.every(kForgetPeriod, [this] {
          chat.rates.forget_idle(chat.steady());
          chat.codes.forget_old(chat.steady());
        })) {}

  Chat chat;
  Pages pages;
  std::unique_ptr<net::Timer> sweeper;
  std::unique_ptr<net::Timer> forgetter;
};

WebChat::WebChat(WebChatSetup setup) {
  if (sodium_init() < 0) std::abort();  // no random numbers, no tokens
  impl_ = std::make_unique<Impl>(std::move(setup));
}

WebChat::~WebChat() { impl_->chat.waiting.give_up_all(); }

void WebChat::mount(net::Router& router) {
  mount_socket(router, impl_->chat);
  mount_messages(router, impl_->chat);
  mount_transcript(router, impl_->chat);
  impl_->pages.mount(router);
}

void WebChat::place_changed(ConversationId conversation, const service::QueuePlace& place) {
  impl_->chat.rooms.tell_place(conversation, place);
}

void WebChat::stop() {
  impl_->chat.stopping = true;
  impl_->chat.admission->close();
  impl_->chat.waiting.give_up_all();
}

WebChatCounters WebChat::counters() const {
  WebChatCounters counters = impl_->chat.counters;
  counters.sessions = impl_->chat.rooms.members();
  counters.admission = impl_->chat.admission->counters();
  return counters;
}

}  // namespace svar::webchat
