// Citizens who write to the service while its disk fails: the loop over the product's own store,
// and the history that the citizens keep of it.
//
// Threads: one, beside the store's. Blocking: until answers come.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bot/service/turn/conversations.h"
#include "bot/store/sqlite_event_store.h"
#include "tests/service/fakes.h"

namespace svar::proofs {

using Fault = std::optional<std::string>;

// One message as its citizen knows it.
struct SentMessage {
  ConversationId conversation;
  std::string id;
  std::string text;  // empty: the citizen deletes the conversation
  std::optional<Seq> acknowledged;
};

class History {
 public:
  SentMessage& add(ConversationId conversation, int number);
  SentMessage& add_deletion(ConversationId conversation, int number);
  // Every acknowledged message is there once, where it was said to be; no message is there twice;
  // no sequence has a gap; of a conversation that was deleted no words are left. Opens the file
  // with the product's store. Blocks.
  Fault compare(const std::filesystem::path& file) const;
  std::size_t acknowledged() const;
  // What was said in conversations whose deletion was acknowledged.
  std::vector<std::string> deleted_words() const;
  const std::vector<std::unique_ptr<SentMessage>>& messages() const { return messages_; }

 private:
  Fault compare(ConversationId conversation, const std::vector<Recorded>& read) const;
  bool is_deleted(ConversationId conversation) const;
  std::vector<std::unique_ptr<SentMessage>> messages_;
};

// The running service. Gone and come again as a process would be, over the same file.
class Service {
 public:
  // `ignores_errors` is the control: a store that says «appended» whatever the disk said.
  enum class Store { as_it_is, ignores_errors };
  // Nothing when the file could not be opened, and why.
  static Result<std::unique_ptr<Service>, service::StoreError> start(
      const std::filesystem::path& file, Store kind);
  ~Service();
  Service(const Service&) = delete;

  // Sends one message and waits for the answer.
  service::SubmitOutcome send(const SentMessage& message);

 private:
  struct Parts;
  explicit Service(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace svar::proofs
