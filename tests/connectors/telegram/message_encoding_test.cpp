#include "connectors/telegram/message_encoding.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <string>

#include "tests/connectors/telegram/bot_api.h"

namespace svar::tests {
namespace {

using nlohmann::json;
using service::Outgoing;
using service::Part;
using telegram::addressed;
using telegram::encode;

// As Telegram documents them; the published description, where there is one, must say the same.
constexpr std::size_t kDocumentedTextMax = 4096;
constexpr std::size_t kDocumentedKeyMax = 64;

std::size_t utf16_units(const std::string& text) {
  std::size_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) != 0x80U) units += byte >= 0xF0U ? 2 : 1;
  }
  return units;
}

Outgoing saying(std::string text) {
  Outgoing message;
  message.text = std::move(text);
  return message;
}

json body_of(const Part& part) {
  return json::parse(part.body);
}

// The buttons as rows «label=key|label=key», a row a line.
std::string buttons_of(const Part& part) {
  std::string rows;
  const json body = body_of(part);
  for (const json& row : body.at("reply_markup").at("inline_keyboard")) {
    for (const json& button : row) {
      rows += button.at("text").get<std::string>() + "=" +
              button.at("callback_data").get<std::string>() + "|";
    }
    rows += "\n";
  }
  return rows;
}

// Everything Telegram would refuse a message for.
std::string fault_of(const Part& part, const std::optional<BotApi>& api) {
  const auto body = addressed(part, "427770117");
  if (!body) return "no address";
  const json call = json::parse(*body);
  if (api) {
    if (const std::string fault = api->fault_of(part.method, call); !fault.empty()) return fault;
  }
  const std::string text = call.at("text");
  if (text.empty() || utf16_units(text) > kDocumentedTextMax)
    return "a text of " + std::to_string(utf16_units(text));
  if (call.contains("parse_mode")) return "a parse_mode";
  if (!call.contains("reply_markup")) return {};
  std::size_t buttons = 0;
  for (const json& row : call.at("reply_markup").at("inline_keyboard")) {
    if (row.empty()) return "an empty row";
    for (const json& button : row) {
      const std::string key = button.at("callback_data");
      if (key.empty() || key.size() > kDocumentedKeyMax)
        return "a key of " + std::to_string(key.size());
      if (button.at("text").get<std::string>().empty()) return "a button without words";
      ++buttons;
    }
  }
  return buttons == 0 || buttons > 100 ? "buttons: " + std::to_string(buttons) : "";
}

TEST(TelegramMessages, TheLimitsAreThoseOfTheDescription) {
  const auto api = BotApi::published();
  if (!api) GTEST_SKIP() << "no description of the Bot API in " << SVAR_FIXTURES;
  EXPECT_EQ(api->limit("sendMessage", "text"), kDocumentedTextMax);
  EXPECT_EQ(api->limit("InlineKeyboardButton", "callback_data"), kDocumentedKeyMax);
}

TEST(TelegramMessages, AShortAnswerIsOneCallWithoutMarkup) {
  const auto parts = encode(saying("Bosset vert tømt *kvar* <b>onsdag</b>. 🗑"));
  ASSERT_EQ(parts.size(), 1U);
  EXPECT_EQ(parts[0].method, "sendMessage");
  EXPECT_EQ(body_of(parts[0]),
            json::parse(R"({"text":"Bosset vert tømt *kvar* <b>onsdag</b>. 🗑",)"
                        R"("link_preview_options":{"is_disabled":true}})"));
}

TEST(TelegramMessages, NothingToSayIsNoCall) {
  EXPECT_TRUE(encode(saying("")).empty());
  EXPECT_TRUE(encode(saying(" \n ")).empty());
}

TEST(TelegramMessages, LinksStandAsLinesAndSamplesSaySo) {
  Outgoing message = saying("Sjå her.");
  message.links = {{"Tømmekalender", "https://osteroy.kommune.no/boss", false},
                   {"Skjema", "https://x.no", true},
                   {"", "https://y.no", false}};
  message.language = Language::nn;
  EXPECT_EQ(body_of(encode(message).at(0)).at("text"),
            "Sjå her.\n\nTømmekalender: https://osteroy.kommune.no/boss\nSkjema (døme): "
            "https://x.no\nhttps://y.no");
}

TEST(TelegramMessages, ChoicesAreButtonsEachInARowUnderTheLastPart) {
  Outgoing message = saying(std::string(5000, 'a'));
  message.choices = {{"boss.tommekalender", "Når vert bosset tømt?"}, {"none", "Ingen av desse"}};
  const auto parts = encode(message);
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_FALSE(body_of(parts[0]).contains("reply_markup"));
  EXPECT_EQ(buttons_of(parts[1]),
            "Når vert bosset tømt?=boss.tommekalender|\nIngen av desse=none|\n");
}

TEST(TelegramMessages, ALabelTooLongForAButtonStandsInTheTextWithItsNumberOnTheButton) {
  Outgoing message = saying("Kva gjeld det?");
  const std::string longest(60, 'x');
  for (int i = 0; i < 6; ++i)
    message.choices.push_back({std::string(70, static_cast<char>('a' + i)), longest});
  const auto part = encode(message).at(0);
  EXPECT_EQ(body_of(part).at("text").get<std::string>().find("Kva gjeld det?\n\n1. xxx"), 0U);
  const std::string rows = buttons_of(part);
  EXPECT_EQ(rows.find("1=#"), 0U);
  EXPECT_EQ(std::count(rows.begin(), rows.end(), '\n'), 2) << rows;
  std::set<std::string> keys;
  for (const Choice& choice : message.choices) keys.insert(service::choice_key(choice, 64));
  EXPECT_EQ(keys.size(), 6U);
}

