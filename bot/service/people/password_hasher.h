// Passwords into hashes and back to yes or no. A port: a hash costs tens of milliseconds and tens
// of megabytes on purpose, so it never runs on the executor's thread, and tests need not pay for
// it.
#pragma once

#include <functional>
#include <optional>
#include <string>

namespace svar::service {

enum class Verdict {
  right,
  right_but_outdated,  // made with lower costs than those of today: hash again and save
  wrong,
  overloaded,  // too many wait already; nothing was compared
};

// Threads: may be called from any thread, returns at once; each completion runs exactly once, on
// the executor given to the adapter, never inside the call.
class PasswordHasher {
 public:
  virtual ~PasswordHasher() = default;

  // The hash, with its salt and costs inside; nothing when too many wait.
  virtual void hash(std::string password, std::function<void(std::optional<std::string>)> done) = 0;

  // Compares in constant time. A hash that is empty or can't be read is `wrong` at the cost of a
  // real one, so that the time doesn't tell whether an account exists.
  virtual void verify(std::string password, std::string hash,
                      std::function<void(Verdict)> done) = 0;
};

}  // namespace svar::service
