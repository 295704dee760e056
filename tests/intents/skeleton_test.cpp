#include "intents/model/skeleton.h"

#include <gtest/gtest.h>

#include <string>

namespace svar::intents {
namespace {

std::string heard(std::string_view word) {
  return std::string(Skeleton(word).text());
}

TEST(Skeleton, IsTheSameInNynorskBokmaalAndDialect) {
  EXPECT_EQ(heard("hvor"), heard("kvor"));
  EXPECT_EQ(heard("kår"), heard("kor"));
  EXPECT_EQ(heard("påminnelsan"), heard("påminnelsene"));
  EXPECT_EQ(heard("røyk"), heard("røk"));
  EXPECT_EQ(heard("vatnet"), heard("vatn"));
  EXPECT_EQ(heard("landet"), heard("lannet"));
  EXPECT_EQ(heard("ikkje"), heard("ikke"));
}

TEST(Skeleton, KeepsDifferentWordsApart) {
  EXPECT_NE(heard("barnehage"), heard("barnevern"));
  EXPECT_NE(heard("vatn"), heard("veg"));
  EXPECT_NE(heard("2026"), heard("226"));
}

TEST(Skeleton, ReadsAnyBytes) {
  EXPECT_EQ(heard(""), "");
  EXPECT_EQ(heard("\xC3"), "\xC3");
  EXPECT_LE(heard(std::string(500, 'a') + "\xC3\xB8").size(), 60u);
  EXPECT_EQ(heard("ø"), "$");
}

}  // namespace
}  // namespace svar::intents
