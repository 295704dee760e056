#include "connectors/graph/graph_channel.h"

#include <algorithm>
#include <utility>

#include "connectors/graph/signature.h"

namespace svar::graph {
namespace {

constexpr std::size_t kIdDigitsMax = 32;
constexpr std::size_t kSecretBytesMin = 8;
constexpr std::size_t kSecretBytesMax = 4096;

bool is_number(std::string_view text) {
  return !text.empty() && text.size() <= kIdDigitsMax &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// A secret travels in a header or a query: nothing there may end a line.
bool is_secret(std::string_view text) {
  return text.size() >= kSecretBytesMin && text.size() <= kSecretBytesMax &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7F; });
}

bool is_origin(std::string_view text) {
  const bool scheme = text.starts_with("https://") || text.starts_with("http://");
  return scheme && text.find_first_of("@?# \\", 0) == std::string_view::npos &&
         std::count(text.begin(), text.end(), '/') == 2 && !text.ends_with("//");
}

bool is_version(std::string_view text) {
  const auto dot = text.find('.');
  return text.starts_with("v") && dot != std::string_view::npos &&
         is_number(text.substr(1, dot - 1)) && is_number(text.substr(dot + 1));
}

Access access_of(const GraphAccount& account) {
  return {account.origin, account.version, account.node.empty() ? account.account : account.node,
          account.time_max, account.token};
}

}  // namespace

std::optional<std::string> fault_in(const GraphAccount& account) {
  if (!is_number(account.account)) return "account: no id of an account, which is digits";
  if (!account.node.empty() && !is_number(account.node)) return "node: no id, which is digits";
  if (!account.app_id.empty() && !is_number(account.app_id))
    return "app_id: no id, which is digits";
  if (!is_secret(account.token)) return "token: missing, or not what a token looks like";
  if (!is_secret(account.app_secret)) return "app_secret: missing, or not what a secret looks like";
  if (!is_secret(account.verify_token))
    return "verify_token: missing, or not of 8 and more letters";
  if (!is_origin(account.origin)) return "origin: not scheme, host and port alone";
  if (!is_version(account.version)) return "version: not like v23.0";
  return std::nullopt;
}

GraphChannel::GraphChannel(std::string name, service::Window window, const Reading& reading,
                           GraphAccount account, outbound::HttpClient& http)
    : account_(std::move(account)),
      facts_{name + ":" + account_.site.value, name, account_.site, window},
      reading_(reading),
      calls_(http, access_of(account_)) {}

void GraphChannel::send(service::SendRequest request,
                        std::function<void(service::SendOutcome)> done) {
  calls_.send_message(body_of(request), reading_, std::move(done));
}

bool GraphChannel::admits(std::string_view signature, std::string_view body) const {
  return is_signed(signature, body, account_.app_secret);
}

HandshakeAnswer GraphChannel::greet(const HandshakeQuestion& question) const {
  return answer_handshake(question, account_.verify_token);
}

}  // namespace svar::graph
