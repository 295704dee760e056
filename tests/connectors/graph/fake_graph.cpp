#include "tests/connectors/graph/fake_graph.h"

#include <nlohmann/json.hpp>

namespace svar::testing {
namespace {

using nlohmann::json;

std::string response(int status, const std::string& body) {
  return "HTTP/1.1 " + std::to_string(status) + " As Told\r\nContent-Type: application/json\r\n" +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string refusal(int code, const std::string& why) {
  return response(400, json{{"error", {{"code", code}, {"message", why}}}}.dump());
}

std::size_t letters(const std::string& text) {
  std::size_t count = 0;
  for (const char c : text) count += (c & 0xC0) == 0x80 ? 0 : 1;
  return count;
}

}  // namespace

FakeGraph::FakeGraph(std::string token)
    : token_(std::move(token)), server_([this](tests::Peer& peer) { serve(peer); }) {}

std::string FakeGraph::origin() const {
  return "http://graph.test:" + std::to_string(server_.port());
}

void FakeGraph::will(std::deque<Fate> fates) {
  const std::lock_guard lock(mutex_);
  fates_ = std::move(fates);
}

int FakeGraph::copies(const std::string& text) const {
  const std::lock_guard lock(mutex_);
  const auto found = copies_.find(text);
  return found == copies_.end() ? 0 : found->second;
}

int FakeGraph::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

Fate FakeGraph::next() {
  const std::lock_guard lock(mutex_);
  ++requests_;  // before anything is answered: who has the answer may ask for the count
  if (fates_.empty()) return {};
  Fate fate = fates_.front();
  fates_.pop_front();
  return fate;
}

std::string FakeGraph::judged(const std::string& request) {
  const auto head_end = request.find("\r\n\r\n");
  if (request.find("Authorization:Bearer " + token_ + "\r\n") == std::string::npos)
    return refusal(190, "token");
  if (request.starts_with("GET /v23.0/404217156637689?fields=id HTTP/1.1\r\n"))
    return response(200, R"({"id":"404217156637689"})");
  if (!request.starts_with("POST /v23.0/404217156637689/messages HTTP/1.1\r\n"))
    return refusal(100, "path");
  const json body = json::parse(request.substr(head_end + 4), nullptr, false);
  const bool telephone = body.value("messaging_product", "") == "whatsapp";
  const json::json_pointer whom{telephone ? "/to" : "/recipient/id"};
  const std::string text =
      body.value(json::json_pointer{telephone ? "/text/body" : "/message/text"}, "");
  if (body.value(whom, "").empty()) return refusal(100, "recipient");
  if (text.empty() || letters(text) > 2000) return refusal(100, "text");
  const std::lock_guard lock(mutex_);
  ++copies_[text];
  const std::string id = std::to_string(copies_.size());
  const json taken = telephone ? json{{"messages", {{{"id", "wamid." + id}}}}}
                               : json{{"recipient_id", "7"}, {"message_id", "m_" + id}};
  return response(200, taken.dump());
}

void FakeGraph::serve(tests::Peer& peer) {
  const Fate fate = next();
  if (fate.kind == Fate::Kind::resets_before_reading) return peer.reset();
  if (!peer.read_request()) return;
  if (fate.kind == Fate::Kind::refuses) {
    peer.write(response(fate.status, fate.body));
    return;
  }
  if (fate.kind == Fate::Kind::redirects) {
    peer.write("HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + origin() +
               "/v23.0/404217156637689/messages\r\n\r\n");
    return;
  }
  const std::string answer = judged(peer.request());
  switch (fate.kind) {
    case Fate::Kind::hangs_after_taking:
      peer.wait_for_the_end();
      return;
    case Fate::Kind::resets_after_taking:
      return peer.reset();
    case Fate::Kind::answers_no_json:
      peer.write(response(200, "<html>"));
      return;
    case Fate::Kind::breaks_off:
      peer.write(answer.substr(0, answer.size() - 5));
      return;
    default:
      peer.write(answer);
  }
}

}  // namespace svar::testing
