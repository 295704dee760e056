#include "bot/server/commands/restore_command.h"

#include <nlohmann/json.hpp>
#include <ostream>

#include "bot/server/backup/restore.h"

namespace svar::server {
namespace {

using nlohmann::ordered_json;

RestoreRequest request_of(const RestoreOptions& options, const Settings& settings, Time now) {
  RestoreRequest request;
  request.from = options.from;
  request.data = settings.store.path;
  if (!settings.backup.path.empty()) {
    const auto list = std::filesystem::path(settings.backup.path) / kErasureList;
    if (std::filesystem::exists(list)) request.erasure_lists.push_back(list);
  }
  for (const std::string& list : options.erasures) request.erasure_lists.emplace_back(list);
  if (options.force) request.existing = RestoreRequest::Existing::put_aside;
  if (options.without_erasures) request.no_list = RestoreRequest::NoList::accept;
  request.now = now;
  return request;
}

std::string json_of(const Restored& restored, const RestoreRequest& request) {
  ordered_json replaced;
  if (!restored.replaced.empty()) replaced = restored.replaced.string();
  const ordered_json all{{"backup", request.from.string()},
                         {"data", request.data.string()},
                         {"made_at", restored.manifest.made_at},
                         {"conversations", restored.manifest.conversations},
                         {"events", restored.manifest.events},
                         {"accounts", restored.manifest.accounts},
                         {"erasures_listed", restored.erasures_listed},
                         {"erased_again", restored.replayed.conversations},
                         {"redacted_again", restored.replayed.redactions},
                         {"replaced", std::move(replaced)},
                         {"notes", restored.notes}};
  return all.dump(2, ' ', false, ordered_json::error_handler_t::replace);
}

void write_text(const Restored& restored, const RestoreRequest& request, std::ostream& out) {
  out << "restored and verified: " << request.data.string() << "\n  as of "
      << restored.manifest.made_at << ": " << restored.manifest.conversations << " conversations, "
      << restored.manifest.events << " events, " << restored.manifest.accounts << " accounts\n  "
      << restored.replayed.conversations + restored.replayed.redactions
      << " erasures done again that came after the backup\n"
      << "  every agent logs in anew\n";
  if (!restored.replaced.empty()) {
    out << "  the old data is in " << restored.replaced.string()
        << ": remove it when it is of no more use, for it holds people's words\n";
  }
  for (const std::string& note : restored.notes) out << "  note: " << note << '\n';
}

}  // namespace

int run_restore(const RestoreOptions& options, Time now, std::ostream& out, std::ostream& err) {
  const auto settings = settings_of(options.data, err);
  if (!settings) return 2;
  const RestoreRequest request = request_of(options, *settings, now);
  const auto restored = restore_backup(request, ProgressLines(err));
  if (!restored) {
    for (const std::string& finding : restored.error().findings) err << finding << '\n';
    err << "not restored: " << restored.error().what << '\n';
    return 1;
  }
  if (options.json) {
    out << json_of(*restored, request) << '\n';
  } else {
    write_text(*restored, request, out);
  }
  return 0;
}

}  // namespace svar::server
