// WhatsApp's webhook events: published payloads against expectations written by hand.
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "connectors/whatsapp/decode.h"
#include "tests/connectors/graph/decoded_text.h"

namespace svar::whatsapp {
namespace {

using nlohmann::json;
using svar::testing::fixture;
using svar::testing::lines_of;

// File, key in it (or none), what a reader takes it for. U is US.13491208655302741918.
using Published = std::map<std::string, std::map<std::string, std::string>>;

std::string with_user(std::string text) {
  for (std::size_t at = 0; (at = text.find("U ", at)) != std::string::npos; at += 2) {
    if (at == 0 || text[at - 1] == '\n') text.replace(at, 1, "US.13491208655302741918");
  }
  return text;
}

const Published kPywa{
    {"callback_button",
     {{"button", "U m:wamid.xyzxyz 1698266730000 pressed callback_data title\n"},
      {"quick_reply", "U m:wamid.xsidjw 1698269027000 pressed callback_data title\n"},
      {"quick_reply_without_context",
       "U m:wamid.xsidjx 1698269027000 pressed callback_data title\n"}}},
    {"callback_selection",
     {{"callback", "U m:wamid.zyzxyz 1698266905000 pressed callback_data title\n"},
      {"description", "U m:wamid.zyzxyz 1698266905000 pressed callback_data title\n"}}},
    {"deleted_message",
     {{"revoke",
       "<WHATSAPP_USER_PHONE_NUMBER> m:<WHATSAPP_MESSAGE_ID> 1697043223000 withdrawn "
       "m:<ORIGINAL_WHATSAPP_MESSAGE_ID>\n"}}},
    {"edited_message",
     {{"image",
       "16505551234 m:wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQUFERjg0NDEzNDdFODU3MUMxMAA= "
       "1749854575000 edited "
       "m:wamid.HBgLMTQxMjU1NTA4MjkVAgASGBQzQUNCNjk5RDUwNUZGMUZEM0VBRAA= Updated image "
       "caption\n"}}},
    {"flow_completion",
     {{"completion", "U m:wamid.wegrchytvwcggt== 1702502473000 other other\n"},
      {"without_flow_token", "U m:wamid.wegrchytvwcggt== 1702502473000 other other\n"}}},
    {"message",
     {{"text", "U m:wamid.xyzxyz 1697043223000 said Body Text\n"},
      {"image", "U m:wamid.xyzxyz 1697043379000 other image\n"},
      {"media_with_url", "U m:wamid.xyzxyz 1697043379000 other image\n"},
      {"video",
       "U m:wamid.xyzxyz 1697044362000 said caption\nU a:wamid.xyzxyz 1697044362000 other video\n"},
      {"document",
       "U m:wamid.xyzxyz 1697043666000 said caption\nU a:wamid.xyzxyz 1697043666000 other file\n"},
      {"audio", "U m:wamid.xyzxyz 1697043509000 other audio\n"},
      {"voice", "U m:wamid.xyzxyz 1697043473000 other audio\n"},
      {"static_sticker", "U m:wamid.xyzxyz 1697043760000 other sticker\n"},
      {"animated_sticker", "U m:wamid.xyzxyz 1697043785000 other sticker\n"},
      {"reaction", "unknown reaction m:wamid.xyzxyz\n"},
      {"unreaction_empty", "unknown reaction m:wamid.xyzxyz\n"},
      {"unreaction_no_emoji", "unknown reaction m:wamid.xyzxyz\n"},
      {"current_location", "U m:wamid.xyzxyz 1697044557000 other location\n"},
      {"chosen_location", "U m:wamid.xyzxyz 1697044557000 other location\n"},
      {"contacts", "U m:wamid.xyzxyz 1697044621000 other contact\n"},
      {"order", "U m:wamid.xyzxyz 1697044668000 other other\n"},
      {"unsupported", "U m:wamid.xyzxyz 1697044706000 other other\n"},
      {"unsupported_with_type", "U m:wamid.xyzxyz 1697044706000 other other\n"},
      {"reply", "U m:wamid.xyzxyz 1697044746000 said replied text\n"},
      {"forwarded", "U m:wamid.xyzxyz 1697044815000 said forwarded text\n"},
      {"forwarded_many_times", "U m:wamid.xyzxyz 1697044968000 said text forwarded many times\n"},
      {"interactive_message_with_err",
       "U m:wamid.wegrchytvwcggt= 1700505494000 other other\nunknown error -\n"},
      {"referral", "U m:wamid.ID 1697045000000 said BODY\n"}}},
    {"message_status",
     {{"sent", "U s:wamid.xyzxyz:sent 1698266945000 receipt sent wamid.xyzxyz -\n"},
      {"delivered", "U s:wamid.xyzxyz:delivered 1698266945000 receipt delivered wamid.xyzxyz -\n"},
      {"read", "U s:wamid.xyzxyz:read 1689380458000 receipt read wamid.xyzxyz -\n"},
      {"played", "U s:wamid.xyzxyz:played 1689380458000 receipt read wamid.xyzxyz -\n"},
      {"failed", "U s:wamid.xyzxyz:failed 1689380458000 receipt failed wamid.xyzxyz 130472\n"},
      // «some data» is another's.
      {"with_tracker", "U s:wamid.xyzxyz:sent 1698266945000 receipt sent wamid.xyzxyz -\n"},
      {"group", "unknown group -\n"}}},
    {"outgoing_message",
     {{"text", "<BSUID> m:<WHATSAPP_MESSAGE_ID> 1697043223000 elsewhere Test message\n"},
      {"delete", "unknown echo -\n"},
      {"edit", "unknown echo -\n"}}},
    {"system",
     {{"phone_number_change", "unknown system m:wamid.xyzxyz==\n"},
      {"identity_change", "unknown system m:wamid.xyzxyz\n"}}},
};

const Published kOfficial{
    {"webhook_button_message",
     {{"",
       "16505551234 m:wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQUU0M0MxQzQzMUJCMTMwNUZFOQA= "
       "1750091045000 pressed Unsubscribe Unsubscribe\n"}}},
    {"webhook_contact_sharing_message",
     {{"",
       "16505551234 m:wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA= "
       "1744344496000 other contact\n"}}},
    {"webhook_group_create_message", {{"", "unknown group_lifecycle_update -\n"}}},
    {"webhook_group_remove_participants", {{"", "unknown group_participants_update -\n"}}},
    {"webhook_group_settings_update", {{"", "unknown group_settings_update -\n"}}},
    {"webhook_image_message",
     {{"",
       "16505551234 m:wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA= "
       "1744344496000 said Taj Mahal\n"
       "16505551234 a:wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA= "
       "1744344496000 other image\n"}}},
    {"webhook_interactive_button_reply_message",
     {{"",
       "16505551234 m:wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTZBQzg0MzQ4QjRCM0NGNkVGOAA= "
       "1750025136000 pressed cancel-button Cancel\n"}}},
    {"webhook_interactive_list_reply_message",
     {{"",
       "16505551234 m:wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQUJDQ0NDM0FEODY4ODkzOTc5RgA= "
       "1749854575000 pressed priority_express Priority Mail Express\n"}}},
    {"webhook_location_message",
     {{"",
       "16505551234 m:wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTU2MjZEMDBGRkE3MENEMDE0RQA= "
       "1744344496000 other location\n"}}},
    {"webhook_order_message",
     {{"",
       "16505551234 m:wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTEyQjFGNzI1QTQxMjI5QTMyOQA= "
       "1750096325000 other other\n"}}},
    {"webhook_reaction_message",
     {{"", "unknown reaction m:wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA=\n"}}},
    {"webhook_system_message",
     {{"", "unknown system m:wamid.HBgLMTk4MzU1NTE5NzQVAgASGAoxMTgyMDg2MjY3AA==\n"}}},
    {"webhook_text_message",
     {{"",
       "16505551234 m:wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA= "
       "1749416383000 said Does it come in another color?\n"}}},
    {"webhook_text_message_from_click_to_whatsapp_ad",
     {{"",
       "16505551234 m:wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQUQ0N0VFMDA2MTQ0RkJFNkNDNAA= "
       "1750275992000 said Hello! Can I get more info on this?\n"}}},
    {"webhook_text_message_with_context_product_inquiry",
     {{"",
       "16505551234 m:wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTA2NTUwRkNEMDdFQjJCRUU0NQA= "
       "1750016800000 said Is this still available?\n"}}},
    {"webhook_unsupported_message",
     {{"",
       "16505551234 m:wamid.HBgLMTQyMDU1NTA3NDkVAgASGBI5N0MwRjg0RTVBNUI1RDA2OTkA "
       "1750090702000 other other\n"}}},
};

void check(const std::string& folder, const Published& published) {
  for (const auto& [file, cases] : published) {
    const auto text = fixture(folder + "/" + file + ".json");
    if (!text) GTEST_SKIP() << "skipped: no " SVAR_FIXTURES;
    const json content = json::parse(*text);
    for (const auto& [key, expected] : cases) {
      const json& body = key.empty() ? content : content.at(key);
      EXPECT_EQ(lines_of(decode(body.dump(), {})), with_user(expected)) << file << " " << key;
    }
    if (!cases.contains("")) {
      EXPECT_EQ(content.size(), cases.size()) << file;
    }
  }
}

TEST(WhatsAppDecode, PywasEventsAreWhatAReaderTakesThemFor) {
  check("whatsapp_pywa", kPywa);
}

TEST(WhatsAppDecode, MetasOwnExamplesAreWhatAReaderTakesThemFor) {
  check("whatsapp_official", kOfficial);
}

std::string change(const std::string& value, const std::string& field = "messages") {
  return R"({"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":")" +
         field +
         R"(","value":{"messaging_product":"whatsapp","metadata":{"phone_number_id":"55"},)" +
         value + "}}]}]}";
}
std::string decoded(const std::string& value) {
  return lines_of(decode(change(value), {"55"}));
}

TEST(WhatsAppDecode, OurTokenInAStatusIsAnEchoBeforeTheReceipt) {
  EXPECT_EQ(decoded(R"("statuses":[{"id":"w","status":"delivered","timestamp":"1698266945",
                        "recipient_id":"47","biz_opaque_callback_data":"svar:12.0"}])"),
            "47 t:w:delivered 1698266945000 echo 12.0 w\n"
            "47 s:w:delivered 1698266945000 receipt delivered w -\n");
}

