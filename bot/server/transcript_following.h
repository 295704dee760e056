// The index of transcripts in the data folder, kept up with the log while the service runs.
#pragma once

#include <memory>
#include <string>

#include "bot/domain/result.h"
#include "bot/server/data_folder.h"
#include "bot/service/turn/conversations.h"
#include "bot/service/turn/executor.h"
#include "bot/store/search/transcript_index.h"

namespace svar::server {

// Observes the conversations to be told when something has happened at the desk.
class TranscriptFollowing : public service::ConversationObserver {
 public:
  // The log has this version's schema; the executor must outlive it.
  static Result<std::unique_ptr<TranscriptFollowing>, std::string> start(
      const DataFolder& data, service::Executor& executor);

  service::TranscriptSearch& search() { return *index_; }
  void appended(ConversationId conversation, const std::vector<Recorded>& events,
                const Conversation& after) override;

 private:
  explicit TranscriptFollowing(std::unique_ptr<store::TranscriptIndex> index)
      : index_(std::move(index)) {}
  std::unique_ptr<store::TranscriptIndex> index_;
};

}  // namespace svar::server
