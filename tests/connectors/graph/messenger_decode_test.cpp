// Messenger's webhook events: published payloads against expectations written by hand, and the
// shapes that are younger than those.
#include <gtest/gtest.h>

#include "connectors/messenger/codec.h"
#include "tests/connectors/graph/decoded_text.h"

namespace svar::messenger {
namespace {

using svar::testing::fixture;
using svar::testing::in_envelope;
using svar::testing::lines_of;

struct Published {
  const char* file;
  const char* expected;
};

// Single events, put into an envelope of the page «PAGE»; our app is 1517776481860111.
constexpr Published kEvents[] = {
    {"event_account_linking_linked", "unknown account_linking -\n"},
    {"event_account_linking_unlinked", "unknown account_linking -\n"},
    {"event_app_roles", "unknown app_roles -\n"},
    {"event_audio_message",
     "1423587017700273 m:mid.$cAAE1UUyiiwthh1ZAO1bVhDxGk2N0 1491797604411 other audio\n"},
    {"event_branded_camera", "unknown branded_camera -\n"},
    {"event_checkout_update", "unknown checkout_update -\n"},
    {"event_customer_chat_plugin_referral", "unknown referral -\n"},
    {"event_fallback_message",
     "1423587017700273 m:mid.$cAAE1UUyiiwthh1ZAO1bVhDxGk2N0 1491797604411 other other\n"},
    {"event_file_message",
     "1423587017700273 m:mid.$cAAE1UUyiiwthh1ZAO1bVhDxGk2N0 1491797604411 other file\n"},
    {"event_game_play", "unknown game_play -\n"},
    {"event_game_play_with_non_valid_payload", "unknown game_play -\n"},
    {"event_huge_like_sticker_message",
     "1423587017700273 m:mid.$cAAE1UUyiiwthh05ZKlbVgkOobi32 1491797086506 other sticker\n"},
    {"event_image_message",
     "1423587017700273 m:mid.$cAAE1UUyiiwthh1ZAO1bVhDxGk2N0 1491797604411 other image\n"},
    {"event_large_like_sticker_message",
     "1423587017700273 m:mid.$cAAE1UUyiiwthh05ZKlbVgkOobi32 1491797086506 other sticker\n"},
    {"event_like_sticker_message",
     "1423587017700273 m:mid.$cAAE1UUyiiwthh05ZKlbVgkOobi32 1491797086506 other sticker\n"},
    {"event_link_referral", "unknown referral -\n"},
    {"event_location_message",
     "1423587017700273 m:mid.$cAAE1UUyiiwthh1ZAO1bVhDxGk2N0 1491797604411 other location\n"},
    {"event_optin", "unknown optin -\n"},
    {"event_pass_thread_control", "unknown pass_thread_control -\n"},
    {"event_payment", "unknown payment -\n"},
    {"event_postback",
     "1423587017700273 pb:1423587017700273:1491798782090 1491798782090 pressed "
     "USER_DEFINED_PAYLOAD -\n"},
    {"event_postback_referral",
     "1476077422222289 pb:1476077422222289:1522222894827 1522222894827 pressed __GET_STARTED__ "
     "Get Started\n"},
    {"event_pre_checkout", "unknown pre_checkout -\n"},
    {"event_quick_reply_message",
     "1423587017700273 m:mid.$cAAE1UUyiiwthh2BKL1bVhsBhVxvm 1491798262319 pressed "
     "DEVELOPER_DEFINED_PAYLOAD_FOR_PICKING_RED Red\n"},
    {"event_reaction_react", "unknown reaction -\n"},
    {"event_reaction_unreact", "unknown reaction -\n"},
    {"event_request_thread_control", "unknown request_thread_control -\n"},
    {"event_request_thread_control_from_inbox", "unknown request_thread_control -\n"},
    {"event_take_thread_control", "unknown take_thread_control -\n"},
    {"event_text_message",
     "1423587017700273 m:mid.$cAAE1UUyiiwthh0NPrVbVf4HFNDGl 1491796363181 said Sharp tools make "
     "good work.\n"},
    {"event_text_message_from_customer_chat_plugin",
     "1423587017700273 m:mid.$cAAE1UUyiiwthh0NPrVbVf4HFNDGl 1491796363181 said Sharp tools make "
     "good work.\n"},
    {"event_video_message",
     "1423587017700273 m:mid.$cAAE1UUyiiwthh1ZAO1bVhDxGk2N0 1491797604411 other video\n"},
    {"routes_messenger_event_account_linking_linked", "unknown account_linking -\n"},
    {"routes_messenger_event_account_linking_unlinked", "unknown account_linking -\n"},
    {"routes_messenger_event_app_roles", "unknown app_roles -\n"},
    {"routes_messenger_event_checkout_update", "unknown checkout_update -\n"},
    {"routes_messenger_event_delivery",
     "1476077422222289 l:1476077422222289:1458668856253 1458692752478 up to 1458668856253 "
     "delivered\n"},
    {"routes_messenger_event_echo",
     "707356222221168 m:mid.1457764197618:41d102a3e1ae206a38 1458692752478 echo - "
     "mid.1457764197618:41d102a3e1ae206a38\n"},
    {"routes_messenger_event_game_play", "unknown game_play -\n"},
    {"routes_messenger_event_optin", "unknown optin -\n"},
    {"routes_messenger_event_pass_thread_control", "unknown pass_thread_control -\n"},
    {"routes_messenger_event_payment", "unknown payment -\n"},
    {"routes_messenger_event_postback",
     "1476077422222289 pb:1476077422222289:1458692752478 1458692752478 pressed "
     "<USER_DEFINED_PAYLOAD> <TITLE_FOR_THE_CTA>\n"},
    {"routes_messenger_event_pre_checkout", "unknown pre_checkout -\n"},
    {"routes_messenger_event_reaction_react", "unknown reaction -\n"},
    {"routes_messenger_event_reaction_unreact", "unknown reaction -\n"},
    {"routes_messenger_event_read",
     "1476077422222289 r:1476077422222289:1458668856253 1458692752478 up to 1458668856253 read\n"},
    {"routes_messenger_event_referral", "unknown referral -\n"},
    {"routes_messenger_event_request_thread_control", "unknown request_thread_control -\n"},
    // Stands under «messaging» here; the envelope under «standby» is connector_standby_request.
    {"routes_messenger_event_standby",
     "1476077422222289 m:mid.1457764197618:41d102a3e1ae206a38 1458692752478 said hello, world!\n"},
    {"routes_messenger_event_take_thread_control", "unknown take_thread_control -\n"},
    {"routes_messenger_event_text_message",
     "1476077422222289 m:mid.1457764197618:41d102a3e1ae206a38 1458692752478 said hello, world!\n"},
};

constexpr Published kEnvelopes[] = {
    {"connector_batch_request",
     "1412611362105802 m:mid.1486464322190:cb04e5a654 1486464322190 said test 1\n"
     "1412611362105802 m:mid.1486464322190:cb04e5a656 1486464322190 said test 2\n"},
    // Another app than ours answered.
    {"connector_echo_request",
     "1244813222196986 m:mid.$cAARS90328R5hrBz-Vlbete17ftIb 1492414608982 elsewhere text\n"},
    {"connector_request",
     "1412611362105802 m:mid.1486464322190:cb04e5a654 1486464322190 said text\n"},
    {"connector_standby_request", "unknown standby -\n"},
    // The envelope stands in a «body» of its source's making.
    {"connector_webhook_test_request", "unknown envelope -\n"},
};

const Account kAnyPage{"", "1517776481860111"};
const Account kPage{"PAGE", "1517776481860111"};

std::string decoded(const std::string& event) {
  return lines_of(decode(in_envelope("page", "PAGE", event), kPage));
}

TEST(MessengerDecode, PublishedEventsAreWhatAReaderTakesThemFor) {
  for (const auto& [file, expected] : kEvents) {
    const auto event = fixture(std::string{"messenger_bottender/"} + file + ".json");
    if (!event) GTEST_SKIP() << "skipped: no " SVAR_FIXTURES;
    EXPECT_EQ(decoded(*event), expected) << file;
  }
}

TEST(MessengerDecode, PublishedEnvelopesAreWhatAReaderTakesThemFor) {
  for (const auto& [file, expected] : kEnvelopes) {
    const auto body = fixture(std::string{"messenger_bottender/"} + file + ".json");
    if (!body) GTEST_SKIP() << "skipped: no " SVAR_FIXTURES;
    EXPECT_EQ(lines_of(decode(*body, kAnyPage)), expected) << file;
  }
}

TEST(MessengerDecode, AButtonWithAMessageIdIsKnownByIt) {
  EXPECT_EQ(decoded(R"({"sender":{"id":"7"},"recipient":{"id":"PAGE"},"timestamp":5000000000000,
                        "postback":{"mid":"m_1","title":"Ja","payload":"ja"}})"),
            "7 m:m_1 5000000000000 pressed ja Ja\n");
}

TEST(MessengerDecode, AnEditNamesTheMessageAndItsNumber) {
  EXPECT_EQ(decoded(R"({"sender":{"id":"7"},"recipient":{"id":"PAGE"},"timestamp":5000000000000,
                        "message_edit":{"mid":"m_1","text":"fredag","num_edit":2}})"),
            "7 e:m_1:2 5000000000000 edited m:m_1 fredag\n");
}

