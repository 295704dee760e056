// Every .play file of this folder as a test of its own.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>

#include "bot/service/content/build_release.h"
#include "kb-adapter/sources/folder_source.h"
#include "tests/plays/stage.h"

namespace svar::plays {
namespace {

std::shared_ptr<const engine::Release> release() {
  static const auto kRelease = [] {
    auto read = kb::FolderSource{SVAR_CONTENT}.read();
    for (const auto& finding : read.findings) {
      std::printf("%s:%d: %s\n", finding.file.c_str(), finding.line, finding.what.c_str());
    }
    // A Monday in the middle of the plays' year, so that every clock lies within the opening hours'
    // 400 days.
    const Time now = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23};
    auto built = service::build_release(read.content, now, ReleaseNumber{1});
    if (!built) {
      for (const auto& finding : built.error()) std::printf("%s\n", finding.what.c_str());
      std::abort();
    }
    return *built;
  }();
  return kRelease;
}

class PlayTest : public testing::Test {
 public:
  explicit PlayTest(std::filesystem::path file) : file_(std::move(file)) {}

  void TestBody() override {
    const auto play = read_play(file_);
    ASSERT_TRUE(play) << play.error();
    Stage stage(release());
    for (const Line& line : play->lines) {
      const auto fault = stage.perform(line);
      ASSERT_FALSE(fault) << file_.string() << ":" << line.number << ": " << line.who << " "
                          << line.what << " " << line.about << "\n"
                          << *fault;
    }
  }

 private:
  std::filesystem::path file_;
};

// «two_misses» becomes «TwoMisses».
std::string test_name(const std::filesystem::path& file) {
  std::string name;
  bool upper = true;
  for (const char c : file.stem().string()) {
    if (c == '_') {
      upper = true;
    } else {
      name += upper ? static_cast<char>(std::toupper(c)) : c;
      upper = false;
    }
  }
  return name;
}

void register_plays() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator{SVAR_PLAYS}) {
    if (entry.path().extension() == ".play") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  for (const auto& file : files) {
    testing::RegisterTest("Play", test_name(file).c_str(), nullptr, nullptr, __FILE__, __LINE__,
                          [file]() -> testing::Test* { return new PlayTest(file); });
  }
}

}  // namespace
}  // namespace svar::plays

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  svar::plays::register_plays();
  return RUN_ALL_TESTS();
}
