// Text folded for search only: case, accents, «å/aa/a», «ø/o», doubled letters and punctuation no
// longer differ.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace svar::kb {

// The folded words of a text, in order. Letters become ASCII where they can («Tømmekalender» →
// «tomekalender»), letters of other scripts stay. Any bytes are accepted: what is not UTF-8
// separates words. At most `letters_max` letters are read.
std::vector<std::string> fold_words(std::string_view text, std::size_t letters_max);

}  // namespace svar::kb
