// The outside world as a list: what was sent, and what is answered.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "connectors/outbound/http_client.h"

namespace svar::testing {

class ScriptedHttp : public outbound::HttpClient {
 public:
  void send(outbound::HttpRequest request,
            std::function<void(outbound::HttpOutcome)> done) override {
    requests.push_back(std::move(request));
    waiting_.push_back(std::move(done));
  }

  // The oldest request under way is answered.
  void answer(outbound::HttpOutcome outcome) {
    auto done = std::move(waiting_.front());
    waiting_.pop_front();
    done(std::move(outcome));
  }
  void answer(int status, std::string body, std::vector<outbound::HttpHeader> headers = {}) {
    answer(
        outbound::HttpOutcome{outbound::HttpResponse{status, std::move(headers), std::move(body)}});
  }
  void fail(outbound::Sent sent, outbound::HttpFault fault) {
    answer(outbound::HttpOutcome{Failure{outbound::HttpError{sent, fault, "graph.facebook.com"}}});
  }

  std::vector<outbound::HttpRequest> requests;

 private:
  std::deque<std::function<void(outbound::HttpOutcome)>> waiting_;
};

}  // namespace svar::testing
