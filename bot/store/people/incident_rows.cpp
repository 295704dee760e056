#include "bot/store/people/incident_rows.h"

#include "bot/domain/codes.h"

namespace svar::store {
namespace {

using service::Incident;
using service::IncidentText;

std::int64_t millis(Time time) {
  return time.time_since_epoch().count();
}
Time time_of(std::int64_t millis) {
  return Time{std::chrono::milliseconds{millis}};
}

IncidentText text_of(const Statement& row, int language, int text) {
  const auto known = language_from_code(row.text(language));
  return {known.value_or(Language::nn), std::string(row.text(text))};
}

Incident incident_of(const Statement& row) {
  Incident incident;
  incident.id = row.integer(0);
  incident.version = static_cast<int>(row.integer(1));
  incident.draft.municipality = MunicipalityId{std::string(row.text(2))};
  if (!row.text(3).empty()) incident.draft.topic = ArticleId{std::string(row.text(3))};
  incident.draft.text = text_of(row, 4, 5);
  if (!row.text(6).empty()) incident.draft.second = text_of(row, 6, 7);
  incident.draft.from = time_of(row.integer(8));
  incident.draft.to = time_of(row.integer(9));
  incident.author = AgentId{std::string(row.text(10))};
  incident.written = time_of(row.integer(11));
  incident.draft.crisis = row.integer(12) != 0;
  return incident;
}

}  // namespace

Result<Done, SqliteError> insert_incident(Connection& connection, const Incident& incident) {
  auto statement = connection.prepare(
      "INSERT OR REPLACE INTO incident VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13)");
  if (!statement) return Failure{statement.error()};
  const auto& draft = incident.draft;
  return statement->run(incident.id, std::int64_t{incident.version}, draft.municipality.value,
                        draft.topic ? draft.topic->value : std::string(),
                        std::string(code(draft.text.language)), draft.text.text,
                        draft.second ? std::string(code(draft.second->language)) : std::string(),
                        draft.second ? draft.second->text : std::string(), millis(draft.from),
                        millis(draft.to), incident.author.value, millis(incident.written), std::int64_t{draft.crisis});
}

Result<std::vector<Incident>, SqliteError> select_incidents(Connection& connection) {
  auto statement = connection.prepare(
      "SELECT id, version, municipality, topic, language, text, second_language, second_text, "
      "starts, ends, author, written, crisis FROM incident WHERE version = "
      "(SELECT max(version) FROM incident AS later WHERE later.id = incident.id) ORDER BY id");
  if (!statement) return Failure{statement.error()};
  std::vector<Incident> incidents;
  while (true) {
    const auto step = statement->step();
    if (!step) return Failure{step.error()};
    if (*step == Step::done) return incidents;
    incidents.push_back(incident_of(*statement));
  }
}

}  // namespace svar::store
