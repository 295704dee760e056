#include "bot/store/search/search_rows.h"

#include <algorithm>
#include <array>

namespace svar::store {
namespace {

using service::FoundTranscript;
using service::SearchChoices;
using service::TranscriptQuery;

std::int64_t millis(Time time) {
  return time.time_since_epoch().count();
}
Time time_of(std::int64_t millis) {
  return Time{std::chrono::milliseconds{millis}};
}

template <class... Values>
Result<Done, SqliteError> run(Connection& connection, std::string_view sql,
                              const Values&... values) {
  auto statement = connection.prepare(sql);
  if (!statement) return Failure{statement.error()};
  return statement->run(values...);
}

// Calls `read` for each row.
template <class Read>
Result<Done, SqliteError> each_row(Statement& statement, Read read) {
  while (true) {
    const auto step = statement.step();
    if (!step) return Failure{step.error()};
    if (*step == Step::done) return Done{};
    read(statement);
  }
}

Result<Done, SqliteError> write_words(Connection& connection, const TranscriptFacts& facts,
                                      Seq after) {
  auto words = connection.prepare("INSERT INTO words(text) VALUES(?1)");
  if (!words) return Failure{words.error()};
  auto place = connection.prepare("INSERT INTO word_place VALUES(?1, ?2)");
  if (!place) return Failure{place.error()};
  for (const auto& said : facts.said) {
    if (said.seq <= after) continue;
    if (auto done = words->run(said.text); !done) return done;
    if (auto done = place->run(connection.last_insert_rowid(), facts.found.id.value); !done)
      return done;
  }
  return Done{};
}

Result<Done, SqliteError> write_lists(Connection& connection, const TranscriptFacts& facts) {
  const std::int64_t id = facts.found.id.value;
  for (const auto& agent : facts.found.agents) {
    if (auto done = run(connection, "INSERT OR REPLACE INTO transcript_agent VALUES(?1,?2,?3)", id,
                        agent.name.value, agent.display_name);
        !done)
      return done;
  }
  for (const ArticleId& topic : facts.topics) {
    if (auto done = run(connection, "INSERT OR REPLACE INTO transcript_topic VALUES(?1,?2)", id,
                        topic.value);
        !done)
      return done;
  }
  return Done{};
}

// «,gulen,osteroy,»; nothing for all.
std::optional<std::string> listed(const service::SearchableBy& by) {
  if (!by) return std::nullopt;
  std::string list = ",";
  for (const MunicipalityId& id : *by) list += id.value + ',';
  return list;
}

// As FTS5 wants a string: in double quotes, each inside doubled.
std::string fts_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + '"';
}

using Terms = std::array<std::optional<std::string>, service::kSearchTermsMax>;
Terms terms_of(const TranscriptQuery& query) {
  Terms terms;
  std::size_t count = 0;
  for (const std::string& phrase : query.phrases) {
    if (count < terms.size()) terms[count++] = fts_string(phrase);
  }
  for (const std::string& word : query.words) {
    if (count < terms.size()) terms[count++] = fts_string(word) + '*';
  }
  return terms;
}

// A message for each term, not one for all: what is looked for is the conversation.
constexpr std::string_view kHasTerm =
    " AND (? IS NULL OR conversation IN (SELECT word_place.conversation FROM words"
    " JOIN word_place ON place = words.rowid WHERE words MATCH ?))";

std::string find_sql() {
  std::string sql =
      "SELECT conversation, controller, channel, language, opened, last_at, closed, outcome, topic"
      " FROM transcript WHERE (?1 IS NULL OR instr(?1, ',' || controller || ',') > 0)"
      " AND (?2 IS NULL OR controller = ?2) AND (?3 IS NULL OR outcome = ?3)"
      " AND (?4 IS NULL OR EXISTS(SELECT 1 FROM transcript_topic AS t"
      " WHERE t.conversation = transcript.conversation AND t.topic = ?4))"
      " AND (?5 IS NULL OR EXISTS(SELECT 1 FROM transcript_agent AS a"
      " WHERE a.conversation = transcript.conversation AND a.agent = ?5))"
      " AND last_at >= ?6 AND last_at < ?7 AND closed >= ?8"
      " AND (last_at < ?9 OR (last_at = ?9 AND conversation < ?10))";
  for (std::size_t term = 0; term < service::kSearchTermsMax; ++term) {
    const std::string number = "?" + std::to_string(12 + term);
    std::string has(kHasTerm);
    for (std::size_t at = has.find('?'); at != has.npos; at = has.find('?', at + number.size()))
      has.replace(at, 1, number);
    sql += has;
  }
  return sql + " ORDER BY last_at DESC, conversation DESC LIMIT ?11";
}

template <class Id>
std::optional<std::string> text_of(const std::optional<Id>& id) {
  return id ? std::optional(id->value) : std::nullopt;
}

void bind(Statement& statement, const TranscriptQuery& query) {
  const Terms terms = terms_of(query);
  const auto before = query.before.value_or(service::SearchPlace{Time::max(), ConversationId{}});
  const auto outcome =
      query.outcome ? std::optional(std::string(code(*query.outcome))) : std::nullopt;
  std::apply(
      [&](const auto&... term) {
        statement.bind(listed(query.by), text_of(query.municipality), outcome, text_of(query.topic),
                       text_of(query.agent), millis(query.from), millis(query.to),
                       query.closed_only ? 1 : 0, millis(before.last_at), before.conversation.value,
                       static_cast<std::int64_t>(query.count_max), term...);
      },
      terms);
}

FoundTranscript found_of(const Statement& row) {
  FoundTranscript found;
  found.id = ConversationId{row.integer(0)};
  found.controller = MunicipalityId{std::string(row.text(1))};
  found.channel = row.text(2);
  found.language = language_from_code(row.text(3)).value_or(Language::nn);
  found.opened_at = time_of(row.integer(4));
  found.last_at = time_of(row.integer(5));
  found.closed = row.integer(6) != 0;
  if (!row.is_null(7)) found.outcome = close_outcome_from_code(row.text(7));
  if (!row.is_null(8)) found.topic = ArticleId{std::string(row.text(8))};
  return found;
}

FoundTranscript::Agent agent_of(const Statement& row) {
  return {AgentId{std::string(row.text(0))}, std::string(row.text(1))};
}

}  // namespace