TEST(MessengerDecode, AnEchoWithOurTokenIsOursWhateverTheApp) {
  EXPECT_EQ(decoded(R"({"sender":{"id":"PAGE"},"recipient":{"id":"7"},"timestamp":5000000000000,
                        "message":{"is_echo":true,"app_id":1,"mid":"m_1","text":"Hei",
                                   "metadata":"svar:12.0"}})"),
            "7 m:m_1 5000000000000 echo 12.0 m_1\n");
}

TEST(MessengerDecode, AnEchoOfThePagesInboxIsAPersonsAnswer) {
  EXPECT_EQ(decoded(R"({"sender":{"id":"PAGE"},"recipient":{"id":"7"},"timestamp":5000000000000,
                        "message":{"is_echo":true,"app_id":263902037430900,"mid":"m_1",
                                   "text":"Hei, dette er Kari"}})"),
            "7 m:m_1 5000000000000 elsewhere Hei, dette er Kari\n");
  EXPECT_EQ(decoded(R"({"sender":{"id":"PAGE"},"recipient":{"id":"7"},"timestamp":5000000000000,
                        "message":{"is_echo":true,"mid":"m_1","attachments":[{"type":"image"}]}})"),
            "7 m:m_1 5000000000000 elsewhere [image]\n");
}

