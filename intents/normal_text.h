// A message as the rules see it: small letters, words between single blanks, without punctuation;
// and the way back to the citizen's own bytes. Pure; no state.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bot/domain/event.h"

namespace svar::intents {

// One word. `begin`, `end`: bytes in NormalText::text; `original`: bytes in the message it came
// from.
struct Token {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  Span original;
  bool capital = false;   // began with a capital letter
  bool sentence = false;  // first word of a sentence: a capital says nothing
};

struct NormalText {
  std::string text;  // "når vert bosset tømt": no blank at either end
  std::vector<Token> tokens;
  std::vector<std::string> emoji;  // set apart, in order; "👍"
  std::vector<Span> emoji_originals;
  int letters = 0;
  int foreign_letters = 0;  // not Latin
  std::string script;       // of the first foreign letter: "Cyrillic", "Arabic" …
  bool shouted = false;     // letters, and nearly all are capitals

  std::string_view word(std::size_t index) const {
    return std::string_view(text).substr(tokens[index].begin,
                                         tokens[index].end - tokens[index].begin);
  }
  std::string_view word(const Token& token) const {
    return std::string_view(text).substr(token.begin, token.end - token.begin);
  }
};

// NFC, case folded; zero-width and direction marks dropped, so that they can't split a word;
// letters drawn out folded («heeelp» → «help», «brannnn» → «brann»); everything that is neither
// letter nor digit becomes a blank, but an apostrophe inside a word is dropped. Invalid UTF-8
// becomes a blank. Reads at most `code_points_max` code points.
NormalText normalise(std::string_view message, int code_points_max = 4'000);

// NFC, and every letter beyond ASCII small; the rest as it is. Invalid UTF-8 is left alone.
std::string fold_letter_case(std::string_view text);

// A normalised word without its Norwegian letters: å, aa → a; æ, ae → a; ø, oe → o; accents and
// doubled letters dropped. Two words are the same but for spelling habits when their folds are
// equal. «oe» and «ae» count only in words of four letters or more: «hoe» is not «hø».
std::string fold(std::string_view word);

// The same without doubled letters dropped and only in words of three letters or more: careful
// enough for safety rules.
std::string fold_letters(std::string_view word);

}  // namespace svar::intents
