#include "bot/store/people/people_file.h"

#include "bot/store/database_copy.h"
#include "bot/store/sqlite.h"

namespace svar::store {
namespace {

using service::PeopleError;

constexpr std::chrono::seconds kBusyTimeout{5};

PeopleError people_error(const SqliteError& error) {
  return PeopleError{"accounts: " + error.what};
}

Result<Done, SqliteError> find_damage(Connection& connection, const char* pragma,
                                      std::vector<std::string>& findings) {
  auto check = connection.prepare(pragma);
  if (!check) return Failure{check.error()};
  while (true) {
    auto step = check->step();
    if (!step) return Failure{step.error()};
    if (*step == Step::done) return Done{};
    if (check->text(0) != "ok") findings.emplace_back(check->text(0));
  }
}

}  // namespace

Result<PeopleReport, PeopleError> verify_people(const std::filesystem::path& file) {
  auto connection = Connection::open(file, OpenMode::read);
  if (!connection) return Failure{people_error(connection.error())};
  connection->set_busy_timeout(kBusyTimeout);
  PeopleReport report;
  for (const char* pragma : {"PRAGMA integrity_check(100)", "PRAGMA foreign_key_check"}) {
    if (auto checked = find_damage(*connection, pragma, report.findings); !checked)
      return Failure{people_error(checked.error())};
  }
  auto accounts = connection->query_integer("SELECT count(*) FROM account");
  if (!accounts) return Failure{people_error(accounts.error())};
  report.accounts = *accounts;
  return report;
}

std::optional<PeopleError> copy_people(const std::filesystem::path& file,
                                       const std::filesystem::path& to) {
  constexpr int kAll = -1;  // in one step, so that no sign-in can make it begin anew
  {
    auto connection = Connection::open(file, OpenMode::read);
    if (!connection) return people_error(connection.error());
    connection->set_busy_timeout(kBusyTimeout);
    auto copy = DatabaseCopy::begin(*connection, to);
    if (!copy) return people_error(copy.error());
    if (auto step = copy->step(kAll); !step) return people_error(step.error());
  }
  if (auto settled = settle_copy(to); !settled) return people_error(settled.error());
  return std::nullopt;
}

std::optional<PeopleError> forget_sessions(const std::filesystem::path& file) {
  auto connection = Connection::open(file, OpenMode::write);
  if (!connection) return people_error(connection.error());
  for (const char* sql : {"PRAGMA secure_delete=ON", "DELETE FROM session"}) {
    if (auto done = connection->execute(sql); !done) return people_error(done.error());
  }
  return std::nullopt;
}

}  // namespace svar::store
