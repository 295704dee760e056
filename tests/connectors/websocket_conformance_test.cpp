// Every malformed frame gets the right close code, nothing is stored, and nobody else notices.
#include <set>

#include "tests/connectors/chat_fixture.h"
#include "tests/connectors/websocket_cases.h"

namespace svar::tests {
namespace {

class WebSocketConformance : public ChatTest {
 protected:
  // 0: still open, and it answers. -1: the connection ended without a word.
  int outcome(const WebSocketCase& each) {
    ChatClient client{port, kOsteroyPage};
    if (client.hello()["type"] != "welcome") return -1;
    client.wire.send(each.bytes);
    if (each.close_code == 0) client.wire.send_text(R"({"type":"ping"})");
    for (;;) {
      const auto frame = client.wire.read_frame();
      if (!frame) return -1;
      if (frame->opcode == 8) return frame->close_code();
      if (each.close_code == 0 && frame->payload == R"({"type":"pong"})") return 0;
    }
  }
};

TEST(WebSocketCases, AreAtLeastTwoHundredAndFiftyOfDifferentNames) {
  std::set<std::string> names;
  std::size_t closing = 0;
  for (const auto& each : websocket_cases()) {
    EXPECT_TRUE(names.insert(each.name).second) << each.name;
    closing += each.close_code != 0;
  }
  EXPECT_GE(closing, 250u);
}

TEST_F(WebSocketConformance, AnswersEachCaseWithItsCodeAndStoresNothing) {
  start();
  auto bystander = connect();
  ASSERT_EQ(bystander.hello()["type"], "welcome");
  for (const auto& each : websocket_cases()) {
    EXPECT_EQ(outcome(each), each.close_code) << each.name;
    bystander.send({{"type", "ping"}});
    ASSERT_EQ(bystander.next()["type"], "pong") << "after " << each.name;
  }
  EXPECT_TRUE(log().empty());
  EXPECT_EQ(bystander.say("m1", "hei")["type"], "ack");
}

}  // namespace
}  // namespace svar::tests
