#include "connectors/outbound/system_resolver.h"

#include <gtest/gtest.h>

#include <future>
#include <optional>

namespace svar::tests {
namespace {

using outbound::SystemResolver;
using Addresses = std::vector<std::string>;

// Nothing when there is no outcome within ten seconds.
std::optional<Addresses> looked_up(SystemResolver& resolver, const std::string& host) {
  const auto found = std::make_shared<std::promise<Addresses>>();
  resolver.resolve(host, [found](Addresses addresses) { found->set_value(std::move(addresses)); });
  auto future = found->get_future();
  if (future.wait_for(std::chrono::seconds(10)) != std::future_status::ready) return std::nullopt;
  return future.get();
}

TEST(SystemResolver, KnowsThisMachineAndPlainAddresses) {
  SystemResolver resolver;
  const auto here = looked_up(resolver, "localhost");
  ASSERT_TRUE(here);
  ASSERT_FALSE(here->empty());
  EXPECT_EQ(here->front(), "127.0.0.1");
  EXPECT_EQ(looked_up(resolver, "10.1.2.3"), Addresses{"10.1.2.3"});
}

TEST(SystemResolver, HasNoAddressForWhatIsNoName) {
  SystemResolver resolver;
  EXPECT_EQ(looked_up(resolver, "two..dots"), Addresses{});
  EXPECT_EQ(looked_up(resolver, "::1"), Addresses{}) << "IPv4 alone";
}

TEST(SystemResolver, AnswersManyQuestionsOnFewThreads) {
  SystemResolver resolver(2);
  std::vector<std::promise<Addresses>> promises(200);
  for (auto& promise : promises)
    resolver.resolve("127.0.0.1",
                     [&promise](Addresses found) { promise.set_value(std::move(found)); });
  for (auto& promise : promises) EXPECT_EQ(promise.get_future().get(), Addresses{"127.0.0.1"});
}

TEST(SystemResolver, CanBeDestroyedWhileQuestionsAreOpen) {
  for (int round = 0; round < 50; ++round) {
    SystemResolver resolver(2);
    for (int at = 0; at < 20; ++at) resolver.resolve("127.0.0.1", [](const Addresses&) {});
  }
}

}  // namespace
}  // namespace svar::tests
