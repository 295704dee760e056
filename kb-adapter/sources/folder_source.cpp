#include "kb-adapter/sources/folder_source.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "kb-adapter/sources/parsers.h"

namespace svar::kb {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kFileBytesMax = 1'000'000;
constexpr std::uintmax_t kAllBytesMax = 64'000'000;
constexpr std::size_t kFilesMax = 5'000;
constexpr int kFolderDepthMax = 6;

struct PathParts {
  std::string folder;  // «articles», «municipalities/osteroy», or empty
  std::string stem;
  std::string extension;
};

PathParts parts_of(const std::string& path) {
  const fs::path whole(path);
  return {whole.parent_path().generic_string(), whole.stem().string(), whole.extension().string()};
}

// Parses one file that is named by where it is; false when it belongs nowhere.
bool parse_yaml_file(const PathParts& at, const YamlValue& root, service::Content& content) {
  constexpr std::string_view kMunicipalities = "municipalities/";
  if (at.folder.starts_with(kMunicipalities) && at.stem == "municipality") {
    parse_municipality(root, at.folder.substr(kMunicipalities.size()), content);
  } else if (at.folder.starts_with(kMunicipalities) && at.stem == "replies") {
    parse_replies(root, MunicipalityId{at.folder.substr(kMunicipalities.size())}, content);
  } else if (at.folder == "replies") {
    parse_replies(root, std::nullopt, content);
  } else if (at.folder == "texts") {
    parse_texts(root, content);
  } else if (at.folder == "intents" && at.stem == "words") {
    parse_word_groups(root, content.intents.groups);
  } else if (at.folder == "intents" && at.stem == "equivalents") {
    parse_word_groups(root, content.intents.equivalents);
  } else if (at.folder == "intents" && at.stem == "safety") {
    parse_safety_rules(root, content);
  } else if (at.folder == "intents" && at.stem == "speech_acts") {
    parse_speech_acts(root, content);
  } else if (at.folder == "intents" && at.stem == "languages") {
    parse_languages(root, content);
  } else if (at.folder == "intents" && at.stem == "danger_examples") {
    parse_danger_examples(root, content);
  } else if (at.folder == "intents" && at.stem == "out_of_scope") {
    parse_out_of_scope(root, content);
  } else if (at.folder == "intents") {
    parse_intent(root, at.stem, content);
  } else if (at.folder == "forms") {
    parse_form(root, at.stem, content);
  } else if (at.folder.empty() && at.stem == "facts") {
    parse_facts(root, content);
  } else if (at.folder.empty() && at.stem == "hosts") {
    parse_hosts(root, content.hosts);
  } else if (at.folder.empty() && at.stem == "spelling") {
    parse_spelling(root);
  } else if (at.folder.empty() && at.stem == "common") {
    parse_common(root, content);
  } else if (at.folder.empty() && at.stem == "regression") {
    parse_regression(root, content);
  } else {
    return false;
  }
  return true;
}

// Shortest forms only, no surrogates, nothing above U+10FFFF: what JSON on the wire demands too.
bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = [&](std::size_t i) {
      return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    const unsigned first = byte(at);
    const std::size_t length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first >= 0x80 && (first < 0xC2 || first > 0xF4)) return false;
    for (std::size_t i = 1; i < length; ++i) {
      if ((byte(at + i) & 0xC0U) != 0x80U) return false;
    }
    const unsigned second = byte(at + 1);
    const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
    if (overlong || (first == 0xED && second > 0x9F) || (first == 0xF4 && second > 0x8F))
      return false;
    at += length;
  }
  return true;
}

// As editors on any system save it: without byte order mark, lines ended by a line feed alone.
std::string plain_lines(std::string text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  std::erase(text, '\r');
  return text;
}

void parse_file(const service::ContentFile& file, FolderContent& result) {
  const PathParts at = parts_of(file.path);
  const bool article = at.folder == "articles" && at.extension == ".md";
  const FileReport report(file.path, result.findings, article ? 2 : 1);
  if (!is_utf8(file.bytes)) return report.error(0, "the file is not UTF-8; save it as UTF-8");
  const std::string text = plain_lines(file.bytes);
  if (article) return parse_article(text, at.stem, report, result.content);
  if (at.extension == ".yaml") {
    const auto root = parse_yaml(text, report);
    if (!root || parse_yaml_file(at, *root, result.content)) return;
  }
  report.error(
      0, "this file belongs nowhere; see README.md in the content folder for the names and places");
}

