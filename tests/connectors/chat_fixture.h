// The web chat on a real server with a memory store, scripted answers and a clock that stands; and a client of it.
#pragma once

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "bot/store/memory_event_store.h"
#include "connectors/net/server.h"
#include "connectors/webchat/webchat.h"
#include "tests/connectors/io_thread.h"
#include "tests/connectors/wire_client.h"
#include "tests/service/fakes.h"

namespace svar::tests {

using nlohmann::json;

inline const std::string kOsteroyPage = "https://www.osteroy.kommune.no";
inline const std::string kGulenPage = "https://www.gulen.kommune.no";

// Passes everything on, but can keep the completions of appends back, or fail them. I/O thread only.
class HoldingStore : public service::EventStore {
 public:
  using AppendDone = std::function<void(Result<service::AppendOutcome, service::StoreError>)>;
  using CreateDone = std::function<void(Result<ConversationId, service::StoreError>)>;
  using LoadDone = std::function<void(Result<std::vector<Recorded>, service::StoreError>)>;
  using ReadDone = std::function<void(Result<std::vector<service::LoggedEvent>, service::StoreError>)>;

  explicit HoldingStore(service::EventStore& inner) : inner_(inner) {}

  void append(service::Append request, AppendDone done) override;
  void create(std::string key, Time at, CreateDone done) override;
  void load(ConversationId id, Seq after, LoadDone done) override;
  void read_all(Position after, std::size_t count_max, ReadDone done) override;
  void erase(service::Erasure request, AppendDone done) override;

  void hold() { holding_ = true; }
  void release();
  void fail_next(int count) { failures_left_ = count; }

 private:
  service::EventStore& inner_;
  bool holding_ = false;
  int failures_left_ = 0;
  std::vector<std::function<void()>> held_;
};

class FakePlaces : public service::QueuePlaces {
 public:
  std::optional<service::QueuePlace> place(ConversationId) const override {
    return service::QueuePlace{2, std::pair{3, 6}};
  }
};

// A chat client on a WebSocket.
class ChatClient {
 public:
  ChatClient(std::uint16_t port, const std::string& origin);

  void send(const json& frame) { wire.send_text(frame.dump()); }
  json next();  // the next frame; {"type":"end","code":…} when the socket closes
  json next_of(const std::string& type);  // passes others over
  json hello(json more = json::object());  // Osterøy's site; the answer
  json say(const std::string& id, const std::string& text);  // the acknowledgement

  WireClient wire;
  int status;  // of the upgrade
};

class ChatTest : public testing::Test {
 protected:
  ChatTest();
  ~ChatTest() override;

  // Once, before the first connection; `change` may alter the setup.
  void start(const std::function<void(webchat::WebChatSetup&)>& change = {});
  ChatClient connect() { return ChatClient{port, kOsteroyPage}; }
  std::vector<service::LoggedEvent> log();
  std::optional<service::SubmitOutcome> agent(const std::string& conversation, Input input);
  static ConversationId number(const std::string& conversation);

  HttpAnswer post(const json& frames, const std::string& origin = kOsteroyPage,
                  const std::string& more = {});
  HttpAnswer get(const std::string& target, const std::string& token,
                 const std::string& more = {});

  fakes::ManualClock clock{Time{std::chrono::milliseconds{1'795'518'000'000}}};
  IoThread thread;
  store::MemoryEventStore memory{thread.io()};
  HoldingStore store{memory};
  std::shared_ptr<const engine::Release> release;
  service::Conversations conversations;
  service::TypingHub typing;
  FakePlaces places;
  std::unique_ptr<webchat::WebChat> chat;
  std::unique_ptr<net::Router> router;
  std::unique_ptr<net::Server> server;
  std::uint16_t port = 0;
};

}  // namespace svar::tests
