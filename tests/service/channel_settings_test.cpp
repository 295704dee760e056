#include "bot/server/channels/channel_settings.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "bot/server/channels/secret_file.h"
#include "bot/server/settings.h"

namespace svar::server {
namespace {

class ChannelSettingsTest : public testing::Test {
 protected:
  ~ChannelSettingsTest() override { std::filesystem::remove(file_); }

  Result<Settings, std::vector<SettingsFault>> read(const std::string& yaml) {
    std::ofstream(file_) << yaml;
    return read_settings(file_, {});
  }
  // The faults, each as a line without the file's name.
  std::vector<std::string> faults(const std::string& yaml) {
    const auto settings = read(yaml);
    std::vector<std::string> lines;
    if (settings) return lines;
    for (const SettingsFault& fault : settings.error())
      lines.push_back(to_line(fault).substr(file_.size()));
    return lines;
  }

  const std::string file_ = std::filesystem::temp_directory_path() /
                            ("svarsentral-channels-" + std::to_string(::getpid()));
};

TEST_F(ChannelSettingsTest, HaveNoAccountUnlessOneIsWritten) {
  EXPECT_TRUE(read_settings("", {})->channels.accounts.empty());
  const auto shipped = read_settings(SVAR_SETTINGS_FILE, {});
  ASSERT_TRUE(shipped) << to_line(shipped.error().front());
  const ChannelSettings defaults;
  EXPECT_TRUE(shipped->channels.accounts.empty());
  EXPECT_EQ(shipped->channels.telegram_api, defaults.telegram_api);
  EXPECT_EQ(shipped->channels.graph_api, defaults.graph_api);
  EXPECT_EQ(shipped->channels.graph_version, defaults.graph_version);
  EXPECT_TRUE(shipped->channels.internal_origins.empty());
}

TEST_F(ChannelSettingsTest, HoldAnAccountOfEachPlatformForEachMunicipality) {
  const auto settings = read(R"(channels:
  telegram:
    - {site: osteroy, token_file: /s/t, secret_file: /s/h}
    - {site: gulen, token_file: /s/t2, secret_file: /s/h2}
  messenger: [{site: osteroy, page: "12", app: "34", token_file: /s/p, app_secret_file: /s/a, verify_token_file: /s/v}]
  instagram: [{site: osteroy, account: "56", app: "34", token_file: /s/p, app_secret_file: /s/a,
    verify_token_file: /s/v}]
  whatsapp: [{site: osteroy, number: "78", business: "90", app: "34", token_file: /s/p, app_secret_file: /s/a,
    verify_token_file: /s/v}]
  webhook: [{site: osteroy, url: "https://sms.example.no/in", secret_file: /s/w}]
  internal_origins: ["http://10.0.0.5:8080"]
)");
  ASSERT_TRUE(settings) << to_line(settings.error().front());
  const auto& accounts = settings->channels.accounts;
  ASSERT_EQ(accounts.size(), 6U);
  EXPECT_EQ(accounts[0].id(), "telegram:osteroy");
  EXPECT_EQ(accounts[0].path(), "/channels/v1/telegram/osteroy");
  EXPECT_EQ(accounts[0].token_file, "/s/t");
  EXPECT_EQ(accounts[0].where, file_ + ":3");
  EXPECT_EQ(accounts[1].id(), "telegram:gulen");
  EXPECT_EQ(accounts[2].node, "12");
  EXPECT_EQ(accounts[2].secret_file, "/s/a");
  EXPECT_EQ(accounts[3].node, "56");
  EXPECT_EQ(accounts[4].business, "90");
  EXPECT_EQ(accounts[5].url, "https://sms.example.no/in");
  EXPECT_EQ(settings->channels.internal_origins, std::vector<std::string>{"http://10.0.0.5:8080"});
}

TEST_F(ChannelSettingsTest, TellWhatAnAccountLacksAndWhatItHasTooMuchOf) {
  EXPECT_EQ(faults("channels:\n  telegram:\n    - site: osteroy\n      token_file: /s/t\n"),
            std::vector<std::string>{":3: channels.telegram.secret_file is missing"});
  EXPECT_EQ(
      faults("channels:\n  telegram:\n    - site: osteroy\n      token: 12:ab\n"),
      std::vector<std::string>{":4: channels.telegram.token is not a key of such an account"});
  EXPECT_EQ(
      faults("channels:\n  messenger:\n    - {site: osteroy, page: my-page}\n"),
      std::vector<std::string>{":3: channels.messenger.page must be an id of digits, in quotes"});
  EXPECT_EQ(
      faults("channels:\n  telegram: osteroy\n"),
      std::vector<std::string>{":2: channels.telegram holds a list of accounts, each with a dash"});
  EXPECT_EQ(faults("channels:\n  telegram: [osteroy]\n"),
            std::vector<std::string>{
                ":2: channels.telegram holds accounts, each with site, token_file, secret_file"});
  EXPECT_EQ(faults("channels:\n  telegram: [{site: ../x, token_file: /t, secret_file: /s}]\n"),
            std::vector<std::string>{":2: channels.telegram.site must be a municipality's id"});
  EXPECT_EQ(faults("channels:\n  viber: []\n").size(), 1U);
}

TEST_F(ChannelSettingsTest, HaveOneAccountOfAPlatformForAMunicipality) {
  EXPECT_EQ(faults("channels:\n  telegram:\n    - {site: gulen, token_file: /t, secret_file: /s}\n"
                   "    - {site: gulen, token_file: /u, secret_file: /v}\n"),
            std::vector<std::string>{":4: channels.telegram.site has an account already: gulen"});
}

TEST_F(ChannelSettingsTest, TakeASecretFromAFileThatOthersCannotRead) {
  std::ofstream(file_) << "12:abc\n";
  ::chmod(file_.c_str(), 0640);
  EXPECT_EQ(*read_secret(file_), "12:abc");
  ::chmod(file_.c_str(), 0644);
  ASSERT_FALSE(read_secret(file_));
  EXPECT_EQ(read_secret(file_).error(), file_ + " is open to others on this machine: chmod 0640");
}

TEST_F(ChannelSettingsTest, RefuseWhatIsNoSecretWithoutRepeatingIt) {
  EXPECT_FALSE(read_secret("/nowhere/at/all"));
  EXPECT_FALSE(read_secret(std::filesystem::temp_directory_path()));
  for (const std::string& held : {std::string(""), std::string("\n"), std::string("canary canary"),
                                  std::string("canary\nb"), std::string("canary\xc3\xa5"),
                                  std::string("canary\0", 7), "canary" + std::string(5000, 'x')}) {
    std::ofstream(file_, std::ios::trunc) << held;
    ::chmod(file_.c_str(), 0600);
    const auto secret = read_secret(file_);
    ASSERT_FALSE(secret);
    EXPECT_EQ(secret.error().find("canary"), std::string::npos);
  }
}

}  // namespace
}  // namespace svar::server
