#include "intents/condition.h"

#include <algorithm>

#include "tests/intents/sources.h"

namespace svar::intents {
namespace {

TEST(Condition, FillsInWordGroupsAlsoNestedOnes) {
  const std::vector<WordGroup> groups = {{"waste", {"boss*", "@bins"}, {}}, {"bins", {"dunk"}, {}}};
  const Equivalents none;
  const auto read = ConditionReader(groups, none).read({"@waste", "kasse"});
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, (Alternatives{{{"boss", true}}, {{"dunk", false}}, {{"kasse", false}}}));
}

TEST(Condition, RefusesUnknownAndCircularGroups) {
  const std::vector<WordGroup> groups = {{"a", {"@b"}, {}}, {"b", {"@a"}, {}}};
  const Equivalents none;
  const ConditionReader reader(groups, none);
  EXPECT_NE(reader.read({"@nowhere"}).error().find("@nowhere"), std::string::npos);
  EXPECT_NE(reader.read({"@a"}).error().find("circle"), std::string::npos);
  EXPECT_FALSE(reader.read({"*"}));
  EXPECT_FALSE(reader.read({"he*nt"}));
  EXPECT_FALSE(reader.read({"?!"}));
  EXPECT_FALSE(reader.read({}));
}

TEST(Condition, ReadsWordsAsTheirEquivalents) {
  const Equivalents equivalents({{"ikkje", {"ikke", "itj"}, {}}, {"når", {"ka tid"}, {}}});
  const auto read = ConditionReader({}, equivalents).read({"ikke hent*", "ka tid"});
  ASSERT_TRUE(read);
  EXPECT_EQ((*read)[0], (Phrase{{"ikkje", false}, {"hent", true}}));
  EXPECT_EQ(read->back(), (Phrase{{"når", false}}));
}

TEST(Condition, GivesTheFormsOfAnInflectedGroup) {
  std::vector<WordGroup> groups = {{"bin", {"bossdunk", "spann*", "@other"}, {}},
                                   {"other", {"kasse"}, {}}};
  groups[0].inflection = Inflection::masculine;
  const Equivalents none;
  const auto read = ConditionReader(groups, none).read({"@bin"});
  ASSERT_TRUE(read);
  const auto holds = [&](const Phrase& phrase) {
    return std::find(read->begin(), read->end(), phrase) != read->end();
  };
  EXPECT_TRUE(holds({{"bossdunk", false}}));
  EXPECT_TRUE(holds({{"bossdunkane", false}}));
  EXPECT_TRUE(holds({{"bossdunkene", false}}));
  EXPECT_TRUE(holds({{"spann", true}}));
  EXPECT_TRUE(holds({{"kasse", false}}));
  EXPECT_FALSE(holds({{"kassen", false}}));
}

}  // namespace
}  // namespace svar::intents
