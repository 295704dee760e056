#include "bot/store/search/transcript_index.h"

#include "bot/store/sqlite.h"
#include "tests/store/store_fixtures.h"

namespace svar::store {
namespace {

using service::FoundTranscript;
using service::TranscriptQuery;

const AgentId kKari{"kari"};
const std::string kCanary = "kanarifugl7f3a";

class Index : public testing::Test {
 protected:
  Index() : log_(open_sqlite({.file = folder_.file()}, executor_)), calls_(*log_, executor_) {
    start();
  }

  std::filesystem::path file() const { return folder_.path() / "search.db"; }
  void start() {
    index_.reset();
    auto started =
        TranscriptIndex::start({.log = folder_.file(),
                                .file = file(),
                                .failed = [](const std::string& why) { ADD_FAILURE() << why; }},
                               executor_);
    ASSERT_TRUE(started) << started.error().what;
    index_ = std::move(*started);
  }

  // What happens in one conversation, appended to its log.
  void happens(std::int64_t id, std::vector<Event> events) {
    int& last = last_[id];
    const int count = static_cast<int>(events.size());
    ASSERT_TRUE(appended(calls_.append(append_of(ConversationId{id}, last, std::move(events)))));
    last += count;
  }
  // One that came to the desk and was taken there.
  void comes(std::int64_t id, const std::string& words, const std::string& whose = "osteroy") {
    happens(id, {examples::opened("https://x/", ""), ControllerSet{MunicipalityId{whose}},
                 examples::spoke("a", words), HandoffRequested{}, AgentJoined{kKari, "Kari", ""}});
  }
  void erase(std::int64_t id, std::vector<Event> events, std::vector<Seq> seqs) {
    const bool everything = seqs.empty();
    ASSERT_TRUE(appended(calls_.erase(
        {append_of(ConversationId{id}, last_[id]++, std::move(events)), seqs, everything})));
  }

  std::vector<FoundTranscript> find(TranscriptQuery query) {
    bool read = false;
    index_->when_read([&] { read = true; });
    EXPECT_TRUE(executor_.run_until([&] { return read; }));
    std::optional<std::vector<FoundTranscript>> found;
    index_->find(std::move(query), [&](auto result) {
      EXPECT_TRUE(result) << (result ? "" : result.error().what);
      found = result ? *result : std::vector<FoundTranscript>();
    });
    EXPECT_TRUE(executor_.run_until([&] { return found.has_value(); }));
    return found.value_or(std::vector<FoundTranscript>());
  }
  // The numbers of what is found, the latest first.
  std::vector<std::int64_t> ids(TranscriptQuery query) {
    std::vector<std::int64_t> numbers;
    for (const auto& found : find(std::move(query))) numbers.push_back(found.id.value);
    return numbers;
  }
  std::vector<std::int64_t> with_words(std::vector<std::string> words) {
    TranscriptQuery query;
    query.words = std::move(words);
    return ids(std::move(query));
  }

