#include "connectors/desk/binding_guard.h"

#include <gtest/gtest.h>

namespace svar::desk {
namespace {

TEST(BindingGuard, LetsTheMachineItselfInWithoutTls) {
  for (const char* address : {"127.0.0.1", "127.8.9.1", "::1", "localhost", "::ffff:127.0.0.1"}) {
    EXPECT_FALSE(binding_refusal({address, false, false})) << address;
  }
}

TEST(BindingGuard, RefusesAnyOtherAddressWithoutTlsAndSaysHow) {
  for (const char* address : {"0.0.0.0", "::", "192.0.2.7", "2001:db8::1", "example.org", "",
                              "127.0.0.1.example.org", "::ffff:192.0.2.7"}) {
    const auto refusal = binding_refusal({address, false, false});
    ASSERT_TRUE(refusal) << address;
    EXPECT_NE(refusal->find("--tls-self-signed"), std::string::npos);
    EXPECT_NE(refusal->find("http.behind_proxy"), std::string::npos);
  }
}

TEST(BindingGuard, LetsOtherAddressesInWithTlsHereOrInFront) {
  EXPECT_FALSE(binding_refusal({.address = "0.0.0.0", .tls = true}));
  EXPECT_FALSE(binding_refusal({.address = "0.0.0.0", .behind_proxy = true}));
}

}  // namespace
}  // namespace svar::desk
