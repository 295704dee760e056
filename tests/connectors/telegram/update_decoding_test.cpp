#include "connectors/telegram/update_decoding.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/connectors/telegram/update_words.h"

namespace svar::tests {
namespace {

using telegram::decode;

const std::string kPerson = R"("from":{"id":7,"is_bot":false,"first_name":"Ola"})";
const std::string kChat = R"("chat":{"id":7,"type":"private","first_name":"Ola"})";

// {"update_id":5,"<kind>":{<who, where, when>,<rest>}}
std::string update(const std::string& kind, const std::string& rest) {
  return R"({"update_id":5,")" + kind + R"(":{"message_id":1,)" + kPerson + "," + kChat +
         R"(,"date":1700000000,)" + rest + "}}";
}
std::string message(const std::string& rest) {
  return update("message", rest);
}

std::string press(const std::string& data, const std::string& markup) {
  return R"({"update_id":5,"callback_query":{"id":"99",)" + kPerson + R"(,"data":)" + data +
         R"(,"message":{"message_id":3,"date":0,"from":{"id":1,"is_bot":true},)" + kChat + markup +
         "}}}";
}

TEST(TelegramUpdates, WordsAreSaidInTheChatTheyCameFrom) {
  EXPECT_EQ(words_of(decode(message(R"("text":"når vert bosset tømt 🗑")"))),
            "said 7 m:7:1 at 1700000000: når vert bosset tømt 🗑");
}

TEST(TelegramUpdates, ANumberOfAChatHasRoomForFiftyTwoBits) {
  const std::string body =
      R"({"update_id":5,"message":{"message_id":1,"from":{"id":4503599627370495},)"
      R"("chat":{"id":4503599627370495,"type":"private"},"date":1,"text":"hei"}})";
  EXPECT_EQ(words_of(decode(body)), "said 4503599627370495 m:4503599627370495:1 at 1: hei");
}

TEST(TelegramUpdates, OfWhatIsNotWordsTheKindIsKept) {
  const std::pair<const char*, const char*> kinds[] = {
      {"photo", "image"},       {"live_photo", "image"}, {"sticker", "sticker"},
      {"animation", "video"},   {"video", "video"},      {"video_note", "video"},
      {"voice", "audio"},       {"audio", "audio"},      {"document", "file"},
      {"location", "location"}, {"venue", "location"},   {"contact", "contact"},
      {"dice", "other"},        {"game", "other"},       {"poll", "other"},
      {"story", "other"},       {"checklist", "other"}};
  for (const auto& [field, kind] : kinds) {
    EXPECT_EQ(words_of(decode(message("\"" + std::string{field} + "\":{}"))),
              "sent 7 m:7:1 at 1700000000: " + std::string{kind})
        << field;
  }
}

TEST(TelegramUpdates, AFilmWithoutSoundIsNoFileAndANamedPlaceIsOnePlace) {
  EXPECT_EQ(words_of(decode(message(R"("document":{},"animation":{})"))),
            "sent 7 m:7:1 at 1700000000: video");
  EXPECT_EQ(words_of(decode(message(R"("location":{},"venue":{})"))),
            "sent 7 m:7:1 at 1700000000: location");
}

TEST(TelegramUpdates, WordsUnderAPictureAreSaidBehindIt) {
  EXPECT_EQ(words_of(decode(message(R"("photo":[],"caption":"hol i vegen")"))),
            "sent 7 m:7:1 at 1700000000: image; said 7 c:7:1 at 1700000000: hol i vegen");
}

TEST(TelegramUpdates, AnEditNamesWhatItReplacesAndHasAnIdOfItsOwn) {
  EXPECT_EQ(words_of(decode(update("edited_message", R"("edit_date":1700000009,"text":"ny")"))),
            "edited 7 e:7:1:5 at 1700000009: m:7:1 ny");
  EXPECT_EQ(words_of(decode(
                update("edited_message", R"("edit_date":1700000009,"photo":[],"caption":"ny")"))),
            "edited 7 e:7:1:5 at 1700000009: c:7:1 ny");
}

TEST(TelegramUpdates, APlaceThatMovesIsNoEditOfWords) {
  EXPECT_EQ(words_of(decode(update("edited_message", R"("edit_date":1,"location":{})"))),
            "unknown edited_message x:5 (chat date edit_date from location message_id)");
}

TEST(TelegramUpdates, APressIsItsKeyWithTheButtonsWords) {
  const std::string markup =
      R"(,"reply_markup":{"inline_keyboard":[[{"text":"Nei","callback_data":"b"}],[7],3,)"
      R"([{"text":"Ja","callback_data":"a"}]]})";
  EXPECT_EQ(words_of(decode(press(R"("a")", markup))), "pressed 7 cb:99 at 0: a [Ja]");
  EXPECT_EQ(words_of(decode(press(R"("gone")", markup))), "pressed 7 cb:99 at 0: gone []");
  EXPECT_EQ(words_of(decode(press(R"("a")", ""))), "pressed 7 cb:99 at 0: a []");
}

TEST(TelegramUpdates, APressWithoutAKeyOrAChatIsUnknown) {
  EXPECT_EQ(decode(press(R"("")", "")).incoming.size(), 0U);
  EXPECT_EQ(
      words_of(decode(R"({"update_id":5,"callback_query":{"id":"9","from":{"id":7},"data":"a",)"
                      R"("inline_message_id":"8"}})")),
      "unknown callback_query x:5 (data from id inline_message_id)");
}

TEST(TelegramUpdates, WhoBlocksTheBotIsUnreachableAndWhoComesBackIsNot) {
  EXPECT_EQ(words_of(decode(update("my_chat_member", R"("new_chat_member":{"status":"kicked"})"))),
            "unreachable 7 u:5 at 1700000000");
  EXPECT_EQ(
      decode(update("my_chat_member", R"("new_chat_member":{"status":"member"})")).incoming.size(),
      0U);
}

TEST(TelegramUpdates, OnlyPrivateChatsWithPeopleAreConversations) {
  const auto from = [](const std::string& chat, const std::string& person) {
    return words_of(
        decode(R"({"update_id":5,"message":{"message_id":1,"date":1,"text":"hei","from":)" +
               person + R"(,"chat":)" + chat + "}}"));
  };
  const std::string unknown = "unknown message x:5 (chat date from message_id text)";
  EXPECT_EQ(from(R"({"id":-7,"type":"group"})", R"({"id":7})"), unknown);
  EXPECT_EQ(from(R"({"id":7,"type":"channel"})", R"({"id":7})"), unknown);
  EXPECT_EQ(from(R"({"id":-7})", R"({"id":-7})"), unknown);
  EXPECT_EQ(from(R"({"id":8})", R"({"id":7})"), unknown);
  EXPECT_EQ(from(R"({"id":7,"type":"private"})", R"({"id":7,"is_bot":true})"), unknown);
  EXPECT_EQ(from(R"({"id":7,"type":"private"})", "null"), unknown);
}

TEST(TelegramUpdates, OfWhatIsNotKnownOnlyNamesAreKept) {
  const std::string body =
      R"({"update_id":5,"message_reaction":{"chat":{"id":7},"hemmeleg":"Ola Nordmann"}})";
  EXPECT_EQ(words_of(decode(body)), "unknown message_reaction x:5 (chat hemmeleg)");
  EXPECT_EQ(decode(body).unknown.at(0).bytes, body.size());
}

TEST(TelegramUpdates, ANameThatCouldBeSomebodysWordsIsNotKept) {
  EXPECT_EQ(
      words_of(decode(R"({"update_id":5,"Eg heiter Ola":{"01017012345 er meg":1,"fint":2}})")),
      "unknown ? x:5 (? fint)");
  const std::string many = [] {
    std::string fields = R"("a0":0)";
    for (int i = 1; i < 500; ++i) fields += ",\"a" + std::to_string(i) + "\":0";
    return fields;
  }();
  EXPECT_EQ(decode(R"({"update_id":5,"new":{)" + many + "}}").unknown.at(0).fields.size(), 64U);
}

TEST(TelegramUpdates, WrongTypesAreUnknownAndHarmNothing) {
  const char* wrong[] = {
      R"({"update_id":5,"message":7})",
      R"({"update_id":5,"message":{"message_id":"1","from":{"id":7},"chat":{"id":7,"type":"private"},"text":"a"}})",
      R"({"update_id":5,"message":{"message_id":1,"from":{"id":7},"chat":{"id":"7","type":"private"},"text":"a"}})",
      R"({"update_id":5,"message":{"message_id":1,"from":{"id":7},"chat":{"id":7.5,"type":"private"},"text":"a"}})",
      R"({"update_id":5,"message":{"message_id":1,"from":{"id":7},)"
      R"("chat":{"id":18446744073709551615,"type":"private"},"text":"a"}})",
      R"({"update_id":5,"message":{"message_id":1,"from":{"id":7},"chat":{"id":7,"type":3},"text":"a"}})",
      R"({"update_id":5,"message":{"message_id":1,"from":{"id":7},"chat":{"id":7,"type":"private"},"text":["a"]}})",
      R"({"update_id":"5","callback_query":{"id":9,"from":[],"message":null,"data":1}})",
      R"({"update_id":5,"message":{},"callback_query":{}})",
      R"({"update_id":5})",
      "{}",
  };
  for (const char* body : wrong) {
    const auto decoded = decode(body);
    EXPECT_EQ(decoded.incoming.size(), 0U) << body;
    EXPECT_EQ(decoded.unknown.size(), 1U) << body;
  }
}

TEST(TelegramUpdates, AMomentThatIsNoneIsTheEpoch) {
  for (const char* date : {"-1", "1e400", "99999999999999", "\"1700000000\""}) {
    const auto decoded =
        decode(R"({"update_id":5,"message":{"message_id":1,"from":{"id":7},"date":)" +
               std::string{date} + R"(,"chat":{"id":7,"type":"private"},"text":"a"}})");
    for (const auto& incoming : decoded.incoming) EXPECT_EQ(incoming.at, Time{}) << date;
  }
}

TEST(TelegramUpdates, WhatIsNoUpdateIsCountedAndNothingMore) {
  std::string deep(100'000, '[');
  const std::string malformed[] = {"",
                                   "null",
                                   "[]",
                                   "7",
                                   "{",
                                   R"({"update_id":5,"message":{"text":"a)",
                                   R"({"update_id":5,"message":{"text":"\ud800"}})",
                                   "{\"update_id\":5,\"message\":{\"text\":\"\xC3\"}}",
                                   R"({"update_id":5,"update_id":6,"message":{}})",
                                   message(R"("text":"the one","text":"the other")"),
                                   deep,
                                   R"({"update_id":5,"message":)" + deep,
                                   message("\"text\":\"" + std::string(1 << 20, 'a') + "\"")};
  for (const std::string& body : malformed) {
    EXPECT_EQ(words_of(decode(body)), "unknown malformed  ()") << body.substr(0, 60);
    EXPECT_EQ(decode(body).unknown.at(0).bytes, body.size());
  }
}

TEST(TelegramUpdates, TheSameUpdateHasTheSameIdsEachTime) {
  const std::string body = message(R"("photo":[],"caption":"her")");
  EXPECT_EQ(words_of(decode(body)), words_of(decode(body)));
}

}  // namespace
}  // namespace svar::tests
