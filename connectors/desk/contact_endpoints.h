// Counting who asked by telephone, over HTTP.
//
// Threads: one, the I/O thread.
#pragma once

#include "bot/service/desk/contact_log.h"
#include "connectors/desk/gate.h"

namespace svar::desk {

// Everything referred to must outlive the router's last request.
class ContactEndpoints {
 public:
  ContactEndpoints(Gate& gate, service::ContactLog& contacts,
                   service::Conversations::ReleaseSource release)
      : gate_(gate), contacts_(contacts), release_(std::move(release)) {}

  void mount(net::Router& router);

 private:
  void list(const Call& call) const;
  void count(const Call& call);

  Gate& gate_;
  service::ContactLog& contacts_;
  service::Conversations::ReleaseSource release_;
};

}  // namespace svar::desk
