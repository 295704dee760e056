// Messages for WhatsApp: limits from Meta's own OpenAPI file where it is present, else written down
// here anew; and the channel.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "connectors/whatsapp/encode.h"
#include "connectors/whatsapp/whatsapp_channel.h"
#include "tests/connectors/graph/accounts.h"
#include "tests/connectors/graph/decoded_text.h"
#include "tests/connectors/graph/random_messages.h"
#include "tests/connectors/graph/scripted_http.h"

namespace svar::whatsapp {
namespace {

using nlohmann::json;
using service::Outgoing;
using service::SendOutcome;
using svar::testing::code_points;
using svar::testing::fixture;
using svar::testing::ScriptedHttp;

struct Limits {
  std::size_t text = 4096;
  std::size_t body = 1024;
  std::size_t buttons = 3;
  std::size_t button_title = 20;
  std::size_t button_id = 256;
  std::size_t list_button = 20;
  std::size_t rows = 10;
  std::size_t row_title = 24;
  std::size_t row_id = 200;
  std::size_t description = 72;
};

// A text's limit stands in Meta's pages alone; the file has none that fits.
Limits limits() {
  Limits limits;
  const auto file = fixture("whatsapp_official/openapi_messages_webhooks_v23.json");
  if (!file) return limits;
  const json schemas = json::parse(*file)["components"]["schemas"];
  const auto read = [&](const std::string& pointer) {
    return schemas.at(json::json_pointer{pointer}).get<std::size_t>();
  };
  const std::string action = "/ActionObject/oneOf/";
  const std::string reply = action + "1/properties/buttons/items/properties/reply/properties/";
  const std::string row = "/SectionObject/properties/rows/";
  limits.body = read("/BodyObject/properties/text/maxLength");
  limits.list_button = read(action + "0/properties/button/maxLength");
  limits.buttons = read(action + "1/properties/buttons/maxItems");
  limits.button_title = read(reply + "title/maxLength");
  limits.button_id = read(reply + "id/maxLength");
  limits.rows = read(row + "maxItems");
  limits.row_title = read(row + "items/properties/title/maxLength");
  limits.row_id = read(row + "items/properties/id/maxLength");
  limits.description = read(row + "items/properties/description/maxLength");
  return limits;
}

void check_entry(const json& entry, const Choice& choice, std::size_t title_max,
                 std::size_t id_max) {
  const std::string title = entry.at("title");
  const std::string id = entry.at("id");
  EXPECT_FALSE(title.empty());
  EXPECT_LE(code_points(title), title_max);
  EXPECT_LE(code_points(id), id_max);
  EXPECT_TRUE(service::choice_of_key(id, {choice}));
}

void check_buttons(const json& action, const Outgoing& sent, const Limits& limits) {
  const json& buttons = action.at("buttons");
  ASSERT_EQ(buttons.size(), sent.choices.size());
  EXPECT_LE(buttons.size(), limits.buttons);
  for (std::size_t i = 0; i < buttons.size(); ++i) {
    check_entry(buttons[i].at("reply"), sent.choices[i], limits.button_title, limits.button_id);
    EXPECT_EQ(buttons[i]["reply"]["title"], sent.choices[i].label);
  }
}

void check_list(const json& action, const Outgoing& sent, const Limits& limits) {
  EXPECT_LE(code_points(action.at("button").get<std::string>()), limits.list_button);
  ASSERT_EQ(action.at("sections").size(), 1U);
  const json& rows = action["sections"][0].at("rows");
  ASSERT_EQ(rows.size(), sent.choices.size());
  EXPECT_LE(rows.size(), limits.rows);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    check_entry(rows[i], sent.choices[i], limits.row_title, limits.row_id);
    const std::string whole = rows[i].value("description", rows[i]["title"].get<std::string>());
    EXPECT_LE(code_points(whole), limits.description);
    EXPECT_EQ(whole, sent.choices[i].label);
  }
}

std::string text_of(const json& part, const Outgoing& sent, const Limits& limits) {
  if (part.at("type") == "text") {
    const std::string text = part.at("text").at("body");
    EXPECT_LE(code_points(text), limits.text);
    return text;
  }
  EXPECT_EQ(part.at("type"), "interactive");
  const json& interactive = part.at("interactive");
  if (interactive.at("type") == "button") {
    check_buttons(interactive.at("action"), sent, limits);
  } else {
    check_list(interactive.at("action"), sent, limits);
  }
  const std::string text = interactive.at("body").at("text");
  EXPECT_LE(code_points(text), limits.body);
  return text;
}

std::string expected_text(const Outgoing& sent, bool numbered) {
  std::string text = sent.text;
  for (const Link& link : sent.links)
    text += link.label + ":" + link.url + (link.sample ? "(døme, ikkje stadfesta)" : "");
  for (std::size_t i = 0; numbered && i < sent.choices.size(); ++i)
    text += std::to_string(i + 1) + "." + sent.choices[i].label;
  return text;
}

TEST(WhatsAppEncode, NoMessageExceedsALimitAndNoneLosesAWord) {
  const Limits known = limits();
  svar::testing::RandomMessages messages{20261126};
  int interactive = 0;
  for (int round = 0; round < 3000; ++round) {
    SCOPED_TRACE(round);
    const Outgoing sent = messages.next();
    std::string all;
    bool controls = false;
    const auto parts = encode(sent);
    for (const auto& part : parts) {
      const json body = json::parse(part.body);
      const std::string text = text_of(body, sent, known);
      EXPECT_FALSE(text.empty());
      all += text;
      controls = body["type"] == "interactive";
      EXPECT_TRUE(!controls || &part == &parts.back());
    }
    EXPECT_EQ(svar::testing::without_white_space(all),
              svar::testing::without_white_space(expected_text(sent, !controls)));
    interactive += controls ? 1 : 0;
    if (::testing::Test::HasFailure()) return;
  }
  EXPECT_GT(interactive, 100);
}

Outgoing question(std::vector<Choice> choices) {
  return {Seq{3}, "Kva meiner du?", std::move(choices), {}, Language::nn, false};
}
json only_part(const Outgoing& message) {
  const auto parts = encode(message);
  EXPECT_EQ(parts.size(), 1U);
  return json::parse(parts.at(0).body);
}

TEST(WhatsAppEncode, ThreeShortChoicesAreButtonsAndMoreAreAList) {
  EXPECT_EQ(only_part(question({{"a", "A"}, {"b", "B"}, {"c", "C"}}))["interactive"]["type"],
            "button");
  EXPECT_EQ(only_part(question({{"a", "A"}, {"b", "B"}, {"c", "C"}, {"d", "D"}}))["interactive"],
            json::parse(R"({"type":"list","body":{"text":"Kva meiner du?"},"action":{"button":"Vel",
                "sections":[{"rows":[{"id":"a","title":"A"},{"id":"b","title":"B"},
                                     {"id":"c","title":"C"},{"id":"d","title":"D"}]}]}})"));
}

