#include "bot/server/keeping.h"

#include "bot/server/log.h"

namespace svar::server {
namespace {

void remove_erased(store::ConversationRemover& remover, Time last_at_max,
                   std::function<void()> done) {
  remover.remove(last_at_max, [done = std::move(done)](
                                  const Result<std::int64_t, service::StoreError>& removed) {
    if (!removed) {
      log_event(Level::error, "conversations_not_removed", {{"why", removed.error().what}});
    } else if (*removed > 0) {
      log_event(Level::info, "conversations_removed", {{"count", *removed}});
    }
    done();
  });
}

}  // namespace

service::Sweeps::Options keeping_options(const Settings& settings,
                                         service::Conversations::ReleaseSource release,
                                         store::ConversationRemover& remover) {
  service::Sweeps::Options options;
  options.inactivity = settings.conversations.inactivity;
  options.retention = [release = std::move(release)] {
    std::vector<service::Sweeps::Retention> kept;
    const auto served = release();
    for (const auto& [id, municipality] : served->municipalities) {
      kept.push_back({id, std::chrono::days{municipality.retention_days},
                      std::chrono::days{municipality.retention_days_with_agent}});
    }
    return kept;
  };
  options.removed_after = settings.conversations.removed_after;
  options.remove_erased = [&remover](Time last_at_max, std::function<void()> done) {
    remove_erased(remover, last_at_max, std::move(done));
  };
  return options;
}

}  // namespace svar::server
