// The content is written in our own words: no example and no message of it equals one that the
// content is measured with. Those lie beside the tree, when they are there at all.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "intents/normal_text.h"
#include "kb-adapter/sources/folder_source.h"

namespace svar {
namespace {

const std::filesystem::path kTree = SVAR_TREE;
const std::filesystem::path kMeasures = kTree / ".." / "shared" / "content";

std::vector<std::string> lines_of(const std::filesystem::path& file) {
  std::vector<std::string> lines;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string key_of(std::string_view text) {
  return intents::normalise(text).text;
}

using Measured = std::map<std::string, std::string>;  // normalised → where it stands

// The second column of a table with a heading.
void add_messages(const std::vector<std::string>& lines, const std::string& file, Measured& out) {
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const std::size_t begin = lines[i].find('\t');
    if (begin == std::string::npos) continue;
    const std::size_t end = lines[i].find('\t', begin + 1);
    const std::string key = key_of(lines[i].substr(begin + 1, end - begin - 1));
    if (!key.empty()) out.emplace(key, file + ":" + std::to_string(i + 1));
  }
}

// «1. I: `bur i Lonevåg`»: what a citizen says in a dialogue.
void add_dialogues(const std::vector<std::string>& lines, const std::string& file, Measured& out) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::size_t begin = lines[i].find("I: `");
    if (begin == std::string::npos) continue;
    const std::size_t end = lines[i].find('`', begin + 4);
    const std::string key = key_of(lines[i].substr(begin + 4, end - begin - 4));
    if (!key.empty()) out.emplace(key, file + ":" + std::to_string(i + 1));
  }
}

struct Phrase {
  std::string text, file;
};

std::vector<Phrase> phrases_of(const service::Content& content) {
  std::vector<Phrase> all;
  const auto add = [&](const std::vector<std::string>& texts, const std::string& file) {
    for (const std::string& text : texts) all.push_back({text, file});
  };
  const auto add_rule = [&](const intents::Rule& rule) {
    add(rule.examples, rule.place.file);
    add(rule.not_examples, rule.place.file);
  };
  for (const intents::Intent& intent : content.intents.intents) {
    add(intent.examples, intent.place.file);
    for (const intents::Rule& rule : intent.rules) add_rule(rule);
  }
  for (const intents::SafetyRule& rule : content.intents.safety) add_rule(rule.rule);
  for (const intents::SpeechActRule& act : content.intents.speech_acts) add_rule(act.rule);
  add(content.out_of_scope, "intents/out_of_scope.yaml");
  return all;
}

std::vector<std::string> borrowed(const std::vector<Phrase>& phrases, const Measured& measured) {
  std::vector<std::string> found;
  for (const Phrase& phrase : phrases) {
    const std::string key = key_of(phrase.text);
    const auto same = measured.find(key);
    if (same != measured.end())
      found.push_back(phrase.file + ": «" + phrase.text + "» is " + same->second);
  }
  return found;
}

TEST(OwnWords, AreToldFromBorrowedOnesHoweverTheyAreWritten) {
  Measured measured;
  add_messages({"id\ttext\tlang", "1\tNår kjem bossbilen?\tnn", "2\tboss\tnn"}, "m", measured);
  add_dialogues({"1. I: `bur i Lonevåg`", "   - B: svar"}, "d", measured);
  const std::vector<Phrase> phrases = {
      {"når  kjem BOSSBILEN", "a"}, {"når kjem bilen", "b"}, {"Bur i Lonevåg!", "c"}};
  EXPECT_EQ(
      borrowed(phrases, measured),
      (std::vector<std::string>{"a: «når  kjem BOSSBILEN» is m:2", "c: «Bur i Lonevåg!» is d:1"}));
}

TEST(OwnWords, AreAllThatTheContentHolds) {
  if (!std::filesystem::exists(kMeasures)) {
    GTEST_SKIP() << "no messages to compare with in " << kMeasures.lexically_normal();
  }
  Measured measured;
  add_messages(lines_of(kMeasures / "messages.dev.tsv"), "messages.dev.tsv", measured);
  add_dialogues(lines_of(kMeasures / "dialogues.dev.md"), "dialogues.dev.md", measured);
  ASSERT_GT(measured.size(), 100u);
  const auto read = kb::FolderSource((kTree / "config" / "content").string()).read();
  const std::vector<Phrase> phrases = phrases_of(read.content);
  ASSERT_GT(phrases.size(), 1'000u);
  for (const std::string& one : borrowed(phrases, measured)) ADD_FAILURE() << one;
}

}  // namespace
}  // namespace svar
