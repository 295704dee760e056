// An HttpClient that keeps what it is asked to send, and answers what it was told to.
#pragma once

#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "bot/service/turn/executor.h"
#include "connectors/outbound/http_client.h"

namespace svar::tests {

// Runs what was posted when the test says so.
class WaitingExecutor final : public service::Executor {
 public:
  void post(std::function<void()> task) override { tasks_.push_back(std::move(task)); }
  void run();

 private:
  std::deque<std::function<void()>> tasks_;
};

class ScriptedHttp final : public outbound::HttpClient {
 public:
  explicit ScriptedHttp(WaitingExecutor& executor) : executor_(executor) {}

  void answers(
      int status, std::string body,
      std::vector<outbound::HttpHeader> headers = {});  // the next request, then the one after it …
  void fails(outbound::Sent sent, outbound::HttpFault fault);
  void send(outbound::HttpRequest request,
            std::function<void(outbound::HttpOutcome)> done) override;

  std::vector<outbound::HttpRequest> requests;

 private:
  WaitingExecutor& executor_;
  std::deque<outbound::HttpOutcome> script_;  // when it is empty: 200 {"ok":true}
};

}  // namespace svar::tests
