#include "bot/server/settings.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace svar::server {
namespace {

class SettingsTest : public testing::Test {
 protected:
  ~SettingsTest() override { std::filesystem::remove(file); }

  Result<Settings, std::vector<SettingsFault>> read(const std::string& yaml,
                                                    const std::vector<std::string>& set = {}) {
    std::ofstream(file) << yaml;
    return read_settings(file.string(), set);
  }
  // The one fault, as a line, without the file's name.
  std::string fault(const std::string& yaml, const std::vector<std::string>& set = {}) {
    const auto settings = read(yaml, set);
    EXPECT_FALSE(settings);
    if (settings || settings.error().size() != 1) return "not one fault";
    std::string line = to_line(settings.error().front());
    if (line.starts_with(file.string())) line.erase(0, file.string().size());
    return line;
  }

  std::filesystem::path file = std::filesystem::temp_directory_path() /
                               ("svarsentral-settings-" + std::to_string(::getpid()) + ".yaml");
};

TEST_F(SettingsTest, HaveTheDefaultsOfTheCommentedFile) {
  const auto shipped = read_settings(SVAR_SETTINGS_FILE, {});
  ASSERT_TRUE(shipped) << to_line(shipped.error().front());
  const auto none = read_settings("", {});
  EXPECT_EQ(shipped->http.port, none->http.port);
  EXPECT_EQ(shipped->http.connections_max, none->http.connections_max);
  EXPECT_EQ(shipped->store.path, none->store.path);
  EXPECT_EQ(shipped->conversations.inactivity, none->conversations.inactivity);
  EXPECT_EQ(shipped->desk.idle, none->desk.idle);
  EXPECT_EQ(shipped->limits.enabled, none->limits.enabled);
  EXPECT_EQ(shipped->limits.in_service_max, none->limits.in_service_max);
  EXPECT_EQ(shipped->limits.waiting_max, none->limits.waiting_max);
  EXPECT_EQ(shipped->limits.wait_max, none->limits.wait_max);
  EXPECT_EQ(shipped->log.format, none->log.format);
}

TEST_F(SettingsTest, NameTheKeyAndTheLineOfAFault) {
  EXPECT_EQ(fault("http:\n  address: 127.0.0.1\n  port: eighty\n"),
            ":3: http.port must be a whole number from 0 to 65535, not «eighty»");
}

TEST_F(SettingsTest, TellEveryFaultAtOnce) {
  const auto settings = read("http:\n  port: 70000\n  tls: perhaps\nlog:\n  level: loud\n");
  ASSERT_FALSE(settings);
  EXPECT_EQ(settings.error().size(), 3u);
}

TEST_F(SettingsTest, ReadWhatAMunicipalityHasOfItsOwnInTheQueue) {
  const auto settings =
      read("desk:\n  capacities_in: [modalen=1]\n  wait_minutes_max_in: [osteroy=5, fedje=0]\n");
  ASSERT_TRUE(settings);
  EXPECT_EQ(settings->desk.capacity.within(MunicipalityId{"modalen"}), 1);
  EXPECT_FALSE(settings->desk.capacity.within(MunicipalityId{"osteroy"}));
  EXPECT_EQ(settings->desk.wait_max_in.at(MunicipalityId{"osteroy"}), std::chrono::minutes{5});
  EXPECT_EQ(settings->desk.wait_max_in.at(MunicipalityId{"fedje"}), std::chrono::minutes{0});
}

TEST_F(SettingsTest, RefuseWhatIsNoNumberForAMunicipality) {
  EXPECT_EQ(fault("desk:\n  wait_minutes_max_in: [osteroy=fem]\n"),
            ":2: desk.wait_minutes_max_in must hold items like «osteroy=5» with a number from 0 to "
            "240, not «osteroy=fem»");
  EXPECT_NE(fault("desk:\n  capacities_in: [osteroy=0]\n").find(":2: desk.capacities_in must hold"),
            std::string::npos);
}

TEST_F(SettingsTest, NameKeyAndLineOfAMunicipalityThatNobodyServes) {
  const auto settings = read(
      "desk:\n  capacity: 3\n  wait_minutes_max_in: [osteroi=5, gulen=7]\n  push_in: [gulen, "
      "fjell]\n",
      {"desk.capacities_in=fjell=1"});
  ASSERT_TRUE(settings);
  const auto lines = unknown_municipalities(
      *settings, [](const MunicipalityId& id) { return id.value == "gulen"; });
  ASSERT_TRUE(lines);
  EXPECT_EQ(*lines,
            "--set: desk.capacities_in «fjell» is no municipality of the content\n" +
                file.string() +
                ":3: desk.wait_minutes_max_in «osteroi» is no municipality of the content\n" +
                file.string() + ":4: desk.push_in «fjell» is no municipality of the content");
  EXPECT_FALSE(unknown_municipalities(*settings, [](const auto&) { return true; }));
}

TEST_F(SettingsTest, SuggestTheKeyThatWasMeant) {
  EXPECT_EQ(fault("http:\n  prot: 80\n"),
            ":2: http.prot is not a key of this version; did you mean http.port?");
}

TEST_F(SettingsTest, RefuseAFileThatIsNotYaml) {
  EXPECT_NE(fault("http: [").find("is not YAML"), std::string::npos);
}

TEST_F(SettingsTest, RefuseAListWhereOneValueIsWanted) {
  EXPECT_EQ(fault("store:\n  path: [a, b]\n"), ":2: store.path takes one value, not a list");
}

TEST_F(SettingsTest, LetAnOverrideWin) {
  const auto settings = read("http:\n  port: 80\n", {"http.port=8081", "limits.enabled=false"});
  ASSERT_TRUE(settings);
  EXPECT_EQ(settings->http.port, 8081);
  EXPECT_FALSE(settings->limits.enabled);
}

TEST_F(SettingsTest, RefuseAnOverrideThatIsNone) {
  EXPECT_EQ(fault("", {"http.port"}),
            "--set: http.port write it as key=value, e.g. http.port=8081");
}

TEST_F(SettingsTest, SayThatAFileIsMissing) {
  const auto settings = read_settings("/nowhere/svarsentral.yaml", {});
  ASSERT_FALSE(settings);
  EXPECT_NE(settings.error().front().what.find("can't be opened"), std::string::npos);
}

TEST_F(SettingsTest, WantBothFilesForTls) {
  EXPECT_NE(fault("http:\n  tls: files\n").find("http.tls_certificate"), std::string::npos);
}

}  // namespace
}  // namespace svar::server
