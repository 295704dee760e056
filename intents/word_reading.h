// How a word of a message came to be read as another: what an explanation shows as «read as». Plain
// data.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "bot/domain/event.h"

namespace svar::intents {

// The ways, by what they cost. Of two ways taken after each other the later in this list counts.
enum class How : std::uint8_t {
  written,     // as it stands
  equivalent,  // another spelling of the same word, from the table («ikke» as «ikkje»)
  split,       // a compound as its parts («bossavgift» as «boss», «avgift»)
  joined,      // a compound written apart («søppel dunk»)
  fold,        // without Norwegian letters, or letters doubled («apningstid»)
  inflection,  // another form of a word that rules know
  typo,        // one letter wrong, missing, too many, or two swapped
  two_typos,   // twice that, in a long word
};

// «equivalent», «typo» …: for machines; texts for people are made where they are shown.
std::string_view code(How how);

// What one word read this way is worth, of 1. A match is worth the product of its words.
double weight_of(How how);

struct Reading {
  Span original;  // bytes of the message
  std::string read_as;
  How how = How::written;
};

}  // namespace svar::intents
