#include "bot/service/desk/dossier.h"

#include <gtest/gtest.h>

namespace svar::service {
namespace {

using namespace std::chrono_literals;

Dossier dossier_of(std::vector<Event> events) {
  Dossier dossier;
  dossier.id = ConversationId{1};
  Time at{1'000ms};
  for (auto& event : events) {
    fold(dossier, {Seq{dossier.state.last_seq.value + 1}, at, std::move(event)});
    at += 1s;
  }
  return dossier;
}

const ConversationOpened kOpened{SiteId{"osteroy"}, Language::nn, "webchat", "1",
                                 "https://a/b",     "Boss"};

TEST(Dossier, PreviewsTheCitizensLastWords) {
  const auto card =
      card_of(dossier_of({kOpened, CitizenSpoke{ClientId{"a"}, "hei", false},
                          CitizenSpoke{ClientId{"b"}, "når vert bosset tømt", false}}));
  EXPECT_EQ(card.preview, "når vert bosset tømt");
}

TEST(Dossier, CutsThePreviewAtACodePoint) {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "å";
  const auto card = card_of(dossier_of({kOpened, CitizenSpoke{ClientId{"a"}, text, false}}));
  EXPECT_EQ(card.preview, text.substr(0, 240));
}

TEST(Dossier, TextThatLooksLikeMarkupStaysAsItIs) {
  const std::string evil = "<img src=x onerror=alert(1)> {{agent.email}} /close \xE2\x80\xAE";
  const auto card = card_of(dossier_of({kOpened, CitizenSpoke{ClientId{"a"}, evil, false}}));
  EXPECT_EQ(card.preview, evil);
}

TEST(Dossier, RemembersWhatWasUnderstoodAndShown) {
  BotReplied replied;
  replied.topics = {ArticleId{"boss.tommekalender"}};
  replied.topic_title = "Tømmekalender";
  replied.confidence = 0.97;
  replied.because.how = "rule";
  const auto dossier = dossier_of({kOpened, CitizenSpoke{ClientId{"a"}, "boss", false}, replied,
                                   CitizenSpoke{ClientId{"b"}, "boss", false}, replied});
  ASSERT_EQ(dossier.understood.size(), 2u);
  EXPECT_EQ(dossier.understood[0].seq, Seq{3});
  EXPECT_EQ(dossier.understood[0].how, "rule");
  EXPECT_EQ(dossier.articles_shown,
            (std::vector<ShownArticle>{{ArticleId{"boss.tommekalender"}, "Tømmekalender"}}));
}

TEST(Dossier, KeepsTheWordsOfASentFormUntilTheyAreEmptied) {
  FormProgress asked{"feil", FormStage::reviewing, "", {}, {}, {}, "", 0, 0, 1};
  asked.filled = {{"kind", Seq{2}, {}, "road", false}, {"place", Seq{2}, {0, 8}, "", false}};
  BotReplied summary;
  summary.form = asked;
  HandoffRequested sent;
  sent.reason = HandoffReason::form;
  sent.form = asked;
  sent.form->stage = FormStage::sent;
  sent.form->reference = "1124-K7QF9";
  const std::vector<Event> events{kOpened, CitizenSpoke{ClientId{"a"}, "ved kaia", false}, summary,
                                  sent};
  auto dossier = dossier_of(events);
  const auto packet = packet_of(dossier, engine::Release{}, Language::nn);
  ASSERT_TRUE(packet.form);
  EXPECT_TRUE(packet.form->sent);
  EXPECT_EQ(packet.form->reference, "1124-K7QF9");
  ASSERT_EQ(packet.form->values.size(), 2u);
  EXPECT_EQ(packet.form->values[1].value, "ved kaia");
  EXPECT_EQ(packet.form->values[1].seq, Seq{2});
  EXPECT_EQ(card_of(dossier).form, "feil");
  EXPECT_EQ(card_of(dossier).form_option, "road");
  fold(dossier, {Seq{5}, Time{9'000ms}, Redacted{{Seq{2}}}});
  EXPECT_EQ(packet_of(dossier, engine::Release{}, Language::nn).form->values[1].value, "");
  auto erased = events;
  erased.emplace_back(Erased{});
  EXPECT_FALSE(packet_of(dossier_of(erased), engine::Release{}, Language::nn).form);
}

TEST(Dossier, NothingOfAnErasedConversationIsLeft) {
  const auto card = card_of(
      dossier_of({kOpened, CitizenSpoke{ClientId{"a"}, "hemmeleg", false}, Erased{ClientId{"b"}}}));
  EXPECT_EQ(card.preview, "");
}

Card waiting(int id, std::optional<SafetyKind> safety, std::chrono::milliseconds since) {
  Card card;
  card.id = ConversationId{id};
  card.owner = Owner::queue;
  card.safety = safety;
  card.waiting_since = Time{since};
  return card;
}

TEST(QueueRank, SafetyComesFirstThenTheLongestWait) {
  std::vector<Card> cards = {waiting(1, {}, 30s), waiting(2, {}, 10s),
                             waiting(3, SafetyKind::fire, 50s), waiting(4, SafetyKind::fire, 40s)};
  std::sort(cards.begin(), cards.end(), comes_before);
  std::vector<std::int64_t> order;
  for (const auto& card : cards) order.push_back(card.id.value);
  EXPECT_EQ(order, (std::vector<std::int64_t>{4, 3, 2, 1}));
}

}  // namespace
}  // namespace svar::service
