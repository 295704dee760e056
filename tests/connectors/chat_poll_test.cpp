// The way round networks that block sockets, the transcript, the widget's files and the demo pages.
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/connectors/chat_fixture.h"

namespace svar::tests {
namespace {

using ChatPoll = ChatTest;

const json kHello = {{"type", "hello"}, {"site", "osteroy"}};

json resumed(const json& welcome, int after) {
  json hello = kHello;
  hello["resume"] = {{"conversation", welcome["conversation"]},
                     {"token", welcome["token"]},
                     {"after", after}};
  return hello;
}

json say(const std::string& id, const std::string& text) {
  return {{"type", "say"}, {"id", id}, {"text", text}};
}

std::string poll_target(const json& welcome, int after) {
  return "/chat/v1/messages?conversation=" + welcome["conversation"].get<std::string>() +
         "&after=" + std::to_string(after);
}

TEST_F(ChatPoll, AnswersAPostWithWelcomeAcknowledgementAndReply) {
  start();
  const auto answer = post(json::array({kHello, say("m1", "hei"), say("m2", "igjen")}));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("Access-Control-Allow-Origin"), kOsteroyPage);
  EXPECT_EQ(answer.header("Vary"), "Origin");
  EXPECT_EQ(answer.header("Cache-Control"), "no-store");
  const json frames = json::parse(answer.body)["frames"];
  ASSERT_EQ(frames.size(), 5u);
  EXPECT_EQ(frames[0]["type"], "welcome");
  EXPECT_EQ(frames[1]["type"], "ack");
  EXPECT_EQ(frames[2]["reply_to"], "m1");
  EXPECT_EQ(frames[3]["type"], "ack");
  EXPECT_EQ(frames[4]["reply_to"], "m2");
}

TEST_F(ChatPoll, AnswersAPostOnlyWhenItIsDurable) {
  start();
  thread.run([&] { store.hold(); });
  WireClient client{port};
  const std::string body = json{{"frames", json::array({kHello, say("m1", "hei")})}}.dump();
  client.send("POST /chat/v1/messages HTTP/1.1\r\nHost: a\r\nOrigin: " + kOsteroyPage +
              "\r\nContent-Type: application/json\r\nContent-Length: " +
              std::to_string(body.size()) + "\r\n\r\n" + body);
  while (log().empty()) std::this_thread::yield();
  EXPECT_TRUE(client.is_silent(0));
  thread.run([&] { store.release(); });
  EXPECT_NE(client.read_answer()->body.find("\"ack\""), std::string::npos);
}

TEST_F(ChatPoll, ContinuesAConversationFromPostToPost) {
  start();
  const json first = json::parse(post(json::array({kHello, say("m1", "ein")})).body)["frames"];
  const int read = first[2]["seq"];
  const json second =
      json::parse(post(json::array({resumed(first[0], read), say("m2", "to")})).body)["frames"];
  ASSERT_EQ(second.size(), 3u);
  EXPECT_EQ(second[0]["conversation"], first[0]["conversation"]);
  EXPECT_EQ(second[1]["type"], "ack");
  EXPECT_EQ(second[2]["reply_to"], "m2");
}

TEST_F(ChatPoll, GivesWhatIsThereAtOnceAndWaitsForTheRest) {
  start();
  const json frames = json::parse(post(json::array({kHello, say("m1", "ein")})).body)["frames"];
  const json& welcome = frames[0];
  const int read = frames[2]["seq"];
  const std::string token = welcome["token"];
  const json missed = json::parse(get(poll_target(welcome, 0), token).body)["frames"];
  ASSERT_EQ(missed.size(), 2u);
  EXPECT_EQ(missed[0]["id"], "m1");
  EXPECT_EQ(missed[1], frames[2]);

  WireClient waiting{port};
  waiting.send("GET " + poll_target(welcome, read) + " HTTP/1.1\r\nHost: a\r\nOrigin: " +
               kOsteroyPage + "\r\nAuthorization: Bearer " + token + "\r\n\r\n");
  while (thread.run([&] { return chat->counters().sessions; }) == 0) std::this_thread::yield();
  const std::string conversation = welcome["conversation"];
  agent(conversation, AgentTakes{AgentId{"kari"}, "Kari"});
  const auto answer = waiting.read_answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->header("Access-Control-Allow-Origin"), kOsteroyPage);
  EXPECT_EQ(json::parse(answer->body)["frames"][0]["kind"], "joined");
  EXPECT_EQ(thread.run([&] { return chat->counters().sessions; }), 0u);
}

TEST_F(ChatPoll, EndsAWaitEmptyHanded) {
  start([](auto& setup) { setup.poll_time = std::chrono::milliseconds{50}; });
  const json welcome = json::parse(post(json::array({kHello})).body)["frames"][0];
  const auto answer = get(poll_target(welcome, 0), welcome["token"]);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, R"({"frames":[]})");
}

TEST_F(ChatPoll, TellsAWaitingClientOfTyping) {
  start();
  const json welcome = json::parse(post(json::array({kHello})).body)["frames"][0];
  WireClient waiting{port};
  waiting.send("GET " + poll_target(welcome, 0) + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " +
               welcome["token"].get<std::string>() + "\r\n\r\n");
  while (thread.run([&] { return chat->counters().sessions; }) == 0) std::this_thread::yield();
  thread.run([&] { typing.typing(number(welcome["conversation"]), service::TypingFrom::agent); });
  EXPECT_EQ(json::parse(waiting.read_answer()->body)["frames"][0]["type"], "typing");
}

