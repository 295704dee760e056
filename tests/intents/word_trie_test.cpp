#include "intents/word_trie.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace svar::intents {
namespace {

std::vector<std::string> begun_with(const WordTrie& trie, std::string_view word) {
  std::vector<std::string> found;
  trie.walk(word, [&](std::size_t length, WordTrie::Number number) {
    EXPECT_EQ(trie.word(number), word.substr(0, length));
    found.push_back(trie.word(number));
  });
  return found;
}

TEST(WordTrie, FindsTheWordAndEveryBeginningInTheSet) {
  const WordTrie trie({"boss", "bossdunk", "bo", "dunk", "søppel", "boss"});
  EXPECT_EQ(trie.size(), 5u);
  EXPECT_EQ(begun_with(trie, "bossdunken"), (std::vector<std::string>{"bo", "boss", "bossdunk"}));
  EXPECT_EQ(begun_with(trie, "boss"), (std::vector<std::string>{"bo", "boss"}));
  EXPECT_EQ(begun_with(trie, "b"), std::vector<std::string>{});
  EXPECT_EQ(trie.word(trie.find("søppel")), "søppel");
  EXPECT_EQ(trie.find("søp"), WordTrie::kNone);
  EXPECT_EQ(trie.find(""), WordTrie::kNone);
}

TEST(WordTrie, IsEmptyWithoutWords) {
  EXPECT_EQ(WordTrie().find("boss"), WordTrie::kNone);
  EXPECT_EQ(WordTrie(std::vector<std::string>{}).find("boss"), WordTrie::kNone);
  EXPECT_EQ(begun_with(WordTrie(), "boss"), std::vector<std::string>{});
}

TEST(WordTrie, AgreesWithASetOnRandomWords) {
  std::mt19937 random{20261123};
  const auto draw = [&] {
    std::string word;
    for (std::size_t length = 1 + random() % 6; length > 0; --length) {
      word += static_cast<char>("ab\xC3\xB8\xFF"[random() % 5]);
    }
    return word;
  };
  std::vector<std::string> words;
  for (int i = 0; i < 300; ++i) words.push_back(draw());
  const std::set<std::string> set(words.begin(), words.end());
  const WordTrie trie(words);
  for (int i = 0; i < 5'000; ++i) {
    const std::string word = draw();
    ASSERT_EQ(trie.find(word) != WordTrie::kNone, set.contains(word));
    std::vector<std::string> expected;
    for (std::size_t length = 1; length <= word.size(); ++length) {
      if (set.contains(word.substr(0, length))) expected.push_back(word.substr(0, length));
    }
    ASSERT_EQ(begun_with(trie, word), expected);
  }
}

}  // namespace
}  // namespace svar::intents
