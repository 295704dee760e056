// Bad input: each a clear error or close code, nothing stored, and the process goes on.
#include "connectors/webchat/frames.h"
#include "tests/connectors/chat_fixture.h"

namespace svar::tests {
namespace {

class ChatBadInput : public ChatTest {
 protected:
  // A citizen after all that still gets an answer, and nothing else was stored.
  void expect_unharmed() {
    EXPECT_TRUE(log().empty());
    auto client = connect();
    ASSERT_EQ(client.hello()["type"], "welcome");
    EXPECT_EQ(client.say("ok", "hei")["type"], "ack");
  }
};

std::string nested(int depth) {
  std::string text;
  for (int i = 0; i < depth; ++i) text += "{\"a\":";
  text += "1";
  return text + std::string(static_cast<std::size_t>(depth), '}');
}

// A blank before the frame leads round the short way: both must read alike.
TEST(ChatFrames, ReadAPlainFrameLikeAnyOther) {
  for (const std::string frame :
       {R"({"type":"say","id":"c1","text":"når vert bosset tømt"})", R"({"type":"say","id":"c1","text":""})",
        R"({"type":"say","id":"c 1","text":"hei"})", R"({"type":"say","id":"c1","text":"a\"b"})",
        R"({"type":"say","id":"c1","text":"a\\"})", R"({"type":"say","id":"","text":"hei"})",
        R"({"type":"say","id":"c1","text":"hei","text":"to"})", R"({"type":"say","id":"c1","text":"hei"}})",
        R"({"type":"say","id":"c1","text":7})", R"({"type":"say","id":"c1","tekst":"hei"})",
        "{\"type\":\"say\",\"id\":\"c1\",\"text\":\"\xC3\"}", "{\"type\":\"say\",\"id\":\"c1\",\"text\":\"\n\"}"}) {
    const auto shortly = webchat::decode_frame(frame);
    const auto round = webchat::decode_frame(" " + frame);
    ASSERT_EQ(shortly.index(), round.index()) << frame;
    if (shortly.index() != 0) continue;
    const auto& one = std::get<webchat::SayFrame>(std::get<0>(shortly));
    const auto& other = std::get<webchat::SayFrame>(std::get<0>(round));
    EXPECT_EQ(one.id, other.id) << frame;
    EXPECT_EQ(one.text, other.text) << frame;
  }
}

TEST_F(ChatBadInput, RefusesOriginsAtTheUpgrade) {
  start();
  const char* origins[] = {"",
                           "null",
                           "https://evil.no",
                           "http://www.osteroy.kommune.no",
                           "https://www.osteroy.kommune.no.evil.no",
                           "https://www.osteroy.kommune.no:8443",
                           "https://osteroy.kommune.no.",
                           "https://www.osteroy.kommune.no/",
                           "https://WWW.OSTEROY.KOMMUNE.NO",
                           "https://evil.no/https://www.osteroy.kommune.no",
                           "http://chat.test"};  // our Host, but a name anybody can point here
  for (const char* origin : origins) {
    WireClient client{port};
    EXPECT_EQ(client.upgrade("/chat/v1/socket", origin), 403) << origin;
  }
  expect_unharmed();
}

