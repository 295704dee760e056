// Adds an agent to the accounts of a service that does not run: a second one beside the first that
// the service made itself, with the same password.
//
//   add_account FILE NAME        FILE is «<data folder>/people.db»
//
// Exit code: 0 added, 1 the file has no account or can't be written, 2 misuse.
#include <cstdio>
#include <string_view>

#include "bot/store/people/sqlite_people_store.h"
#include "tests/service/fakes.h"

int main(int argc, char** argv) {
  using namespace svar;
  const bool help = argc == 2 && std::string_view{argv[1]} == "--help";
  if (help || argc != 3 || std::string_view{argv[1]}.starts_with("-")) {
    std::fprintf(help ? stdout : stderr, "usage: add_account FILE NAME\n");
    return help ? 0 : 2;
  }
  fakes::ManualExecutor executor;
  auto store = store::SqlitePeopleStore::open(argv[1], executor, store::SealingKey{});
  if (!store) {
    std::fprintf(stderr, "%s\n", store.error().what.c_str());
    return 1;
  }
  const auto everything = (*store)->load();
  if (!everything || everything->accounts.empty()) {
    std::fprintf(stderr, "%s holds no account to follow\n", argv[1]);
    return 1;
  }
  service::Account account = everything->accounts.front();
  account.name = AgentId{argv[2]};
  account.display_name = argv[2];
  std::optional<std::optional<service::PeopleError>> saved;
  (*store)->save_account(account, [&](auto error) { saved = std::move(error); });
  executor.run_until([&] { return saved.has_value(); });
  if (saved && !*saved) return 0;
  std::fprintf(stderr, "not saved: %s\n", saved ? (*saved)->what.c_str() : "no answer");
  return 1;
}