// What any use of the content rests on.
void require_basics(FolderContent& result) {
  const auto need = [&](bool there, const char* file, const char* what) {
    const bool read =
        std::any_of(result.content.files.begin(), result.content.files.end(),
                    [&](const service::ContentFile& one) { return one.path == file; });
    if (!there && !read) result.findings.push_back({service::Severity::error, file, 0, what});
  };
  const service::Content& content = result.content;
  need(!content.municipalities.empty(), "municipalities", "there is no municipality");
  need(!content.articles.empty(), "articles", "there is no article");
  need(!content.texts.empty(), "texts/system.yaml", "the file is missing");
  need(!content.host_municipality.empty(), "common.yaml", "the file is missing");
}

// Walks the folder and reads what it holds, within bounds.
class FolderReader {
 public:
  FolderReader(fs::path root, service::Findings& findings)
      : root_(std::move(root)), findings_(findings) {}

  std::vector<service::ContentFile> read() {
    std::error_code failed;
    if (!fs::is_directory(root_, failed)) {
      fault("", "there is no folder «" + root_.string() + "»");
      return {};
    }
    for (fs::recursive_directory_iterator entry(root_, failed), end; !failed && entry != end;
         entry.increment(failed)) {
      if (entry->path().filename().string().starts_with(".")) {
        entry.disable_recursion_pending();
      } else if (entry.depth() >= kFolderDepthMax) {
        fault(relative(*entry), "folders are nested too deep");
        entry.disable_recursion_pending();
      } else if (entry->is_symlink(failed)) {
        fault(relative(*entry), "links are not followed; put the file itself here");
      } else if (entry->is_regular_file(failed) && entry->path().filename() != "README.md" &&
                 !take(*entry)) {
        break;
      }
    }
    if (failed) fault("", "the folder can't be read: " + failed.message());
    std::sort(files_.begin(), files_.end(), [](auto& a, auto& b) { return a.path < b.path; });
    return std::move(files_);
  }

 private:
  // False when no more files are wanted.
  bool take(const fs::directory_entry& entry) {
    std::error_code failed;
    const std::uintmax_t size = entry.file_size(failed);
    if (!failed && size > kFileBytesMax) {
      fault(relative(entry), "the file is larger than 1 MB");
      return true;
    }
    if (files_.size() >= kFilesMax || all_bytes_ + size > kAllBytesMax) {
      fault(relative(entry), "too much content: at most 5,000 files and 64 MB");
      return false;
    }
    std::ifstream stream(entry.path(), std::ios::binary);
    std::string bytes(static_cast<std::size_t>(failed ? 0 : size), '\0');
    stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(stream.gcount(), 0)));
    if (failed || !stream || bytes.size() != size) {
      fault(relative(entry), "the file can't be read");
      return true;
    }
    all_bytes_ += size;
    files_.push_back({relative(entry), std::move(bytes)});
    return true;
  }

  std::string relative(const fs::directory_entry& entry) const {
    return entry.path().lexically_relative(root_).generic_string();
  }
  void fault(std::string file, std::string what) {
    findings_.push_back({service::Severity::error, std::move(file), 0, std::move(what)});
  }

  fs::path root_;
  service::Findings& findings_;
  std::vector<service::ContentFile> files_;
  std::uintmax_t all_bytes_ = 0;
};

}  // namespace

FolderContent parse_content(std::vector<service::ContentFile> files) {
  FolderContent result;
  result.content.files = std::move(files);
  for (const service::ContentFile& file : result.content.files) {
    try {
      parse_file(file, result);
    } catch (const std::exception& fault) {
      result.findings.push_back({service::Severity::error, file.path, 0,
                                 std::string("can't be parsed: ") + fault.what()});
    }
  }
  auto& articles = result.content.articles;
  std::sort(articles.begin(), articles.end(), [](auto& a, auto& b) { return a.id < b.id; });
  require_basics(result);
  return result;
}

FolderContent FolderSource::read() const {
  service::Findings findings;
  std::vector<service::ContentFile> files;
  try {
    files = FolderReader(folder_, findings).read();
  } catch (const std::exception& fault) {
    findings.push_back({service::Severity::error, "", 0,
                        std::string("the folder can't be read: ") + fault.what()});
  }
  if (service::has_errors(findings) && files.empty()) return {{}, std::move(findings)};
  FolderContent result = parse_content(std::move(files));
  result.findings.insert(result.findings.begin(), findings.begin(), findings.end());
  return result;
}

}  // namespace svar::kb