TEST(WhatsAppEncode, ALongLabelStandsBeneathItsBeginning) {
  const json rows = only_part(question(
      {{"a",
        "Byggesak, oppmåling og eigedomsskatt"}}))["interactive"]["action"]["sections"][0]["rows"];
  EXPECT_EQ(rows, json::parse(R"([{"id":"a","title":"Byggesak, oppmåling og…",
                                   "description":"Byggesak, oppmåling og eigedomsskatt"}])"));
}

TEST(WhatsAppEncode, ElevenChoicesOrAlikeOnesAreLinesWithNumbers) {
  std::vector<Choice> eleven;
  for (int i = 0; i < 11; ++i) eleven.push_back({std::to_string(i), "Val " + std::to_string(i)});
  EXPECT_EQ(only_part(question(eleven))["type"], "text");
  EXPECT_EQ(only_part(question({{"a", "Ja"}, {"b", "Ja"}})),
            json::parse(R"({"type":"text","text":{"preview_url":false,
                            "body":"Kva meiner du?\n\n1. Ja\n2. Ja"}})"));
}

TEST(WhatsAppEncode, NothingToSayIsNoMessage) {
  Outgoing nothing;
  EXPECT_TRUE(encode(nothing).empty());
}

// Each field of ours stands at the same place in an example of Meta's.
void check_shape(const json& ours, const json& example, const std::string& path) {
  ASSERT_EQ(ours.type(), example.type()) << path;
  if (ours.is_array()) {
    for (const auto& item : ours) check_shape(item, example.at(0), path + "[]");
  }
  if (!ours.is_object()) return;
  for (const auto& [name, value] : ours.items()) {
    if (name == "biz_opaque_callback_data") continue;  // younger than the examples
    ASSERT_TRUE(example.contains(name)) << path << "/" << name;
    check_shape(value, example[name], path + "/" + name);
  }
}

TEST(WhatsAppEncode, WhatIsSentHasTheShapeOfMetasExamples) {
  const auto sent = [](const Outgoing& message) {
    return json::parse(addressed({"4712345678", encode(message).at(0), "12.0", false, false}));
  };
  const std::vector<std::pair<std::string, json>> cases{
      {"send_send_text_message", sent(question({}))},
      {"send_send_reply_button", sent(question({{"a", "A"}, {"b", "B"}}))},
      {"send_send_list_message",
       sent(question({{"a", "A"}, {"b", "Byggesak, oppmåling og eigedomsskatt"}}))},
      {"send_send_typing_indicator_and_read_receipt", json::parse(read_and_typing("wamid.1"))}};
  for (const auto& [file, ours] : cases) {
    const auto example = fixture("whatsapp_official/" + file + ".json");
    if (!example) GTEST_SKIP() << "skipped: no " SVAR_FIXTURES;
    check_shape(ours, json::parse(*example), file);
  }
}

