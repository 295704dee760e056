// The audit log's rows in the file of accounts.
#pragma once

#include <filesystem>

#include "bot/service/people/audit.h"
#include "bot/store/sqlite.h"

namespace svar::store {

Result<Done, SqliteError> insert_audit(Connection& connection, const service::AuditEntry& entry);
Result<service::AuditStore::Entries, SqliteError> select_audit(Connection& connection,
                                                               const service::AuditQuery& query);
Result<Done, SqliteError> delete_audit_before(Connection& connection, Time time);

// From the file itself, whether a service runs or not. Blocks.
Result<service::AuditStore::Entries, service::PeopleError> read_audit_file(
    const std::filesystem::path& file, const service::AuditQuery& query);

}  // namespace svar::store
