// What the tests of the HTTP client share: a name server that says what it is told, and a client
// that is waited for.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "connectors/outbound/cpprest_http_client.h"
#include "tests/connectors/io_thread.h"
#include "tests/connectors/outbound/hostile_server.h"

namespace svar::tests {

// Names end in .test, so that nothing but this can know them.
class ScriptedResolver final : public outbound::Resolver {
 public:
  void answers(const std::string& host, std::vector<std::string> addresses);
  void hangs() { hangs_ = true; }
  int questions() const { return questions_; }
  void resolve(std::string host, std::function<void(std::vector<std::string>)> done) override;

 private:
  std::mutex mutex_;
  std::map<std::string, std::vector<std::string>> addresses_;  // guarded by mutex_; else 127.0.0.1
  std::atomic<bool> hangs_{false};
  std::atomic<int> questions_{0};
};

class Outbound : public ::testing::Test {
 protected:
  Outbound();
  ~Outbound() override;

  // Trusts the certificates made so far, and may reach the given servers.
  void open_client(const std::vector<std::string>& internal_origins, std::size_t calls_max = 256);
  void close_client();  // what was under way has its outcome afterwards

  CertificateFiles certificate(const std::string& host, int from_days = -1, int to_days = 2);
  CertificateFiles untrusted_certificate(const std::string& host);

  // Sends, and waits for the outcome. That it is the only one, and that its words hold no secret,
  // is asserted for each.
  outbound::HttpOutcome ask(outbound::HttpRequest request);
  void begin(outbound::HttpRequest request);                       // sends without waiting
  std::vector<outbound::HttpOutcome> outcomes(std::size_t count);  // waits until there are so many

  // A POST that carries the word «canary» wherever a secret can stand.
  static outbound::HttpRequest post(const std::string& origin,
                                    std::chrono::milliseconds time_max = std::chrono::seconds(8));

  std::shared_ptr<ScriptedResolver> resolver_ = std::make_shared<ScriptedResolver>();

 private:
  void keep(outbound::HttpOutcome outcome);
  IoThread io_;
  std::string folder_;
  std::string authority_;
  std::unique_ptr<outbound::HttpClient> client_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<outbound::HttpOutcome> outcomes_;  // guarded by mutex_
  std::size_t sent_ = 0;
};

// "https://bot.test:4711"
std::string origin_of(const HostileServer& server, const std::string& scheme = "http",
                      const std::string& host = "bot.test");

// Asserts a failure.
void expect_failure(const outbound::HttpOutcome& outcome, outbound::Sent sent,
                    outbound::HttpFault fault);

}  // namespace svar::tests
