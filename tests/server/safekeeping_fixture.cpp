#include "tests/server/safekeeping_fixture.h"

#include <fstream>
#include <iterator>

#include "bot/server/backup/copy_request.h"
#include "bot/store/sqlite.h"
#include "kb-adapter/sources/folder_archive.h"

namespace svar::server {

using examples::opened;
using examples::replied;
using examples::spoke;

void Safekeeping::SetUp() {
  // Accounts as the service makes them; a person who is signed in.
  auto people = store::Connection::open(data_ / kPeopleFile, store::OpenMode::create);
  ASSERT_TRUE(people);
  ASSERT_TRUE(people->execute(
      "PRAGMA journal_mode=WAL; CREATE TABLE account(name TEXT PRIMARY KEY);"
      "CREATE TABLE session(token_digest TEXT PRIMARY KEY, agent TEXT);"
      "INSERT INTO account VALUES('kari'); INSERT INTO session VALUES('digest', 'kari')"));
  ASSERT_TRUE(kb::FolderArchive(data_ / kReleaseFolder).keep({{"common.yaml", "innhald"}}));
  write(data_ / "web-chat.key", "0123456789abcdef");
  start_service();
}

void Safekeeping::start_service() {
  auto lock = DataFolder::open(data_);
  ASSERT_TRUE(lock) << lock.error();
  lock_.emplace(std::move(*lock));
  log_ = store::open_sqlite({.file = data_ / kLogFile}, executor_);
  auto control = ControlSocket::open(data_, [this](const auto& request, const auto& tell) {
    return answer_copy_request(*log_, request, tell);
  });
  ASSERT_TRUE(control) << control.error();
  control_ = std::move(*control);
}

void Safekeeping::stop_service() {
  control_.reset();
  log_.reset();
  lock_.reset();
}

void Safekeeping::say(ConversationId conversation, int expected, const std::string& words) {
  std::vector<Event> events;
  if (expected == 0) events = {opened(), ControllerSet{{"osteroy"}}};
  const std::string id = "m" + std::to_string(expected);
  events.push_back(spoke(id, words));
  BotReplied reply = std::get<BotReplied>(replied(id, "ja"));
  reply.release = ReleaseNumber{1};
  events.emplace_back(std::move(reply));
  ASSERT_TRUE(
      store::appended(store::Calls(*log_, executor_)
                          .append(store::append_of(conversation, expected, std::move(events)))));
}

void Safekeeping::erase(ConversationId conversation, int expected) {
  ASSERT_TRUE(store::appended(
      store::Calls(*log_, executor_)
          .erase({store::append_of(conversation, expected, {Erased{{"e"}}}, service::Row{}),
                  {},
                  true})));
}

Result<BackupMade, BackupFailure> Safekeeping::try_backup(int second) {
  return make_backup(data_, backups_, store::at_second(second),
                     [](const std::string&, std::int64_t, std::int64_t) {});
}

std::filesystem::path Safekeeping::backup(int second) {
  auto made = try_backup(second);
  if (made) return made->folder;
  ADD_FAILURE() << made.error().what;
  for (const std::string& finding : made.error().findings) ADD_FAILURE() << finding;
  return {};
}

std::vector<Recorded> Safekeeping::events_in(const std::filesystem::path& folder,
                                             ConversationId conversation) {
  auto log = store::open_sqlite({.file = folder / kLogFile}, executor_);
  return store::Calls(*log, executor_).load(conversation);
}

void Safekeeping::spoil(const std::filesystem::path& database, const std::string& sql) {
  auto connection = store::Connection::open(database, store::OpenMode::write);
  ASSERT_TRUE(connection);
  ASSERT_TRUE(connection->execute(sql));
  ASSERT_GT(connection->changes(), 0) << "nothing was spoilt";
}

std::string Safekeeping::read(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void Safekeeping::write(const std::filesystem::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

}  // namespace svar::server
