#include "bot/store/people/audit_rows.h"

namespace svar::store {
namespace {

using service::AuditEntry;
using service::AuditQuery;
using service::AuditScope;
using Entries = service::AuditStore::Entries;

constexpr std::chrono::seconds kBusyTimeout{5};

std::int64_t millis(Time time) {
  return time.time_since_epoch().count();
}

// «*», or the ids with a comma before and after each, so that one can be searched for whole.
std::string text_of(const AuditScope& scope) {
  if (scope.everybody) return "*";
  std::string text;
  for (const auto& id : scope.municipalities) text += (text.empty() ? "," : "") + id.value + ',';
  return text;
}

AuditScope scope_of(std::string_view text) {
  AuditScope scope;
  scope.everybody = text == "*";
  if (scope.everybody || text.empty()) return scope;
  text.remove_prefix(1);
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size() - 1);
    scope.municipalities.insert(MunicipalityId{std::string(text.substr(0, comma))});
    text.remove_prefix(comma + 1);
  }
  return scope;
}

AuditEntry entry_of(const Statement& row) {
  AuditEntry entry;
  entry.number = row.integer(0);
  entry.at = Time{std::chrono::milliseconds{row.integer(1)}};
  entry.kind = service::audit_kind_from_code(row.text(2)).value_or(service::AuditKind::signed_in);
  entry.who = AgentId{std::string(row.text(3))};
  entry.about = AgentId{std::string(row.text(4))};
  if (row.integer(5) != 0) entry.conversation = ConversationId{row.integer(5)};
  entry.why = row.text(6);
  entry.scope = scope_of(row.text(7));
  return entry;
}

// "osteroy|gulen": what of the scope is searched for.
std::string wanted_scopes(const AuditQuery& query) {
  std::string text;
  for (const auto& id : *query.municipalities) text += (text.empty() ? "" : "|") + id.value;
  return text;
}

constexpr std::string_view kSelect = R"(
  WITH RECURSIVE place(id, rest) AS (
    SELECT '', ?1 || '|'
    UNION ALL
    SELECT substr(rest, 1, instr(rest, '|') - 1), substr(rest, instr(rest, '|') + 1)
      FROM place WHERE rest <> '')
  SELECT number, at, kind, who, about, conversation, why, scope FROM audit
  WHERE number < ?2 AND at >= ?3 AND at < ?4
    AND (?5 = '' OR who = ?5 OR about = ?5)
    AND (?6 = 0 OR conversation = ?6)
    AND (?7 = '' OR kind = ?7)
    AND (?8 = 0 OR scope = '*'
         OR EXISTS (SELECT 1 FROM place WHERE id <> '' AND instr(scope, ',' || id || ',') > 0))
  ORDER BY number DESC LIMIT ?9)";

}  // namespace

Result<Done, SqliteError> insert_audit(Connection& connection, const AuditEntry& entry) {
  auto statement = connection.prepare(
      "INSERT INTO audit(at, kind, who, about, conversation, why, scope) "
      "VALUES(?1,?2,?3,?4,?5,?6,?7)");
  if (!statement) return Failure{statement.error()};
  return statement->run(millis(entry.at), std::string(code(entry.kind)), entry.who.value,
                        entry.about.value, entry.conversation ? entry.conversation->value : 0,
                        entry.why, text_of(entry.scope));
}

Result<Entries, SqliteError> select_audit(Connection& connection, const AuditQuery& query) {
  auto statement = connection.prepare(kSelect);
  if (!statement) return Failure{statement.error()};
  const std::string places = query.municipalities ? wanted_scopes(query) : std::string();
  const std::string kind = query.kind ? std::string(code(*query.kind)) : std::string();
  statement->bind(places, query.before, query.from ? millis(*query.from) : INT64_MIN,
                  query.until ? millis(*query.until) : INT64_MAX,
                  query.agent ? query.agent->value : std::string(),
                  query.conversation ? query.conversation->value : std::int64_t{0}, kind,
                  std::int64_t{query.municipalities.has_value()},
                  static_cast<std::int64_t>(query.count_max));
  Entries entries;
  while (true) {
    const auto step = statement->step();
    if (!step) return Failure{step.error()};
    if (*step == Step::done) return entries;
    entries.push_back(entry_of(*statement));
  }
}

Result<Done, SqliteError> delete_audit_before(Connection& connection, Time time) {
  auto statement = connection.prepare("DELETE FROM audit WHERE at < ?1");
  if (!statement) return Failure{statement.error()};
  return statement->run(millis(time));
}

Result<Entries, service::PeopleError> read_audit_file(const std::filesystem::path& file,
                                                      const AuditQuery& query) {
  auto connection = Connection::open(file, OpenMode::read);
  if (!connection) return Failure{service::PeopleError{connection.error().what}};
  connection->set_busy_timeout(kBusyTimeout);
  auto entries = select_audit(*connection, query);
  if (!entries) return Failure{service::PeopleError{entries.error().what}};
  return std::move(*entries);
}

}  // namespace svar::store
