// Every .play file of this folder as a test of its own, all in one process: the model is trained
// once.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "bot/server/commands/release_loading.h"
#include "tests/plays/stage.h"

namespace svar::plays {
namespace {

// With the model that was trained on the content, as the service runs it.
std::shared_ptr<const engine::Release> release() {
  static const auto kRelease = [] {
    // A Monday in the middle of the plays' year, so that every clock lies within the opening hours'
    // 400 days.
    const Time now = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23};
    auto loaded = server::load_content({"", SVAR_CONTENT}, now, std::cerr);
    if (!loaded) std::abort();
    return loaded->release;
  }();
  return kRelease;
}

// Beside the tree, or where the environment says.
const Script& script() {
  const char* elsewhere = std::getenv("SVAR_DIALOGUES");
  static const Script kScript{elsewhere ? elsewhere : SVAR_DIALOGUES};
  return kScript;
}

bool reads_script(const Play& play) {
  return std::any_of(play.lines.begin(), play.lines.end(),
                     [](const Line& line) { return line.who == "script"; });
}

class PlayTest : public testing::Test {
 public:
  explicit PlayTest(std::filesystem::path file) : file_(std::move(file)) {}

  void TestBody() override {
    const auto play = read_play(file_);
    ASSERT_TRUE(play) << play.error();
    if (reads_script(*play) && script().empty()) {
      GTEST_SKIP() << "the dialogues that this play reads are not beside the tree";
    }
    Stage stage(release(), script());
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