Result<LogPlace, SqliteError> select_place(Connection& connection) {
  auto statement = connection.prepare("SELECT position, conversation, seq FROM place");
  if (!statement) return Failure{statement.error()};
  LogPlace place;
  auto read = each_row(*statement, [&](const Statement& row) {
    place = {row.integer(0), row.integer(1), row.integer(2)};
  });
  if (!read) return Failure{read.error()};
  return place;
}

Result<Done, SqliteError> update_place(Connection& connection, const LogPlace& place) {
  return run(connection, "UPDATE place SET position=?1, conversation=?2, seq=?3", place.position,
             place.conversation, place.seq);
}

Result<std::optional<Seq>, SqliteError> select_indexed(Connection& connection,
                                                       ConversationId conversation) {
  auto statement = connection.prepare("SELECT seq FROM transcript WHERE conversation=?1");
  if (!statement) return Failure{statement.error()};
  std::optional<Seq> seq;
  statement->bind(conversation.value);
  auto read = each_row(*statement, [&](const Statement& row) { seq = Seq{row.integer(0)}; });
  if (!read) return Failure{read.error()};
  return seq;
}

Result<Done, SqliteError> write_transcript(Connection& connection, const TranscriptFacts& facts,
                                           Seq after) {
  const FoundTranscript& found = facts.found;
  auto done =
      run(connection, "INSERT OR REPLACE INTO transcript VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)",
          found.id.value, facts.seq.value, found.controller.value, found.channel,
          std::string(code(found.language)), millis(found.opened_at), millis(found.last_at),
          found.closed ? 1 : 0,
          found.outcome ? std::optional(std::string(code(*found.outcome))) : std::nullopt,
          text_of(found.topic));
  if (done) done = write_lists(connection, facts);
  return done ? write_words(connection, facts, after) : done;
}

Result<Done, SqliteError> delete_words(Connection& connection, ConversationId conversation) {
  auto done = run(connection,
                  "DELETE FROM words WHERE rowid IN"
                  " (SELECT place FROM word_place WHERE conversation=?1)",
                  conversation.value);
  if (!done) return done;
  return run(connection, "DELETE FROM word_place WHERE conversation=?1", conversation.value);
}

Result<Done, SqliteError> delete_transcript(Connection& connection, ConversationId conversation) {
  if (auto done = delete_words(connection, conversation); !done) return done;
  for (const char* sql : {"DELETE FROM transcript WHERE conversation=?1",
                          "DELETE FROM transcript_agent WHERE conversation=?1",
                          "DELETE FROM transcript_topic WHERE conversation=?1"}) {
    if (auto done = run(connection, sql, conversation.value); !done) return done;
  }
  return Done{};
}

// A deleted row stands in an FTS5 index until its segments are merged into one.
Result<Done, SqliteError> forget_deleted_words(Connection& connection) {
  return connection.execute("INSERT INTO words(words) VALUES('optimize')");
}

Result<std::vector<FoundTranscript>, SqliteError> select_transcripts(Connection& connection,
                                                                     const TranscriptQuery& query) {
  auto statement = connection.prepare(find_sql());
  if (!statement) return Failure{statement.error()};
  bind(*statement, query);
  std::vector<FoundTranscript> all;
  auto read = each_row(*statement, [&](const Statement& row) { all.push_back(found_of(row)); });
  if (!read) return Failure{read.error()};
  auto agents = connection.prepare(
      "SELECT agent, display_name FROM transcript_agent WHERE conversation=?1 ORDER BY agent");
  if (!agents) return Failure{agents.error()};
  for (FoundTranscript& found : all) {
    agents->bind(found.id.value);
    read = each_row(*agents, [&](const Statement& row) { found.agents.push_back(agent_of(row)); });
    if (!read) return Failure{read.error()};
  }
  return all;
}

Result<SearchChoices, SqliteError> select_choices(Connection& connection,
                                                  const service::SearchableBy& by) {
  constexpr std::string_view kMine =
      " JOIN transcript USING(conversation) WHERE ?1 IS NULL OR instr(?1, ',' || controller || "
      "',') > 0";
  SearchChoices choices;
  auto topics = connection.prepare("SELECT DISTINCT transcript_topic.topic FROM transcript_topic" +
                                   std::string(kMine) + " ORDER BY 1");
  if (!topics) return Failure{topics.error()};
  topics->bind(listed(by));
  auto read = each_row(*topics, [&](const Statement& row) {
    choices.topics.push_back(ArticleId{std::string(row.text(0))});
  });
  if (!read) return Failure{read.error()};
  auto agents = connection.prepare("SELECT agent, max(display_name) FROM transcript_agent" +
                                   std::string(kMine) + " GROUP BY agent ORDER BY 2");
  if (!agents) return Failure{agents.error()};
  agents->bind(listed(by));
  read = each_row(*agents, [&](const Statement& row) { choices.agents.push_back(agent_of(row)); });
  if (!read) return Failure{read.error()};
  return choices;
}

}  // namespace svar::store
