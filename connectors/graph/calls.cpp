#include "connectors/graph/calls.h"

#include <algorithm>
#include <utility>

#include "connectors/graph/throttling.h"

namespace svar::graph {
namespace {

using service::SendOutcome;
using Kind = SendOutcome::Kind;

constexpr std::int64_t kTokenIsNone = 190;
constexpr std::chrono::milliseconds kSlowDown = std::chrono::minutes{15};

SendOutcome ended(Kind kind, std::string why) {
  return {kind, {}, std::nullopt, std::move(why)};
}

SendOutcome of_fault(const outbound::HttpError& error) {
  const std::string why{outbound::words_of(error.fault)};
  if (error.sent == outbound::Sent::maybe) return ended(Kind::uncertain, why);
  // Where it would go is not allowed: a setting, and the same for every message.
  if (error.fault == outbound::HttpFault::refused) return ended(Kind::channel_stopped, why);
  return ended(Kind::retry, why);
}

SendOutcome of_refusal(const outbound::HttpResponse& answer, const Reading& reading) {
  const Fault fault = fault_of(answer.status, answer.body);
  const std::string why = name_of(fault);
  switch (reading.remedy(fault)) {
    case Remedy::retry:
      return {Kind::retry, {}, wait_asked(answer), why};
    case Remedy::slow_down:
      return {Kind::retry, {}, std::max(wait_asked(answer).value_or(kSlowDown), kSlowDown), why};
    case Remedy::stop_channel:
      return ended(Kind::channel_stopped, why);
    case Remedy::give_up:
      return ended(Kind::failed, why);
  }
  return ended(Kind::failed, why);
}

}  // namespace

SendOutcome outcome_of(const outbound::HttpOutcome& answer, const Reading& reading) {
  if (!answer) return of_fault(answer.error());
  if (answer->status < 200 || answer->status > 299) return of_refusal(*answer, reading);
  std::string message = reading.message_id(answer->body);
  if (message.empty()) return ended(Kind::uncertain, "no message id");
  return {Kind::sent, std::move(message), std::nullopt, {}};
}

Calls::Calls(outbound::HttpClient& client, Access access)
    : client_(client), access_(std::move(access)) {}

void Calls::send_message(std::string body, const Reading& reading,
                         std::function<void(SendOutcome)> done) const {
  client_.send(request(std::move(body)),
               [reading, done = std::move(done)](const outbound::HttpOutcome& answer) {
                 done(outcome_of(answer, reading));
               });
}

void Calls::send_quietly(std::string body) const {
  client_.send(request(std::move(body)), [](const outbound::HttpOutcome&) {});
}

void Calls::check_token(std::function<void(SendOutcome)> done) const {
  outbound::HttpRequest question;
  question.url = access_.base_url + "/" + access_.version + "/" + access_.node + "?fields=id";
  question.headers = {{"Authorization", "Bearer " + access_.token}};
  question.time_max = access_.time_max;
  client_.send(std::move(question), [done = std::move(done)](const outbound::HttpOutcome& answer) {
    if (!answer) return done(of_fault(answer.error()));
    const Fault fault = fault_of(answer->status, answer->body);
    if (fault.code == kTokenIsNone) return done(ended(Kind::channel_stopped, name_of(fault)));
    const bool good = answer->status >= 200 && answer->status < 300;
    done(ended(good ? Kind::sent : Kind::retry, {}));
  });
}

outbound::HttpRequest Calls::request(std::string body) const {
  outbound::HttpRequest request;
  request.method = outbound::Method::post;
  request.url = access_.base_url + "/" + access_.version + "/" + access_.node + "/messages";
  request.headers = {{"Authorization", "Bearer " + access_.token},
                     {"Content-Type", "application/json"}};
  request.body = std::move(body);
  request.time_max = access_.time_max;
  return request;
}

}  // namespace svar::graph
