#include "tests/bench/example_model/examples.h"

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iostream>

namespace svar::bench {
namespace {

// Small and equal everywhere (splitmix64).
class Dice {
 public:
  std::size_t below(std::size_t count) {
    state_ += 0x9e37'79b9'7f4a'7c15;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58'476d'1ce4'e5b9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d0'49bb'1331'11eb;
    return static_cast<std::size_t>((mixed ^ (mixed >> 31)) % count);
  }

 private:
  std::uint64_t state_ = 1;
};

bool is_small_letter(char c) {
  return c >= 'a' && c <= 'z';
}

// Only ASCII letters are hit, so that the text stays UTF-8.
std::vector<std::size_t> places(const std::string& text) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    if (is_small_letter(text[i]) && is_small_letter(text[i + 1])) found.push_back(i);
  }
  return found;
}

void add_typo(std::string& text, Dice& dice) {
  const auto letters = places(text);
  if (letters.empty()) return;
  const std::size_t at = letters[dice.below(letters.size())];
  switch (dice.below(4)) {
    case 0:
      text.erase(at, 1);
      break;
    case 1:
      text.insert(at, 1, text[at]);
      break;
    case 2:
      text[at] = static_cast<char>('a' + dice.below(26));
      break;
    default:
      std::swap(text[at], text[at + 1]);
  }
}

}  // namespace

std::vector<Example> read_examples(const std::string& file) {
  std::ifstream in(file);
  if (!in) {
    std::cerr << file << ": can't be read\n";
    std::exit(2);
  }
  std::vector<Example> examples;
  for (std::string line; std::getline(in, line);) {
    const std::size_t tab = line.find('\t');
    if (tab == std::string::npos) continue;
    examples.push_back({line.substr(0, tab), line.substr(tab + 1)});
  }
  return examples;
}

void add_typos(std::vector<Example>& examples, int count) {
  Dice dice;
  for (Example& example : examples) {
    for (int i = 0; i < count; ++i) add_typo(example.text, dice);
  }
}

}  // namespace svar::bench
