#include "bot/server/transcript_following.h"

#include "bot/server/log.h"

namespace svar::server {

Result<std::unique_ptr<TranscriptFollowing>, std::string> TranscriptFollowing::start(
    const DataFolder& data, service::Executor& executor) {
  store::TranscriptIndex::Options options;
  options.log = data.path() / kLogFile;
  options.file = data.path() / kSearchFile;
  options.failed = [](const std::string& why) {
    log_event(Level::error, "search_not_kept_up", {{"why", why}});
  };
  auto started = store::TranscriptIndex::start(std::move(options), executor);
  if (!started) return Failure{started.error().what};
  return std::unique_ptr<TranscriptFollowing>(new TranscriptFollowing(std::move(*started)));
}

// What the bot has alone is none of the index's business; it looks by itself now and then.
void TranscriptFollowing::appended(ConversationId, const std::vector<Recorded>&,
                                   const Conversation& after) {
  if (after.owner != Owner::bot) index_->look();
}

}  // namespace svar::server
