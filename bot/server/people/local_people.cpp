#include "bot/server/people/local_people.h"

#include <cstring>
#include <nlohmann/json.hpp>

#include "bot/server/data_folder.h"
#include "bot/server/people/people_requests.h"
#include "bot/server/people/sealing_key.h"
#include "bot/server/system_clock.h"
#include "bot/service/people/argon2_hasher.h"
#include "bot/store/people/sqlite_people_store.h"
#include "connectors/net/io_executor.h"

namespace svar::server {
namespace {

namespace fs = std::filesystem;

// The content isn't compiled for this: a municipality is a folder of it.
service::Administration::IsMunicipality folders_in(const std::string& content) {
  return [content](const MunicipalityId& id) {
    std::error_code ignored;
    return fs::is_directory(fs::path{content} / "municipalities" / id.value, ignored);
  };
}

}  // namespace

Result<nlohmann::ordered_json, std::string> answer_people_locally(const Settings& settings,
                                                                  const nlohmann::json& request) {
  const fs::path folder = settings.store.path;
  if (!fs::exists(folder / kPeopleFile))
    return Failure{"there are no accounts in " + folder.string() +
                   ": start the service once, which makes the first"};
  auto data = DataFolder::open(folder);
  if (!data) return Failure{data.error()};
  const auto key = sealing_key(*data);
  if (!key) return Failure{key.error()};
  net::IoExecutor io;
  const SystemClock clock;
  auto store = store::SqlitePeopleStore::open(folder / kPeopleFile, io, *key);
  if (!store) return Failure{store.error().what};
  auto people = service::People::load(**store, clock);
  if (!people) return Failure{people.error().what};
  service::Argon2Hasher hasher(io);
  service::AuditTrail audit(**store, clock);
  service::OwnAccount own(**people, hasher, audit, clock);
  service::Administration administration(**people, audit, clock, folders_in(settings.content.path),
                                         settings.desk.invitation_life);
  nlohmann::ordered_json answer;
  io.post([&] {
    answer_people_request({administration, own}, request, [&](nlohmann::ordered_json given) {
      answer = std::move(given);
      io.stop();
    });
  });
  io.run();
  return answer;
}

}  // namespace svar::server
