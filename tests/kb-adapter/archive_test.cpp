#include <unistd.h>

#include <fstream>

#include "bot/service/content/build_release.h"
#include "kb-adapter/sources/folder_archive.h"
#include "tests/kb-adapter/content_fixture.h"

namespace svar::kb {
namespace {

namespace fs = std::filesystem;

class FolderArchiveTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "svar-archive-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }
  fs::path folder_;
};

TEST_F(FolderArchiveTest, NumbersContentFromOneAndKeepsTheNumberOfEqualContent) {
  FolderArchive archive(folder_ / "releases");
  const std::vector<service::ContentFile> first{{"a.yaml", "a: 1"}}, second{{"a.yaml", "a: 2"}};
  EXPECT_EQ(archive.keep(first)->value, 1);
  EXPECT_EQ(archive.keep(second)->value, 2);
  EXPECT_EQ(archive.keep(first)->value, 1);
  EXPECT_EQ(FolderArchive(folder_ / "releases").keep(second)->value, 2);
}

TEST_F(FolderArchiveTest, GivesBackWhatItKeptByteForByte) {
  FolderArchive archive(folder_);
  const auto files = test::content_files();
  const auto number = archive.keep(files);
  ASSERT_TRUE(number);
  const auto loaded = archive.load(*number);
  ASSERT_TRUE(loaded) << loaded.error().what;
  ASSERT_EQ(loaded->size(), files.size());
  for (std::size_t i = 0; i < files.size(); ++i) {
    EXPECT_EQ((*loaded)[i].path, files[i].path);
    EXPECT_EQ((*loaded)[i].bytes, files[i].bytes);
  }
}

TEST_F(FolderArchiveTest, NoticesThatAReleaseWasDamaged) {
  FolderArchive archive(folder_);
  ASSERT_TRUE(archive.keep({{"a.yaml", "a: 1"}}));
  for (const auto& entry : fs::directory_iterator(folder_)) {
    std::ofstream(entry.path()) << R"({"number":1,"digest":"x","files":{"a.yaml":"a: 2"}})";
  }
  EXPECT_FALSE(archive.load({1}));
  EXPECT_FALSE(archive.load({2}));
}

TEST_F(FolderArchiveTest, KeepsWhatWasLearnedBesideTheContentItWasLearnedFrom) {
  FolderArchive archive(folder_);
  const std::vector<service::ContentFile> files{{"a.yaml", "a: 1"}};
  const std::string learned("\0weights\n", 9);
  EXPECT_TRUE(archive.keep_model({1}, learned)) << "of no content";
  const auto number = archive.keep(files);
  ASSERT_TRUE(number);
  EXPECT_FALSE(archive.load_model(*number));
  ASSERT_FALSE(archive.keep_model(*number, learned));
  EXPECT_EQ(FolderArchive(folder_).load_model(*number), learned);
  EXPECT_EQ(archive.find(service::content_digest(files)), *number);
  EXPECT_FALSE(archive.find("0123"));
  EXPECT_EQ(archive.keep(files)->value, number->value) << "the model is no release";
}

TEST_F(FolderArchiveTest, KeepsOnlyTheModelsOfTheNewestContentAndTheOneBefore) {
  FolderArchive archive(folder_);
  for (const char* text : {"a: 1", "a: 2", "a: 3"}) {
    const auto number = archive.keep({{"a.yaml", text}});
    ASSERT_TRUE(number);
    ASSERT_FALSE(archive.keep_model(*number, text));
  }
  EXPECT_FALSE(archive.load_model({1}));
  EXPECT_EQ(archive.load_model({2}), "a: 2");
  EXPECT_EQ(archive.load_model({3}), "a: 3");
  EXPECT_TRUE(archive.load({1})) << "content is kept for ever";
}

TEST_F(FolderArchiveTest, SaysSoWhenItCannotWrite) {
  std::ofstream(folder_ / "file") << "x";
  FolderArchive archive(folder_ / "file");
  EXPECT_FALSE(archive.keep({{"a.yaml", "a: 1"}}));
}

}  // namespace
}  // namespace svar::kb
