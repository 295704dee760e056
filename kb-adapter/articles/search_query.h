// What a text asks of the index: its features, each with how much it should count. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kb-adapter/articles/folding.h"
#include "kb-adapter/articles/text_features.h"

namespace svar::kb {

struct Wanted {
  Feature feature = 0;
  float weight = 0;  // before its rarity is known
};

// Memory is kept between calls; one for each thread.
struct SearchQuery {
  FoldedText folded;
  std::string form;             // of the word at hand
  std::string form_before;      // of the word before; empty when that says little
  std::vector<Feature> pieces;  // of the word at hand
  std::vector<Wanted> wanted;
};

// Reads at most `letters_max` code points of a text.
void read_query(std::string_view text, std::size_t letters_max, SearchQuery& out);

}  // namespace svar::kb