TEST_F(ChatBadInput, KnowsItsOwnPagesByAddress) {
  start();
  WireClient client{port};
  const std::string own = "127.0.0.1:" + std::to_string(port);
  client.send("GET /chat/v1/socket HTTP/1.1\r\nHost: " + own + "\r\nOrigin: http://" + own +
              "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
  EXPECT_EQ(client.read_answer()->status, 101);
}

TEST_F(ChatBadInput, LetsProgramsInWithoutOriginOnlyWhenConfigured) {
  start([](auto& setup) { setup.allow_no_origin = true; });
  ChatClient program{port, ""};
  EXPECT_EQ(program.hello()["type"], "welcome");
}

TEST_F(ChatBadInput, RefusesAHelloForASiteWhoseListLacksTheOrigin) {
  start();
  ChatClient client{port, kGulenPage};
  EXPECT_EQ(client.status, 101);
  EXPECT_EQ(client.hello()["code"], "bad_origin");
  EXPECT_EQ(client.next()["code"], 1008);
  expect_unharmed();
}

TEST_F(ChatBadInput, RefusesToResumeOnAnotherSitesPage) {
  start();
  auto client = connect();
  const json welcome = client.hello();
  client.say("m1", "hei");
  ChatClient other{port, kGulenPage};
  const json refused = other.hello({{"site", "gulen"},
                                    {"resume",
                                     {{"conversation", welcome["conversation"]},
                                      {"token", welcome["token"]},
                                      {"after", 0}}}});
  EXPECT_EQ(refused["code"], "bad_origin");
}

TEST_F(ChatBadInput, ClosesWhenTheFirstFrameIsNoGoodHello) {
  start();
  const std::pair<std::string, std::string> cases[] = {
      {R"({"type":"say","id":"1","text":"hei"})", "type"},
      {R"({"type":"ping"})", "type"},
      {R"({"type":"hello"})", "site"},
      {R"({"type":"hello","site":7})", "site"},
      {R"({"type":"hello","site":"oslo"})", "site"},
      {R"({"type":"hello","site":"../etc"})", "site"},
      {R"({"type":"hello","site":"osteroy","language":"de"})", "language"},
      {R"({"type":"hello","site":"osteroy","admin":true})", "admin"},
      {R"({"type":"hello","site":"osteroy","page":"x"})", "page."},
      {R"({"type":"hello","site":"osteroy","page":{"url":1}})", "page.url"},
      {R"({"type":"hello","site":"osteroy","page":{"cookie":"x"}})", "page.cookie"},
      {R"({"type":"hello","site":"osteroy","resume":{"token":"x"}})", "resume.conversation"},
      {R"({"type":"hello","site":"osteroy","resume":{"conversation":"1","token":"x","after":-1}})",
       "resume.after"},
      {R"({"type":"hello","site":"osteroy","resume":{"code":"x","token":"y"}})", "resume.token"},
      {"not json", ""},
      {"", ""},
      {"[]", ""},
      {"null", ""},
      {R"({"type":"hello","site":"osteroy"} trailing)", ""},
      {nested(64'000 / 8), ""},
      {std::string(60'000, '['), ""},
  };
  for (const auto& [frame, field] : cases) {
    auto client = connect();
    client.wire.send_text(frame);
    const json error = client.next();
    EXPECT_EQ(error["code"], "bad_frame") << frame.substr(0, 80);
    EXPECT_EQ(error.value("field", ""), field) << frame.substr(0, 80);
    EXPECT_EQ(client.next()["code"], 1008) << frame.substr(0, 80);
  }
  expect_unharmed();
}

TEST_F(ChatBadInput, NamesTheFieldOfEachBadFrame) {
  start();
  const std::string surrogate = R"({"type":"say","id":"1","text":"\ud800"})";
  const std::pair<std::string, std::string> cases[] = {
      {R"({"type":"shout","id":"1","text":"hei"})", "type"},
      {R"({"id":"1","text":"hei"})", "type"},
      {R"({"type":5})", "type"},
      {R"({"type":"hello","site":"osteroy"})", "type"},
      {R"({"type":"say","text":"hei"})", "id"},
      {R"({"type":"say","id":"","text":"hei"})", "id"},
      {R"({"type":"say","id":"a b","text":"hei"})", "id"},
      {R"({"type":"say","id":"å","text":"hei"})", "id"},
      {R"({"type":"say","id":")" + std::string(65, 'a') + R"(","text":"hei"})", "id"},
      {R"({"type":"say","id":1,"text":"hei"})", "id"},
      {R"({"type":"say","id":"1"})", "text"},
      {R"({"type":"say","id":"1","text":["hei"]})", "text"},
      {R"({"type":"say","id":"1","text":null})", "text"},
      {R"({"type":"say","id":"1","text":"a\u0000b"})", "text"},
      {R"({"type":"say","id":"1","text":"hei","agent":"kari"})", "agent"},
      {R"({"type":"say","id":"1","text":"hei","conversation":"2"})", "conversation"},
      {R"({"type":"choose","id":"1"})", "choice"},
      {R"({"type":"rate","id":"1","score":6})", "score"},
      {R"({"type":"rate","id":"1","score":0})", "score"},
      {R"({"type":"rate","id":"1","score":4.5})", "score"},
      {R"({"type":"rate","id":"1","score":"5"})", "score"},
      {R"({"type":"rate","id":"1","score":1e400})", ""},
      {R"({"type":"rate","id":"1","score":99999999999999999999})", "score"},
      {R"({"type":"seen","seq":-1})", "seq"},
      {R"({"type":"ping","id":"1"})", "id"},
      {surrogate, ""},
      {R"({"type":"say","id":"1","text":"hei")", ""},
      {R"({"type":"say","id":"1","text":)" + std::string(17, '[') + std::string(17, ']') + "}", ""},
  };
  for (const auto& [frame, field] : cases) {
    auto client = connect();
    ASSERT_EQ(client.hello()["type"], "welcome");
    client.wire.send_text(frame);
    const json error = client.next();
    EXPECT_EQ(error["code"], "bad_frame") << frame;
    EXPECT_EQ(error.value("field", ""), field) << frame;
    client.send({{"type", "ping"}});
    EXPECT_EQ(client.next()["type"], "pong") << frame;
  }
  expect_unharmed();
}

TEST_F(ChatBadInput, ClosesAClientThatSendsNothingElse) {
  start();
  auto client = connect();
  client.hello();
  for (int i = 0; i < 10; ++i) {
    client.wire.send_text("{}");
    EXPECT_EQ(client.next()["code"], "bad_frame");
  }
  EXPECT_EQ(client.next(), json({{"type", "end"}, {"code", 1008}}));
}

TEST_F(ChatBadInput, ClosesWhatIsNoTextFrameOfTheRightSize) {
  start();
  struct Case {
    std::uint8_t first;
    std::string payload;
    bool masked;
    int code;
  };
  const Case cases[] = {
      {0x82, R"({"type":"ping"})", true, 1003},
      {0x81, "{\"type\":\"\xff\"}", true, 1007},
      {0x81, std::string(65'537, ' '), true, 1009},
      {0x81, R"({"type":"ping"})", false, 1002},
      {0x83, "x", true, 1002},
  };
  for (const Case& each : cases) {
    auto client = connect();
    client.hello();
    client.wire.send_frame(each.first, each.payload, each.masked);
    EXPECT_EQ(client.wire.read_close_code(), each.code);
  }
  expect_unharmed();
}

TEST_F(ChatBadInput, TakesFourThousandCodePointsAndNotOneMore) {
  start();
  auto client = connect();
  client.hello();
  std::string text;
  for (int i = 0; i < 4000; ++i) text += "🙂";
  const json refused = client.say("m1", text + "x");
  EXPECT_EQ(refused["code"], "too_long");
  EXPECT_TRUE(log().empty());
  EXPECT_EQ(client.say("m2", text)["type"], "ack");
  EXPECT_EQ(client.next_of("event")["from"], "bot");
  EXPECT_EQ(client.say("m3", " \n\t ")["code"], "empty");
}

TEST_F(ChatBadInput, RefusesForgedTokens) {
  start();
  auto one = connect();
  const json mine = one.hello();
  one.say("m1", "min");
  auto two = connect();
  const json other = two.hello();
  two.say("m1", "din");
  const std::string conversation = mine["conversation"];
  const std::string token = mine["token"];
  std::string flipped = token;
  flipped[5] = flipped[5] == 'A' ? 'B' : 'A';
  const std::string number_alone = conversation.substr(0, conversation.find('.'));
  const std::pair<std::string, std::string> cases[] = {
      {conversation, flipped},
      {conversation, ""},
      {conversation, token.substr(0, token.size() - 1)},
      {conversation, token + "A"},
      {conversation, other["token"]},
      {other["conversation"], token},
      {number_alone, token},
      {number_alone + ".", token},
      {"." + token, token},
      {"0" + conversation, token},
      {"-" + conversation, token},
      {"99999999999999999999." + token, token},
      {"", ""},
  };
  for (const auto& [claimed, by] : cases) {
    auto thief = connect();
    const json refused =
        thief.hello({{"resume", {{"conversation", claimed}, {"token", by}, {"after", 0}}}});
    EXPECT_EQ(refused["code"], "bad_token") << claimed << " " << by;
    EXPECT_EQ(thief.next()["code"], 1008);
    const auto poll = get("/chat/v1/messages?after=0&conversation=" + claimed, by);
    EXPECT_EQ(poll.status, 401) << claimed;
    EXPECT_EQ(get("/chat/v1/transcript?conversation=" + claimed, by).status, 401) << claimed;
  }
}

TEST_F(ChatBadInput, RefusesAFloodOfFrames) {
  start([](auto& setup) { setup.limits.enabled = true; });
  auto client = connect();
  client.hello();
  for (int i = 0; i < 200; ++i) client.send({{"type", "ping"}});
  EXPECT_EQ(client.next_of("error")["code"], "rate");
  EXPECT_EQ(client.next()["code"], 1008);
}

TEST_F(ChatBadInput, RefusesBadPosts) {
  start();
  const json hello = {{"type", "hello"}, {"site", "osteroy"}};
  EXPECT_EQ(post(json::array({hello}), "").status, 403);
  EXPECT_EQ(post(json::array({hello}), "null").status, 403);
  EXPECT_EQ(post(json::array({hello}), "https://evil.no").status, 403);
  EXPECT_EQ(post(json::array({hello}), kGulenPage).status, 403);
  EXPECT_EQ(post("not json").status, 400);
  EXPECT_EQ(post("{}").status, 400);
  EXPECT_EQ(post(R"({"frames":[]})").status, 400);
  EXPECT_EQ(post(R"({"frames":{}})").status, 400);
  EXPECT_EQ(post(R"({"frames":[{}],"more":1})").status, 400);
  EXPECT_EQ(post(R"({"frames":[)" + nested(5000) + "]}").status, 400);
  EXPECT_EQ(post("{\"frames\":[\"\xff\"]}").status, 400);
  EXPECT_EQ(post(std::string(70'000, ' ')).status, 413);
  EXPECT_EQ(json::parse(post(json::array({7})).body)["frames"][0]["code"], "bad_frame");
  const json without_hello = {{{"type", "say"}, {"id", "1"}, {"text", "hei"}}};
  EXPECT_EQ(json::parse(post(without_hello).body)["close"], 1008);
  const std::string body = json{{"frames", json::array({hello})}}.dump();
  const auto form = ask(port, "POST /chat/v1/messages HTTP/1.1\r\nHost: a\r\nOrigin: " + kOsteroyPage +
                                  "\r\nContent-Type: text/plain\r\nContent-Length: " +
                                  std::to_string(body.size()) + "\r\n\r\n" + body);
  EXPECT_EQ(form.status, 415);
  expect_unharmed();
}

}  // namespace
}  // namespace svar::tests
