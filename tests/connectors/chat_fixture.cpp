#include "tests/connectors/chat_fixture.h"

#include "tests/engine/scripted_answering.h"

namespace svar::tests {

void HoldingStore::append(service::Append request, AppendDone done) {
  if (failures_left_ > 0) {
    --failures_left_;
    // Fails without having stored: what the client must not see acknowledged.
    request.expected = Seq{1'000'000};
    return inner_.append(std::move(request), [done = std::move(done)](const auto&) {
      done(Failure{service::StoreError{"the disk did not answer"}});
    });
  }
  inner_.append(std::move(request), [this, done = std::move(done)](auto outcome) {
    if (!holding_) return done(outcome);
    held_.push_back([done, outcome] { done(outcome); });
  });
}

void HoldingStore::create(std::string key, Time at, CreateDone done) {
  inner_.create(std::move(key), at, std::move(done));
}
void HoldingStore::load(ConversationId id, Seq after, LoadDone done) {
  inner_.load(id, after, std::move(done));
}
void HoldingStore::read_all(Position after, std::size_t count_max, ReadDone done) {
  inner_.read_all(after, count_max, std::move(done));
}
void HoldingStore::erase(service::Erasure request, AppendDone done) {
  inner_.erase(std::move(request), std::move(done));
}

void HoldingStore::release() {
  holding_ = false;
  for (auto& complete : std::exchange(held_, {})) complete();
}

ChatClient::ChatClient(std::uint16_t port, const std::string& origin)
    : wire(port), status(wire.upgrade("/chat/v1/socket", origin)) {}

json ChatClient::next() {
  const auto frame = wire.read_frame();
  if (!frame) return {{"type", "end"}, {"code", 0}};
  if (frame->opcode == 8) return {{"type", "end"}, {"code", frame->close_code()}};
  return json::parse(frame->payload);
}

json ChatClient::next_of(const std::string& type) {
  for (;;) {
    json frame = next();
    if (frame["type"] == type || frame["type"] == "end") return frame;
  }
}

json ChatClient::hello(json more) {
  json frame = {{"type", "hello"}, {"site", "osteroy"}};
  frame.update(more);
  send(frame);
  return next();
}

json ChatClient::say(const std::string& id, const std::string& text) {
  send({{"type", "say"}, {"id", id}, {"text", text}});
  return next();
}

namespace {

std::shared_ptr<const engine::Release> release_with_origins() {
  engine::Release release = fakes::scripted_release();
  auto& osteroy = release.municipalities.at(MunicipalityId{"osteroy"});
  osteroy.name = "Osterøy";
  osteroy.full_name = {"Osterøy kommune", "Osterøy kommune", "Osterøy municipality"};
  osteroy.colour = "#7a1f2b";
  osteroy.origins = {kOsteroyPage};
  release.municipalities.at(MunicipalityId{"gulen"}).origins = {kGulenPage};
  release.common_origins = {"https://www.felles.no"};
  return std::make_shared<const engine::Release>(std::move(release));
}

}  // namespace

ChatTest::ChatTest()
    : release(release_with_origins()),
      conversations(store, thread.io(), clock, [this] { return release; }, {}) {}

ChatTest::~ChatTest() {
  thread.stop();
  server.reset();
  router.reset();
  chat.reset();
}

void ChatTest::start(const std::function<void(webchat::WebChatSetup&)>& change) {
  webchat::WebChatSetup setup{
      .conversations = conversations,
      .release = [this] { return release; },
      .clock = clock,
      .io = thread.io(),
      .typing = typing,
      .places = &places,
      .key = {},
      .limits = {},
      .web_folder = {},
      .demo_folder = {},
      .public_origins = {},
  };
  setup.key.fill(7);
  setup.limits.enabled = false;
  if (change) change(setup);
  net::ServerOptions options;
  options.sweep_period = std::chrono::milliseconds{20};
  thread.run([&] {
    chat = std::make_unique<webchat::WebChat>(std::move(setup));
    router = std::make_unique<net::Router>();
    chat->mount(*router);
    server = std::make_unique<net::Server>(thread.io(), *router, options);
    port = server->listen().value();
  });
}

std::vector<service::LoggedEvent> ChatTest::log() {
  std::promise<std::vector<service::LoggedEvent>> promise;
  thread.run([&] {
    memory.read_all(Position{0}, 1000, [&](auto events) { promise.set_value(*events); });
  });
  return promise.get_future().get();
}

std::optional<service::SubmitOutcome> ChatTest::agent(const std::string& conversation,
                                                      Input input) {
  std::promise<service::SubmitOutcome> promise;
  thread.run([&] {
    conversations.submit(number(conversation), std::nullopt, std::move(input),
                         service::Acceptance::with_outcome,
                         [&](const service::SubmitOutcome& outcome) { promise.set_value(outcome); });
  });
  return promise.get_future().get();
}

ConversationId ChatTest::number(const std::string& conversation) {
  return ConversationId{std::stoll(conversation.substr(0, conversation.find('.')))};
}

HttpAnswer ChatTest::post(const json& frames, const std::string& origin, const std::string& more) {
  const std::string body = frames.is_string() ? frames.get<std::string>()
                                              : json{{"frames", frames}}.dump();
  std::string request = "POST /chat/v1/messages HTTP/1.1\r\nHost: chat.test\r\n"
                        "Content-Type: application/json\r\n";
  if (!origin.empty()) request += "Origin: " + origin + "\r\n";
  return ask(port, request + more + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
                       body);
}

HttpAnswer ChatTest::get(const std::string& target, const std::string& token,
                         const std::string& more) {
  return ask(port, "GET " + target + " HTTP/1.1\r\nHost: chat.test\r\nAuthorization: Bearer " +
                       token + "\r\n" + more + "\r\n");
}

}  // namespace svar::tests
