#include "bot/service/people/first_accounts.h"

#include <gtest/gtest.h>

#include "bot/service/people/secrets.h"
#include "tests/service/people/people_fakes.h"

namespace svar::service {
namespace {

class FirstAccounts : public ::testing::Test {
 protected:
  std::optional<FirstLogins> create(People& people) {
    std::optional<FirstLogins> logins;
    create_first_accounts(people, hasher, [&](auto made) {
      if (made) logins = *made;
    });
    executor.run();
    return logins;
  }
  fakes::ManualClock clock{fakes::kMonday};
  fakes::ManualExecutor executor;
  fakes::MemoryPeopleStore store{executor};
  fakes::PlainHasher hasher{executor};
};

TEST_F(FirstAccounts, AreMadeOnceAndStoredHashed) {
  auto people = People::load(store, clock).value();
  const auto logins = create(*people);
  ASSERT_TRUE(logins);
  for (const auto& [login, rights] : {std::pair{logins->agent, "agent:*"},
                                      std::pair{logins->administrator, "agent:*,system:*"}}) {
    EXPECT_GE(login.password.size(), 20u);
    const Account& stored = store.accounts.at(login.name);
    EXPECT_EQ(stored.password_hash, "plain:" + login.password);
    EXPECT_EQ(text_of(stored.rights), rights);
  }
  EXPECT_NE(logins->agent.password, logins->administrator.password);
  EXPECT_FALSE(create(*people));
  EXPECT_FALSE(create(*People::load(store, clock).value()));
}

TEST_F(FirstAccounts, AreNotToldWhenTheyCouldNotBeStored) {
  auto people = People::load(store, clock).value();
  store.failing = true;
  EXPECT_FALSE(create(*people));
  EXPECT_TRUE(people->empty());
}

TEST(ReadablePasswords, AreDifferentAndFreeOfDoubtfulLetters) {
  std::set<std::string> seen;
  for (int i = 0; i < 1'000; ++i) {
    const auto password = new_readable_password();
    EXPECT_EQ(password.size(), 24u);
    EXPECT_EQ(password.find_first_of("il1o0"), std::string::npos);
    EXPECT_TRUE(is_acceptable_password(password));
    seen.insert(password);
  }
  EXPECT_EQ(seen.size(), 1'000u);
}

}  // namespace
}  // namespace svar::service