TEST(WhatsAppDecode, AUserWithoutANumberIsKnownByTheBusinessScopedId) {
  EXPECT_EQ(decoded(R"("contacts":[{"user_id":"NO.1"}],"messages":[{"from_user_id":"NO.1","id":"w",
                        "timestamp":"1698266945","type":"text","text":{"body":"Hei"}}])"),
            "NO.1 m:w 1698266945000 said Hei\n");
  EXPECT_EQ(decoded(R"("contacts":[{"user_id":"NO.1"}],"messages":[{"id":"w",
                        "timestamp":"1698266945","type":"text","text":{"body":"Hei"}}])"),
            "NO.1 m:w 1698266945000 said Hei\n");
}

TEST(WhatsAppDecode, AUserIsTheSameWithTheNumberAndWithout) {
  EXPECT_EQ(
      decoded(R"("contacts":[{"wa_id":"47","user_id":"NO.1"}],"messages":[{"from":"47","id":"w",
                        "timestamp":"1698266945","type":"text","text":{"body":"Hei"}}])"),
      "NO.1 m:w 1698266945000 said Hei\n");
}

TEST(WhatsAppDecode, WhatIsForAnotherNumberIsNotTakenForOurs) {
  const std::string body =
      change(R"("messages":[{"from":"47","id":"w","type":"text","text":{"body":"Hei"}}])");
  EXPECT_EQ(lines_of(decode(body, {"56"})), "unknown account -\n");
}

