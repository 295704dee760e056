// A play: a dialogue as lines of text (README.md lists what a line may say).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "bot/domain/result.h"

namespace svar::plays {

struct Line {
  int number = 0;     // in the file, from 1
  std::string who;    // "Citizen", "Bot", "after" …
  std::string what;   // "says", "is silent" …; empty for settings
  std::string about;  // the rest
};

struct Play {
  std::filesystem::path file;
  std::string title;
  std::vector<Line> lines;
};

// Every line in the order of the file; says which line is not one of a play.
Result<Play, std::string> read_play(const std::filesystem::path& file);

}  // namespace svar::plays
