// The features that training kept, each with its row in the weights and its idf; and a message as
// a sparse vector over them.
//
// Threads: immutable after construction.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "intents/model/features.h"

namespace svar::intents {

// A message or example: rows without repeats, in the order of the message, and their values; each
// block of length one (times its weight), so that the whole is comparable between messages.
struct SparseVector {
  struct Entry {
    std::uint32_t row = 0;
    float value = 0;
    std::uint16_t token = 0;  // the first word it came from
    Block block = Block::words;
  };
  std::vector<Entry> entries;
  std::size_t words = 0;  // in the message
  std::size_t known_words = 0;
  std::size_t letters = 0;  // letter n-grams in the message
  std::size_t known_letters = 0;
};

class FeatureTable {
 public:
  struct Row {
    std::uint64_t key = 0;
    float idf = 0;
  };
  FeatureTable() : FeatureTable(std::vector<Row>()) {}
  // Precondition: keys differ.
  explicit FeatureTable(std::vector<Row> rows);

  static constexpr std::uint32_t kNone = 0xffff'ffff;
  std::uint32_t find(std::uint64_t key) const;  // kNone when training had not kept it
  float idf(std::uint32_t row) const { return rows_[row].idf; }
  std::size_t size() const { return rows_.size(); }
  const std::vector<Row>& rows() const { return rows_; }
  std::size_t memory_bytes() const {
    return rows_.size() * sizeof(Row) + slots_.size() * sizeof(Slot);
  }

 private:
  struct Slot {
    std::uint32_t fingerprint = 0;
    std::uint32_t row = kNone;
  };
  std::vector<Row> rows_;
  std::vector<Slot> slots_;  // open addressing; a power of two, at most three quarters full
  std::uint64_t mask_ = 0;
};

// Turns a message into its vector. Holds what it needs on the way, so that a message costs no
// allocation: one for each thread.
class Vectoriser {
 public:
  // Replaces `out`.
  void read(std::string_view normalised, const FeatureReader&, const FeatureTable&,
            const HyperParameters&, SparseVector& out);

 private:
  void count(const FeatureTable&, SparseVector& out);
  static void weigh(const FeatureTable&, const HyperParameters&, SparseVector& out);

  std::vector<Feature> features_;
  std::vector<std::uint16_t> slots_;  // position in the vector plus one, by row; at most half full
};

}  // namespace svar::intents
