// Calls of the Graph API under one account's token, and what their answers mean for a message.
#pragma once

#include <functional>
#include <string>

#include "bot/service/delivery/channel.h"
#include "connectors/graph/faults.h"
#include "connectors/outbound/http_client.h"

namespace svar::graph {

struct Access {
  std::string base_url = "https://graph.facebook.com";  // without a slash at the end
  std::string version = "v23.0";
  std::string node;  // what has /messages: a page, an Instagram account, a phone number's id
  std::chrono::milliseconds time_max{10'000};  // of one call
  std::string token;  // travels in a header alone: never in an address, a log or an outcome
};

// How an answer of one kind of account is read.
struct Reading {
  Remedy (*remedy)(const Fault& fault);
  // The message's id in the body of a 2xx; empty when it stands in none.
  std::string (*message_id)(std::string_view body);
};

// What one attempt came to. A fault that may have happened behind the sending is uncertain, and so
// is a 2xx that can't be read; 5xx and the codes of a table are certain.
service::SendOutcome outcome_of(const outbound::HttpOutcome& answer, const Reading& reading);

// Threads: as the client's; `done` runs on its executor. The client outlives this. One POST each,
// never repeated here.
class Calls {
 public:
  Calls(outbound::HttpClient& client, Access access);

  // POST /<version>/<node>/messages. `done` runs exactly once, later; it may outlive this.
  void send_message(std::string body, const Reading& reading,
                    std::function<void(service::SendOutcome)> done) const;
  // GET /<version>/<node>?fields=id. channel_stopped for a token that is none any more (code 190),
  // and for nothing else: rights to send and rights to read are granted apart.
  void check_token(std::function<void(service::SendOutcome)> done) const;
  // The same as send_message for what nobody waits for; its answer is not read.
  void send_quietly(std::string body) const;

 private:
  outbound::HttpRequest request(std::string body) const;

  outbound::HttpClient& client_;
  Access access_;
};

}  // namespace svar::graph
