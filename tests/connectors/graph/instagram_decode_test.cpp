// Instagram's webhook events: published payloads against expectations written by hand.
#include <gtest/gtest.h>

#include "connectors/instagram/codec.h"
#include "connectors/instagram/sent_texts.h"
#include "tests/connectors/graph/decoded_text.h"

namespace svar::instagram {
namespace {

using svar::testing::fixture;
using svar::testing::in_envelope;
using svar::testing::lines_of;

struct Published {
  const char* file;
  const char* expected;
};

constexpr Published kEnvelopes[] = {
    {"attachment_share", "Sender-id-1 m:message-id-1 1631082844000 other other\n"},
    {"message_create",
     "Sender-id-1 m:message-id-1 1631082844000 said This is the first message from the customer\n"},
    {"seen", "Sender-id-1 r:message-id-1 1631082844000 receipt read message-id-1 -\n"},
    {"standby", "unknown standby -\n"},
    {"story_mention", "Sender-id-1 m:message-id-1 1631082844000 other other\n"},
    {"story_mention_echo", "app-user-id-1 m:message-id-1 1631082844000 elsewhere [other]\n"},
    {"story_reply", "Sender-id-1 m:message-id-1 1631082844000 said This is the story reply\n"},
    {"test_event", "unknown test -\n"},
    {"unsend",
     "Sender-id-1 d:message-id-to-delete 1631082844000 withdrawn m:message-id-to-delete\n"},
};

TEST(InstagramDecode, PublishedEnvelopesAreWhatAReaderTakesThemFor) {
  for (const auto& [file, expected] : kEnvelopes) {
    const auto body = fixture(std::string{"instagram_chatwoot/"} + file + ".json");
    if (!body) GTEST_SKIP() << "skipped: no " SVAR_FIXTURES;
    EXPECT_EQ(lines_of(decode(*body, {})), expected) << file;
  }
}

TEST(InstagramDecode, AMomentWrittenAsASecondsStringIsRead) {
  EXPECT_EQ(lines_of(decode(in_envelope("instagram", "IG",
                                        R"({"sender":{"id":"7"},"timestamp":"1527459824",
                                            "message":{"mid":"m","text":"Hei"}})"),
                            {"IG", "", {}})),
            "7 m:m 1527459824000 said Hei\n");
}

TEST(InstagramDecode, WhatCannotBeShownIsSentAllTheSame) {
  EXPECT_EQ(lines_of(decode(in_envelope("instagram", "IG",
                                        R"({"sender":{"id":"7"},"timestamp":1527459824000,
                                            "message":{"mid":"m","is_unsupported":true}})"),
                            {"IG", "", {}})),
            "7 m:m 1527459824000 other other\n");
}

TEST(InstagramDecode, AnEchoWithoutAnAppIsOursWhenWeSentItsText) {
  SentTexts sent;
  sent.remember("7", "Hei! Kva lurer du på?", "12.0");
  const Account account{"IG", "", [&](const std::string& contact, const std::string& text) {
                          return sent.token_of(contact, text);
                        }};
  const auto echo = [&](const std::string& contact, const std::string& text) {
    return lines_of(decode(in_envelope("instagram", "IG",
                                       R"({"sender":{"id":"IG"},"timestamp":1527459824000,
                       "recipient":{"id":")" +
                                           contact + R"("},
                       "message":{"mid":"m","is_echo":true,"text":")" +
                                           text + R"("}})"),
                           account));
  };
  EXPECT_EQ(echo("7", "Hei! Kva lurer du på?"), "7 m:m 1527459824000 echo 12.0 m\n");
  EXPECT_EQ(echo("8", "Hei! Kva lurer du på?"),
            "8 m:m 1527459824000 elsewhere Hei! Kva lurer du på?\n");
  EXPECT_EQ(echo("7", "Hei, eg er Kari"), "7 m:m 1527459824000 elsewhere Hei, eg er Kari\n");
}

TEST(InstagramSentTexts, TheOldestAreForgottenFirst) {
  SentTexts sent{2};
  sent.remember("7", "a", "1");
  sent.remember("7", "b", "2");
  sent.remember("7", "a", "3");  // again: no third text
  EXPECT_EQ(sent.token_of("7", "a"), "3");
  sent.remember("7", "c", "4");
  EXPECT_EQ(sent.token_of("7", "a"), "");
  EXPECT_EQ(sent.token_of("7", "b"), "2");
  EXPECT_EQ(sent.token_of("7", "c"), "4");
}

}  // namespace
}  // namespace svar::instagram