TEST(WhatsAppDecode, AGroupIsNoConversation) {
  EXPECT_EQ(decoded(R"("messages":[{"from":"47","id":"w","group_id":"g","type":"text",
                        "text":{"body":"Hei"}}])"),
            "unknown group m:w\n");
}

TEST(WhatsAppDecode, BytesOfAnyShapeAreDecodedToNothing) {
  for (const std::string& body :
       {std::string{}, std::string{"[]"}, std::string{"\xff"}, std::string(100'000, '['),
        std::string{R"({"object":"page","entry":[]})"},
        std::string{
            R"({"object":"whatsapp_business_account","entry":[7,{},{"changes":[7,{},null]}]})"},
        change(R"("messages":7,"statuses":{},"contacts":[7],"errors":[7])"),
        change(R"("messages":[7,null,{},{"id":"w"},{"from":"47"},{"from":"47","id":"w"}])"),
        change(R"("messages":[{"from":"47","id":"w","type":"text","text":7}])"),
        change(R"("messages":[{"from":"47","id":"w","type":"edit","edit":{"message":7}}])"),
        change(R"("messages":[{"from":"47","id":"w","type":"revoke"}])"),
        change(R"("messages":[{"from":"47","id":"w","type":"button"}])"),
        change(R"("messages":[{"from":"47","id":"w","type":"new kind"}])"),
        change(R"("statuses":[7,{},{"id":"w","status":"warped"},{"status":"read"}])"),
        change(R"("message_echoes":[7,{}])", "smb_message_echoes"),
        change(R"("messages":[{"from":"47","id":"w","type":"text","text":{"body":"x"}}])",
               "account_update")}) {
    EXPECT_TRUE(decode(body, {}).incoming.empty()) << body.substr(0, 200);
  }
}

}  // namespace
}  // namespace svar::whatsapp