TEST(WhatsAppEncode, TheIdStandsInMetasAnswers) {
  EXPECT_EQ(message_id(R"({"messages":[{"id":"wamid.1"}]})"), "wamid.1");
  for (const char* none : {"", "{}", R"({"messages":[]})", R"({"messages":[7]})"})
    EXPECT_EQ(message_id(none), "") << none;
  const auto answer = fixture("whatsapp_official/resp200_send_text_message.json");
  if (!answer) GTEST_SKIP() << "skipped: no " SVAR_FIXTURES;
  EXPECT_EQ(message_id(*answer), "wamid.gBGGSFcCNEOPAgkO_KJ55r4w_ww");
}

class WhatsAppChannelTest : public ::testing::Test {
 protected:
  WhatsAppChannelTest()
      : opened_(WhatsAppChannel::open(svar::testing::account("1122334455667", "EAAcanaryTOKEN"),
                                      http_)),
        channel_(**opened_) {}

  SendOutcome after(int status, const std::string& body) {
    SendOutcome outcome;
    channel_.send({"4712345678", channel_.render(question({})).at(0), "12.0", false, false},
                  [&](SendOutcome of) { outcome = std::move(of); });
    http_.answer(status, body);
    return outcome;
  }

  ScriptedHttp http_;
  Result<std::unique_ptr<WhatsAppChannel>, std::string> opened_;
  WhatsAppChannel& channel_;
};

TEST_F(WhatsAppChannelTest, ANumberAndABusinessScopedIdAreAddressedDifferently) {
  const auto sent_to = [&](const std::string& address) {
    channel_.send({address, channel_.render(question({})).at(0), "12.0", false, false},
                  [](SendOutcome) {});
    return json::parse(http_.requests.back().body);
  };
  const json number = sent_to("4712345678");
  EXPECT_EQ(number["to"], "4712345678");
  EXPECT_EQ(number["biz_opaque_callback_data"], "svar:12.0");
  EXPECT_FALSE(number.contains("recipient"));
  const json user = sent_to("NO.13491208655302741918");
  EXPECT_EQ(user["recipient"], "NO.13491208655302741918");
  EXPECT_FALSE(user.contains("to"));
}

TEST_F(WhatsAppChannelTest, AnswersFollowTheTable) {
  EXPECT_EQ(after(200, R"({"messages":[{"id":"wamid.1"}]})").message, "wamid.1");
  EXPECT_EQ(after(200, "{}").kind, SendOutcome::Kind::uncertain);
  EXPECT_EQ(after(400, R"({"error":{"code":131056}})").kind, SendOutcome::Kind::retry);
  EXPECT_EQ(after(401, R"({"error":{"code":190}})").kind, SendOutcome::Kind::channel_stopped);
  EXPECT_EQ(after(400, R"({"error":{"code":131047}})").kind, SendOutcome::Kind::failed);
  const auto spam = after(400, R"({"error":{"code":131048}})");
  EXPECT_EQ(spam.kind, SendOutcome::Kind::retry);
  EXPECT_GE(spam.retry_after.value_or(std::chrono::milliseconds{}), std::chrono::minutes{15});
}

TEST_F(WhatsAppChannelTest, TypingIsShownOnTheMessageReadLast) {
  channel_.show_typing("47");
  EXPECT_TRUE(http_.requests.empty());
  EXPECT_EQ(channel_
                .read(R"({"object":"whatsapp_business_account","entry":[{"changes":[{
      "field":"messages","value":{"metadata":{"phone_number_id":"1122334455667"},"messages":[
        {"from":"47","id":"wamid.1","type":"text","text":{"body":"Hei"}},
        {"from":"47","id":"wamid.2","type":"image","image":{"id":"5"}},
        {"from":"47","id":"wamid.3","type":"reaction","reaction":{"emoji":"x"}}],
      "statuses":[{"id":"wamid.9","status":"read","recipient_id":"47"}]}}]}]})")
                .incoming.size(),
            3U);
  channel_.show_typing("47");
  ASSERT_EQ(http_.requests.size(), 1U);
  EXPECT_EQ(json::parse(http_.requests[0].body),
            json::parse(R"({"messaging_product":"whatsapp","status":"read","message_id":"wamid.2",
                            "typing_indicator":{"type":"text"}})"));
}

TEST_F(WhatsAppChannelTest, NobodyMayWriteAfterADay) {
  EXPECT_EQ(channel_.facts().window.bot, std::chrono::hours{24});
  EXPECT_EQ(channel_.facts().window.person, std::chrono::hours{24});
  EXPECT_EQ(channel_.facts().id, "whatsapp:osteroy");
}

}  // namespace
}  // namespace svar::whatsapp