  using Ids = std::vector<std::int64_t>;
  DataFolder folder_;
  fakes::ManualExecutor executor_;
  std::unique_ptr<SqliteEventStore> log_;
  Calls<SqliteEventStore> calls_;
  std::unique_ptr<TranscriptIndex> index_;
  std::map<std::int64_t, int> last_;
};

TEST_F(Index, FindsByTheBeginningOfEachWordWhereverInTheConversationItStands) {
  comes(1, "når vert bosset tømt");
  happens(1, {AgentSpoke{kKari, "Kari", {"b"}, "Kvar mandag på Lonevåg"}});
  comes(2, "bossdunken er knust");
  EXPECT_EQ(with_words({"boss"}), (Ids{1, 2}));
  EXPECT_EQ(with_words({"bosset"}), Ids{1});
  EXPECT_EQ(with_words({"BOSS", "lonevåg"}), Ids{1});
  EXPECT_EQ(with_words({"unt"}), Ids{});
  TranscriptQuery phrase;
  phrase.phrases = {"vert bosset"};
  EXPECT_EQ(ids(phrase), Ids{1});
  phrase.phrases = {"bosset vert"};
  EXPECT_EQ(ids(phrase), Ids{});
}

TEST_F(Index, TakesWhateverSomebodyWritesForWords) {
  comes(1, "han sa \"nei\" AND NOT ja");
  for (const char* written : {"\"", "AND", "nei\"", "NEAR(", "*", "text:", "^", "-ja", "'"})
    with_words({written});
  EXPECT_EQ(with_words({"\"nei\""}), Ids{1});
  EXPECT_EQ(with_words({"not"}), Ids{1});
}

TEST_F(Index, ALetterWithARingIsAnotherLetter) {
  comes(1, "båt på åsen");
  EXPECT_EQ(with_words({"båt"}), Ids{1});
  EXPECT_EQ(with_words({"bat"}), Ids{});
}

TEST_F(Index, WhatTheBotAloneHadIsNotInIt) {
  happens(1, {examples::opened("https://x/", ""), ControllerSet{MunicipalityId{"osteroy"}},
              examples::spoke("a", kCanary)});
  EXPECT_EQ(with_words({kCanary}), Ids{});
  EXPECT_EQ(ids({}), Ids{});
  happens(1, {HandoffRequested{}});
  EXPECT_EQ(with_words({kCanary}), Ids{1});
}

TEST_F(Index, KeepsMunicipalitiesApart) {
  comes(1, "boss", "osteroy");
  comes(2, "boss", "gulen");
  TranscriptQuery query;
  query.by = std::set<MunicipalityId>{{"gulen"}};
  EXPECT_EQ(ids(query), Ids{2});
  query.municipality = MunicipalityId{"osteroy"};
  EXPECT_EQ(ids(query), Ids{});
  query.by = std::set<MunicipalityId>{};
  query.municipality = {};
  EXPECT_EQ(ids(query), Ids{});
  query.by = std::set<MunicipalityId>{{"gul"}};
  EXPECT_EQ(ids(query), Ids{});
}

TEST_F(Index, FiltersByWhatIsKnown) {
  comes(1, "boss");
  comes(2, "boss");
  BotReplied replied;
  replied.outcome = Outcome::answer;
  replied.topics = {{"boss.dunk"}, {"boss.avgift"}};
  happens(2, {replied});
  happens(1, {ConversationClosed{ClosedBy::agent,
                                 {"c"},
                                 kKari,
                                 "",
                                 CloseOutcome::resolved,
                                 ArticleId{"boss.tommekalender"}}});
  const auto one = [&](auto set) {
    TranscriptQuery query;
    set(query);
    return ids(std::move(query));
  };
  EXPECT_EQ(one([](auto& q) { q.topic = ArticleId{"boss.dunk"}; }), Ids{2});
  EXPECT_EQ(one([](auto& q) { q.topic = ArticleId{"boss.tommekalender"}; }), Ids{1});
  EXPECT_EQ(one([](auto& q) { q.topic = ArticleId{"boss.avgift"}; }), Ids{});
  EXPECT_EQ(one([](auto& q) { q.outcome = CloseOutcome::resolved; }), Ids{1});
  EXPECT_EQ(one([](auto& q) { q.closed_only = true; }), Ids{1});
  EXPECT_EQ(one([](auto& q) { q.agent = kKari; }), (Ids{2, 1}));
  EXPECT_EQ(one([](auto& q) { q.agent = AgentId{"ola"}; }), Ids{});
  const auto found = find({});
  EXPECT_EQ(found[1].outcome, CloseOutcome::resolved);
  EXPECT_EQ(found[1].topic, ArticleId{"boss.tommekalender"});
  EXPECT_TRUE(found[1].closed);
  EXPECT_EQ(found[0].topic, ArticleId{"boss.dunk"});
  EXPECT_EQ(found[0].agents, (std::vector<FoundTranscript::Agent>{{kKari, "Kari"}}));
  EXPECT_EQ(found[0].last_at, at_second(5));
}

TEST_F(Index, GivesPagesTheLatestFirst) {
  for (int id = 1; id <= 5; ++id) comes(id, "boss");
  happens(2, {AgentSpoke{kKari, "Kari", {"b"}, "Hei"}});
  TranscriptQuery query;
  query.count_max = 2;
  auto page = find(query);
  Ids all;
  while (!page.empty()) {
    for (const auto& found : page) all.push_back(found.id.value);
    query.before = service::SearchPlace{page.back().last_at, page.back().id};
    page = find(query);
  }
  EXPECT_EQ(all, (Ids{2, 5, 4, 3, 1}));
  query = {};
  query.from = at_second(5);
  EXPECT_EQ(ids(query), Ids{2});
  query.from = Time::min();
  query.to = at_second(5);
  EXPECT_EQ(ids(query), (Ids{5, 4, 3, 1}));
}

TEST_F(Index, ErasedWordsAreInNoFile) {
  comes(1, "hugs " + kCanary);
  comes(2, "kanari");
  happens(1, {AgentNoted{kKari, "Kari", {"n"}, "notat " + kCanary}});
  EXPECT_EQ(with_words({kCanary}), Ids{1});
  erase(1, {Erased{{"d"}}}, {});
  EXPECT_EQ(with_words({kCanary}), Ids{});
  EXPECT_EQ(with_words({"kanari"}), Ids{2});
  EXPECT_EQ(ids({}), Ids{2});
  EXPECT_EQ(folder_.files_with(kCanary), std::vector<std::string>{});
  EXPECT_EQ(folder_.files_with("fugl7f3a"), std::vector<std::string>{}) << "a term's own end";
}

TEST_F(Index, AMessageTakenOutIsInNoFileAndTheOthersAreFound) {
  comes(1, "telefonen er " + kCanary);
  happens(1, {examples::spoke("e", "bosset mitt")});
  EXPECT_EQ(with_words({kCanary, "bosset"}), Ids{1});
  erase(1, {Redacted{{Seq{3}}}}, {Seq{3}});
  EXPECT_EQ(with_words({kCanary}), Ids{});
  EXPECT_EQ(with_words({"bosset"}), Ids{1});
  EXPECT_EQ(folder_.files_with("fugl7f3a"), std::vector<std::string>{});
}

TEST_F(Index, WhatWasErasedWhileItWasAwayIsGoneWhenItIsBack) {
  comes(1, kCanary);
  EXPECT_EQ(with_words({kCanary}), Ids{1});
  index_.reset();
  erase(1, {Erased{{"d"}}}, {});
  start();
  EXPECT_EQ(ids({}), Ids{});
  EXPECT_EQ(folder_.files_with("fugl7f3a"), std::vector<std::string>{});
}

TEST_F(Index, IsBuiltAnewWhenItWasRemovedOrDamagedOrIsOfAnotherLog) {
  comes(1, "boss");
  EXPECT_EQ(with_words({"boss"}), Ids{1});
  const auto again = [&](const std::function<void()>& spoil) {
    index_.reset();
    spoil();
    start();
    EXPECT_EQ(with_words({"boss"}), Ids{1});
  };
  again([] {});
  again([&] { std::filesystem::remove(file()); });
  again([&] { std::filesystem::resize_file(file(), 5'000); });
  again([&] {
    auto connection = Connection::open(file(), OpenMode::write);
    ASSERT_TRUE(connection && connection->execute("UPDATE place SET position=position+7;"
                                                  "DELETE FROM transcript"));
  });
}

TEST_F(Index, TellsWhatThereIsToChooseFromToThoseWhoMaySeeIt) {
  comes(1, "boss", "osteroy");
  happens(1, {ConversationClosed{ClosedBy::agent, {"c"}, kKari, "", {}, ArticleId{"boss.dunk"}}});
  find({});
  const auto choices = [&](service::SearchableBy by) {
    std::optional<service::SearchChoices> choices;
    index_->choices(std::move(by), [&](auto result) { choices = *result; });
    EXPECT_TRUE(executor_.run_until([&] { return choices.has_value(); }));
    return choices.value_or(service::SearchChoices());
  };
  EXPECT_EQ(choices({}).topics, std::vector<ArticleId>{{"boss.dunk"}});
  EXPECT_EQ(choices({}).agents[0].display_name, "Kari");
  const auto foreign = choices(std::set<MunicipalityId>{{"gulen"}});
  EXPECT_TRUE(foreign.topics.empty() && foreign.agents.empty());
}

TEST_F(Index, ReadsManyPortionsAndFindsInAllOfThem) {
  for (int id = 1; id <= 300; ++id) comes(id, "boss " + std::to_string(id));
  TranscriptQuery query;
  query.words = {"boss"};
  query.count_max = 1'000;
  EXPECT_EQ(ids(query).size(), 300u);
}

}  // namespace
}  // namespace svar::store