TEST(MessengerDecode, APictureBesideATextIsTold) {
  const std::string head =
      R"({"sender":{"id":"7"},"timestamp":5000000000000,"message":{"mid":"m_1",)";
  EXPECT_EQ(decoded(head + R"("text":"Kva er dette?","attachments":[{"type":"image"}]}})"),
            "7 m:m_1 5000000000000 said Kva er dette?\n7 a:m_1 5000000000000 other image\n");
  EXPECT_EQ(decoded(head + R"("text":"https://x.no","attachments":[{"type":"fallback"}]}})"),
            "7 m:m_1 5000000000000 said https://x.no\n");
}

TEST(MessengerDecode, AStickerThatComesAsAPictureTooIsOneSticker) {
  EXPECT_EQ(decoded(R"({"sender":{"id":"7"},"timestamp":5000000000000,"message":{"mid":"m_1",
                        "attachments":[{"type":"image"},{"type":"sticker"}]}})"),
            "7 m:m_1 5000000000000 other sticker\n");
}

TEST(MessengerDecode, WhatIsForAnotherPageIsNotTakenForOurs) {
  const std::string event = R"({"sender":{"id":"7"},"message":{"mid":"m_1","text":"Hei"}})";
  EXPECT_EQ(lines_of(decode(in_envelope("page", "OTHER", event), kPage)), "unknown account -\n");
  EXPECT_EQ(lines_of(decode(in_envelope("instagram", "PAGE", event), kPage)),
            "unknown envelope -\n");
}

TEST(MessengerDecode, WhatIsWrittenWhileAnotherAppHasTheThreadIsNotOurs) {
  EXPECT_EQ(lines_of(decode(R"({"object":"page","entry":[{"id":"PAGE","standby":[
                {"sender":{"id":"7"},"message":{"mid":"m_1","text":"Hei"}}]}]})",
                            kPage)),
            "unknown standby -\n");
}

TEST(MessengerDecode, TheDashboardsTestIsNobodysMessage) {
  EXPECT_EQ(lines_of(decode(R"({"object":"page","entry":[{"id":"0","time":1514862760,"changes":[
                {"field":"messages","value":{"page_id":"<PAGE_ID>"}}]}]})",
                            kPage)),
            "unknown test -\n");
}

TEST(MessengerDecode, OfTheUnknownNamesAreKeptAndNeverValues) {
  const auto result = decode(
      in_envelope(
          "page", "PAGE",
          R"({"sender":{"id":"7"},"newness":{"mid":"m_1","said":"Kari","Kari Nordmann":1}})"),
      kPage);
  ASSERT_EQ(result.unknown.size(), 1U);
  EXPECT_EQ(result.unknown[0].kind, "newness");
  EXPECT_EQ(
      result.unknown[0].fields,
      (std::vector<std::string>{"newness", "newness.mid", "newness.said", "sender", "sender.id"}));
  EXPECT_GT(result.unknown[0].bytes, 50U);
}

TEST(MessengerDecode, BytesOfAnyShapeAreDecodedToNothing) {
  for (const std::string& body :
       {std::string{}, std::string{"[]"}, std::string{"{"}, std::string{"\xff\xfe"},
        std::string(100'000, '['), std::string{R"({"object":"page"})"},
        std::string{R"({"object":"page","entry":{}})"}, std::string{R"({"object":7,"entry":[]})"},
        std::string{R"({"object":"page","entry":[7,null,[],{}]})"},
        in_envelope("page", "PAGE", "7,null,[],\"x\",{}"),
        in_envelope("page", "PAGE", R"({"sender":7,"message":7})"),
        in_envelope("page", "PAGE", R"({"message":{"mid":"m","text":"no sender"}})"),
        in_envelope("page", "PAGE", R"({"sender":{"id":"7"},"message":{"text":"no mid"}})"),
        in_envelope("page", "PAGE", R"({"sender":{"id":"7"},"message":{"mid":"m","text":{}}})"),
        in_envelope("page", "PAGE", R"({"sender":{"id":"7"},"read":{"watermark":"x"}})"),
        in_envelope("page", "PAGE", R"({"sender":{"id":"7"},"delivery":{"mids":[7,null]}})"),
        in_envelope("page", "PAGE", R"({"sender":{"id":"7"},"postback":{}})"),
        in_envelope("page", "PAGE", R"({"sender":{"id":"7"},"message_edit":{"mid":"m"}})")}) {
    EXPECT_TRUE(decode(body, kPage).incoming.empty()) << body.substr(0, 120);
  }
}

}  // namespace
}  // namespace svar::messenger
