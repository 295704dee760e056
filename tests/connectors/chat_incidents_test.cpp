// The banner of what is out of order, over both transports.
#include "bot/service/incidents/incidents.h"
#include "tests/connectors/chat_fixture.h"
#include "tests/service/incidents/memory_incident_store.h"
#include "tests/service/people/people_fakes.h"

namespace svar::tests {
namespace {

using std::chrono::hours;

const MunicipalityId kOsteroy{"osteroy"};
const json kHello = {{"type", "hello"}, {"site", "osteroy"}};

class ChatIncidents : public ChatTest {
 protected:
  ChatIncidents() {
    incidents = service::Incidents::load(incident_store, clock).value();
    start([this](auto& setup) { setup.incidents = incidents.get(); });
  }
  // The order of ending: the chat listens to what ends after it.
  ~ChatIncidents() override {
    thread.stop();
    server.reset();
    router.reset();
    chat.reset();
  }

  // Returns when it is durable; whoever is concerned has been told by then.
  service::Incident write(const std::string& text, hours from = hours{0},
                          const MunicipalityId& municipality = kOsteroy) {
    const service::IncidentDraft draft{
        municipality,         std::nullopt,
        {Language::nn, text}, service::IncidentText{Language::en, "In English"},
        clock.now() + from,   clock.now() + from + hours{4}};
    std::promise<service::Incident> written;
    thread.run([&] {
      incidents->add(author, draft, [&](const auto& done) {
        written.set_value(std::get<service::Incident>(done));
      });
    });
    return written.get_future().get();
  }
  void end(const service::Incident& incident) {
    std::promise<void> done;
    thread.run([&] {
      incidents->end(author, incident.id, incident.version, [&](const auto&) { done.set_value(); });
    });
    done.get_future().get();
  }
  void pass(hours time) {
    thread.run([&] { clock.advance(time); });
  }
  static std::string only_text(const json& frame) {
    return frame["incidents"].size() == 1
               ? frame["incidents"][0]["texts"][0]["text"].get<std::string>()
               : frame.dump();
  }

  fakes::MemoryIncidentStore incident_store{thread.io()};
  std::unique_ptr<service::Incidents> incidents;
  const service::Account author = fakes::agent("kari", {kOsteroy, MunicipalityId{"gulen"}});
};

TEST_F(ChatIncidents, AreToldBehindTheWelcomeInEveryLanguageTheyHave) {
  const auto incident = write("Vatnet er borte.");
  auto citizen = connect();
  EXPECT_EQ(citizen.hello()["type"], "welcome");
  const json frame = citizen.next();
  EXPECT_EQ(frame["type"], "incident");
  const json& one = frame["incidents"][0];
  EXPECT_EQ(one["id"], std::to_string(incident.id));
  EXPECT_EQ(one["texts"], json::parse(R"([{"language":"nn","text":"Vatnet er borte."},
                                          {"language":"en","text":"In English"}])"));
  EXPECT_TRUE(one["to"].get<std::string>().ends_with("Z"));
}

TEST_F(ChatIncidents, AreToldWhenTheyBeginChangeAndEnd) {
  auto citizen = connect();
  citizen.hello();
  const auto first = write("Vatnet er borte.");
  EXPECT_EQ(only_text(citizen.next()), "Vatnet er borte.");
  write("Vegen er stengd.");
  EXPECT_EQ(citizen.next()["incidents"].size(), 2U);
  end(first);
  EXPECT_EQ(only_text(citizen.next()), "Vegen er stengd.");
}

TEST_F(ChatIncidents, BeginAndEndByTheClockAlone) {
  write("Straumen går.", hours{1});
  auto citizen = connect();
  citizen.hello();
  pass(hours{1});
  EXPECT_EQ(only_text(citizen.next()), "Straumen går.");
  pass(hours{4});
  EXPECT_EQ(citizen.next()["incidents"], json::array());
}

TEST_F(ChatIncidents, OfAnotherMunicipalityAreNoNews) {
  auto citizen = connect();
  citizen.hello();
  write("Gulen er utan straum.", hours{0}, MunicipalityId{"gulen"});
  EXPECT_EQ(citizen.say("m1", "hei")["type"], "ack");
}

TEST_F(ChatIncidents, AreNotToldAgainToWhoShowsThem) {
  write("Vatnet er borte.");
  auto citizen = connect();
  citizen.hello();
  const std::string shown = citizen.next()["version"];
  auto again = connect();
  again.hello({{"incidents", shown}});
  EXPECT_EQ(again.say("m1", "hei")["type"], "ack");
  auto late = connect();
  late.hello({{"incidents", "of yesterday"}});
  EXPECT_EQ(only_text(late.next()), "Vatnet er borte.");
}

class PolledIncidents : public ChatIncidents {
 protected:
  PolledIncidents() { welcome = json::parse(post(json::array({kHello})).body)["frames"][0]; }
  std::string target(const std::string& incidents, const std::string& site = "osteroy") const {
    return "/chat/v1/messages?conversation=" + welcome["conversation"].get<std::string>() +
           "&after=0&incidents=" + incidents + "&site=" + site;
  }
  json polled(const std::string& target) {
    return json::parse(get(target, welcome["token"]).body)["frames"];
  }
  json welcome;
};

TEST_F(PolledIncidents, AnswerAWaitingGet) {
  WireClient waiting{port};
  waiting.send("GET " + target("none") + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " +
               welcome["token"].get<std::string>() + "\r\n\r\n");
  while (thread.run([&] { return chat->counters().sessions; }) == 0) std::this_thread::yield();
  write("Vatnet er borte.");
  EXPECT_EQ(only_text(json::parse(waiting.read_answer()->body)["frames"][0]), "Vatnet er borte.");
}

TEST_F(PolledIncidents, ThatCameOrWentBetweenTwoGetsAnswerTheNextAtOnce) {
  const auto incident = write("Vatnet er borte.");
  const json told = polled(target("none"));
  EXPECT_EQ(only_text(told[0]), "Vatnet er borte.");
  end(incident);
  const json gone = polled(target(told[0]["version"]));
  EXPECT_EQ(gone[0]["incidents"], json::array());
  EXPECT_EQ(gone[0]["version"], "none");
}

TEST_F(PolledIncidents, AreOnlyForClientsThatAsk) {
  write("Vatnet er borte.");
  json hello = kHello;
  hello["resume"] = {{"conversation", welcome["conversation"]}, {"token", welcome["token"]}};
  post(json::array({hello, {{"type", "say"}, {"id", "m1"}, {"text", "hei"}}}));
  for (const json& frame : polled(target(""))) EXPECT_EQ(frame["type"], "event");
  EXPECT_EQ(polled(target("none")).back()["type"], "incident");
}

}  // namespace
}  // namespace svar::tests
