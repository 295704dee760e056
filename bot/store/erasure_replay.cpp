#include "bot/store/erasure_replay.h"

#include "bot/store/log_reader.h"
#include "bot/store/log_schema.h"
#include "bot/store/log_writer.h"

namespace svar::store {
namespace {

using service::StoreError;

// The events of one conversation that still have words an erasure names.
bool has_words(const Recorded& recorded) {
  return !encode(recorded.event).text.empty();
}

std::vector<Seq> still_readable(const std::vector<Recorded>& events, const ListedErasure& erasure) {
  std::vector<Seq> seqs;
  for (const Seq seq : erasure.seqs) {
    if (seq.value < 1 || seq.value > static_cast<std::int64_t>(events.size())) continue;
    const Recorded& recorded = events[static_cast<std::size_t>(seq.value - 1)];
    if (recorded.at <= erasure.at && has_words(recorded)) seqs.push_back(seq);
  }
  return seqs;
}

class Replay {
 public:
  Replay(LogReader& reader, LogWriter& writer) : reader_(reader), writer_(writer) {}

  Result<Done, SqliteError> erase(const ListedErasure& erasure) {
    auto events = reader_.load(erasure.conversation, Seq{});
    if (!events) return Failure{SqliteError{0, events.error().what}};
    if (events->empty()) return Done{};  // begun after the backup
    Conversation state;
    for (const Recorded& recorded : *events) evolve(state, recorded);
    if (state.lifecycle == Lifecycle::erased) return Done{};
    if (erasure.seqs.empty()) {
      ++replayed_.conversations;
      return append(erasure, state, Erased{}, {});
    }
    auto seqs = still_readable(*events, erasure);
    if (seqs.empty()) return Done{};
    ++replayed_.redactions;
    return append(erasure, state, Redacted{seqs}, seqs);
  }

  const Replayed& replayed() const { return replayed_; }

 private:
  Result<Done, SqliteError> append(const ListedErasure& erasure, Conversation& state,
                                   const Event& event, std::vector<Seq> seqs) {
    EncodedErasure request;
    request.everything = seqs.empty();
    request.seqs = std::move(seqs);
    request.append = {erasure.conversation, state.last_seq, erasure.at, {encode(event)}, {}};
    evolve(state, {Seq{state.last_seq.value + 1}, erasure.at, event});
    request.append.row = service::row_of(state);
    if (auto begun = writer_.begin(); !begun) return begun;
    auto performed = writer_.perform(request);
    if (performed && std::holds_alternative<service::Appended>(*performed)) return writer_.commit();
    writer_.rollback();
    if (!performed) return Failure{performed.error()};
    return Failure{SqliteError{0, "the row of conversation " +
                                      std::to_string(erasure.conversation.value) +
                                      " does not fit its events"}};
  }

  LogReader& reader_;
  LogWriter& writer_;
  Replayed replayed_;
};

// A crash voids the restored file, so nothing is synced until all is done.
Result<Done, SqliteError> set_up(Connection& connection) {
  auto set = use_durable_settings(connection);
  if (set) set = migrate(connection, kLogSchema);
  if (set) set = connection.execute("PRAGMA synchronous=OFF; PRAGMA cache_size=-16384");
  return set;
}

Result<Replayed, SqliteError> replay(Connection& connection,
                                     const std::vector<ListedErasure>& erasures) {
  auto reader = LogReader::open(connection);
  if (!reader) return Failure{SqliteError{0, reader.error().what}};
  auto writer = LogWriter::open(connection);
  if (!writer) return Failure{writer.error()};
  Replay replay(*reader, *writer);
  for (const ListedErasure& erasure : erasures) {
    if (auto erased = replay.erase(erasure); !erased) return Failure{erased.error()};
  }
  return replay.replayed();
}

}  // namespace

Result<Replayed, SqliteError> replay_erasures(const std::filesystem::path& file,
                                              const std::vector<ListedErasure>& erasures) {
  auto connection = Connection::open(file, OpenMode::write);
  if (!connection) return Failure{connection.error()};
  if (auto set = set_up(*connection); !set) return Failure{set.error()};
  auto replayed = replay(*connection, erasures);
  if (!replayed) return replayed;
  auto emptied = connection->checkpoint(Connection::Checkpoint::truncate);
  if (!emptied) return Failure{emptied.error()};
  auto last = connection->query_integer("SELECT max(position) FROM log");
  if (!last) return Failure{last.error()};
  replayed->last = Position{*last};
  return replayed;
}

}  // namespace svar::store
