#include "bot/store/erasure_list.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>

#include "bot/store/event_codec.h"

namespace svar::store {
namespace {

using nlohmann::ordered_json;

std::int64_t milliseconds(Time at) {
  return at.time_since_epoch().count();
}

Time time_of(std::int64_t milliseconds) {
  return Time{std::chrono::milliseconds{milliseconds}};
}

std::string line_of(const ListedErasure& erasure) {
  ordered_json line{{"conversation", erasure.conversation.value},
                    {"at", milliseconds(erasure.at)},
                    {"position", erasure.position.value}};
  if (erasure.seqs.empty()) {
    line["everything"] = true;
  } else {
    for (const Seq seq : erasure.seqs) line["seqs"].push_back(seq.value);
  }
  return line.dump() + '\n';
}

bool read_line(const std::string& text, ErasureList& list) {
  try {
    const auto line = nlohmann::json::parse(text);
    list.last = Position{line.at("position").get<std::int64_t>()};
    if (line.contains("restored_at")) return true;
    ListedErasure erasure{ConversationId{line.at("conversation").get<std::int64_t>()},
                          time_of(line.at("at").get<std::int64_t>()),
                          list.last,
                          {}};
    if (!line.contains("everything")) {
      for (const auto& seq : line.at("seqs")) erasure.seqs.push_back(Seq{seq.get<std::int64_t>()});
      if (erasure.seqs.empty()) return false;
    }
    list.erasures.push_back(std::move(erasure));
    return true;
  } catch (const nlohmann::json::exception&) {
    return false;
  }
}

class AppendedFile {
 public:
  explicit AppendedFile(const std::filesystem::path& path)
      : path_(path), file_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {}
  ~AppendedFile() {
    if (file_ >= 0) ::close(file_);
  }
  AppendedFile(const AppendedFile&) = delete;

  // What a crash left of a last line goes; its erasure is still in the log.
  std::optional<ErasureListError> append(const std::string& lines) {
    if (file_ < 0) return error("cannot be opened");
    if (::flock(file_, LOCK_EX) != 0) return error("cannot be locked");  // ends with the file
    const off_t end = end_of_lines();
    if (end < 0 || ::ftruncate(file_, end) != 0) return error("cannot be read");
    std::size_t done = 0;
    while (done < lines.size()) {
      const ssize_t written =
          ::pwrite(file_, lines.data() + done, lines.size() - done, end + static_cast<off_t>(done));
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) return error("cannot be written");
      done += static_cast<std::size_t>(written);
    }
    if (::fsync(file_) != 0) return error("cannot be synced");
    return end == 0 ? sync_folder() : std::nullopt;
  }

 private:
  ErasureListError error(const char* what) const {
    return {path_.string() + " " + what + ": " + std::strerror(errno)};
  }

  off_t end_of_lines() const {
    off_t end = ::lseek(file_, 0, SEEK_END);
    char last = 0;
    while (end > 0) {
      if (::pread(file_, &last, 1, end - 1) != 1) return -1;
      if (last == '\n') break;
      --end;
    }
    return end;
  }

  // So that a new file's name is on the disk as well.
  std::optional<ErasureListError> sync_folder() const {
    const auto parent = path_.parent_path();
    const int folder =
        ::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = folder >= 0 && ::fsync(folder) == 0;
    std::optional<ErasureListError> why;
    if (!synced) why = error("cannot be synced");
    if (folder >= 0) ::close(folder);
    return why;
  }

