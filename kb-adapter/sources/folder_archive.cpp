#include "kb-adapter/sources/folder_archive.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "bot/service/content/build_release.h"

namespace svar::kb {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using service::ArchiveError;
using service::ContentFile;

constexpr std::size_t kDigestCharsInName = 16;

struct Entry {
  ReleaseNumber number;
  std::string digest_start;
  fs::path path;
};

// «000001-0123456789abcdef.json»; other files are not ours.
std::vector<Entry> entries_in(const fs::path& folder) {
  std::vector<Entry> entries;
  if (!fs::exists(folder)) return entries;
  for (const auto& file : fs::directory_iterator(folder)) {
    const std::string name = file.path().filename().string();
    const std::size_t dash = name.find('-');
    const bool ours = dash != std::string::npos && dash > 0 && dash < 10 &&
                      name.ends_with(".json") && name.find_first_not_of("0123456789") == dash;
    if (ours) {
      entries.push_back({{std::stoll(name.substr(0, dash))},
                         name.substr(dash + 1, kDigestCharsInName),
                         file.path()});
    }
  }
  std::sort(entries.begin(), entries.end(), [](auto& a, auto& b) { return a.number < b.number; });
  return entries;
}

Result<std::vector<ContentFile>, ArchiveError> read_entry(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  const json stored = json::parse(stream, nullptr, false);
  if (!stored.is_object() || !stored.contains("files"))
    return Failure{ArchiveError{path.string() + " is damaged"}};
  std::vector<ContentFile> files;
  for (const auto& [name, bytes] : stored["files"].items())
    files.push_back({name, bytes.get<std::string>()});
  std::sort(files.begin(), files.end(), [](auto& a, auto& b) { return a.path < b.path; });
  if (service::content_digest(files) != stored.value("digest", "")) {
    return Failure{ArchiveError{path.string() + " is damaged: its digest does not fit"}};
  }
  return files;
}

// Writes, syncs and closes; false when any of it failed.
bool write_synced(const fs::path& path, const std::string& bytes) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
  if (file < 0) return false;
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t written = ::write(file, bytes.data() + done, bytes.size() - done);
    if (written <= 0) break;
    done += static_cast<std::size_t>(written);
  }
  const bool synced = done == bytes.size() && ::fsync(file) == 0;
  return ::close(file) == 0 && synced;
}

bool sync_folder(const fs::path& folder) {
  const int handle = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (handle < 0) return false;
  const bool synced = ::fsync(handle) == 0;
  ::close(handle);
  return synced;
}

// Aside, synced, renamed: a crash leaves no half file.
std::optional<ArchiveError> put(const fs::path& path, const std::string& bytes) {
  const fs::path aside = path.string() + ".new";
  if (!write_synced(aside, bytes)) return ArchiveError{"can't write " + aside.string()};
  fs::rename(aside, path);
  if (!sync_folder(path.parent_path()))
    return ArchiveError{"can't sync " + path.parent_path().string()};
  return std::nullopt;
}

std::optional<Entry> entry_of(const fs::path& folder, ReleaseNumber number) {
  for (Entry& entry : entries_in(folder)) {
    if (entry.number == number) return std::move(entry);
  }
  return std::nullopt;
}

fs::path model_beside(const Entry& entry) {
  return fs::path(entry.path).replace_extension(".model");
}

// A model can be trained again and is large; only the newest and the one to roll back to are kept.
void drop_models(const fs::path& folder, ReleaseNumber newest) {
  std::vector<Entry> with_model;
  for (Entry& entry : entries_in(folder)) {
    if (entry.number != newest && fs::exists(model_beside(entry)))
      with_model.push_back(std::move(entry));
  }
  if (!with_model.empty()) with_model.pop_back();
  for (const Entry& entry : with_model) {
    std::error_code left;  // what can't be removed only takes room
    fs::remove(model_beside(entry), left);
  }
}

Result<ReleaseNumber, ArchiveError> store(const fs::path& folder, ReleaseNumber number,
                                          const std::string& digest,
                                          const std::vector<ContentFile>& files) {
  json stored{{"number", number.value}, {"digest", digest}, {"files", json::object()}};
  for (const ContentFile& file : files) stored["files"][file.path] = file.bytes;
  char name[64];
  std::snprintf(name, sizeof name, "%06lld-%.16s.json", static_cast<long long>(number.value),
                digest.c_str());
  fs::create_directories(folder);
  if (auto fault = put(folder / name, stored.dump())) return Failure{std::move(*fault)};
  return number;
}

}  // namespace

Result<ReleaseNumber, ArchiveError> FolderArchive::keep(const std::vector<ContentFile>& files) {
  try {
    const std::string digest = service::content_digest(files);
    ReleaseNumber last;
    for (const Entry& entry : entries_in(folder_)) {
      last = entry.number;
      if (entry.digest_start != digest.substr(0, kDigestCharsInName)) continue;
      const auto known = read_entry(entry.path);
      if (!known) return Failure{known.error()};
      if (service::content_digest(*known) == digest) return entry.number;
    }
    return store(folder_, {last.value + 1}, digest, files);
  } catch (const std::exception& fault) {
    return Failure{ArchiveError{folder_.string() + ": " + fault.what()}};
  }
}

Result<std::vector<ContentFile>, ArchiveError> FolderArchive::load(ReleaseNumber number) const {
  try {
    if (const auto entry = entry_of(folder_, number)) return read_entry(entry->path);
  } catch (const std::exception& fault) {
    return Failure{ArchiveError{folder_.string() + ": " + fault.what()}};
  }
  return Failure{ArchiveError{"there is no release " + std::to_string(number.value) + " in " +
                              folder_.string()}};
}

std::optional<ReleaseNumber> FolderArchive::find(std::string_view digest) const {
  std::error_code unreadable;
  if (!fs::is_directory(folder_, unreadable)) return std::nullopt;
  try {
    for (const Entry& entry : entries_in(folder_)) {
      if (entry.digest_start == digest.substr(0, kDigestCharsInName)) return entry.number;
    }
  } catch (const std::exception&) {  // asked of a folder that is being changed or not ours to read
  }
  return std::nullopt;
}

std::optional<ArchiveError> FolderArchive::keep_model(ReleaseNumber number,
                                                      std::string_view saved) {
  try {
    if (const auto entry = entry_of(folder_, number)) {
      auto fault = put(model_beside(*entry), std::string(saved));
      if (!fault) drop_models(folder_, number);
      return fault;
    }
    return ArchiveError{"there is no release " + std::to_string(number.value) + " in " +
                        folder_.string()};
  } catch (const std::exception& fault) {
    return ArchiveError{folder_.string() + ": " + fault.what()};
  }
}

std::optional<std::string> FolderArchive::load_model(ReleaseNumber number) const {
  try {
    const auto entry = entry_of(folder_, number);
    if (!entry) return std::nullopt;
    std::ifstream stream(model_beside(*entry), std::ios::binary);
    if (!stream) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(stream), {});
  } catch (const std::exception&) {  // as good as none: it is trained again
    return std::nullopt;
  }
}

}  // namespace svar::kb
