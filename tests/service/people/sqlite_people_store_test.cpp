#include "bot/store/people/sqlite_people_store.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "bot/store/people/audit_rows.h"
#include "bot/store/people/people_schema.h"
#include "tests/service/people/people_fakes.h"

namespace svar::store {
namespace {

constexpr SealingKey kKey{7};

class SqlitePeopleStoreTest : public ::testing::Test {
 protected:
  SqlitePeopleStoreTest() {
    folder = std::filesystem::temp_directory_path() /
             ("svar-people-" + std::to_string(::getpid()) + "-" +
              ::testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
  }
  ~SqlitePeopleStoreTest() override { std::filesystem::remove_all(folder); }

  std::unique_ptr<SqlitePeopleStore> open() {
    auto store = SqlitePeopleStore::open(folder / "people.db", executor, kKey);
    EXPECT_TRUE(store) << (store ? "" : store.error().what);
    return std::move(*store);
  }
  service::Stored counted() {
    return [this](auto error) {
      EXPECT_FALSE(error) << error->what;
      ++stored;
    };
  }

  std::filesystem::path folder;
  fakes::ManualExecutor executor;
  int stored = 0;
};

const service::Session kSession{service::SessionKey{"digest"}, AgentId{"kari"}, fakes::kMonday,
                                fakes::kMonday, "Firefox, Linux"};

TEST_F(SqlitePeopleStoreTest, GivesBackAfterARestartWhatItWasGiven) {
  service::Account kari =
      fakes::agent("kari", {MunicipalityId{"modalen"}, MunicipalityId{"osteroy"}});
  kari.display_name = "Kari «O'Hara»; DROP TABLE account";
  kari.rights.add({service::Role::editor, std::nullopt});
  kari.rights.add({service::Role::administrator, MunicipalityId{"modalen"}});
  kari.disabled = true;
  kari.invitation = service::Invitation{"digest", fakes::kMonday};
  kari.totp = service::Totp{std::string("\0secret\xff", 8), 57'000'000, {"one", "two"}};
  {
    const auto store = open();
    store->save_account(kari, counted());
    store->save_account(fakes::agent("ola"), counted());
    store->save_session(kSession, counted());
    ASSERT_TRUE(executor.run_until([&] { return stored == 3; }));
  }
  const auto everything = open()->load();
  ASSERT_TRUE(everything);
  EXPECT_EQ(everything->accounts, (std::vector{kari, fakes::agent("ola")}));
  EXPECT_EQ(everything->sessions, std::vector{kSession});
}

// What version 1 of the schema stored.
void make_first_version(const std::filesystem::path& file) {
  auto connection = Connection::open(file, OpenMode::create);
  ASSERT_TRUE(connection->execute(std::string(kPeopleSchema[0]) + "; PRAGMA user_version=1;" + R"(
    INSERT INTO account VALUES('administrator', 'Administrator', 'plain:a', 'agent,admin,', '');
    INSERT INTO account VALUES('kari', 'Kari', 'plain:b', 'agent,editor,', 'gulen,modalen,');
    INSERT INTO account VALUES('per', 'Per', 'plain:c', 'admin,', 'gulen,');
    INSERT INTO account VALUES('tom', 'Tom', 'plain:d', '', '');
    INSERT INTO session VALUES('digest', 'kari', 1, 2))"));
}

TEST_F(SqlitePeopleStoreTest, ReadsWhatTheFirstVersionStored) {
  make_first_version(folder / "people.db");
  const auto everything = open()->load();
  ASSERT_TRUE(everything);
  std::map<std::string, std::string> rights;
  for (const auto& account : everything->accounts)
    rights[account.name.value] = text_of(account.rights);
  const std::map<std::string, std::string> wanted{
      {"administrator", "agent:*,system:*"},
      {"kari", "agent:gulen,agent:modalen,editor:gulen,editor:modalen"},
      {"per", "admin:gulen"},
      {"tom", ""}};
  EXPECT_EQ(rights, wanted);
  EXPECT_EQ(everything->accounts.at(1).password_hash, "plain:b");
  ASSERT_EQ(everything->sessions.size(), 1u);
  EXPECT_EQ(everything->sessions.front().agent, AgentId{"kari"});
}

TEST_F(SqlitePeopleStoreTest, TheFileAloneGivesNobodyASecondFactor) {
  auto kari = fakes::agent("kari");
  kari.totp = service::Totp{"ein-svaert-hemmeleg-nykel", 1, {"digest"}};
  open()->save_account(kari, counted());
  ASSERT_TRUE(executor.run_until([&] { return stored == 1; }));
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    std::ifstream in(file.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    EXPECT_EQ(bytes.find("hemmeleg"), std::string::npos) << file.path();
  }
  const auto other = SqlitePeopleStore::open(folder / "people.db", executor, SealingKey{8});
  EXPECT_EQ((*other)->load()->accounts.front().totp, (service::Totp{"", 1, {"digest"}}));
}

TEST(SecretSealing, OpensForItsOwnerAndItsKeyAlone) {
  const std::string sealed = seal(kKey, "kari", "løyndom");
  EXPECT_EQ(unseal(kKey, "kari", sealed), "løyndom");
  EXPECT_NE(seal(kKey, "kari", "løyndom"), sealed);
  EXPECT_FALSE(unseal(kKey, "ola", sealed));
  EXPECT_FALSE(unseal(SealingKey{8}, "kari", sealed));
  EXPECT_FALSE(unseal(kKey, "kari", sealed.substr(1)));
  EXPECT_FALSE(unseal(kKey, "kari", ""));
  EXPECT_FALSE(unseal(kKey, "kari", "not base64!"));
}

service::AuditEntry entry(std::int64_t minute, const std::string& who,
                          const service::AuditScope& scope) {
  service::AuditEntry entry;
  entry.at = fakes::kMonday + std::chrono::minutes{minute};
  entry.kind = service::AuditKind::conversation_opened;
  entry.who = AgentId{who};
  entry.conversation = ConversationId{100 + minute};
  entry.why = "waiting";
  entry.scope = scope;
  return entry;
}

class AuditStoreTest : public SqlitePeopleStoreTest {
 protected:
  AuditStoreTest() : store(open()) {
    const MunicipalityId gulen{"gulen"}, osteroy{"osteroy"};
    store->record(entry(0, "kari", {false, {osteroy}}), counted());
    store->record(entry(1, "ola", {false, {gulen, osteroy}}), counted());
    store->record(entry(2, "kari", {true, {}}), counted());
    store->record(entry(3, "", {}), counted());
  }
  // The minutes of what was found.
  std::vector<std::int64_t> found(const service::AuditQuery& query) {
    std::optional<std::vector<std::int64_t>> minutes;
    store->read(query, [&](const auto& entries) {
      minutes.emplace();
      for (const auto& each : *entries) minutes->push_back(each.conversation->value - 100);
    });
    executor.run_until([&] { return minutes.has_value(); });
    return minutes.value_or(std::vector<std::int64_t>{-1});
  }
  using Minutes = std::vector<std::int64_t>;
  std::unique_ptr<SqlitePeopleStore> store;
};

TEST_F(AuditStoreTest, GivesTheNewestFirstAndIsReadableBesideTheService) {
  EXPECT_EQ(found({}), (Minutes{3, 2, 1, 0}));
  const auto read = read_audit_file(folder / "people.db", {});
  ASSERT_TRUE(read);
  auto first = entry(0, "kari", {false, {MunicipalityId{"osteroy"}}});
  first.number = 1;
  EXPECT_EQ(read->back(), first);
}

TEST_F(AuditStoreTest, AnAdministratorIsGivenWhatConcernsItsMunicipality) {
  service::AuditQuery query;
  query.municipalities = {{MunicipalityId{"gulen"}}};
  EXPECT_EQ(found(query), (Minutes{2, 1}));
  query.municipalities = {{MunicipalityId{"gulen"}, MunicipalityId{"osteroy"}}};
  EXPECT_EQ(found(query), (Minutes{2, 1, 0}));
  query.municipalities = {{MunicipalityId{"oster"}}};
  EXPECT_EQ(found(query), (Minutes{2}));
  query.municipalities.emplace();
  EXPECT_EQ(found(query), (Minutes{2}));
}

TEST_F(AuditStoreTest, FindsByAgentConversationTimeAndPage) {
  service::AuditQuery by_agent;
  by_agent.agent = AgentId{"kari"};
  EXPECT_EQ(found(by_agent), (Minutes{2, 0}));
  service::AuditQuery by_conversation;
  by_conversation.conversation = ConversationId{101};
  EXPECT_EQ(found(by_conversation), (Minutes{1}));
  service::AuditQuery by_time;
  by_time.from = fakes::kMonday + std::chrono::minutes{1};
  by_time.until = fakes::kMonday + std::chrono::minutes{3};
  EXPECT_EQ(found(by_time), (Minutes{2, 1}));
  service::AuditQuery page;
  page.before = 3;
  page.count_max = 1;
  EXPECT_EQ(found(page), (Minutes{1}));
  service::AuditQuery by_kind;
  by_kind.kind = service::AuditKind::signed_in;
  EXPECT_EQ(found(by_kind), Minutes{});
}

TEST_F(AuditStoreTest, ForgetsWhatIsTooOld) {
  store->forget_before(fakes::kMonday + std::chrono::minutes{2}, counted());
  EXPECT_EQ(found({}), (Minutes{3, 2}));
}

TEST_F(SqlitePeopleStoreTest, ReplacesWhatIsSavedAgain) {
  const auto store = open();
  store->save_account(fakes::agent("kari"), counted());
  store->save_account(fakes::agent("kari", {MunicipalityId{"modalen"}}), counted());
  service::Session used = kSession;
  store->save_session(used, counted());
  used.last_used += std::chrono::minutes{5};
  store->save_session(used, counted());
  ASSERT_TRUE(executor.run_until([&] { return stored == 4; }));
  EXPECT_EQ(store->load()->accounts,
            std::vector{fakes::agent("kari", {MunicipalityId{"modalen"}})});
  EXPECT_EQ(store->load()->sessions, std::vector{used});
}

TEST_F(SqlitePeopleStoreTest, RemovesAnAccountWithItsSessions) {
  const auto store = open();
  store->save_account(fakes::agent("kari"), counted());
  store->save_session(kSession, counted());
  store->remove_account(AgentId{"kari"}, counted());
  ASSERT_TRUE(executor.run_until([&] { return stored == 3; }));
  EXPECT_TRUE(store->load()->accounts.empty());
  EXPECT_TRUE(store->load()->sessions.empty());
}

TEST_F(SqlitePeopleStoreTest, RemovesASession) {
  const auto store = open();
  store->save_account(fakes::agent("kari"), counted());
  store->save_session(kSession, counted());
  store->remove_session(kSession.key, counted());
  ASSERT_TRUE(executor.run_until([&] { return stored == 3; }));
  EXPECT_TRUE(store->load()->sessions.empty());
}

TEST_F(SqlitePeopleStoreTest, FinishesWhatIsPendingWhenItEnds) {
  {
    const auto store = open();
    for (int i = 0; i < 20; ++i)
      store->save_account(fakes::agent("a" + std::to_string(i)), counted());
  }
  executor.run();
  EXPECT_EQ(stored, 20);
  EXPECT_EQ(open()->load()->accounts.size(), 20u);
}

TEST_F(SqlitePeopleStoreTest, ItsFileIsForItsOwnerAlone) {
  const auto store = open();
  using std::filesystem::perms;
  const auto mode = std::filesystem::status(folder / "people.db").permissions();
  EXPECT_EQ(mode & (perms::group_all | perms::others_all), perms::none);
}

TEST_F(SqlitePeopleStoreTest, SaysWhatIsWrongWithAFileThatIsNoDatabase) {
  std::ofstream(folder / "people.db") << std::string(4'096, 'x');
  const auto store = SqlitePeopleStore::open(folder / "people.db", executor, kKey);
  ASSERT_FALSE(store);
  EXPECT_NE(store.error().what, "");
}

}  // namespace
}  // namespace svar::store
