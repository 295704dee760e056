#include "intents/intent_matcher.h"

#include "tests/intents/sources.h"

namespace svar::intents {
namespace {

IntentSources small() {
  IntentSources sources;
  sources.groups = {{"waste", {"boss*", "søppel*"}, {}}};
  sources.equivalents = {{"ikkje", {"ikke", "itj"}, {}}};
  sources.intents = {
      intent("boss.tommekalender",
             {rule("when", {{"når", "kva tid"}, {"@waste"}, {"hent*", "tøm*"}}, {"septik*"})},
             {"tømmekalender", "kva dag kjem bossbilen"}),
      intent("boss.pris", {rule("price", {{"pris", "kostar"}, {"@waste"}})}),
      intent("boss", {rule("any", {{"@waste"}})}),
  };
  SafetyRule fire;
  fire.kind = SafetyKind::fire;
  fire.rule = rule("burning", {{"det brenn i", "det brenner i"}}, {"peis*", "magen"});
  fire.rule.place.file = "intents/safety.yaml";
  SafetyRule violence;
  violence.kind = SafetyKind::violence;
  violence.rule = rule("beats", {{"slår meg", "slår oss"}});
  SafetyRule medical;
  medical.kind = SafetyKind::medical;
  medical.rule = rule("breath", {{"får ikkje puste"}});
  sources.safety = {fire, violence, medical};
  SpeechActRule person{"person", rule("person", {{"snakk* med", "få"}, {"menneske", "person"}})};
  SpeechActRule thanks{"thanks", rule("thanks", {{"takk", "👍"}})};
  sources.speech_acts = {person, thanks};
  sources.languages = {{"pl", "", {"kiedy", "gdzie", "mogę", "jest", "wniosek"}, "…", {}},
                       {"uk", "Cyrillic", {"коли", "де"}, "…", {}},
                       {"ru", "Cyrillic", {"когда", "где"}, "…", {}}};
  return sources;
}

TEST(IntentMatcher, NeedsEveryGroupAndNoExclusion) {
  const auto matcher = compiled(small());
  EXPECT_EQ(article_for(*matcher, "Når vert bosset tømt?"), "boss.tommekalender");
  EXPECT_EQ(article_for(*matcher, "når er møtet"), "");
  const Matches matches = matcher->match("når tømmer de boss og septiken");
  ASSERT_EQ(matches.hits.size(), 1u);
  EXPECT_EQ(matches.hits[0].article.value, "boss");
}

TEST(IntentMatcher, PrefersTheRuleThatExplainsMore) {
  const auto matcher = compiled(small());
  EXPECT_EQ(article_for(*matcher, "kva kostar bosset"), "boss.pris");
}

TEST(IntentMatcher, GivesEveryDifferentHitWhenNoneExplainsTheOther) {
  const auto matcher = compiled(small());
  EXPECT_EQ(matcher->match("kva kostar det og når vert bosset henta").hits.size(), 2u);
}

TEST(IntentMatcher, TakesAnExactExampleAsDefinitiveHoweverItIsSpaced) {
  const auto matcher = compiled(small());
  for (const char* text : {"tømmekalender", "Tømme kalender?", "tømme-kalender",
                           "hei, tømmekalender takk", "tommekalender"}) {
    const Matches matches = matcher->match(text);
    ASSERT_EQ(matches.hits.size(), 1u) << text;
    EXPECT_EQ(matches.hits[0].article.value, "boss.tommekalender");
    EXPECT_EQ(matches.hits[0].kind, HitKind::example);
  }
}

TEST(IntentMatcher, NamesTheRuleAndTheCitizensOwnWords) {
  const auto matcher = compiled(small());
  const std::string text = "Hei! NÅR vert bosset  tømt?";
  const Matches matches = matcher->match(text);
  ASSERT_EQ(matches.hits.size(), 1u);
  EXPECT_EQ(matches.hits[0].rule, "intents/boss.tommekalender.yaml#when");
  std::vector<std::string> words;
  for (const Span& span : matches.hits[0].matched)
    words.push_back(text.substr(span.begin, span.end - span.begin));
  EXPECT_EQ(words, (std::vector<std::string>{"NÅR", "bosset", "tømt"}));
}

TEST(IntentMatcher, WeighsMendedSpellingLower) {
  const auto matcher = compiled(small());
  const Matches mended = matcher->match("nar vert soppelet tomt");
  ASSERT_EQ(mended.hits.size(), 1u);
  EXPECT_LT(mended.hits[0].weight, 1);
  EXPECT_EQ(matcher->match("når vert bosset tømt").hits[0].weight, 1);
}

TEST(IntentMatcher, HoldsOrderedGroupsToTheirOrder) {
  IntentSources sources;
  Rule ordered = rule("ordered", {{"frå"}, {"til"}});
  ordered.when.ordered = true;
  sources.intents = {intent("x", {ordered})};
  const auto matcher = compiled(sources);
  EXPECT_EQ(article_for(*matcher, "frå hus til hytte"), "x");
  EXPECT_EQ(article_for(*matcher, "til hytte frå hus"), "");
}

TEST(IntentMatcher, KeepsGroupsWithinTheDistanceThatARuleAsksFor) {
  IntentSources sources;
  Rule near = rule("near", {{"frå"}, {"til"}});
  near.when.within = 2;
  Rule ordered = rule("ordered", {{"flytte"}, {"hit"}});
  ordered.when.within = 0;
  ordered.when.ordered = true;
  sources.intents = {intent("x", {near}), intent("y", {ordered})};
  const auto matcher = compiled(sources);
  EXPECT_EQ(article_for(*matcher, "til den hytta frå byen"), "x");
  EXPECT_EQ(article_for(*matcher, "frå byen og heilt ut til hytta"), "");
  EXPECT_EQ(article_for(*matcher, "eg vil flytte hit"), "y");
  EXPECT_EQ(article_for(*matcher, "eg vil flytte bilen hit"), "");
  EXPECT_EQ(article_for(*matcher, "hit vil eg flytte"), "");
}

TEST(IntentMatcher, AsksForTheSituationThatARuleNames) {
  IntentSources sources;
  Rule here = rule("here", {{"hytta"}});
  here.when.situation.municipalities = {{"gulen"}, {"fedje"}};
  Rule chat = rule("chat", {{"lenkja"}});
  chat.when.situation.channels = {"webchat"};
  Rule follow = rule("follow", {{"kostar"}});
  follow.when.situation.previous = {{"sfo.soke"}};
  sources.intents = {intent("x", {here}), intent("y", {chat}), intent("z", {follow})};
  const auto matcher = compiled(sources);
  const std::vector<ArticleId> before = {{"boss"}, {"sfo.soke"}};
  EXPECT_TRUE(matcher->match("hytta").hits.empty());
  EXPECT_TRUE(matcher->match("hytta", {"osteroy", "", {}}).hits.empty());
  EXPECT_EQ(matcher->match("hytta", {"gulen", "", {}}).hits.size(), 1u);
  EXPECT_TRUE(matcher->match("lenkja", {"gulen", "sms", {}}).hits.empty());
  EXPECT_EQ(matcher->match("lenkja", {"", "webchat", {}}).hits.size(), 1u);
  EXPECT_TRUE(matcher->match("kva kostar det").hits.empty());
  EXPECT_EQ(matcher->match("kva kostar det", {"", "", before}).hits.size(), 1u);
}

TEST(IntentMatcher, TakesTheMunicipalityThatTheMessageNamesForTheSituation) {
  IntentSources sources;
  Rule here = rule("here", {{"hytta"}});
  here.when.situation.municipalities = {{"gulen"}};
  sources.intents = {intent("x", {here})};
  MatcherOptions options;
  options.places = {{"Gulen", {"gulen"}, {}, true}, {"Fedje", {"fedje"}, {}, true}};
  const auto matcher = compiled(sources, options);
  EXPECT_EQ(matcher->match("hytta i Gulen", {"fedje", "", {}}).hits.size(), 1u);
  EXPECT_TRUE(matcher->match("hytta på Fedje", {"gulen", "", {}}).hits.empty());
}

TEST(IntentMatcher, LetsAHigherPriorityWinAndSaysWhatLost) {
  IntentSources sources;
  Rule urgent = rule("urgent", {{"lekk*"}});
  urgent.priority = 2;
  sources.intents = {intent("leak", {urgent}),
                     intent("bill", {rule("bill", {{"rekning*", "vatn"}})}, {"vatn lekk"})};
  const auto matcher = compiled(sources);
  const Matches both = matcher->match("rekninga for vatn som lekk ut");
  ASSERT_EQ(both.hits.size(), 1u);
  EXPECT_EQ(both.hits[0].article.value, "leak");
  EXPECT_EQ(both.hits[0].priority, 2);
  ASSERT_EQ(both.outdone.size(), 1u);
  EXPECT_EQ(both.outdone[0].hit.article.value, "bill");
  EXPECT_EQ(both.outdone[0].by, "intents/leak.yaml#urgent");
  EXPECT_EQ(both.outdone[0].why, Outdoing::priority);
  EXPECT_EQ(article_for(*matcher, "vatn lekk"), "leak");  // also before an exact example
}

TEST(IntentMatcher, SaysHowEachMatchedWordWasRead) {
  const auto matcher = compiled(small());
  const auto readings = [&](const std::string& text) {
    std::string out;
    const Matches matches = matcher->match(text);
    for (const Reading& one : matches.hits.at(0).readings) {
      out += text.substr(one.original.begin, one.original.end - one.original.begin) + ">" +
             one.read_as + ":" + std::string(code(one.how)) + " ";
    }
    return out;
  };
  EXPECT_EQ(readings("når vert bosset tømt"), "");
  EXPECT_EQ(readings("nar vert soppelet tømt"), "nar>når:fold soppelet>søppelet:fold ");
  EXPECT_EQ(readings("tomme-kalender"), "tomme-kalender>tømmekalender:fold ");
}

TEST(IntentMatcher, WeighsEveryFoldedWord) {
  const auto matcher = compiled(small());
  const double one = matcher->match("når vert soppelet tømt").hits.at(0).weight;
  const double two = matcher->match("nar vert soppelet tømt").hits.at(0).weight;
  EXPECT_LT(two, one);
  EXPECT_LT(one, 1);
}

TEST(IntentMatcher, PutsSafetyBeforeEverythingAndKeepsItsExclusions) {
  const auto matcher = compiled(small());
  const Matches fire = matcher->match("Hjelp, det brenn i løa! når vert bosset tømt");
  ASSERT_TRUE(fire.safety);
  EXPECT_EQ(fire.safety->kind, SafetyKind::fire);
  EXPECT_EQ(fire.safety->rule, "intents/safety.yaml#burning");
  EXPECT_FALSE(matcher->match("det brenn i peisen, kven feiar").safety);
  EXPECT_FALSE(matcher->match("kan de slå graset").safety);
  EXPECT_TRUE(matcher->match_safety("mannen min slår meg"));
}

TEST(IntentMatcher, HearsAlarmsWithoutNorwegianLettersButMendsNoTypoToThem) {
  const auto matcher = compiled(small());
  EXPECT_TRUE(matcher->match_safety("han slar meg"));
  EXPECT_TRUE(matcher->match_safety("far ikke puste"));
  EXPECT_TRUE(matcher->match_safety("DET BRENNNN I huset"));
  EXPECT_FALSE(matcher->match_safety("han slåt meg"));
  EXPECT_FALSE(matcher->match_safety("slår megafon"));
}

TEST(IntentMatcher, TellsSpeechActsAndTheirShare) {
  const auto matcher = compiled(small());
  const Matches alone = matcher->match("tusen takk");
  ASSERT_EQ(alone.acts.size(), 1u);
  EXPECT_EQ(alone.acts[0].act, "thanks");
  EXPECT_GT(alone.acts[0].share, 0.3);
  EXPECT_EQ(matcher->match("👍").acts.at(0).share, 1);
  EXPECT_EQ(matcher->match("kan eg få snakke med eit menneske").acts.at(0).act, "person");
}

TEST(IntentMatcher, KnowsLanguagesByWordsAndScript) {
  const auto matcher = compiled(small());
  const auto code = [&](const char* text) {
    const Matches matches = matcher->match(text);
    return matches.foreign == nullptr ? std::string() : matches.foreign->code;
  };
  EXPECT_EQ(code("Gdzie mogę złożyć wniosek o przedszkole?"), "pl");
  EXPECT_EQ(code("Коли вивозять сміття?"), "uk");
  EXPECT_EQ(code("когда вывозят мусор"), "ru");
  EXPECT_EQ(code("naboen heiter Kiedy og bråkar"), "");
}

TEST(IntentMatcher, RefusesRulesThatCannotWorkWithTheirPlace) {
  IntentSources sources = small();
  sources.intents[0].rules[0].when.all.push_back({"@nowhere"});
  sources.intents[1].rules[0].when.all.clear();
  const auto result = IntentMatcher::compile(sources, {});
  ASSERT_FALSE(result);
  ASSERT_EQ(result.error().size(), 2u);
  EXPECT_EQ(result.error()[0].place.file, "intents/boss.tommekalender.yaml");
  EXPECT_EQ(result.error()[0].place.line, 7);
}

TEST(IntentMatcher, StillAnswersWhenTheAutomatonHasHardlyRoom) {
  MatcherOptions options;
  options.automaton_bytes_max = 1 << 16;
  auto result = IntentMatcher::compile(small(), options);
  while (!result) {  // up to the least that compiles at all
    options.automaton_bytes_max += 1 << 13;
    ASSERT_LT(options.automaton_bytes_max, 8 << 20);
    result = IntentMatcher::compile(small(), options);
  }
  EXPECT_EQ(article_for(**result, "når vert bosset tømt"), "boss.tommekalender");
  EXPECT_TRUE((*result)->match_safety("mannen min slår meg"));
}

TEST(IntentMatcher, AcceptsAnyBytes) {
  const auto matcher = compiled(small());
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes.push_back(static_cast<char>(i));
  EXPECT_NO_THROW(matcher->match(bytes));
  EXPECT_NO_THROW(matcher->match(""));
  EXPECT_NO_THROW(matcher->match(std::string(100'000, '|')));
}

TEST(IntentMatcher, CompilesWithoutAnyRules) {
  const auto matcher = compiled({});
  EXPECT_TRUE(matcher->match("når vert bosset tømt").hits.empty());
}

}  // namespace
}  // namespace svar::intents
