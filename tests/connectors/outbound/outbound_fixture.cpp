#include "tests/connectors/outbound/outbound_fixture.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace svar::tests {

using namespace outbound;

void ScriptedResolver::answers(const std::string& host, std::vector<std::string> addresses) {
  const std::lock_guard lock(mutex_);
  addresses_[host] = std::move(addresses);
}

void ScriptedResolver::resolve(std::string host,
                               std::function<void(std::vector<std::string>)> done) {
  ++questions_;
  if (hangs_) return;
  std::vector<std::string> found{"127.0.0.1"};
  {
    const std::lock_guard lock(mutex_);
    if (const auto at = addresses_.find(host); at != addresses_.end()) found = at->second;
  }
  done(found);
}

Outbound::Outbound() {
  std::string pattern = (std::filesystem::temp_directory_path() / "outbound-XXXXXX").string();
  folder_ = ::mkdtemp(pattern.data());
  authority_ = folder_ + "/trusted.pem";
}

Outbound::~Outbound() {
  close_client();
  io_.run([] {});  // every posted completion has run
  io_.stop();
  std::filesystem::remove_all(folder_);
  EXPECT_EQ(outcomes_.size(), sent_) << "exactly one outcome for each request";
}

void Outbound::open_client(const std::vector<std::string>& internal_origins,
                           std::size_t calls_max) {
  auto destinations = Destinations::of(internal_origins);
  ASSERT_TRUE(destinations) << destinations.error();
  OutboundSettings settings;
  settings.destinations = *destinations;
  settings.calls_max = calls_max;
  if (std::filesystem::exists(authority_)) settings.extra_authority = authority_;
  auto client = make_cpprest_http_client(std::move(settings), io_.io(), resolver_);
  ASSERT_TRUE(client) << client.error();
  client_ = std::move(*client);
}

void Outbound::close_client() {
  client_.reset();
}

CertificateFiles Outbound::certificate(const std::string& host, int from_days, int to_days) {
  auto files = make_certificate(folder_, host, host, from_days, to_days);
  std::ofstream(authority_, std::ios::app) << std::ifstream(files.certificate).rdbuf();
  return files;
}

CertificateFiles Outbound::untrusted_certificate(const std::string& host) {
  return make_certificate(folder_, "untrusted-" + host, host);
}

void Outbound::keep(HttpOutcome outcome) {
  if (!outcome) {
    EXPECT_EQ(outcome.error().what.find("canary"), std::string::npos) << outcome.error().what;
  }
  const std::lock_guard lock(mutex_);
  outcomes_.push_back(std::move(outcome));
  changed_.notify_all();
}

void Outbound::begin(HttpRequest request) {
  ++sent_;
  client_->send(std::move(request), [this](HttpOutcome outcome) { keep(std::move(outcome)); });
}

std::vector<HttpOutcome> Outbound::outcomes(std::size_t count) {
  std::unique_lock lock(mutex_);
  EXPECT_TRUE(
      changed_.wait_for(lock, std::chrono::seconds(20), [&] { return outcomes_.size() >= count; }));
  return outcomes_;
}

HttpOutcome Outbound::ask(HttpRequest request) {
  begin(std::move(request));
  const auto all = outcomes(sent_);
  if (all.size() < sent_)
    return Failure{HttpError{Sent::maybe, HttpFault::timeout, "no outcome at all"}};
  return all.back();
}

HttpRequest Outbound::post(const std::string& origin, std::chrono::milliseconds time_max) {
  HttpRequest request;
  request.method = Method::post;
  request.url = origin + "/botcanary:1/sendMessage?key=canary";
  request.headers = {{"Content-Type", "application/json"}, {"Authorization", "Bearer canary"}};
  request.body = R"({"text":"canary"})";
  request.time_max = time_max;
  return request;
}

std::string origin_of(const HostileServer& server, const std::string& scheme,
                      const std::string& host) {
  return scheme + "://" + host + ":" + std::to_string(server.port());
}

void expect_failure(const HttpOutcome& outcome, Sent sent, HttpFault fault) {
  ASSERT_FALSE(outcome) << "an answer with status " << outcome.value().status;
  EXPECT_EQ(outcome.error().sent, sent) << outcome.error().what;
  EXPECT_EQ(words_of(outcome.error().fault), words_of(fault)) << outcome.error().what;
}

}  // namespace svar::tests
