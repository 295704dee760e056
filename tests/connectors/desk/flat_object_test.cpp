#include "connectors/desk/flat_object.h"

#include <gtest/gtest.h>

namespace svar::desk {
namespace {

TEST(FlatObject, ReadsTextsAndWholeNumbers) {
  const auto object = FlatObject::parse(R"({"a":"æ","n":17})", {"a", "n", "absent"});
  ASSERT_TRUE(object);
  EXPECT_EQ(object->text("a", 10), "æ");
  EXPECT_EQ(object->number("n"), 17);
  EXPECT_FALSE(object->text("n", 10));
  EXPECT_FALSE(object->number("a"));
  EXPECT_FALSE(object->text("absent", 10));
  EXPECT_FALSE(object->text("a", 1));
}

TEST(FlatObject, RefusesEverythingElse) {
  for (const char* bad :
       {"", "{", "{}x", "[]", "5", "\"a\"", "{\"a\":null}", "{\"a\":true}", "{\"a\":1.5}",
        "{\"a\":-1}", "{\"a\":1e400}", "{\"a\":[]}", "{\"a\":{}}", "{\"b\":1}", "{\"a\":1,\"a\":1}",
        "{\"a\":\"\xff\"}", "{\"a\":18446744073709551615}"}) {
    EXPECT_FALSE(FlatObject::parse(bad, {"a"})) << bad;
  }
}

TEST(FlatObject, RefusesDepthWithoutFollowingIt) {
  std::string deep;
  for (int i = 0; i < 20'000; ++i) deep += "{\"a\":";
  EXPECT_FALSE(FlatObject::parse(deep, {"a"}));
  EXPECT_FALSE(FlatObject::parse(deep + "1" + std::string(20'000, '}'), {"a"}));
}

}  // namespace
}  // namespace svar::desk
