// The index's rows. Internal to bot/store/search.
#pragma once

#include "bot/store/search/transcript_facts.h"
#include "bot/store/sqlite.h"

namespace svar::store {

// How far the log was read: the row of the log that stands there.
struct LogPlace {
  std::int64_t position = 0;
  std::int64_t conversation = 0;
  std::int64_t seq = 0;
};

Result<LogPlace, SqliteError> select_place(Connection& connection);
Result<Done, SqliteError> update_place(Connection& connection, const LogPlace& place);

// The last event that is in the index; nothing when the conversation isn't there.
Result<std::optional<Seq>, SqliteError> select_indexed(Connection& connection,
                                                       ConversationId conversation);

// Adds the words after `after` and replaces everything else.
Result<Done, SqliteError> write_transcript(Connection& connection, const TranscriptFacts& facts,
                                           Seq after);
// The words, or all of it. The index still holds them in pages that are not used any more until
// forget_deleted_words().
Result<Done, SqliteError> delete_words(Connection& connection, ConversationId conversation);
Result<Done, SqliteError> delete_transcript(Connection& connection, ConversationId conversation);
// In the same transaction. What then is left in the write-ahead log goes with a checkpoint.
Result<Done, SqliteError> forget_deleted_words(Connection& connection);

Result<std::vector<service::FoundTranscript>, SqliteError> select_transcripts(
    Connection& connection, const service::TranscriptQuery& query);
Result<service::SearchChoices, SqliteError> select_choices(Connection& connection,
                                                           const service::SearchableBy& by);

}  // namespace svar::store
