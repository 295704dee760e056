#include "kb-adapter/articles/search_query.h"

#include <cmath>

#include "kb-adapter/articles/norwegian_forms.h"

namespace svar::kb {
namespace {

constexpr float kWordShare = 0.5F;  // the rest belongs to the pieces
constexpr float kFunctionWord = 0.2F;
constexpr float kJoined = 1.0F;

}  // namespace

void read_query(std::string_view text, std::size_t letters_max, SearchQuery& out) {
  fold(text, letters_max, out.folded);
  out.wanted.clear();
  out.form_before.clear();
  for (const FoldedWord& word : out.folded.words) {
    common_form(out.folded.word(word), out.form);
    const Feature whole = word_feature(out.form);
    const bool says_little = is_function_word(whole);
    const float weight = says_little ? kFunctionWord : 1;
    out.wanted.push_back({whole, kWordShare * weight});
    out.pieces.clear();
    append_pieces(out.form, out.pieces);
    // The root: a long word's pieces together count more than a short one's, but each of them less.
    const float piece =
        (1 - kWordShare) * weight / std::sqrt(static_cast<float>(out.pieces.size()));
    for (const Feature feature : out.pieces) out.wanted.push_back({feature, piece});
    if (!says_little && !out.form_before.empty()) {
      out.wanted.push_back({joined_feature(out.form_before, out.form), kWordShare * kJoined});
    }
    out.form_before.swap(out.form);
    if (says_little) out.form_before.clear();
  }
}

}  // namespace svar::kb
