// A backup is whole, private and verified, whether a service runs or not; and what is not whole is
// not kept.
#include <sys/stat.h>

#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "bot/server/backup/manifest.h"
#include "bot/server/commands/backup_command.h"
#include "bot/server/commands/verify_command.h"
#include "tests/server/safekeeping_fixture.h"

namespace svar::server {
namespace {

namespace fs = std::filesystem;

using Backup = Safekeeping;

TEST_F(Backup, OfARunningServiceHoldsEveryAcknowledgedMessage) {
  say(kOne, 0, "kvar er bosset");
  say(kTwo, 0, "kvar er boka");
  const auto made = try_backup();
  ASSERT_TRUE(made) << made.error().what;
  EXPECT_TRUE(made->by_service);
  EXPECT_EQ(made->manifest.conversations, 2);
  EXPECT_EQ(made->manifest.events, 8);
  EXPECT_EQ(made->manifest.accounts, 1);
  const auto report = check_data(made->folder, {});
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->backup);
  EXPECT_TRUE(report->good()) << lines_of(*report).front();
  EXPECT_FALSE(elsewhere_.files_with("kvar er boka").empty());
}

TEST_F(Backup, OfAStoppedServiceIsMadeByTheCommandItself) {
  say(kOne, 0, "kvar er bosset");
  stop_service();
  const auto made = try_backup();
  ASSERT_TRUE(made) << made.error().what;
  EXPECT_FALSE(made->by_service);
  EXPECT_EQ(made->manifest.events, 4);
}

TEST_F(Backup, IsWholeWhileTheServiceGoesOn) {
  std::atomic<bool> stop = false;
  std::thread backing_up([&] {
    for (int second = 0; second < 3; ++second) backup(second);
    stop = true;
  });
  int said = 0;
  for (; !stop; ++said) say(ConversationId{1 + said}, 0, "ord " + std::to_string(said));
  backing_up.join();
  EXPECT_GT(said, 3);
}

TEST_F(Backup, TakesWhatADataFolderNeedsAndNothingElse) {
  say(kOne, 0, "x");
  write(data_ / "self-signed.key", "nykel");
  write(data_ / "search.db", "can be made of the log");
  fs::create_directories(data_ / "replaced-17");
  write(data_ / "replaced-17" / "gamal", "gamal");
  const fs::path folder = backup();
  std::vector<std::string> names;
  const auto manifest = read_manifest(folder);
  for (const auto& file : manifest->files) names.push_back(file.path);
  ASSERT_EQ(names.size(), 5U);
  EXPECT_EQ(names[0], "people.db");
  EXPECT_TRUE(names[1].starts_with("releases/000001-")) << names[1];
  EXPECT_EQ(names[2], "self-signed.key");
  EXPECT_EQ(names[3], "svarsentral.db");
  EXPECT_EQ(names[4], "web-chat.key");
}

TEST_F(Backup, IsForItsOwnersEyesAlone) {
  say(kOne, 0, "x");
  backup();
  for (const auto& entry : fs::recursive_directory_iterator(elsewhere_.path())) {
    struct stat status {};
    ASSERT_EQ(::stat(entry.path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, entry.is_directory() ? 0700U : 0600U) << entry.path();
  }
}

TEST_F(Backup, OfDamagedDataIsNotKept) {
  say(kOne, 0, "x");
  spoil(data_ / kLogFile, "UPDATE conversation SET owner='agent'");
  const auto made = try_backup();
  ASSERT_FALSE(made);
  ASSERT_EQ(made.error().findings.size(), 1U);
  EXPECT_NE(made.error().findings[0].find("conversation 1001"), std::string::npos);
  EXPECT_TRUE(fs::is_empty(backups_));
}

TEST_F(Backup, IsMissedWhenAReleaseIsGone) {
  say(kOne, 0, "x");
  fs::remove_all(data_ / kReleaseFolder);
  const auto made = try_backup();
  ASSERT_FALSE(made);
  EXPECT_NE(made.error().findings[0].find("release 1"), std::string::npos);
}

TEST_F(Backup, ClearsAwayWhatAKilledOneLeft) {
  const fs::path left = backups_ / "svarsentral-20261101T000000Z.partial";
  fs::create_directories(left);
  write(left / kLogFile, "halv");
  backup();
  EXPECT_FALSE(fs::exists(left));
}

TEST_F(Backup, NeverLiesInTheDataFolder) {
  const auto made = make_backup(data_, data_ / "backups", store::at_second(0),
                                [](const std::string&, std::int64_t, std::int64_t) {});
  EXPECT_FALSE(made);
  EXPECT_FALSE(fs::exists(data_ / "backups"));
}

TEST_F(Backup, NeverReplacesAnother) {
  backup();
  EXPECT_FALSE(try_backup());
  EXPECT_TRUE(try_backup(1));
}

TEST_F(Backup, TellsWhatWasErasedBesideItself) {
  say(kOne, 0, "x");
  erase(kOne, 4);
  backup();
  backup(1);
  EXPECT_EQ(read(backups_ / kErasureList),
            "{\"conversation\":1001,\"at\":1795435204000,\"position\":5,\"everything\":true}\n");
}

TEST_F(Backup, IsFoundOutWhenAnyOfItsFilesIsChangedMissingOrAdded) {
  say(kOne, 0, "x");
  const fs::path folder = backup();
  const auto manifest = read_manifest(folder);
  for (const auto& file : manifest->files) {
    const fs::path path = folder / file.path;
    std::string bytes = read(path);
    const std::string whole = bytes;
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    write(path, bytes);
    EXPECT_EQ(differences(*manifest, folder).size(), 1U) << file.path;
    fs::remove(path);
    EXPECT_EQ(differences(*manifest, folder), std::vector{file.path + " is missing"});
    write(path, whole);
  }
  EXPECT_TRUE(differences(*manifest, folder).empty());
  write(folder / "ekstra", "x");
  EXPECT_EQ(differences(*manifest, folder).size(), 1U);
}

TEST_F(Backup, HasAManifestThatNamesNothingOutside) {
  const fs::path folder = backup();
  std::string manifest = read(folder / kManifestName);
  const std::string name = "web-chat.key";
  manifest.replace(manifest.find(name), name.size(), "../../x.key");
  write(folder / kManifestName, manifest);
  EXPECT_FALSE(read_manifest(folder));
}

TEST_F(Backup, CommandTellsInJsonWhatItMade) {
  say(kOne, 0, "x");
  BackupOptions options;
  options.data.data = data_.string();
  options.data.config = "";
  options.to = backups_.string();
  options.json = true;
  std::ostringstream out, err;
  ASSERT_EQ(run_backup(options, store::at_second(0), out, err), 0) << err.str();
  const auto told = nlohmann::json::parse(out.str());
  EXPECT_EQ(told["events"], 4);
  EXPECT_EQ(told["made_at"], "2026-11-23T12:00:00Z");
  EXPECT_EQ(told["backup"], (backups_ / "svarsentral-20261123T120000Z").string());
  options.to.clear();
  EXPECT_EQ(run_backup(options, store::at_second(1), out, err), 2);
}

TEST_F(Backup, VerifyCommandSaysWhatFitsAndWhatDoesNot) {
  say(kOne, 0, "x");
  VerifyOptions options;
  options.data.data = data_.string();
  options.data.config = "";
  options.json = true;
  std::ostringstream good, bad, none, err;
  EXPECT_EQ(run_verify(options, good, err), 0);
  EXPECT_EQ(nlohmann::json::parse(good.str())["good"], true);
  spoil(data_ / kLogFile, "UPDATE log SET seq=9 WHERE position=2");
  EXPECT_EQ(run_verify(options, bad, err), 1);
  const auto told = nlohmann::json::parse(bad.str());
  EXPECT_EQ(told["good"], false);
  EXPECT_EQ(told["findings"][0]["conversation"], 1001);
  EXPECT_EQ(told["findings"][0]["position"], 2);
  options.data.data = (data_ / "nowhere").string();
  EXPECT_EQ(run_verify(options, none, err), 2);
}

}  // namespace
}  // namespace svar::server
