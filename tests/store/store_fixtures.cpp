#include "tests/store/store_fixtures.h"

#include <stdlib.h>

#include <fstream>
#include <iterator>

#include "bot/store/event_codec.h"

namespace svar::store {

DataFolder::DataFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "svar-store-XXXXXX").string();
  path_ = ::mkdtemp(pattern.data());
}

DataFolder::~DataFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::vector<std::string> DataFolder::files_with(const std::string& word) const {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(path_)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    if (bytes.find(word) != std::string::npos) found.push_back(entry.path().filename());
  }
  return found;
}

std::unique_ptr<SqliteEventStore> open_sqlite(SqliteOptions options, service::Executor& executor) {
  auto store = SqliteEventStore::open(std::move(options), executor);
  if (!store) {
    ADD_FAILURE() << store.error().what;
    return nullptr;
  }
  return std::move(*store);
}

Time at_second(int second) {
  return Time{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23}} + std::chrono::hours{12} +
         std::chrono::seconds{second};
}

service::Append append_of(ConversationId conversation, int expected, std::vector<Event> events,
                          service::Row row) {
  const Time at = at_second(expected);
  return {conversation, Seq{expected}, at,
          service::new_events(Seq{expected}, at, std::move(events)), std::move(row)};
}

std::vector<std::string> texts_of(const std::vector<Recorded>& events) {
  std::vector<std::string> texts;
  for (const Recorded& recorded : events) texts.push_back(encode(recorded.event).text);
  return texts;
}

}  // namespace svar::store
