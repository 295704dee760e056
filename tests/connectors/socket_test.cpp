// WebSockets as hostile clients speak them: after each case the right close code, and the server goes on.
#include <gtest/gtest.h>

#include <atomic>

#include "connectors/net/server.h"
#include "tests/connectors/io_thread.h"
#include "tests/connectors/wire_client.h"

namespace svar::net {
namespace {

using tests::WireClient;
using namespace std::chrono_literals;

// Sends back what it hears; «flood» sends a lot, «bye» closes after an answer.
class Echo final : public SocketHandler {
 public:
  Echo(std::atomic<int>& open, std::optional<std::chrono::milliseconds> expected_within)
      : open_(open), expected_within_(expected_within) {}
  void opened(std::shared_ptr<Socket> socket) override {
    ++open_;
    socket_ = std::move(socket);
    if (expected_within_) socket_->expect_message(*expected_within_);
  }
  void received(std::string_view frame) override {
    if (frame == "throw") throw std::runtime_error("secret");
    if (frame == "flood") {
      for (int i = 0; i < 20'000; ++i) socket_->send(std::string(10'000, 'x'));
    } else {
      socket_->send(std::string{frame});
    }
    if (frame == "bye") socket_->close(1000, "done");
  }
  void closed() override { --open_; }

 private:
  std::atomic<int>& open_;
  std::optional<std::chrono::milliseconds> expected_within_;
  std::shared_ptr<Socket> socket_;
};

class SocketTest : public testing::Test {
 protected:
  SocketTest() {
    router.add_socket("/socket",
                      [this](const Request&) { return std::make_unique<Echo>(open, expected_within); });
  }
  ~SocketTest() override {
    thread.stop();
    server.reset();
  }
  void start(ServerOptions options = {}) {
    options.sweep_period = 20ms;
    server = std::make_unique<Server>(thread.io(), router, options);
    port = thread.run([this] { return server->listen().value(); });
  }
  void wait_until_open(int count) {
    const auto deadline = std::chrono::steady_clock::now() + 10s;
    while (open != count && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
    EXPECT_EQ(open, count);
  }

  std::atomic<int> open{0};
  std::optional<std::chrono::milliseconds> expected_within;  // before start()
  Router router;
  tests::IoThread thread;
  std::unique_ptr<Server> server;
  std::uint16_t port = 0;
};

TEST_F(SocketTest, EchoesTextOfEverySizeAndFragments) {
  start();
  WireClient client{port};
  ASSERT_EQ(client.upgrade("/socket", ""), 101);
  for (const std::size_t size : {0u, 1u, 125u, 126u, 127u, 65'535u}) {
    client.send_text(std::string(size, 'a'));
    EXPECT_EQ(client.read_frame()->payload.size(), size);
  }
  client.send_frame(0x01, "bl");
  client.send_frame(0x89, "ping between");
  client.send_frame(0x00, "\xc3");
  client.send_frame(0x80, "\xa5");
  const auto pong = client.read_frame();
  EXPECT_EQ(pong->opcode, 10);
  EXPECT_EQ(pong->payload, "ping between");
  EXPECT_EQ(client.read_frame()->payload, "blå");
}

struct Bad {
  const char* name;
  std::uint8_t first;
  std::string payload;
  bool masked;
  int code;
};

TEST_F(SocketTest, ClosesOnEachKindOfBadFrameWithItsCode) {
  start();
  const Bad cases[] = {
      {"unmasked", 0x81, "hei", false, 1002},
      {"RSV1, as if compressed", 0xc1, "hei", true, 1002},
      {"RSV2", 0xa1, "hei", true, 1002},
      {"RSV3", 0x91, "hei", true, 1002},
      {"opcode 3", 0x83, "hei", true, 1002},
      {"opcode 7", 0x87, "hei", true, 1002},
      {"opcode 11", 0x8b, "hei", true, 1002},
      {"opcode 15", 0x8f, "hei", true, 1002},
      {"continuation of nothing", 0x80, "hei", true, 1002},
      {"fragmented ping", 0x09, "hei", true, 1002},
      {"long ping", 0x89, std::string(126, 'p'), true, 1002},
      {"fragmented close", 0x08, "\x03\xe8", true, 1002},
      {"close with one byte", 0x88, "\x03", true, 1002},
      {"close 999", 0x88, "\x03\xe7", true, 1002},
      {"close 1004", 0x88, "\x03\xec", true, 1002},
      {"close 1005", 0x88, "\x03\xed", true, 1002},
      {"close 1006", 0x88, "\x03\xee", true, 1002},
      {"close 1016", 0x88, "\x03\xf8", true, 1002},
      {"close with a bad reason", 0x88, "\x03\xe8\xff\xfe", true, 1002},
      {"binary", 0x82, "hei", true, 1003},
      {"bad UTF-8", 0x81, "\xff\xfe", true, 1007},
      {"overlong UTF-8", 0x81, "\xc0\xaf", true, 1007},
      {"surrogate in UTF-8", 0x81, "\xed\xa0\x80", true, 1007},
      {"over U+10FFFF", 0x81, "\xf4\x90\x80\x80", true, 1007},
      {"UTF-8 cut off", 0x81, "\xc3", true, 1007},
      {"over 64 KB", 0x81, std::string(65'537, 'a'), true, 1009},
  };
  for (const Bad& each : cases) {
    WireClient client{port};
    ASSERT_EQ(client.upgrade("/socket", ""), 101);
    client.send_frame(each.first, each.payload, each.masked);
    const int code = client.read_close_code();
    // A close frame that is itself wrong may be answered by the end of the connection alone.
    const bool bad_close = (each.first & 0x0f) == 8 && code == 0;
    EXPECT_TRUE(code == each.code || bad_close) << each.name << " gave " << code;
    client.send_frame(0x88, "\x03\xe8");
    EXPECT_TRUE(client.is_closed()) << each.name;
  }
  wait_until_open(0);
  WireClient after{port};
  EXPECT_EQ(after.upgrade("/socket", ""), 101);
}

TEST_F(SocketTest, ClosesATextFrameInsideAnother) {
  start();
  WireClient client{port};
  ASSERT_EQ(client.upgrade("/socket", ""), 101);
  client.send_frame(0x01, "begun");
  client.send_frame(0x81, "another");
  EXPECT_EQ(client.read_close_code(), 1002);
}

TEST_F(SocketTest, ClosesFragmentsThatGrowOverTheLimitTogether) {
  start();
  WireClient client{port};
  ASSERT_EQ(client.upgrade("/socket", ""), 101);
  client.send_frame(0x01, std::string(40'000, 'a'));
  client.send_frame(0x80, std::string(40'000, 'a'));
  EXPECT_EQ(client.read_close_code(), 1009);
}

TEST_F(SocketTest, AnswersAClose) {
  start();
  WireClient client{port};
  ASSERT_EQ(client.upgrade("/socket", ""), 101);
  client.send_frame(0x88, "\x03\xe8");
  EXPECT_EQ(client.read_close_code(), 1000);
  EXPECT_TRUE(client.is_closed());
  wait_until_open(0);
}

TEST_F(SocketTest, SendsWhatWaitsBeforeItCloses) {
  start();
  WireClient client{port};
  ASSERT_EQ(client.upgrade("/socket", ""), 101);
  client.send_text("bye");
  EXPECT_EQ(client.read_frame()->payload, "bye");
  const auto close = client.read_frame();
  EXPECT_EQ(close->close_code(), 1000);
  EXPECT_EQ(close->payload.substr(2), "done");
}

TEST_F(SocketTest, NeverCompresses) {
  start();
  WireClient client{port};
  client.send(
      "GET /socket HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
      "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n");
  const auto answer = client.read_answer();
  EXPECT_EQ(answer->status, 101);
  EXPECT_EQ(answer->header("Sec-WebSocket-Extensions"), "");
  EXPECT_EQ(answer->header("Sec-WebSocket-Accept"), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}

TEST_F(SocketTest, ClosesAReaderThatIsTooSlowAndKeepsTheOthers) {
  start();
  WireClient other{port};
  ASSERT_EQ(other.upgrade("/socket", ""), 101);
  WireClient slow{port};
  slow.shrink_receive_buffer();
  ASSERT_EQ(slow.upgrade("/socket", ""), 101);
  slow.send_text("flood");
  other.send_text("still here");
  EXPECT_EQ(other.read_frame()->payload, "still here");
  EXPECT_EQ(slow.read_close_code(), 1013);
  EXPECT_EQ(thread.run([this] { return server->counters().slow_readers; }), 1u);
}

TEST_F(SocketTest, ClosesASocketThatHasFallenSilent) {
  ServerOptions options;
  options.silent_time = 300ms;
  start(options);
  WireClient client{port};
  ASSERT_EQ(client.upgrade("/socket", ""), 101);
  EXPECT_EQ(client.read_close_code(), 1001);
}

struct Part {
  const char* name;
  std::string bytes;
};

TEST_F(SocketTest, ClosesWhoeverBeginsAMessageAndDoesNotEndIt) {
  ServerOptions options;
  options.frame_time = 300ms;
  start(options);
  const std::string whole = "\x81\x81\x01\x02\x03\x04\x60";  // «a»
  const Part cases[] = {
      {"one byte of a head", "\x81"},
      {"a head without its mask", "\x81\x85"},
      {"a head without its payload", "\x81\x85\x01\x02\x03\x04"},
      {"half a payload", "\x81\x85\x01\x02\x03\x04zz"},
      {"half of a ping", "\x89\x85\x01\x02\x03\x04zz"},
      {"the first of two parts", "\x01\x81\x01\x02\x03\x04\x60"},
      {"half a payload behind a whole message", whole + "\x81\x85\x01\x02\x03\x04zz"},
  };
  for (const Part& each : cases) {
    WireClient client{port};
    ASSERT_EQ(client.upgrade("/socket", ""), 101);
    client.send(each.bytes);
    EXPECT_EQ(client.read_close_code(), 1008) << each.name;
  }
}

TEST_F(SocketTest, IsNotKeptWaitingForTheEndOfAMessageByPings) {
  ServerOptions options;
  options.frame_time = 300ms;
  start(options);
  WireClient client{port};
  ASSERT_EQ(client.upgrade("/socket", ""), 101);
  client.send_frame(0x01, "begun");
  const auto deadline = std::chrono::steady_clock::now() + 10s;
  int pongs = 0, code = 0;
  while (code == 0 && std::chrono::steady_clock::now() < deadline) {
    client.send_frame(0x89, "still here");
    const auto frame = client.read_frame();
    ASSERT_TRUE(frame);
    if (frame->opcode == 10) ++pongs;
    code = frame->close_code();
  }
  EXPECT_EQ(code, 1008);
  EXPECT_GT(pongs, 0);
}

TEST_F(SocketTest, LeavesWhoOnlyPingsAndWhoHasSaidSomething) {
  ServerOptions options;
  options.frame_time = 100ms;
  start(options);
  WireClient client{port};
  ASSERT_EQ(client.upgrade("/socket", ""), 101);
  client.send_text("hei");
  client.send_frame(0x89, "ping");
  EXPECT_EQ(client.read_frame()->payload, "hei");
  EXPECT_EQ(client.read_frame()->opcode, 10);
  EXPECT_TRUE(client.is_silent(400));
  client.send_text("still here");
  EXPECT_EQ(client.read_frame()->payload, "still here");
}

TEST_F(SocketTest, ClosesWhoSaysNothingWhenAMessageIsExpected) {
  expected_within = 200ms;
  start();
  WireClient silent{port};
  ASSERT_EQ(silent.upgrade("/socket", ""), 101);
  WireClient talking{port};
  ASSERT_EQ(talking.upgrade("/socket", ""), 101);
  talking.send_text("hei");
  EXPECT_EQ(talking.read_frame()->payload, "hei");
  silent.send_frame(0x89, "a ping is no message");
  EXPECT_EQ(silent.read_close_code(), 1008);
  talking.send_text("still here");
  EXPECT_EQ(talking.read_frame()->payload, "still here");
}

TEST_F(SocketTest, ClosesWithTheCodeOfTheStop) {
  start();
  auto client = std::make_unique<WireClient>(port);
  ASSERT_EQ(client->upgrade("/socket", ""), 101);
  wait_until_open(1);
  std::promise<void> stopped;
  thread.run([&] { server->stop(20s, 1012, [&] { stopped.set_value(); }); });
  EXPECT_EQ(client->read_close_code(), 1012);
  client->send_frame(0x88, "\x03\xf4");
  client.reset();
  EXPECT_EQ(stopped.get_future().wait_for(5s), std::future_status::ready);
  wait_until_open(0);
}

TEST_F(SocketTest, ClosesOneSocketWhenItsHandlerFails) {
  start();
  WireClient client{port};
  ASSERT_EQ(client.upgrade("/socket", ""), 101);
  client.send_text("throw");
  EXPECT_EQ(client.read_close_code(), 1011);
  WireClient other{port};
  EXPECT_EQ(other.upgrade("/socket", ""), 101);
}

TEST_F(SocketTest, NoticesAClientThatVanishes) {
  start();
  {
    WireClient client{port};
    ASSERT_EQ(client.upgrade("/socket", ""), 101);
    wait_until_open(1);
  }
  wait_until_open(0);
}

TEST_F(SocketTest, RefusesUpgradesThatAreNotOnes) {
  start();
  const std::string head = "GET /socket HTTP/1.1\r\nHost: a\r\n";
  EXPECT_EQ(tests::ask(port, head + "\r\n").status, 426);
  EXPECT_EQ(tests::ask(port, head + "Upgrade: websocket\r\nSec-WebSocket-Version: 8\r\n\r\n").status, 426);
  EXPECT_EQ(tests::ask(port, head + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\r\n").status, 400);
  EXPECT_EQ(tests::ask(port, head + "Upgrade: h2c\r\nConnection: Upgrade\r\n\r\n").status, 426);
  WireClient impatient{port};
  EXPECT_EQ(impatient.upgrade("/socket", "", "Content-Length: 3\r\n"), 413);
}

}  // namespace
}  // namespace svar::net
