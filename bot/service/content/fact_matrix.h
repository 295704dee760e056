// What is known of every municipality, value by value: for editors who fill in what is missing.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "bot/service/content/content.h"

namespace svar::service {

// established: has a source; sample: shown, marked as not confirmed; missing: whoever asks there is
// told that the answer is missing.
enum class FactState { established, sample, missing };
std::string_view code(FactState state);

struct FactRow {
  std::string slot;               // of facts.yaml; the last row is «hours», when agents answer
  std::vector<FactState> states;  // one a municipality, in the order of `municipalities`
};

struct FactMatrix {
  std::vector<std::string> municipalities;  // ids
  std::vector<FactRow> rows;                // by slot
};

// Pure.
FactMatrix fact_matrix(const Content& content);

}  // namespace svar::service
