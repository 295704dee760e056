// A browser at the desk, without a network: requests go straight to the router's handlers, frames
// to the socket's.
#pragma once

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "bot/service/people/sign_in.h"
#include "connectors/desk/desk_connector.h"
#include "connectors/net/route_match.h"
#include "tests/service/desk/desk_world.h"
#include "tests/service/desk/fake_delivery.h"
#include "tests/service/desk/memory_transcript_search.h"
#include "tests/service/incidents/memory_incident_store.h"
#include "tests/service/people/people_fakes.h"

namespace svar::fakes {

using nlohmann::json;

// What was sent and how it was closed.
class ScreenSocket : public net::Socket {
 public:
  void send(std::string frame) override {
    frames.push_back(json::parse(frame));
    --room_left;
  }
  bool has_room() const override { return room_left > 0; }
  void close(std::uint16_t code, std::string_view) override { closed_with = code; }
  const std::string& remote_address() const override { return address_; }
  void expect_message(std::chrono::milliseconds) override {}

  std::vector<json> of_type(const std::string& type) const {
    std::vector<json> found;
    for (const auto& frame : frames) {
      if (frame["type"] == type) found.push_back(frame);
    }
    return found;
  }
  std::vector<json> frames;
  int room_left = 1'000;
  std::optional<std::uint16_t> closed_with;

 private:
  std::string address_ = "192.0.2.7";
};

struct Screen {
  std::unique_ptr<net::SocketHandler> handler;
  std::shared_ptr<ScreenSocket> socket = std::make_shared<ScreenSocket>();
  void send(const json& frame) { handler->received(frame.dump()); }
};

class DeskClient : public ::testing::Test {
 protected:
  DeskClient() {
    for (const char* name : {"kari", "ola"}) add(agent(name));
    add(agent("gudrun", {MunicipalityId{"gulen"}}));
    auto editor = agent("eva");
    editor.rights = {{service::Role::editor, std::nullopt}};
    add(editor);
    people = service::People::load(people_store, world.clock).value();
    sign_in =
        std::make_unique<service::SignIn>(*people, hasher, audit, world.executor, world.clock);
    own_account = std::make_unique<service::OwnAccount>(*people, hasher, audit, world.clock);
    administration = std::make_unique<service::Administration>(
        *people, audit, world.clock,
        [this](const auto& id) { return world.release->municipality(id) != nullptr; },
        std::chrono::hours{72});
    incidents = service::Incidents::load(incident_store, world.clock).value();
    const auto accounts = [this](const AgentId& name) { return people->account(name); };
    presence = std::make_unique<service::Presence>(
        accounts, world.clock, service::Presence::Options{engine::QueueRule::always});
    team = std::make_unique<service::TeamWork>(service::TeamWork::Setup{
        *world.view, *presence, accounts, [this] { return world.release; }, {}});
    delivery_view = std::make_unique<service::DeliveryView>(service::DeliveryView::Setup{
        *world.view, audit, [this] { return world.release; }, world.clock, &delivery});
    connector = std::make_unique<desk::DeskConnector>(
        desk::Setup{*world.view, *presence, *team, *people, *sign_in, *own_account, *administration,
                    audit, *incidents, transcripts, *delivery_view, contacts, world.typing,
                    world.clock, [this] { return world.release; }, nullptr, nullptr, &roster});
    connector->mount(router);
  }

  void add(service::Account account) { people_store.accounts[account.name] = std::move(account); }

  void add_person(const std::string& name, const char* rights, std::optional<service::Totp> totp) {
    auto account = fakes::agent(name);
    account.display_name = name + " Osterøysen";
    account.rights = service::rights_from_text(rights).value();
    if (totp) account.display_name = "Gry";
    account.totp = std::move(totp);
    people->save(account, [](auto) {});
    world.executor.run();
  }

  // As the console sends it; a test takes away what it wants to miss.
  net::Request request(const std::string& method, const std::string& path,
                       const std::string& body = "") {
    net::Request request;
    request.method = method;
    request.path = path;
    request.body = body;
    request.remote_address = "192.0.2.7";
    request.headers = {{"host", "127.0.0.1:8080"}, {"accept-language", "nn"}};
    if (!cookie.empty()) request.headers.emplace_back("cookie", "a=b; __Host-svar=" + cookie);
    if (method == "POST" || path.ends_with("/socket")) {
      request.headers.emplace_back("origin", "http://127.0.0.1:8080");
    }
    if (method == "POST") {
      request.headers.emplace_back("content-type", "application/json");
      request.headers.emplace_back("x-svar-desk", "1");
    }
    return request;
  }

