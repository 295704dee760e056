#include "intents/model/feature_table.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace svar::intents {

FeatureTable::FeatureTable(std::vector<Row> rows) : rows_(std::move(rows)) {
  slots_.resize(std::bit_ceil(std::max<std::size_t>(16, rows_.size() * 4 / 3 + 1)));
  mask_ = slots_.size() - 1;
  for (std::uint32_t row = 0; row < rows_.size(); ++row) {
    std::uint64_t at = rows_[row].key & mask_;
    while (slots_[at].row != kNone) at = (at + 1) & mask_;
    slots_[at] = {static_cast<std::uint32_t>(rows_[row].key >> 32), row};
  }
}

std::uint32_t FeatureTable::find(std::uint64_t key) const {
  const auto fingerprint = static_cast<std::uint32_t>(key >> 32);
  for (std::uint64_t at = key & mask_;; at = (at + 1) & mask_) {
    const Slot& slot = slots_[at];
    if (slot.row == kNone || slot.fingerprint == fingerprint) return slot.row;
  }
}

void Vectoriser::read(std::string_view normalised, const FeatureReader& reader,
                      const FeatureTable& table, const HyperParameters& parameters,
                      SparseVector& out) {
  reader.read(normalised, features_);
  out.entries.clear();
  out.words = out.known_words = out.letters = out.known_letters = 0;
  count(table, out);
  weigh(table, parameters, out);
}

void Vectoriser::count(const FeatureTable& table, SparseVector& out) {
  const std::size_t slots = std::bit_ceil(std::max<std::size_t>(16, features_.size() * 2));
  const int shift = 32 - std::countr_zero(slots);
  slots_.assign(slots, 0);
  for (const Feature& feature : features_) {
    const std::uint32_t row = table.find(feature.key);
    const bool known = row != FeatureTable::kNone;
    // What a misspelt word may have been meant as is not what the message is known to say.
    if (!feature.guessed && feature.block == Block::letters) {
      ++out.letters;
      out.known_letters += known;
    } else if (feature.word) {
      ++out.words;
      out.known_words += known;
    }
    if (!known) continue;
    std::size_t at = (row * 0x9e37'79b1u) >> shift;
    while (slots_[at] != 0 && out.entries[slots_[at] - 1u].row != row) at = (at + 1) & (slots - 1);
    if (slots_[at] == 0) {
      out.entries.push_back({row, 0, feature.token, feature.block});
      slots_[at] = static_cast<std::uint16_t>(out.entries.size());
    }
    out.entries[slots_[at] - 1u].value += 1;
  }
}

void Vectoriser::weigh(const FeatureTable& table, const HyperParameters& parameters,
                       SparseVector& out) {
  float squares[2] = {0, 0};
  for (SparseVector::Entry& entry : out.entries) {
    const float times = entry.value == 1 ? 1.0f : 1.0f + std::log(entry.value);
    entry.value = times * table.idf(entry.row);
    squares[static_cast<int>(entry.block)] += entry.value * entry.value;
  }
  const float weights[2] = {static_cast<float>(parameters.word_weight),
                            static_cast<float>(parameters.letter_weight)};
  float factors[2];
  for (int block = 0; block < 2; ++block) {
    factors[block] = squares[block] > 0 ? weights[block] / std::sqrt(squares[block]) : 0;
  }
  for (SparseVector::Entry& entry : out.entries) {
    entry.value *= factors[static_cast<int>(entry.block)];
  }
}

}  // namespace svar::intents
