// Lays a message out as the lines that rules look into. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "intents/lines.h"
#include "intents/normal_text.h"
#include "intents/vocabulary.h"
#include "intents/word_reading.h"

namespace svar::intents {

// A word and where it came from. Refers to the text it was read from or to the content's words.
struct ReadWord {
  std::string_view text;
  Span original;
  How how = How::written;
};

// What was read as something else, for explanations; and what a match of all words is worth.
std::vector<Reading> readings_of(std::span<const ReadWord> words);
double weight_of(std::span<const ReadWord> words);

// Every word or phrase in its reading («ikke» → «ikkje»).
std::vector<ReadWord> read_words(const std::vector<ReadWord>& words,
                                 const Equivalents& equivalents);

bool same_words(const std::vector<ReadWord>& a, const std::vector<ReadWord>& b);

std::vector<ReadWord> words_of(const NormalText& text);

// The lines of what was written: as written and in its reading.
void lay_out(const NormalText& text, const std::vector<ReadWord>& written,
             const std::vector<ReadWord>& reading, Lines& lines);

// The line without Norwegian letters, for safety rules.
void lay_out_folded(const std::vector<ReadWord>& reading, Lines& lines);

// Compounds joined and split, each a line, where rules know the result.
void lay_out_compounds(const std::vector<ReadWord>& written, const std::vector<ReadWord>& reading,
                       const Vocabulary& vocabulary, Lines& lines);

// Unknown words led to known ones. Owns the words it made.
struct Mended {
  std::vector<std::string> words;  // of the mended ones; stable while this lives
  std::vector<ReadWord> all;  // the message with them in place; empty when nothing could be mended
};
Mended mend(const std::vector<ReadWord>& written, const Vocabulary& vocabulary);
void lay_out_mended(const Mended& mended, const Vocabulary& vocabulary,
                    const Equivalents& equivalents, Lines& lines);

// All words without blanks: equal for «bygge søknad», «bygge-søknad» and «byggesøknad».
std::string without_blanks(std::span<const ReadWord> words);

// Without a greeting before and thanks behind: «hei, når vert bosset henta? takk».
std::span<const ReadWord> without_courtesies(std::span<const ReadWord> words);

}  // namespace svar::intents
