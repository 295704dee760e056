#include "tests/proofs/disk/integrity.h"

#include "bot/store/sqlite.h"

namespace svar::proofs {

std::optional<std::string> integrity_fault(const std::filesystem::path& file) {
  auto connection = store::Connection::open(file, store::OpenMode::write);
  if (!connection) return "does not open: " + connection.error().what;
  auto check = connection->prepare("PRAGMA integrity_check");
  if (!check) return "integrity: " + check.error().what;
  auto step = check->step();
  if (!step) return "integrity: " + step.error().what;
  const std::string verdict(check->text(0));
  if (verdict == "ok") return std::nullopt;
  return "integrity: " + verdict;
}

}  // namespace svar::proofs