  net::Response send(net::Request request) {
    const auto match = router.match(request.method, request.path);
    EXPECT_EQ(match.kind, net::Router::Match::Kind::handler) << request.path;
    request.captures = match.captures;
    std::optional<net::Response> response;
    (*match.handler)(request, [&](net::Response answer) { response = std::move(answer); });
    world.executor.run();
    EXPECT_TRUE(response) << request.path;
    record(request, response);
    return response.value_or(net::Response{});
  }

  // What was answered, for the test of openapi.yaml: a line of JSON each, in the file that
  // SVAR_DESK_RECORD names.
  void record(const net::Request& request, const std::optional<net::Response>& response) {
    const char* file = std::getenv("SVAR_DESK_RECORD");
    if (!file || !response) return;
    std::ofstream out(file, std::ios::app);
    if (out.tellp() == 0) {
      json routes = json::array();
      for (const auto& route : router.routes())
        routes.push_back(route.method + ' ' + route.pattern);
      out << json{{"routes", routes}} << '\n';
    }
    std::string pattern = request.path;
    for (const auto& capture : request.captures) {
      pattern.replace(pattern.find('/' + capture), capture.size() + 1, "/*");
    }
    out << json{{"method", request.method},
                {"pattern", pattern},
                {"status", response->status},
                {"body", response->body}}
        << '\n';
  }
  net::Response get(const std::string& path) { return send(request("GET", path)); }
  net::Response post(const std::string& path, const std::string& body = "{}") {
    return send(request("POST", path, body));
  }

  net::Response log_in(const std::string& name, const std::string& password = kPassword) {
    auto response = post("/desk/v1/login", json{{"name", name}, {"password", password}}.dump());
    const auto set = header(response, "Set-Cookie");
    if (!set.empty()) cookie = set.substr(12, set.find(';') - 12);
    return response;
  }

  static std::string header(const net::Response& response, const std::string& name) {
    for (const auto& [key, value] : response.headers) {
      if (key == name) return value;
    }
    return "";
  }
  static std::string error_code(const net::Response& response) {
    return json::parse(response.body)["error"]["code"];
  }

  std::variant<std::unique_ptr<net::SocketHandler>, net::Response> upgrade(
      const net::Request& from) {
    return (*router.match("GET", "/desk/v1/socket").upgrade)(from);
  }
  Screen open_screen() {
    Screen screen;
    auto upgraded = upgrade(request("GET", "/desk/v1/socket"));
    screen.handler = std::get<0>(std::move(upgraded));
    screen.handler->opened(screen.socket);
    return screen;
  }

  static std::string at(int conversation, const std::string& verb = "") {
    return "/desk/v1/conversations/" + std::to_string(conversation) +
           (verb.empty() ? "" : "/" + verb);
  }

  DeskWorld world;
  MemoryPeopleStore people_store{world.executor};
  MemoryAuditStore audit_store{world.executor};
  MemoryIncidentStore incident_store{world.executor};
  MemoryTranscriptSearch transcripts{world.executor};
  PlainHasher hasher{world.executor};
  service::AuditTrail audit{audit_store, world.clock};
  std::unique_ptr<service::People> people;
  std::unique_ptr<service::Incidents> incidents;
  std::unique_ptr<service::SignIn> sign_in;
  std::unique_ptr<service::OwnAccount> own_account;
  std::unique_ptr<service::Administration> administration;
  std::unique_ptr<service::Presence> presence;
  std::unique_ptr<service::TeamWork> team;
  FakeDelivery delivery;
  std::unique_ptr<service::DeliveryView> delivery_view;
  service::Roster roster;
  service::ContactLog contacts{world.store, world.conversations, world.clock};
  std::unique_ptr<desk::DeskConnector> connector;
  net::Router router;
  std::string cookie;
};

}  // namespace svar::fakes
