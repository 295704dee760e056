// What the channels of Meta have in common: an account, its secrets, and one way to send.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "connectors/graph/calls.h"
#include "connectors/graph/handshake.h"

namespace svar::graph {

struct GraphAccount {
  SiteId site;
  std::string account;       // in webhooks: a page, an Instagram account, a phone number's id
  std::string node;          // has /messages; empty: the same. Instagram's may be the page
  std::string token;         // to send with
  std::string app_secret;    // Meta signs its webhooks with it
  std::string verify_token;  // of the handshake; ours to choose
  std::string app_id;        // ours; empty: not known
  // Scheme, host and port. Another than Meta's own only by the settings file, for a test.
  std::string origin = "https://graph.facebook.com";
  std::string version = "v23.0";
  std::chrono::milliseconds time_max{10'000};  // of one call
};

// Why the channel stays off: what is missing, or cannot be right. Holds no value of the account.
std::optional<std::string> fault_in(const GraphAccount& account);

// Secrets leave it in no outcome, reason or name. Threads, blocking and completions: as
// service::Channel says.
class GraphChannel : public service::Channel {
 public:
  const service::ChannelFacts& facts() const override { return facts_; }
  void send(service::SendRequest request, std::function<void(service::SendOutcome)> done) override;

  bool check_token(std::function<void(service::SendOutcome)> done) override {
    calls_.check_token(std::move(done));
    return true;
  }

  // Whether a POST with this X-Hub-Signature-256 and these raw bytes comes from Meta.
  bool admits(std::string_view signature, std::string_view body) const;
  HandshakeAnswer greet(const HandshakeQuestion& question) const;
  // The events in an admitted body; never throws.
  virtual service::Decoded read(std::string_view body) = 0;

 protected:
  // `account` has no fault; `http` outlives the channel.
  GraphChannel(std::string name, service::Window window, const Reading& reading,
               GraphAccount account, outbound::HttpClient& http);

  // The call's JSON for a part of ours.
  virtual std::string body_of(const service::SendRequest& request) = 0;
  const GraphAccount& account() const { return account_; }
  const Calls& calls() const { return calls_; }

 private:
  const GraphAccount account_;
  const service::ChannelFacts facts_;
  const Reading reading_;
  const Calls calls_;
};

}  // namespace svar::graph
