// SQLite with synchronous=OFF below a product that asks for FULL: the control of the proofs of the
// disk. While one lives, connections that are opened don't sync, and PRAGMA synchronous is passed
// over in silence.
#pragma once

namespace svar::proofs {

class WeakenedSqlite {
 public:
  // The store opens three connections, in this order: one writes, one reads, one checkpoints.
  enum class Which { none, all, checkpointing };
  explicit WeakenedSqlite(Which which);  // one at a time
  ~WeakenedSqlite();
  WeakenedSqlite(const WeakenedSqlite&) = delete;
};

}  // namespace svar::proofs