  const std::filesystem::path& path_;
  int file_;
};

// Without the position: a restored log may have erased the same again, at another one.
using Identity = std::tuple<Time, std::int64_t, std::vector<Seq>>;
Identity identity_of(const ListedErasure& erasure) {
  return {erasure.at, erasure.conversation.value, erasure.seqs};
}

// Nothing when the event erased no words.
Result<std::optional<ListedErasure>, SqliteError> erasure_of(const Statement& row) {
  ListedErasure erasure{
      ConversationId{row.integer(1)}, time_of(row.integer(2)), Position{row.integer(0)}, {}};
  auto event = decode(row.text(3), row.text(4), "");
  if (!event) return Failure{SqliteError{0, event.error().what}};
  if (auto* redacted = std::get_if<Redacted>(&*event)) {
    if (redacted->seqs.empty()) return std::optional<ListedErasure>{};
    erasure.seqs = std::move(redacted->seqs);
  }
  return std::optional{std::move(erasure)};
}

}  // namespace

void sort_and_keep_distinct(std::vector<ListedErasure>& erasures) {
  std::ranges::sort(erasures, {}, identity_of);
  // Not std::ranges::unique: clang 14, which builds the fuzzers, can't compile its result from libstdc++ 12.
  const auto same = [](const ListedErasure& a, const ListedErasure& b) {
    return identity_of(a) == identity_of(b);
  };
  erasures.erase(std::unique(erasures.begin(), erasures.end(), same), erasures.end());
}

Result<ErasureList, ErasureListError> read_erasure_list(const std::filesystem::path& path) {
  ErasureList list;
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    if (!std::filesystem::exists(path)) return list;
    return Failure{ErasureListError{path.string() + " cannot be read"}};
  }
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    if (file.eof()) break;  // no line feed: half a line
    if (read_line(line, list)) continue;
    return Failure{ErasureListError{path.string() + ":" + std::to_string(number) +
                                    ": is no line of a list of erasures"}};
  }
  if (file.bad()) return Failure{ErasureListError{path.string() + " cannot be read"}};
  return list;
}

std::optional<ErasureListError> append_erasures(const std::filesystem::path& path,
                                                const std::vector<ListedErasure>& erasures) {
  std::string lines;
  for (const ListedErasure& erasure : erasures) lines += line_of(erasure);
  return AppendedFile(path).append(lines);
}

std::optional<ErasureListError> append_missing_erasures(const std::filesystem::path& path,
                                                        std::vector<ListedErasure> erasures) {
  auto list = read_erasure_list(path);
  if (!list) return list.error();
  std::set<Identity> known;
  for (const ListedErasure& erasure : list->erasures) known.insert(identity_of(erasure));
  std::erase_if(erasures, [&](const ListedErasure& erasure) {
    return !known.insert(identity_of(erasure)).second;
  });
  return append_erasures(path, erasures);
}

std::optional<ErasureListError> append_restored(const std::filesystem::path& path, Time at,
                                                Position last) {
  const ordered_json line{{"restored_at", milliseconds(at)}, {"position", last.value}};
  return AppendedFile(path).append(line.dump() + '\n');
}

Result<std::vector<ListedErasure>, SqliteError> find_erasures(Connection& connection,
                                                              Position after,
                                                              std::size_t count_max) {
  auto found = connection.prepare(
      "SELECT position, conversation, at, name, body FROM log"
      " WHERE name IN ('Erased','Redacted') AND position>?1 ORDER BY position LIMIT ?2");
  if (!found) return Failure{found.error()};
  found->bind(after.value, static_cast<std::int64_t>(count_max));
  std::vector<ListedErasure> erasures;
  while (true) {
    auto step = found->step();
    if (!step) return Failure{step.error()};
    if (*step == Step::done) return erasures;
    auto erasure = erasure_of(*found);
    if (!erasure) return Failure{erasure.error()};
    if (*erasure) erasures.push_back(std::move(**erasure));
  }
}

Result<std::vector<ListedErasure>, SqliteError> read_erasures_of_log(
    const std::filesystem::path& file) {
  auto connection = Connection::open(file, OpenMode::read);
  if (!connection) return Failure{connection.error()};
  connection->set_busy_timeout(std::chrono::seconds{10});
  return find_erasures(*connection, {}, std::numeric_limits<std::int64_t>::max());
}

}  // namespace svar::store
