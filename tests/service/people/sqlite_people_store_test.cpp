#include "bot/store/people/sqlite_people_store.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/service/people/people_fakes.h"

namespace svar::store {
namespace {

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
    auto store = SqlitePeopleStore::open(folder / "people.db", executor);
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
                                fakes::kMonday};

TEST_F(SqlitePeopleStoreTest, GivesBackAfterARestartWhatItWasGiven) {
  service::Account kari =
      fakes::agent("kari", {MunicipalityId{"modalen"}, MunicipalityId{"osteroy"}});
  kari.display_name = "Kari «O'Hara»; DROP TABLE account";
  kari.roles = {service::Role::agent, service::Role::editor, service::Role::administrator};
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
  const auto store = SqlitePeopleStore::open(folder / "people.db", executor);
  ASSERT_FALSE(store);
  EXPECT_NE(store.error().what, "");
}

}  // namespace
}  // namespace svar::store
