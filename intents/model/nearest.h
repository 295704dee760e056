// How near a message is to the nearest example of a label: the cosine over an inverted index.
//
// Threads: immutable after construction.
#pragma once

#include <cstdint>
#include <vector>

#include "intents/model/feature_table.h"

namespace svar::intents {

class Nearest {
 public:
  struct Posting {
    std::uint32_t example : 24;
    std::uint32_t weight : 8;  // of 255
  };
  struct Scratch {
    std::vector<std::uint32_t> sums;     // by example; all nought between messages
    std::vector<std::uint32_t> touched;  // the examples that share a word with the message
    std::vector<float> cosines;          // by label: how near its nearest example is
  };
  static constexpr std::size_t kExamplesMax = 1u << 24;

  Nearest() = default;
  // `begins`: where each row's postings begin, and the end of the last. `examples`: where each
  // label's examples begin, and the end of the last.
  Nearest(std::vector<std::uint32_t> begins, std::vector<Posting> postings,
          std::vector<std::uint32_t> examples);

  // `labels`: how many examples each label has. `vectors`: theirs, in the order of the labels; what
  // follows them is left out, and so are the rows that more than this share of the examples hold:
  // their postings are the longest by far and their weights the least.
  static Nearest indexed(const std::vector<SparseVector>& vectors,
                         const std::vector<std::uint32_t>& labels, std::size_t rows, double common);

  // Fills the cosines of a message.
  void look_up(const SparseVector&, Scratch&) const;

  const std::vector<std::uint32_t>& begins() const { return begins_; }
  const std::vector<Posting>& postings() const { return postings_; }
  const std::vector<std::uint32_t>& examples() const { return examples_; }

 private:
  std::vector<std::uint32_t> begins_ = {0};
  std::vector<Posting> postings_;
  std::vector<std::uint32_t> examples_ = {0};
  std::vector<std::uint32_t> label_of_;  // by example
};

}  // namespace svar::intents
