#include "tests/connectors/telegram/fake_telegram.h"

#include <utility>

namespace svar::tests {
namespace {

using nlohmann::json;

std::string http(int status, const std::string& body, const std::string& headers = {}) {
  return "HTTP/1.1 " + std::to_string(status) + " Words\r\nContent-Type: application/json\r\n" +
         headers + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string refusal(int code, const std::string& words) {
  return http(code, json{{"ok", false}, {"error_code", code}, {"description", words}}.dump());
}

std::string between(const std::string& text, const std::string& from, const std::string& to) {
  const auto begin = text.find(from);
  if (begin == std::string::npos) return {};
  const auto end = text.find(to, begin + from.size());
  return text.substr(begin + from.size(), end - begin - from.size());
}

}  // namespace

FakeTelegram::FakeTelegram(std::string token)
    : token_(std::move(token)),
      server_(std::make_unique<HostileServer>([this](Peer& peer) { serve(peer); })) {}

std::string FakeTelegram::origin() const {
  return "http://127.0.0.1:" + std::to_string(server_->port());
}

void FakeTelegram::next(Turn turn) {
  const std::lock_guard lock(mutex_);
  turns_.push_back(std::move(turn));
}

std::vector<FakeTelegram::Message> FakeTelegram::messages() const {
  const std::lock_guard lock(mutex_);
  return messages_;
}

std::vector<std::string> FakeTelegram::methods() const {
  const std::lock_guard lock(mutex_);
  return methods_;
}

std::string FakeTelegram::complaint() const {
  const std::lock_guard lock(mutex_);
  return complaint_;
}

FakeTelegram::Turn FakeTelegram::next_turn() {
  const std::lock_guard lock(mutex_);
  if (turns_.empty()) return {};
  Turn turn = std::move(turns_.front());
  turns_.pop_front();
  return turn;
}

// «POST /bot<token>/<method> HTTP/1.1»
FakeTelegram::Call FakeTelegram::read(const std::string& request) {
  const std::string path = between(request, "POST /bot", " ");
  const auto slash = path.find('/');
  if (slash == std::string::npos) return {};
  return {path.substr(0, slash), path.substr(slash + 1),
          request.substr(request.find("\r\n\r\n") + 4)};
}

std::string FakeTelegram::take(const Call& call) {
  const std::lock_guard lock(mutex_);
  methods_.push_back(call.method);
  if (call.token != token_) return refusal(401, "Unauthorized");
  const json parameters = json::parse(call.body, nullptr, false);
  const std::string fault = api_ ? api_->fault_of(call.method, parameters) : "";
  if (!fault.empty() || !parameters.is_object()) {
    if (complaint_.empty()) complaint_ = call.method + ": " + fault;
    return refusal(400, "Bad Request: " + fault);
  }
  json result = true;
  if (call.method == "sendMessage") {
    messages_.push_back({parameters.at("chat_id"), parameters.at("text")});
    result = {{"message_id", 100 + messages_.size()},
              {"date", 1700000000},
              {"text", parameters.at("text")}};
  }
  return http(200, json{{"ok", true}, {"result", result}}.dump());
}

void FakeTelegram::serve(Peer& peer) {
  const Turn turn = next_turn();
  if (turn.mischief == Mischief::reset_before_the_body) {
    if (peer.read_head()) peer.reset();
    return;
  }
  if (!peer.read_request()) return;
  if (turn.mischief == Mischief::refuse) {
    peer.write(http(turn.status, turn.body, turn.headers));
    return;
  }
  const std::string answer = take(read(peer.request()));
  switch (turn.mischief) {
    case Mischief::drip:
      for (const char byte : answer) peer.write({&byte, 1});
      return;
    case Mischief::hang:
      peer.wait_for_the_end();
      return;
    case Mischief::reset_after_the_body:
      peer.reset();
      return;
    case Mischief::half_an_answer:
      peer.write(std::string_view{answer}.substr(0, answer.size() / 2));
      return;
    case Mischief::flood:
      peer.write("HTTP/1.1 200 OK\r\nContent-Length: 200000000\r\n\r\n");
      peer.write_again_and_again(std::string(65'536, 'x'), 200'000'000);
      return;
    default:
      peer.write(answer);
  }
}

}  // namespace svar::tests
