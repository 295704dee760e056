// A data folder with a log, accounts, a release and a key, and a place for its backups.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bot/server/backup/backup.h"
#include "bot/server/backup/control_socket.h"
#include "bot/server/data_folder.h"
#include "tests/store/store_fixtures.h"

namespace svar::server {

inline const ConversationId kOne{1001};
inline const ConversationId kTwo{2002};

class Safekeeping : public testing::Test {
 protected:
  void SetUp() override;

  // The part of a service that a backup meets: the folder's lock, the log, the socket.
  void start_service();
  void stop_service();

  void say(ConversationId conversation, int expected, const std::string& words);
  void erase(ConversationId conversation, int expected);

  // Fails the test when none is made.
  std::filesystem::path backup(int second = 0);
  Result<BackupMade, BackupFailure> try_backup(int second = 0);

  // What load() gives of a conversation in a folder that nobody serves from.
  std::vector<Recorded> events_in(const std::filesystem::path& folder, ConversationId conversation);
  void spoil(const std::filesystem::path& database, const std::string& sql);
  static std::string read(const std::filesystem::path& file);
  static void write(const std::filesystem::path& file, const std::string& bytes);

  store::DataFolder folder_, elsewhere_;
  const std::filesystem::path data_ = folder_.path();
  const std::filesystem::path backups_ = elsewhere_.path() / "backups";
  fakes::ManualExecutor executor_;
  std::optional<DataFolder> lock_;
  std::unique_ptr<store::SqliteEventStore> log_;
  std::unique_ptr<ControlSocket> control_;
};

}  // namespace svar::server