TEST(TelegramMessages, ChoicesThatCannotBeButtonsAreAnsweredByNumber) {
  Outgoing message = saying("Vel:");
  message.choices = {{"", "Utan namn"}, {"b", "Med namn"}};
  EXPECT_EQ(body_of(encode(message).at(0)).at("text"), "Vel:\n\n1. Utan namn\n2. Med namn");
  EXPECT_FALSE(body_of(encode(message).at(0)).contains("reply_markup"));
  message.choices.assign(101, {"a", "Eit val"});
  EXPECT_FALSE(body_of(encode(message).at(0)).contains("reply_markup"));
}

TEST(TelegramMessages, ChoicesWithoutWordsAroundThemAreTheWords) {
  Outgoing message = saying("");
  message.choices = {{"a", "Ja"}, {"b", "Nei"}};
  EXPECT_EQ(body_of(encode(message).at(0)).at("text"), "1. Ja\n2. Nei");
  EXPECT_EQ(buttons_of(encode(message).at(0)), "1=a|2=b|\n");
}

TEST(TelegramMessages, AnAddressIsANumberAndNothingElse) {
  const Part part = encode(saying("hei")).at(0);
  EXPECT_EQ(json::parse(*addressed(part, "4503599627370495")).at("chat_id"), 4503599627370495);
  EXPECT_EQ(json::parse(*addressed(part, "-100")).at("chat_id"), -100);
  for (const char* address :
       {"", "0", "@ola", "7,\"text\":\"x\"", "7 ", "9223372036854775808", "1.5"}) {
    EXPECT_FALSE(addressed(part, address)) << address;
  }
  EXPECT_FALSE(addressed({"sendMessage", ""}, "7"));
}

TEST(TelegramMessages, EveryCallIsOneTheDescriptionKnows) {
  const auto api = BotApi::published();
  if (!api) GTEST_SKIP() << "no description of the Bot API in " << SVAR_FIXTURES;
  const Part typing = telegram::encode_typing();
  EXPECT_EQ(api->fault_of(typing.method, json::parse(*addressed(typing, "7"))), "");
  const Part seen = telegram::encode_press_seen("4382bfdwdsb323b2d9");
  EXPECT_EQ(api->fault_of(seen.method, json::parse(seen.body)), "");
  EXPECT_NE(api->fault_of("sendMessage", json::parse(R"({"chat_id":7})")), "")
      << "the check sees what lacks";
  EXPECT_NE(api->fault_of("sendMessage", json::parse(R"({"chat_id":7,"text":7})")), "");
}

// Texts of letters, marks, emoji of several code points, spaces and bytes that are no UTF-8.
std::string random_text(std::mt19937& random, std::size_t pieces_max) {
  static const std::string kPieces[] = {"a",
                                        "ø",
                                        "Å",
                                        "æ",
                                        " ",
                                        " ",
                                        "\n",
                                        "\n\n",
                                        ". ",
                                        "e\xCC\x81",
                                        "😀",
                                        "👨‍👩‍👧‍👦",
                                        "🇳🇴",
                                        "ord",
                                        "kommunen",
                                        "\xED\xA0\x80",
                                        "\xFF",
                                        "\xE0\x80\x80",
                                        std::string(1, '\0'),
                                        "\"",
                                        "\\",
                                        "\x1B",
                                        "\xF0\x9F",
                                        "https://osteroy.kommune.no/side"};
  std::string text;
  const std::size_t pieces = random() % (pieces_max + 1);
  for (std::size_t i = 0; i < pieces; ++i) text += kPieces[random() % std::size(kPieces)];
  return text;
}

Outgoing random_message(std::mt19937& random) {
  Outgoing message = saying(random_text(random, random() % 3 == 0 ? 9000 : 50));
  message.language = static_cast<Language>(random() % 3);
  const std::size_t choices = random() % 8 == 0 ? random() % 150 : random() % 5;
  for (std::size_t i = 0; i < choices; ++i) {
    message.choices.push_back(
        {random_text(random, 1 + random() % 40), random_text(random, 1 + random() % 60)});
    if (random() % 4 != 0) message.choices.back().id = "topic." + std::string(random() % 100, 'k');
  }
  for (std::size_t i = random() % 4; i > 0; --i) {
    message.links.push_back(
        {random_text(random, 20), "https://x.no/" + random_text(random, 10), random() % 2 == 0});
  }
  return message;
}

TEST(TelegramMessages, NoMessageExceedsALimitWhateverIsSaid) {
  const auto api = BotApi::published();
  const unsigned seed = std::random_device{}();
  std::mt19937 random{seed};
  for (int round = 0; round < 1500; ++round) {
    const Outgoing message = random_message(random);
    const auto parts = encode(message);
    for (const Part& part : parts) {
      ASSERT_EQ(fault_of(part, api), "") << "seed " << seed << ", round " << round;
    }
    const bool words = message.text.find_first_not_of(" \n") != std::string::npos;
    ASSERT_TRUE(!words || !parts.empty()) << "seed " << seed << ", round " << round;
  }
}

}  // namespace
}  // namespace svar::tests
