// Updates that another bot framework published, read as Telegram would send them.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include "connectors/telegram/update_decoding.h"
#include "tests/connectors/telegram/update_words.h"

namespace svar::tests {
namespace {

const std::filesystem::path kFolder = std::filesystem::path{SVAR_FIXTURES} / "telegram_bottender";

// By the kinds in the files' names: «connector_…_request», «event_…» and «routes_telegram_event_…»
// hold the same, but for two that are named in full.
const std::map<std::string, std::string> kExpected{
    {"audio_message", "sent 427770117 m:427770117:666 at 1499402829: audio"},
    {"callback_query", "pressed 427770117 cb:123 at 0: data []"},
    {"channel_post", "unknown channel_post x:141921710 (chat date message_id text)"},
    {"chosen_inline_result",
     "unknown chosen_inline_result x:141921701 (from inline_message_id query result_id)"},
    {"connector_callback_query_request", "pressed 427770117 cb:1068230107531367617 at 0: data []"},
    {"connector_message_request", "said 427770117 m:427770117:666 at 1499402829: text"},
    {"contact_message", "sent 427770117 m:427770117:666 at 1499402829: contact"},
    {"document_message", "sent 427770117 m:427770117:666 at 1499402829: file"},
    {"edited_channel_post",
     "unknown edited_channel_post x:141921711 (chat date edit_date message_id text)"},
    {"edited_message",
     "edited 427770117 e:427770117:229:141921687 at 1515758017: m:427770117:229 hiiiii"},
    {"game_message", "sent 427770117 m:427770117:666 at 1499402829: other"},
    {"group_callback_query",
     "unknown callback_query x:141921690 (chat_instance data from id message)"},
    {"group_edited_message",
     "unknown edited_message x:141921688 (chat date edit_date from message_id text)"},
    {"group_message", "unknown message x:141921689 (chat date from message_id text)"},
    {"inline_query", "unknown inline_query x:141921700 (from id offset query)"},
    {"location_message", "sent 427770117 m:427770117:666 at 1499402829: location"},
    {"photo_message", "sent 427770117 m:427770117:666 at 1499402829: image"},
    {"poll", "unknown poll x:141921690 (id is_closed options question)"},
    {"pre_checkout_query",
     "unknown pre_checkout_query x:141921690 (currency from id invoice_payload total_amount)"},
    {"reply_to_text_message", "said 427770117 m:427770117:666 at 1499402829: replyText"},
    {"shipping_query",
     "unknown shipping_query x:141921690 (from id invoice_payload shipping_address)"},
    {"sticker_message", "sent 427770117 m:427770117:666 at 1499402829: sticker"},
    {"text_message", "said 427770117 m:427770117:666 at 1499402829: text"},
    {"venue_message", "sent 427770117 m:427770117:666 at 1499402829: location"},
    {"video_message", "sent 427770117 m:427770117:666 at 1499402829: video"},
    {"video_note_message", "sent 427770117 m:427770117:666 at 1499402829: video"},
    {"voice_message", "sent 427770117 m:427770117:666 at 1499402829: audio"},
};

std::string without(std::string name, const std::string& prefix, const std::string& suffix) {
  if (name.starts_with(prefix)) name.erase(0, prefix.size());
  if (name.ends_with(suffix)) name.erase(name.size() - suffix.size());
  return name;
}

std::string kind_of(const std::filesystem::path& file) {
  const std::string name = file.stem().string();
  if (kExpected.contains(name)) return name;
  if (name.starts_with("connector_")) return without(name, "connector_", "_request");
  return without(without(name, "routes_telegram_", ""), "event_", "");
}

TEST(PublishedUpdates, EachIsDecodedAsExpected) {
  if (!std::filesystem::exists(kFolder)) GTEST_SKIP() << "no published updates in " << kFolder;
  int read = 0;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
    if (entry.path().extension() != ".json") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string body{std::istreambuf_iterator<char>{file}, {}};
    const auto expected = kExpected.find(kind_of(entry.path()));
    ASSERT_NE(expected, kExpected.end()) << entry.path() << " has no expectation";
    EXPECT_EQ(words_of(telegram::decode(body)), expected->second) << entry.path();
    ++read;
  }
  EXPECT_GE(read, 47);
}

}  // namespace
}  // namespace svar::tests
