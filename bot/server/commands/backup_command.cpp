#include "bot/server/commands/backup_command.h"

#include <nlohmann/json.hpp>
#include <ostream>

#include "bot/server/backup/backup.h"

namespace svar::server {
namespace {

std::string json_of(const BackupMade& made, double seconds) {
  std::int64_t bytes = 0;
  for (const Manifest::File& file : made.manifest.files) bytes += file.bytes;
  const nlohmann::ordered_json all{{"backup", made.folder.string()},
                                   {"made_at", made.manifest.made_at},
                                   {"by_service", made.by_service},
                                   {"conversations", made.manifest.conversations},
                                   {"events", made.manifest.events},
                                   {"last_position", made.manifest.last_position},
                                   {"accounts", made.manifest.accounts},
                                   {"files", made.manifest.files.size()},
                                   {"bytes", bytes},
                                   {"seconds", seconds}};
  return all.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace

int run_backup(const BackupOptions& options, Time now, std::ostream& out, std::ostream& err) {
  const auto settings = settings_of(options.data, err);
  if (!settings) return 2;
  const std::string to = options.to.empty() ? settings->backup.path : options.to;
  if (to.empty()) {
    err << "name the folder of backups with --to, or with backup.path in the configuration\n";
    return 2;
  }
  const auto started = std::chrono::steady_clock::now();
  const auto made = make_backup(settings->store.path, to, now, ProgressLines(err));
  if (!made) {
    for (const std::string& finding : made.error().findings) err << finding << '\n';
    err << "no backup was made: " << made.error().what << '\n';
    return 1;
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
  if (options.json) {
    out << json_of(*made, took.count()) << '\n';
  } else {
    out << "backed up and verified: " << made->folder.string() << "\n  "
        << made->manifest.conversations << " conversations, " << made->manifest.events
        << " events, " << made->manifest.accounts << " accounts, " << made->manifest.files.size()
        << " files\n";
  }
  return 0;
}

}  // namespace svar::server
