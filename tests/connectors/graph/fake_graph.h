// The Graph API as the sender of a Facebook page or a WhatsApp number meets it, on loopback: takes
// messages, refuses, and fails as told. Shares neither code nor constants with the product.
#pragma once

#include <deque>
#include <map>
#include <mutex>
#include <string>

#include "tests/connectors/outbound/hostile_server.h"

namespace svar::testing {

// What happens to one request.
struct Fate {
  enum class Kind {
    takes,
    refuses,             // `status` and `body`
    hangs_after_taking,  // until the caller has gone
    resets_before_reading,
    resets_after_taking,
    answers_no_json,  // 200, after taking
    breaks_off,       // half an answer, after taking
    redirects,        // to where the message would be taken
  };
  Kind kind = Kind::takes;
  int status = 400;
  std::string body;
};

class FakeGraph {
 public:
  explicit FakeGraph(std::string token);

  std::string origin() const;  // "http://graph.test:4711"
  // The next requests, in order; after them everything is taken.
  void will(std::deque<Fate> fates);
  // How often the message was taken.
  int copies(const std::string& text) const;
  int requests() const;  // those that were begun

 private:
  void serve(tests::Peer& peer);
  Fate next();
  // The answer of Graph to the request; counts what it takes.
  std::string judged(const std::string& request);

  const std::string token_;
  mutable std::mutex mutex_;  // guards what follows
  std::deque<Fate> fates_;
  int requests_ = 0;
  std::map<std::string, int> copies_;
  tests::HostileServer server_;
};

}  // namespace svar::testing
