// Messages within the limits of platforms: text in pieces, choices as short keys or as numbers.
// Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/domain/event.h"

namespace svar::service {

// A platform's name for a choice: its id where that has at most `bytes_max` bytes, else '#' and 16
// hex digits of its hash. `bytes_max` is at least 17.
std::string choice_key(const Choice& choice, std::size_t bytes_max);

// The choice that a key means, among those offered; null when none is. Knows keys of any length.
const Choice* choice_of_key(std::string_view key, const std::vector<Choice>& offered);

// What a platform's limits count.
enum class TextUnit { bytes, code_points, utf16 };
std::size_t size_in(std::string_view text, TextUnit unit);

// The text in pieces of at most `max` units, cut between paragraphs, sentences, words or letters:
// the first of these that fills a fair part of the piece. Never inside a UTF-8 sequence, nor
// between a letter and its marks unless they alone are too long. White space at a cut is dropped,
// nothing else is. Empty for a text of white space alone. `max` is at least 4. Bytes that are no
// UTF-8 count as one letter each.
std::vector<std::string> split_text(std::string_view text, std::size_t max, TextUnit unit);

// The text with the choices as lines «1. …» behind it, for platforms that cannot show buttons: the
// engine takes the number as an answer. `choices` may be empty.
std::string numbered(const std::string& text, const std::vector<Choice>& choices);

}  // namespace svar::service
