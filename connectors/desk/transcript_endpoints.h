// Finding earlier conversations over HTTP. What is found is told without its words: those are read
// by opening it, which is logged.
//
// Threads: one, the I/O thread.
#pragma once

#include "bot/service/desk/transcript_search.h"
#include "bot/service/turn/conversations.h"
#include "connectors/desk/gate.h"

namespace svar::desk {

// Everything referred to must outlive the router's last request.
class TranscriptEndpoints {
 public:
  TranscriptEndpoints(Gate& gate, service::TranscriptSearch& search,
                      service::Conversations::ReleaseSource release)
      : gate_(gate), search_(search), release_(std::move(release)) {}

  void mount(net::Router& router);

 private:
  void find(const Call& call);
  void choices(const Call& call);

  Gate& gate_;
  service::TranscriptSearch& search_;
  service::Conversations::ReleaseSource release_;
};

}  // namespace svar::desk
