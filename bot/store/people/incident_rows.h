// Incidents as rows. Internal to bot/store/people.
#pragma once

#include <vector>

#include "bot/service/incidents/incident.h"
#include "bot/store/sqlite.h"

namespace svar::store {

Result<Done, SqliteError> insert_incident(Connection& connection,
                                          const service::Incident& incident);
Result<std::vector<service::Incident>, SqliteError> select_incidents(Connection& connection);

}  // namespace svar::store
