// The web chat in one thread, driven by a script: several clients, an agent, a store that may fail,
// time that passes.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "bot/store/memory_event_store.h"
#include "connectors/webchat/chat.h"
#include "tests/fuzz/chat_client.h"
#include "tests/service/fakes.h"

namespace svar::fuzz {

// Passes everything on; when told, fails an append that was stored, or one that was not.
class UnsureStore : public service::EventStore {
 public:
  enum class Fault { none, lost, stored };
  using AppendDone = std::function<void(Result<service::AppendOutcome, service::StoreError>)>;
  using LoadDone = std::function<void(Result<std::vector<Recorded>, service::StoreError>)>;

  explicit UnsureStore(service::EventStore& inner) : inner_(inner) {}

  void append(service::Append request, AppendDone done) override;
  void create(std::string key, Time at,
              std::function<void(Result<ConversationId, service::StoreError>)> done) override;
  void load(ConversationId id, Seq after, LoadDone done) override;
  void read_all(Position after, std::size_t count_max,
                std::function<void(Result<std::vector<service::LoggedEvent>, service::StoreError>)>
                    done) override;
  void erase(service::Erasure request, AppendDone done) override;

  void fail_next(Fault fault) { fault_ = fault; }
  // Whether an append was stored and reported as failed: then nobody was told of its events.
  bool was_unsure() const { return was_unsure_; }

 private:
  AppendDone failing(AppendDone done);

  service::EventStore& inner_;
  Fault fault_ = Fault::none;
  bool was_unsure_ = false;
};

class FixedPlaces : public service::QueuePlaces {
 public:
  std::optional<service::QueuePlace> place(ConversationId) const override {
    return service::QueuePlace{2, std::pair{3, 6}};
  }
};

// A line is a frame of the client whose turn it is, in which $C, $T and $K stand for the
// conversation, token and code that the last client was given; a body of POST /chat/v1/messages; or
// a direction that begins with «@»: tests/fuzz/README.md.
class ChatScript {
 public:
  ChatScript();
  ~ChatScript();

  void play(std::string_view line);
  // Lets everything on its way arrive; then holds log, states, acknowledgements and clients against
  // each other.
  void finish();

 private:
  using Words = std::vector<std::string_view>;
  static constexpr std::size_t kClients = 4;

  void post(const std::string& body);
  void direct(const Words& words);
  void agent(const Words& words);
  void submit(Input input);
  ChatClient& client();
  void forget_client();
  std::string filled(std::string_view line) const;
  std::vector<service::LoggedEvent> whole_log();
  void check_states(const std::vector<service::LoggedEvent>& log);

  fakes::ManualClock clock_{Time{std::chrono::milliseconds{1'795'518'000'000}}};
  fakes::ManualExecutor executor_;
  store::MemoryEventStore memory_{executor_};
  UnsureStore store_{memory_};
  std::shared_ptr<const engine::Release> release_;
  service::Conversations conversations_;
  service::TypingHub typing_;
  FixedPlaces places_;
  webchat::Chat chat_;
  std::array<std::unique_ptr<ChatClient>, kClients> clients_;
  std::size_t turn_ = 0;
  bool holding_ = false;
  ConversationId last_number_;  // of the client that was welcomed last
  std::string conversation_, token_, code_;
  std::vector<Acknowledged> acknowledged_;  // of clients that have left
};

}  // namespace svar::fuzz
