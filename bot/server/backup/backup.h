// A backup: everything a data folder needs to be restored, in a folder of its own, verified.
//
//   <to>/svarsentral-20261123T150000Z/   manifest.json, svarsentral.db, people.db, releases/, keys
//   … <to>/erasures.jsonl                  what was erased, also after the backup: see
//   erasure_list.h
//
// The folder has another name until everything in it is synced and verified, so a backup that has
// its name is whole. Folders 0700, files 0600.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "bot/domain/time.h"
#include "bot/server/backup/data_check.h"
#include "bot/server/backup/manifest.h"

namespace svar::server {

inline constexpr const char* kBackupPrefix = "svarsentral-";

// Told in words, now and then, what is done and how far it has come.
using BackupProgress =
    std::function<void(const std::string& what, std::int64_t done, std::int64_t all)>;

struct BackupMade {
  std::filesystem::path folder;
  Manifest manifest;
  bool by_service = false;  // a service ran, and copied the log itself
};

struct BackupFailure {
  std::string what;                   // for the operator
  std::vector<std::string> findings;  // what is wrong with the data, when that is why
};

// Makes a backup of `data` below `to`, whether a service runs on it or not. Blocks; leaves nothing
// behind when it fails.
Result<BackupMade, BackupFailure> make_backup(const std::filesystem::path& data,
                                              const std::filesystem::path& to, Time now,
                                              const BackupProgress& progress);

// A data folder's files that a backup takes as they are: releases, keys, certificates and the list
// of erasures, by path below the folder. The databases are copied in ways of their own.
Result<std::vector<std::string>, std::string> plain_files(const std::filesystem::path& data);

}  // namespace svar::server
