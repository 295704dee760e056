#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/bench/load/dialect.h"
#include "tests/bench/load/histogram.h"
#include "tests/bench/load/wire.h"

namespace svar::bench {
namespace {

using std::chrono::microseconds;

TEST(Histogram, GivesQuantilesToWithinOnePercent) {
  Histogram histogram;
  for (int i = 1; i <= 100'000; ++i) histogram.add(microseconds{i});
  for (const double share : {0.5, 0.9, 0.99, 0.999}) {
    EXPECT_NEAR(histogram.quantile_us(share), share * 100'000, share * 1'000);
  }
  EXPECT_EQ(histogram.json()["max"], 100'000.0);
  EXPECT_EQ(histogram.count(), 100'000U);
}

TEST(Histogram, IsZeroWhenNothingWasCounted) {
  EXPECT_EQ(Histogram{}.quantile_us(0.99), 0);
  EXPECT_EQ(Histogram{}.json()["mean"], 0.0);
}

// What a server would send: the client's frame without its mask.
std::string server_frame(std::string_view body) {
  std::string frame;
  append_frame(frame, Opcode::text, body, 0);
  const std::size_t mask_at = body.size() < 126 ? 2 : body.size() < 65'536 ? 4 : 10;
  frame.erase(mask_at, 4);
  frame[1] = static_cast<char>(frame[1] & 0x7f);
  return frame;
}

TEST(Wire, ReadsFramesOfEveryLengthBackWhole) {
  for (const std::size_t size : {0, 1, 125, 126, 65'535, 65'536, 100'000}) {
    const std::string body(size, 'x');
    const std::string frame = server_frame(body);
    const std::string bytes = frame + "more";
    const auto read = first_frame(bytes);
    ASSERT_TRUE(read) << size;
    EXPECT_EQ(read->body, body);
    EXPECT_EQ(read->size, frame.size());
    EXPECT_TRUE(read->final);
    EXPECT_EQ(read->opcode, Opcode::text);
  }
}

TEST(Wire, WaitsForTheRestOfAFrame) {
  const std::string frame = server_frame(std::string(300, 'x'));
  for (std::size_t size = 0; size < frame.size(); ++size) {
    EXPECT_FALSE(first_frame(std::string_view{frame}.substr(0, size))) << size;
  }
}

TEST(Wire, MasksWhatAClientSends) {
  std::string frame;
  append_frame(frame, Opcode::text, "abcde", 0x04030201);
  EXPECT_EQ(frame, std::string("\x81\x85\x01\x02\x03\x04") + static_cast<char>('a' ^ 1) +
                       static_cast<char>('b' ^ 2) + static_cast<char>('c' ^ 3) +
                       static_cast<char>('d' ^ 4) + static_cast<char>('e' ^ 1));
}

TEST(ProductDialect, KnowsWhatEachFrameMeansToOneWhoWaits) {
  const ProductDialect product;
  const auto meaning = [&](std::string_view frame) { return product.meaning(frame, "c1-2"); };
  EXPECT_EQ(meaning(R"({"type":"welcome","conversation":"17.x"})"), Meaning::welcome);
  EXPECT_EQ(meaning(R"({"type":"ack","id":"c1-2","seq":4})"), Meaning::ack);
  EXPECT_EQ(meaning(R"({"type":"ack","id":"c1-21","seq":4})"), Meaning::other);
  EXPECT_EQ(meaning(R"({"type":"event","seq":5,"from":"bot","reply_to":"c1-2","text":"ja"})"),
            Meaning::reply);
  EXPECT_EQ(meaning(R"({"type":"event","seq":5,"from":"bot","reply_to":"c1-1","text":"ja"})"),
            Meaning::other);
  EXPECT_EQ(
      meaning(R"({"type":"event","seq":5,"from":"system","kind":"handoff","reply_to":"c1-2"})"),
      Meaning::handoff);
  EXPECT_EQ(meaning(R"({"type":"error","code":"rate","retry_after_ms":90})"), Meaning::refused);
}

TEST(ProductDialect, IsNotFooledByWhatACitizenWrote) {
  EXPECT_EQ(
      ProductDialect{}.meaning(
          R"({"type":"event","from":"citizen","text":"\"reply_to\":\"c1-2\",\"from\":\"bot\""})",
          "c1-2"),
      Meaning::other);
}

TEST(IdealDialect, TakesTheAckThatHasNoIdAndTheReplyThatHas) {
  EXPECT_EQ(IdealDialect{}.meaning(R"({"type":"ack"})", "c1-2"), Meaning::ack);
  EXPECT_EQ(IdealDialect{}.meaning(R"({"id":"c1-2","text":"hei","type":"reply"})", "c1-2"),
            Meaning::reply);
}

TEST(Member, IsReadWithoutParsing) {
  EXPECT_EQ(member(R"({"type":"error","retry_after_ms":90,"code":"rate"})", "retry_after_ms"),
            "90");
  EXPECT_EQ(member(R"({"type":"error","retry_after_ms":90})", "code"), "");
  EXPECT_EQ(member(R"({"seq":7})", "seq"), "7");
}

}  // namespace
}  // namespace svar::bench
