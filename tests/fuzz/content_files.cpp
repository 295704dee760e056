// What editors and operators write. The input is a few files, each begun by a line «== <path>»,
// laid over a small good content; «== settings.yaml» is the operator's. Each is read or refused
// with findings, never half; what is read is compiled and checked; and all of it in bounded time
// (libFuzzer's -timeout).
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <string>
#include <vector>

#include "bot/server/settings.h"
#include "bot/service/content/build_release.h"
#include "bot/service/content/check_content.h"
#include "intents/intent_matcher.h"
#include "kb-adapter/articles/article_index.h"
#include "kb-adapter/articles/compose.h"
#include "kb-adapter/sources/folder_source.h"
#include "tests/fuzz/hold.h"

namespace svar::fuzz {
namespace {

constexpr std::string_view kSettings = "settings.yaml";
const Time kNow{std::chrono::milliseconds{1'795'518'000'000}};

using Files = std::vector<service::ContentFile>;

const Files& good_content() {
  static const Files files = [] {
    auto read = kb::FolderSource(SVAR_TEST_CONTENT).read();
    hold(read.complete(), "the small content is good", SVAR_TEST_CONTENT);
    return read.content.files;
  }();
  return files;
}

Files files_of(std::string_view input) {
  Files files;
  bool first = true;
  for (std::string_view piece : split(input, "\n== ")) {
    if (std::exchange(first, false) && piece.starts_with("== ")) piece.remove_prefix(3);
    const auto end = std::min(piece.find('\n'), piece.size());
    std::string text{piece.substr(std::min(end + 1, piece.size()))};
    files.push_back({std::string{piece.substr(0, end)}, text + "\n"});
  }
  return files;
}

Files over_good_content(const Files& written) {
  Files files = good_content();
  for (const auto& one : written) {
    if (one.path == kSettings) continue;
    const auto same = std::find_if(files.begin(), files.end(),
                                   [&](const auto& file) { return file.path == one.path; });
    if (same == files.end()) {
      files.push_back(one);
    } else {
      same->bytes = one.bytes;
    }
  }
  return files;
}

void check_findings(const service::Findings& findings) {
  for (const service::Finding& finding : findings) {
    hold(!finding.what.empty(), "a finding says what is wrong", finding.file);
    hold(finding.line >= 0, "a finding stands on a line or on none", finding.what);
  }
}

// What reading let through is what everybody after it relies on.
void check_read(const service::Content& content) {
  for (const kb::Article& article : content.articles) {
    hold(is_utf8(article.nn.short_answer), "an article is UTF-8", article.id.value);
    hold(!article.nn.empty() && !article.nb.empty(), "an article has both written forms",
         article.id.value);
  }
  for (const auto& [key, text] : content.texts) hold(!text.text.nn.empty(), "a text is there", key);
}

void check_release(const engine::Release& release) {
  for (const kb::Article& article : release.articles->all()) {
    for (const auto& [id, municipality] : release.municipalities) {
      const kb::Composed composed = kb::compose(article, &municipality, Language::nb);
      hold(is_utf8(composed.text), "what is composed is UTF-8", article.id.value);
    }
    release.intents->match(article.title.nn);
    release.articles->search(article.title.nn, 3);
  }
}

void check_content(const Files& written) {
  const kb::FolderContent read = kb::parse_content(over_good_content(written));
  check_findings(read.findings);
  check_findings(service::check_content(read.content, kNow));  // compiles the rules, and tests them
  if (!read.complete()) return;
  check_read(read.content);
  const auto release = service::build_release(read.content, kNow);
  if (!release) return check_findings(release.error());
  check_release(**release);
}

void check_settings(const std::string& text) {
  static const int file = ::memfd_create("settings.yaml", 0);
  hold(file >= 0 && ::ftruncate(file, 0) == 0, "there is room for the settings");
  hold(::pwrite(file, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size()),
       "the settings are written");
  const auto read = server::read_settings("/proc/self/fd/" + std::to_string(file), {});
  if (read) {
    hold(read->http.port >= 0 && read->http.port <= 65'535, "a port is a port", text);
    hold(!read->store.path.empty(), "there is a folder for the data", text);
    return;
  }
  hold(!read.error().empty(), "refused settings say why", text);
  for (const auto& fault : read.error())
    hold(!server::to_line(fault).empty(), "a fault has a line", text);
}

void check_files(std::string_view input) {
  const Files written = files_of(input);
  bool content = false;
  for (const auto& one : written) {
    if (one.path == kSettings) {
      check_settings(one.bytes);
    } else {
      content = true;
    }
#ifdef SVAR_PLANTED_FAULT  // a reader that never comes to an end
    for (volatile bool again = one.bytes.find("(a|b){") != std::string::npos; again;) continue;
#endif
  }
  if (content) check_content(written);
}

}  // namespace
}  // namespace svar::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  svar::fuzz::check_files({reinterpret_cast<const char*>(data), size});
  return 0;
}
