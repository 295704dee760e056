#include "intents/word_reading.h"

namespace svar::intents {

std::string_view code(How how) {
  switch (how) {
    case How::written:
      return "written";
    case How::equivalent:
      return "equivalent";
    case How::split:
      return "split";
    case How::joined:
      return "joined";
    case How::fold:
      return "fold";
    case How::inflection:
      return "inflection";
    case How::typo:
      return "typo";
    case How::two_typos:
      return "two_typos";
  }
  return "written";
}

double weight_of(How how) {
  switch (how) {
    case How::written:
    case How::equivalent:
      return 1;
    case How::split:
    case How::joined:
      return 0.98;
    case How::fold:
    case How::inflection:
      return 0.97;
    case How::typo:
      return 0.92;
    case How::two_typos:
      return 0.85;
  }
  return 1;
}

}  // namespace svar::intents
