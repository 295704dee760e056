// The file of accounts, for those who keep copies of it. Blocks; errors in words for the operator.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "bot/domain/result.h"
#include "bot/service/people/people_store.h"

namespace svar::store {

struct PeopleReport {
  std::int64_t accounts = 0;
  std::vector<std::string> findings;  // what SQLite finds wrong with the file
};

// Reads the whole file and changes nothing.
Result<PeopleReport, service::PeopleError> verify_people(const std::filesystem::path& file);

// Copies the file, from one state of it, while a service may use it; the copy is one file and
// synced. `to` must not exist.
std::optional<service::PeopleError> copy_people(const std::filesystem::path& file,
                                                const std::filesystem::path& to);

// Ends every session in a file that nobody has open: a log-in that was ended after a copy was made
// must not come back with the copy.
std::optional<service::PeopleError> forget_sessions(const std::filesystem::path& file);

}  // namespace svar::store
