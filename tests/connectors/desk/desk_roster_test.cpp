#include "bot/service/desk/roster.h"
#include "tests/connectors/desk/desk_client.h"

namespace svar::desk {
namespace {

using fakes::json;

class DeskRoster : public fakes::DeskClient {
 protected:
  DeskRoster() {
    std::string always;
    for (const char* name : {"kari", "ola", "gudrun", "eva", "nobody"})
      for (const char* day : {"2026-11-22", "2026-11-23", "2026-11-24"})
        always += std::string{day} + ";00:00;24:00;" + name + "\n";
    roster.replace(*service::read_roster(always));
    world.clock.set(Time{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23}} +
                    std::chrono::hours{11});
    EXPECT_EQ(log_in("kari").status, 200);
  }
  json shown() { return json::parse(get("/desk/v1/roster").body); }
  static std::vector<std::string> names(const json& shown) {
    std::vector<std::string> all;
    for (const auto& one : shown["on"]) all.push_back(one["name"]);
    return all;
  }
  using Names = std::vector<std::string>;
};

TEST_F(DeskRoster, NamesWhoShouldBeHereAndWhoOfThemIs) {
  const auto kari = open_screen();
  const json now = shown();
  EXPECT_EQ(names(now), (Names{"gudrun", "kari", "ola"})) << "no editor, nobody without an account";
  EXPECT_EQ(now["on"][1]["present"], true);
  EXPECT_EQ(now["on"][2]["present"], false);
  EXPECT_EQ(now["on"][1]["to"], "24:00");
  EXPECT_TRUE(now["fault_line"].is_null());
}

TEST_F(DeskRoster, IsTheAgentsAndOfTheirMunicipalitiesAlone) {
  add_person("gerd", "agent:osteroy", std::nullopt);
  roster.replace(*service::read_roster("2026-11-23;00:00;24:00;gerd\n"));
  EXPECT_EQ(names(shown()), Names{"gerd"});
  log_in("gudrun");
  EXPECT_EQ(names(shown()), Names{}) << "Gulen has nothing to do with Osterøy's";
  log_in("eva");
  EXPECT_EQ(get("/desk/v1/roster").status, 403);
}

TEST_F(DeskRoster, AFaultIsToldBesideTheLastGoodOne) {
  roster.fail({7, "the account is missing"});
  EXPECT_EQ(shown()["fault_line"], 7);
  EXPECT_EQ(shown()["on"].size(), 3U);
}

}  // namespace
}  // namespace svar::desk
