// A restore gives back what was backed up, without the words that were deleted since; and whatever
// stops it, no half of it is ever served.
#include "bot/server/backup/restore.h"

#include <fstream>

#include "bot/store/erasure_list.h"
#include "bot/store/people/people_file.h"
#include "bot/store/removal/conversation_remover.h"
#include "tests/server/safekeeping_fixture.h"

namespace svar::server {
namespace {

namespace fs = std::filesystem;

class Restoring : public Safekeeping {
 protected:
  void SetUp() override {
    Safekeeping::SetUp();
    say(kOne, 0, "kanarifugl-ein");
    say(kTwo, 0, "kanarifugl-to");
    backup_ = backup();
  }

  RestoreRequest request() {
    RestoreRequest request;
    request.from = backup_;
    request.data = elsewhere_.path() / "restored-data";
    request.now = store::at_second(100);
    return request;
  }
  Result<Restored, BackupFailure> restore(const RestoreRequest& request) {
    return restore_backup(request, [](const std::string&, std::int64_t, std::int64_t) {});
  }
  // The words that any file below `folder` holds.
  static bool holds(const fs::path& folder, const std::string& word) {
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (entry.is_regular_file() && read(entry.path()).find(word) != std::string::npos)
        return true;
    }
    return false;
  }

  fs::path backup_;
};

TEST_F(Restoring, GivesBackEveryEvent) {
  const auto restored = restore(request());
  ASSERT_TRUE(restored) << restored.error().what;
  EXPECT_EQ(restored->manifest.events, 8);
  EXPECT_TRUE(restored->notes.empty()) << restored->notes.front();
  const auto report = check_data(request().data, {});
  ASSERT_TRUE(report && report->good());
  EXPECT_EQ(report->accounts, 1);
  EXPECT_EQ(events_in(request().data, kOne), store::Calls(*log_, executor_).load(kOne));
  EXPECT_EQ(read(request().data / "web-chat.key"), "0123456789abcdef");
}

TEST_F(Restoring, BringsNoWordBackThatWasDeletedAfterTheBackup) {
  erase(kOne, 4);
  backup(1);  // tells of it beside the older one
  ASSERT_TRUE(holds(backup_, "kanarifugl-ein")) << "the test would prove nothing";
  const auto restored = restore(request());
  ASSERT_TRUE(restored) << restored.error().what;
  EXPECT_EQ(restored->replayed.conversations, 1);
  EXPECT_FALSE(holds(request().data, "kanarifugl-ein"));
  EXPECT_TRUE(holds(request().data, "kanarifugl-to"));
  const auto events = events_in(request().data, kOne);
  EXPECT_EQ(events.back().event, Event{Erased{}});
  EXPECT_EQ(store::texts_of(events), std::vector<std::string>(5));
}

TEST_F(Restoring, KnowsWhatTheDataItReplacesHasDeletedThoughNobodyListedIt) {
  erase(kOne, 4);
  stop_service();
  auto in_place = request();
  in_place.data = data_;
  in_place.existing = RestoreRequest::Existing::put_aside;
  const auto restored = restore(in_place);
  ASSERT_TRUE(restored) << restored.error().what;
  EXPECT_EQ(restored->replayed.conversations, 1);
  EXPECT_FALSE(holds(data_, "kanarifugl-ein"));
  EXPECT_FALSE(restored->replaced.empty());
  // The next restore, on another machine, knows it from the list beside the backups.
  EXPECT_EQ(restore(request())->replayed.conversations, 1);
}

TEST_F(Restoring, GoesOnFromTheReplacedListWhenTheLogIsLost) {
  erase(kOne, 4);
  stop_service();
  ASSERT_FALSE(
      store::append_erasures(data_ / kErasureList, {{kOne, store::at_second(4), Position{9}, {}}}));
  write(data_ / kLogFile, std::string(8192, 'x'));
  auto in_place = request();
  in_place.data = data_;
  in_place.existing = RestoreRequest::Existing::put_aside;
  const auto restored = restore(in_place);
  ASSERT_TRUE(restored) << restored.error().what;
  EXPECT_EQ(restored->replayed.conversations, 1);
  EXPECT_EQ(restored->notes.size(), 1U);
}

TEST_F(Restoring, RefusesWhenNoListTellsWhatWasDeleted) {
  fs::remove(backups_ / kErasureList);
  const auto refused = restore(request());
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().what.find("--erasures"), std::string::npos);
  EXPECT_FALSE(fs::exists(request().data / kLogFile));
  auto accepting = request();
  accepting.no_list = RestoreRequest::NoList::accept;
  EXPECT_TRUE(restore(accepting));
}

