// The shipped rules on messages that are no content: danger in plain and in roundabout words,
// harmless look-alikes, and other languages.
#include <gtest/gtest.h>

#include <fstream>
#include <map>

#include "intents/intent_matcher.h"
#include "kb-adapter/sources/folder_source.h"

namespace svar {
namespace {

using Fields = std::vector<std::string>;

std::vector<Fields> read_lines(const std::string& name) {
  std::ifstream in(std::string(SVAR_MESSAGES) + "/" + name);
  std::vector<Fields> out;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line.front() == '#') continue;
    Fields fields;
    for (std::size_t at = 0; at <= line.size();) {
      const std::size_t end = std::min(line.find('\t', at), line.size());
      fields.push_back(line.substr(at, end - at));
      at = end + 1;
    }
    out.push_back(std::move(fields));
  }
  return out;
}

const intents::IntentSources& shipped() {
  static const service::Content content = kb::FolderSource(SVAR_CONTENT).read().content;
  return content.intents;
}

std::shared_ptr<const intents::IntentMatcher> compiled(const intents::IntentSources& sources) {
  auto matcher = intents::IntentMatcher::compile(sources, {});
  EXPECT_TRUE(matcher) << (matcher ? "" : matcher.error().front().what);
  return matcher ? *matcher : nullptr;
}

struct Figures {
  int clear = 0, clear_found = 0, indirect = 0, indirect_found = 0, right_kind = 0;
  std::vector<std::string> missed, false_alarms;
};

Figures measure(const intents::IntentMatcher& matcher) {
  Figures out;
  for (const Fields& line : read_lines("messages_of_need.tsv")) {
    const auto hit = matcher.match_safety(line[2]);
    if (line[0] == "none") {
      if (hit) out.false_alarms.push_back(line[2] + " (" + std::string(hit->rule) + ")");
      continue;
    }
    const bool clear = line[1] == "clear";
    ++(clear ? out.clear : out.indirect);
    if (!hit) {
      out.missed.push_back(line[2]);
      continue;
    }
    ++(clear ? out.clear_found : out.indirect_found);
    if (code(hit->kind) == line[0]) ++out.right_kind;
  }
  return out;
}

bool good(const Figures& figures) {
  return figures.clear_found == figures.clear &&
         figures.indirect_found * 100 >= figures.indirect * 95 && figures.false_alarms.empty();
}

std::string told(const Figures& figures) {
  std::string out;
  for (const std::string& text : figures.missed) out += "missed: " + text + "\n";
  for (const std::string& text : figures.false_alarms) out += "false alarm: " + text + "\n";
  return out;
}

TEST(MessagesOfNeed, AreRecognisedAndTheirLookAlikesAreNot) {
  const auto matcher = compiled(shipped());
  const Figures figures = measure(*matcher);
  EXPECT_GE(figures.clear, 150);
  EXPECT_GE(figures.indirect, 150);
  EXPECT_TRUE(good(figures)) << told(figures);
  const int found = figures.clear_found + figures.indirect_found;
  EXPECT_GE(figures.right_kind * 100, found * 95);
}

TEST(MessagesOfNeed, CatchRulesThatAreMissingAndRulesThatAreTooWide) {
  intents::IntentSources fewer = shipped();
  std::erase_if(fewer.safety, [](const auto& rule) { return rule.kind == SafetyKind::suicide; });
  EXPECT_FALSE(good(measure(*compiled(fewer))));
  intents::IntentSources wider = shipped();
  intents::SafetyRule careless;
  careless.kind = SafetyKind::violence;
  careless.rule.name = "careless";
  careless.rule.when.all = {{"slå", "slår", "slått"}};
  wider.safety.push_back(careless);
  const Figures figures = measure(*compiled(wider));
  EXPECT_FALSE(good(figures));
  EXPECT_FALSE(figures.false_alarms.empty());
}

TEST(OtherLanguages, AreRecognisedAndNordicOnesAndEnglishAreUnderstood) {
  const auto matcher = compiled(shipped());
  for (const Fields& line : read_lines("other_languages.tsv")) {
    const intents::Matches matches = matcher->match(line[1]);
    EXPECT_EQ(matches.foreign == nullptr ? "-" : matches.foreign->code, line[0]) << line[1];
  }
}

TEST(OtherLanguages, AreAnsweredInTheirOwnWordsWithTheWayToAPerson) {
  for (const intents::ForeignLanguage& language : shipped().languages) {
    EXPECT_NE(language.reply.find("person"), std::string::npos) << language.code;
    EXPECT_GE(language.words.size(), 10U) << language.code;
  }
}

}  // namespace
}  // namespace svar
