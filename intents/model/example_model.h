// What a message asks for, learned from editors' examples: every label with a calibrated score, and
// whether that is to be believed. Trained by intents/training; loaded, never trained, at start.
//
// Threads: immutable; every method is safe from any thread. No I/O. Equal messages get equal
// rankings on every machine but for the last digits of the scores.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/domain/result.h"
#include "intents/model/feature_table.h"
#include "intents/model/features.h"
#include "intents/model/hyper_parameters.h"
#include "intents/model/near_words.h"
#include "intents/model/nearest.h"
#include "intents/model/thresholds.h"
#include "intents/model/weights.h"

namespace svar::intents {

struct Ranked {
  std::uint32_t label = 0;
  double score = 0;  // probability that this is what was meant, 0…1; those of a message sum to ≤ 1
};

struct Ranking {
  std::vector<Ranked> best;  // best first; equal scores by label
  double in_scope = 0;       // 0…1
  bool accepted = false;     // in_scope reaches the fitted threshold: the best label may be named
  bool clear = false;        // accepted, and the best needs no question back
  std::optional<std::uint32_t> alarm;  // the likeliest alarm, when it reaches its threshold
};

// How much one word of the message spoke for a label; negative: against it.
struct WordEvidence {
  std::size_t token = 0;  // index in NormalText::tokens
  double weight = 0;
};

struct ModelDamaged {
  std::string what;
};

class ExampleModel {
 public:
  // Everything a model is made of. Invariants, checked by load and kept by training: labels are
  // sorted and differ; all weights have a column a label and a row for each of the first features.
  struct Parts {
    HyperParameters parameters;
    std::vector<std::string> labels;
    WordForms forms;
    std::shared_ptr<const NearWords> near_words = std::make_shared<const NearWords>();
    FeatureTable features;
    Weights one_against_rest;  // centroids included
    Weights softmax;
    Nearest nearest;
    Thresholds thresholds;
  };
  // What all labels got, before gate and calibration: for fitting those.
  struct Judgement {
    std::vector<float> totals;  // by label
    std::uint32_t best = 0;     // meaningless when there is no label
    GateInputs gate_inputs = {};
    std::optional<std::uint32_t> alarm;  // the best label that is one
  };

  ExampleModel();  // no labels: accepts nothing
  explicit ExampleModel(Parts parts);

  // The best at most `count_max` labels. `normalised`: NormalText::text.
  Ranking rank(std::string_view normalised, std::size_t count_max) const;

  std::size_t label_count() const { return parts_.labels.size(); }
  const std::string& label(std::uint32_t index) const { return parts_.labels[index]; }

  // The message's words by how much they spoke for `label`, strongest first; words that said
  // nothing are left out. Costs as much as a ranking; for explanations.
  std::vector<WordEvidence> evidence(std::string_view normalised, std::uint32_t label) const;

  const Thresholds& thresholds() const { return parts_.thresholds; }
  const HyperParameters& parameters() const { return parts_.parameters; }
  ExampleModel with(Thresholds) const;

  Judgement judge(std::string_view normalised) const;

  // Hex; models trained from equal input have equal digests. Takes milliseconds.
  std::string digest() const;
  // Replaces `out`; the form is versioned and ends with a checksum.
  void save(std::string& out) const;
  // Any bytes are safe: what save did not write is ModelDamaged.
  static Result<ExampleModel, ModelDamaged> load(std::string_view saved);

  // Ends `out` with the checksum that load asks for; for tests of what load does below it.
  static void append_checksum(std::string& out);

  std::size_t memory_bytes() const;

 private:
  struct Scratch;
  static Scratch& scratch();
  void judge(std::string_view normalised, Scratch&) const;

  Parts parts_;
  FeatureReader reader_;
  std::uint32_t alarms_begin_ = 0, alarms_end_ = 0;  // labels are sorted: alarms stand together
};

}  // namespace svar::intents