TEST_F(Restoring, BringsNoWordBackOfAConversationThatWasRemovedWholeAfterTheBackup) {
  erase(kOne, 4);
  ASSERT_FALSE(
      store::append_erasures(data_ / kErasureList, {{kOne, store::at_second(4), Position{9}, {}}}));
  say(kTwo, 4, "etterpå");
  store::ConversationRemover remover(*log_, [] { return Position{9}; });
  store::Answer<std::int64_t> answer;
  remover.remove(store::at_second(100), answer.callback());
  ASSERT_EQ(answer.wait(executor_), 1);
  stop_service();

  auto in_place = request();
  in_place.data = data_;
  in_place.existing = RestoreRequest::Existing::put_aside;
  const auto restored = restore(in_place);
  ASSERT_TRUE(restored) << restored.error().what;
  EXPECT_EQ(restored->replayed.conversations, 1);
  EXPECT_EQ(read(data_ / kLogFile).find("kanarifugl-ein"), std::string::npos);
}

TEST_F(Restoring, TakesAListThatIsNamed) {
  fs::remove(backups_ / kErasureList);
  const fs::path list = elsewhere_.path() / "list.jsonl";
  ASSERT_FALSE(store::append_erasures(list, {{kTwo, store::at_second(9), Position{30}, {}}}));
  auto named = request();
  named.erasure_lists = {list};
  EXPECT_EQ(restore(named)->replayed.conversations, 1);
  EXPECT_FALSE(holds(request().data, "kanarifugl-to"));
  named.erasure_lists = {elsewhere_.path() / "nowhere"};
  EXPECT_FALSE(restore(named));
}

TEST_F(Restoring, RefusesAListThatIsDamaged) {
  write(backups_ / kErasureList, "{\"conversation\":\n");
  EXPECT_FALSE(restore(request()));
}

TEST_F(Restoring, RefusesABackupThatIsDamaged) {
  std::string bytes = read(backup_ / kLogFile);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  write(backup_ / kLogFile, bytes);
  const auto refused = restore(request());
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().findings.at(0).find(kLogFile), std::string::npos);
}

TEST_F(Restoring, RefusesWhatIsNoBackupAndNamesTheNewest) {
  auto wrong = request();
  wrong.from = backups_;
  EXPECT_NE(restore(wrong).error().what.find(backup_.string()), std::string::npos);
}

TEST_F(Restoring, RefusesWhileAServiceRuns) {
  auto in_place = request();
  in_place.data = data_;
  in_place.existing = RestoreRequest::Existing::put_aside;
  EXPECT_NE(restore(in_place).error().what.find("another process"), std::string::npos);
}

TEST_F(Restoring, LeavesDataThatIsThereUnlessItMayPutItAside) {
  ASSERT_TRUE(restore(request()));
  const auto refused = restore(request());
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().what.find("--force"), std::string::npos);
  auto forced = request();
  forced.existing = RestoreRequest::Existing::put_aside;
  const auto restored = restore(forced);
  ASSERT_TRUE(restored) << restored.error().what;
  EXPECT_TRUE(fs::exists(restored->replaced / kLogFile));
  EXPECT_TRUE(check_data(request().data, {})->good());
}

TEST_F(Restoring, EndsEverySession) {
  ASSERT_TRUE(restore(request()));
  auto people = store::Connection::open(request().data / kPeopleFile, store::OpenMode::write);
  EXPECT_EQ(*people->query_integer("SELECT count(*) FROM session"), 0);
  EXPECT_EQ(*people->query_integer("SELECT count(*) FROM account"), 1);
}

TEST_F(Restoring, ThatStoppedBetweenItsMovesIsDoneAgainBeforeAnybodyServes) {
  ASSERT_TRUE(restore(request()));
  const fs::path data = request().data;
  EXPECT_FALSE(interrupted_restore(data));
  fs::remove(data / kLogFile);  // as if it had not been moved in yet
  write(data / kUnfinished, "");
  EXPECT_TRUE(interrupted_restore(data));
  EXPECT_FALSE(restore(request())) << "it must be meant";
  EXPECT_TRUE(interrupted_restore(data));
  auto again = request();
  again.existing = RestoreRequest::Existing::put_aside;
  ASSERT_TRUE(restore(again));
  EXPECT_FALSE(interrupted_restore(data));
  EXPECT_TRUE(check_data(data, {})->good());
}

TEST_F(Restoring, GivesAFolderThatBacksUpAndRestoresAgain) {
  ASSERT_TRUE(restore(request()));
  const auto second = make_backup(request().data, backups_, store::at_second(200),
                                  [](const std::string&, std::int64_t, std::int64_t) {});
  ASSERT_TRUE(second) << second.error().what;
  auto third = request();
  third.from = second->folder;
  third.data = elsewhere_.path() / "third";
  EXPECT_TRUE(restore(third));
}

}  // namespace
}  // namespace svar::server
