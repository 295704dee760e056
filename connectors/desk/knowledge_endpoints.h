// The knowledge base for agents over HTTP: search, and the answers ready to be sent.
//
// Threads: one, the I/O thread.
#pragma once

#include "bot/service/turn/conversations.h"
#include "connectors/desk/gate.h"

namespace svar::desk {

// The gate must outlive the router's last request.
class KnowledgeEndpoints {
 public:
  KnowledgeEndpoints(Gate& gate, service::Conversations::ReleaseSource release)
      : gate_(gate), release_(std::move(release)) {}

  void mount(net::Router& router);

 private:
  void search(const Call& call) const;

  Gate& gate_;
  service::Conversations::ReleaseSource release_;
};

}  // namespace svar::desk
