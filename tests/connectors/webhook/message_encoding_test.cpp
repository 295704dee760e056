#include "connectors/webhook/message_encoding.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/connectors/graph/random_messages.h"

namespace svar::webhook {
namespace {

using nlohmann::json;

json call(const service::Part& part) {
  const auto body = addressed(part, "+47 \"90\"", "1.2.0");
  EXPECT_TRUE(body);
  return json::parse(body.value_or("null"));
}

TEST(WebhookMessages, SayTheSameWithButtonsAndWithout) {
  service::Outgoing message;
  message.text = "BIR tømmer bosset.";
  message.language = Language::nn;
  message.links = {{"Tømmekalender", "https://bir.no/", true}};
  message.choices = {{"yes", "Ja"}, {"no", "Nei"}};
  const auto parts = encode(message);
  ASSERT_EQ(parts.size(), 1U);
  EXPECT_EQ(call(parts[0]),
            json::parse(R"({"version":1,"type":"message","id":"1.2.0","contact":"+47 \"90\"",
    "from":"bot","language":"nn","text":"BIR tømmer bosset.",
    "plain_text":"BIR tømmer bosset.\nTømmekalender (døme): https://bir.no/\n\n1. Ja\n2. Nei",
    "choices":[{"key":"yes","label":"Ja"},{"key":"no","label":"Nei"}],
    "links":[{"label":"Tømmekalender","url":"https://bir.no/","sample":true}]})"));
}

TEST(WebhookMessages, TellWhetherAPersonWrote) {
  service::Outgoing message;
  message.text = "Hei";
  message.by_person = true;
  EXPECT_EQ(call(encode(message).at(0))["from"], "person");
}

TEST(WebhookMessages, KeepTheirLimitsAndLoseNothingWhateverIsSaid) {
  svar::testing::RandomMessages messages{20'261'124};
  for (int i = 0; i < 2'000; ++i) {
    const service::Outgoing message = messages.next();
    const auto parts = encode(message);
    std::string text;
    for (std::size_t at = 0; at < parts.size(); ++at) {
      const json body = call(parts[at]);
      const auto piece = body["text"].get<std::string>();
      EXPECT_LE(svar::testing::code_points(piece), 4'000U);
      text += piece;
      if (at + 1 < parts.size()) {
        EXPECT_TRUE(body["choices"].empty() && body["links"].empty());
      } else {
        EXPECT_EQ(body["choices"].size(), message.choices.size());
        EXPECT_EQ(body["links"].size(), message.links.size());
      }
      for (const json& choice : body["choices"])
        EXPECT_LE(choice["key"].get<std::string>().size(), 200U);
    }
    if (!svar::testing::is_utf8(message.text)) continue;
    EXPECT_EQ(svar::testing::without_white_space(text),
              svar::testing::without_white_space(message.text));
  }
}

TEST(WebhookMessages, WhatIsNoPartOfOursIsNotAddressed) {
  EXPECT_FALSE(addressed({"sendMessage", R"({"text":"a"})"}, "7", "1.2.0"));
  EXPECT_FALSE(addressed({"message", ""}, "7", "1.2.0"));
  EXPECT_FALSE(addressed({"message", R"({"text":"a"})"}, "", "1.2.0"));
}

}  // namespace
}  // namespace svar::webhook
