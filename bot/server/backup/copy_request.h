// «Copy the log there»: what `svarsentral backup` asks of a running service, whose writer alone can
// copy while it writes. Everything else of a backup the command does itself.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "bot/server/backup/control_socket.h"
#include "bot/store/sqlite_event_store.h"

namespace svar::server {

// Told how many pages of how many are copied.
using CopyProgress = std::function<void(std::int64_t done, std::int64_t all)>;

// The service's side, for ControlSocket: blocks its thread until the copy is made, or given up
// because the asker is gone. `log` must outlive the call.
std::string answer_copy_request(store::SqliteEventStore& log, const std::string& request,
                                const TellLine& tell);

enum class Copied { by_service, nobody_serves };
// The command's side: has the service that runs on `data` copy its log to `to`, which must not
// exist. The copy is not synced.
Result<Copied, std::string> copy_through_service(const std::filesystem::path& data,
                                                 const std::filesystem::path& to,
                                                 const CopyProgress& progress);

}  // namespace svar::server