TEST_F(ChatPoll, AnswersWaitingPollsWhenItStops) {
  start();
  const json welcome = json::parse(post(json::array({kHello})).body)["frames"][0];
  WireClient waiting{port};
  waiting.send("GET " + poll_target(welcome, 0) + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " +
               welcome["token"].get<std::string>() + "\r\n\r\n");
  while (thread.run([&] { return chat->counters().sessions; }) == 0) std::this_thread::yield();
  std::promise<void> stopped;
  thread.run([&] {
    chat->stop();
    server->stop(std::chrono::seconds{20}, 1001, [&] { stopped.set_value(); });
  });
  EXPECT_EQ(waiting.read_answer()->body, R"({"frames":[]})");
  EXPECT_EQ(stopped.get_future().wait_for(std::chrono::seconds{10}), std::future_status::ready);
}

TEST_F(ChatPoll, AnswersPreflightsOfTheSitesOnly) {
  start();
  const auto preflight = [&](const std::string& path, const std::string& origin) {
    return ask(port, "OPTIONS " + path + " HTTP/1.1\r\nHost: a\r\nOrigin: " + origin +
                         "\r\nAccess-Control-Request-Method: POST\r\n\r\n");
  };
  const auto good = preflight("/chat/v1/messages", kGulenPage);
  EXPECT_EQ(good.status, 204);
  EXPECT_EQ(good.header("Access-Control-Allow-Origin"), kGulenPage);
  EXPECT_EQ(good.header("Access-Control-Allow-Headers"), "Authorization, Content-Type");
  EXPECT_EQ(preflight("/chat/v1/transcript", kGulenPage).status, 204);
  const auto bad = preflight("/chat/v1/messages", "https://evil.no");
  EXPECT_EQ(bad.status, 403);
  EXPECT_EQ(bad.header("Access-Control-Allow-Origin"), "");
}

TEST_F(ChatPoll, HandsOutTheTranscript) {
  start();
  const json frames = json::parse(post(json::array({kHello, say("m1", "hei på deg")})).body)["frames"];
  const std::string target =
      "/chat/v1/transcript?conversation=" + frames[0]["conversation"].get<std::string>();
  const auto text = get(target, frames[0]["token"]);
  EXPECT_EQ(text.status, 200);
  EXPECT_EQ(text.header("Content-Type"), "text/plain; charset=utf-8");
  EXPECT_NE(text.header("Content-Disposition").find("attachment"), std::string::npos);
  EXPECT_NE(text.body.find("transcript_citizen:\nhei på deg"), std::string::npos) << text.body;
  EXPECT_NE(text.body.find("transcript_bot:\nsvar: hei på deg"), std::string::npos);
  const auto as_json = get(target + "&format=json", frames[0]["token"]);
  EXPECT_EQ(json::parse(as_json.body)["events"].size(), 2u);
  EXPECT_EQ(get(target, frames[0]["token"], "Origin: https://evil.no\r\n").status, 403);
}

class ChatPages : public ChatTest {
 protected:
  ChatPages() {
    folder = std::filesystem::temp_directory_path() / ("svar-pages-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder / "web");
    std::filesystem::create_directories(folder / "demo");
    std::ofstream(folder / "web" / "widget.js") << "let widget;";
    std::ofstream(folder / "demo" / "index.html") << "<ul>{{municipalities}}</ul>";
    std::ofstream(folder / "demo" / "page.html") << "{{site}}|{{name}}|{{colour}}|{{language}}";
    std::ofstream(folder / "demo" / "demo.css") << "p{}";
    start([this](auto& setup) {
      setup.web_folder = folder / "web";
      setup.demo_folder = folder / "demo";
    });
  }
  ~ChatPages() override { std::filesystem::remove_all(folder); }

  HttpAnswer fetch(const std::string& path) {
    return ask(port, "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
  }
  std::filesystem::path folder;
};

TEST_F(ChatPages, ServesTheWidgetStableAndImmutable) {
  const auto stable = fetch("/chat/v1/widget.js");
  EXPECT_EQ(stable.body, "let widget;");
  EXPECT_EQ(stable.header("Cache-Control"), "public, max-age=300");
  EXPECT_EQ(stable.header("Access-Control-Allow-Origin"), "*");
  const json description = json::parse(fetch("/chat/v1/widget.json").body);
  EXPECT_TRUE(description["integrity"].get<std::string>().starts_with("sha384-"));
  const auto immutable = fetch(description["url"]);
  EXPECT_EQ(immutable.body, "let widget;");
  EXPECT_NE(immutable.header("Cache-Control").find("immutable"), std::string::npos);
  EXPECT_EQ(fetch("/chat/v1/widget.0000000000000000.js").status, 404);
}

TEST_F(ChatPages, RendersADemoPageForEachSite) {
  EXPECT_EQ(fetch("/demo").header("Location"), "/demo/");
  const auto index = fetch("/demo/");
  EXPECT_NE(index.body.find("<a href=\"/demo/osteroy\">Osterøy</a>"), std::string::npos);
  EXPECT_NE(index.body.find("/demo/felles"), std::string::npos);
  const auto page = fetch("/demo/osteroy");
  EXPECT_EQ(page.body, "osteroy|Osterøy|#7a1f2b|nn");
  const std::string policy = page.header("Content-Security-Policy");
  EXPECT_NE(policy.find("script-src 'self'"), std::string::npos);
  EXPECT_EQ(policy.find("unsafe"), std::string::npos);
  EXPECT_EQ(fetch("/demo/oslo").status, 404);
  EXPECT_EQ(fetch("/demo/demo.css").header("Content-Type"), "text/css; charset=utf-8");
  EXPECT_EQ(fetch("/demo/page.html").status, 404);
}

}  // namespace
}  // namespace svar::tests
