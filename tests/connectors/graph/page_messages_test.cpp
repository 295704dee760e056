// Messages for Messenger and Instagram: the limits are written down here anew, from Meta's pages.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "connectors/instagram/codec.h"
#include "connectors/messenger/codec.h"
#include "tests/connectors/graph/random_messages.h"

namespace svar {
namespace {

using nlohmann::json;
using service::Outgoing;
using service::Part;

Outgoing message(std::string text, std::vector<Choice> choices = {}, std::vector<Link> links = {}) {
  return {Seq{3}, std::move(text), std::move(choices), std::move(links), Language::nn, false};
}

void check_quick_replies(const json& list, const std::vector<Choice>& choices) {
  ASSERT_EQ(list.size(), choices.size());
  EXPECT_LE(list.size(), 13U);
  for (std::size_t i = 0; i < list.size(); ++i) {
    EXPECT_EQ(list[i].at("content_type"), "text");
    const std::string title = list[i].at("title");
    const std::string payload = list[i].at("payload");
    EXPECT_FALSE(title.empty());
    EXPECT_LE(testing::utf16_units(title), 20U);
    EXPECT_LE(payload.size(), 1000U);
    EXPECT_EQ(service::choice_of_key(payload, choices), &choices[i]);
  }
}

// Every part within the limits, no word lost, and every choice there to be taken.
template <class Size>
void check_parts(const Outgoing& sent, const std::vector<Part>& parts, Size size,
                 std::size_t text_max, bool choices_in_text) {
  ASSERT_FALSE(parts.empty());
  std::string all;
  bool quick = false;
  for (const Part& part : parts) {
    ASSERT_TRUE(testing::is_utf8(part.body));
    const json content = json::parse(part.body).at("message");
    const std::string text = content.at("text");
    EXPECT_FALSE(text.empty());
    EXPECT_LE(size(text), text_max);
    all += text;
    quick = content.contains("quick_replies");
    if (quick) {
      check_quick_replies(content["quick_replies"], sent.choices);
      EXPECT_EQ(&part, &parts.back());
    }
  }
  std::string expected = sent.text;
  for (const Link& link : sent.links) {
    expected += link.label + ":" + link.url;
    if (link.sample) expected += "(døme, ikkje stadfesta)";
  }
  if (!quick || choices_in_text) {
    for (std::size_t i = 0; i < sent.choices.size(); ++i)
      expected += std::to_string(i + 1) + "." + sent.choices[i].label;
  }
  EXPECT_EQ(testing::without_white_space(all), testing::without_white_space(expected));
}

TEST(MessengerEncode, NoMessageExceedsALimitAndNoneLosesAWord) {
  testing::RandomMessages messages{20261124};
  for (int round = 0; round < 3000; ++round) {
    SCOPED_TRACE(round);
    const Outgoing sent = messages.next();
    check_parts(sent, messenger::encode(sent), testing::utf16_units, 2000, false);
    if (::testing::Test::HasFailure()) return;
  }
}

TEST(InstagramEncode, NoMessageExceedsALimitAndNoneLosesAWord) {
  testing::RandomMessages messages{20261125};
  for (int round = 0; round < 3000; ++round) {
    SCOPED_TRACE(round);
    const Outgoing sent = messages.next();
    check_parts(
        sent, instagram::encode(sent), [](std::string_view text) { return text.size(); }, 1000,
        true);
    if (::testing::Test::HasFailure()) return;
  }
}

TEST(MessengerEncode, FewShortChoicesAreQuickReplies) {
  const auto parts =
      messenger::encode(message("Kva meiner du?", {{"boss", "Boss"}, {"veg", "Veg"}}));
  ASSERT_EQ(parts.size(), 1U);
  EXPECT_EQ(json::parse(parts[0].body), json::parse(R"({"message":{"text":"Kva meiner du?",
      "quick_replies":[{"content_type":"text","title":"Boss","payload":"boss"},
                       {"content_type":"text","title":"Veg","payload":"veg"}]}})"));
}

TEST(InstagramEncode, QuickRepliesStandInTheTextToo) {
  const auto parts =
      instagram::encode(message("Kva meiner du?", {{"boss", "Boss"}, {"veg", "Veg"}}));
  ASSERT_EQ(parts.size(), 1U);
  EXPECT_EQ(json::parse(parts[0].body), json::parse(R"({"message":{
      "text":"Kva meiner du?\n\n1. Boss\n2. Veg",
      "quick_replies":[{"content_type":"text","title":"Boss","payload":"boss"},
                       {"content_type":"text","title":"Veg","payload":"veg"}]}})"));
}

TEST(MessengerEncode, ChoicesThatDoNotFitAreLinesWithNumbers) {
  const std::vector<Choice> long_label{{"a", "Renovasjon og gjenvinning"}, {"b", "Veg"}};
  EXPECT_EQ(json::parse(messenger::encode(message("Kva?", long_label))[0].body)["message"],
            json::parse(R"({"text":"Kva?\n\n1. Renovasjon og gjenvinning\n2. Veg"})"));
  std::vector<Choice> many;
  for (int i = 0; i < 14; ++i) many.push_back({std::to_string(i), "Val " + std::to_string(i)});
  EXPECT_FALSE(json::parse(messenger::encode(message("Kva?", many))[0].body)["message"].contains(
      "quick_replies"));
}

TEST(MessengerEncode, LinksStandAsLinesAndSamplesSaySo) {
  const auto parts = messenger::encode(
      message("Sjå her.", {},
              {{"Tømekalender", "https://bir.no", false}, {"Skjema", "https://x.no", true}}));
  EXPECT_EQ(
      json::parse(parts[0].body)["message"]["text"],
      "Sjå her.\n\nTømekalender: https://bir.no\nSkjema: https://x.no (døme, ikkje stadfesta)");
}

TEST(InstagramEncode, AThousandLettersOfTwoBytesAreTwoMessages) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "ø";
  EXPECT_EQ(instagram::encode(message(text)).size(), 2U);
  EXPECT_EQ(messenger::encode(message(text)).size(), 1U);
}

TEST(MessengerEncode, NothingToSayIsNoMessage) {
  EXPECT_TRUE(messenger::encode(message("")).empty());
  EXPECT_TRUE(instagram::encode(message(" \n")).empty());
}

}  // namespace
}  // namespace svar
