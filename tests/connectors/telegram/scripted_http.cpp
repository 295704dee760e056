#include "tests/connectors/telegram/scripted_http.h"

namespace svar::tests {

using outbound::HttpOutcome;

void WaitingExecutor::run() {
  while (!tasks_.empty()) {
    const auto task = std::move(tasks_.front());
    tasks_.pop_front();
    task();
  }
}

void ScriptedHttp::answers(int status, std::string body,
                           std::vector<outbound::HttpHeader> headers) {
  script_.push_back(outbound::HttpResponse{status, std::move(headers), std::move(body)});
}

void ScriptedHttp::fails(outbound::Sent sent, outbound::HttpFault fault) {
  script_.push_back(Failure{outbound::HttpError{sent, fault, "api.telegram.org: scripted"}});
}

void ScriptedHttp::send(outbound::HttpRequest request, std::function<void(HttpOutcome)> done) {
  requests.push_back(std::move(request));
  HttpOutcome answer = outbound::HttpResponse{200, {}, R"({"ok":true,"result":true})"};
  if (!script_.empty()) {
    answer = std::move(script_.front());
    script_.pop_front();
  }
  executor_.post([done = std::move(done), answer = std::move(answer)] { done(answer); });
}

}  // namespace svar::tests
