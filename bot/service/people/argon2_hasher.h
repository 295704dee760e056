// Argon2id by libsodium, on threads of its own.
#pragma once

#include <cstddef>
#include <memory>

#include "bot/service/people/password_hasher.h"
#include "bot/service/turn/executor.h"

namespace svar::service {

// At most `at_once` hashes run at the same time (each holds `memory_bytes`), `waiting_max` more
// wait, the rest is refused: log-ins can neither exhaust the memory nor starve the conversations.
// The threads run at a lower priority than the rest of the process.
//
// The destructor lets the running hashes end and completes the waiting ones as overloaded.
class Argon2Hasher : public PasswordHasher {
 public:
  // Two; one where that would take every core from the citizens.
  static int hashes_at_once();

  struct Costs {
    // The least memory among the equivalents of OWASP's Password Storage Cheat Sheet (7 MiB, five
    // passes, one lane): it stays in the processor's cache, so that fifty log-ins at once do not take
    // the memory's speed from the citizens' conversations, as the same with 19 MiB measurably did.
    std::size_t memory_bytes = 7 * 1024 * 1024;
    unsigned passes = 5;
    int at_once = hashes_at_once();
    std::size_t waiting_max = 50;
  };

  // `executor` must outlive this object. Ends the process when libsodium can't be initialised.
  explicit Argon2Hasher(Executor& executor) : Argon2Hasher(executor, Costs{}) {}
  Argon2Hasher(Executor& executor, Costs costs);
  ~Argon2Hasher() override;
  Argon2Hasher(const Argon2Hasher&) = delete;

  void hash(std::string password, std::function<void(std::optional<std::string>)> done) override;
  void verify(std::string password, std::string hash, std::function<void(Verdict)> done) override;

  // The most hashes that have run at the same time. From any thread.
  int most_at_once() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace svar::service
