#include "tests/plays/play.h"

#include <fstream>
#include <string_view>

namespace svar::plays {
namespace {

// What each may do; the longest that fits is meant.
constexpr std::string_view kPhrases[] = {"Citizen says",
                                         "Citizen reads",
                                         "Citizen chooses",
                                         "Citizen rates",
                                         "Citizen asks for a person",
                                         "Citizen goes back to the bot",
                                         "Citizen repeats",
                                         "Citizen deletes",
                                         "Citizen begins anew",
                                         "Bot answers",
                                         "Bot says",
                                         "Bot avoids",
                                         "Bot offers",
                                         "Bot asks",
                                         "Bot outcome",
                                         "Bot language",
                                         "Bot warns",
                                         "Bot defers",
                                         "Bot is silent",
                                         "System masks",
                                         "Log holds",
                                         "Log avoids",
                                         "Agent takes",
                                         "Agent says",
                                         "Agent hands back",
                                         "Agent closes",
                                         "Agent notes",
                                         "Agent disappears",
                                         "Waits",
                                         "Incident begins",
                                         "Incident ends",
                                         "Waits about",
                                         "Waits for",
                                         "Owner",
                                         "after",
                                         "script",
                                         "site",
                                         "clock",
                                         "desk"};

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

// Runs of blanks as one, so that a play may stand in columns.
std::string squeezed(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\t';
    if (!blank || (!out.empty() && out.back() != ' ')) out += blank ? ' ' : c;
  }
  return out;
}

}  // namespace

Result<Play, std::string> read_play(const std::filesystem::path& file) {
  Play play{file, file.stem().string(), {}};
  std::ifstream in(file);
  std::string raw;
  for (int number = 1; std::getline(in, raw); ++number) {
    const std::string text = squeezed(trimmed(raw));
    if (text.starts_with("# ") && number == 1) play.title = text.substr(2);
    if (text.empty() || text.starts_with("#")) continue;
    std::string_view best;
    for (const auto phrase : kPhrases) {
      const bool fits = text == phrase || text.starts_with(std::string{phrase} + " ");
      if (fits && phrase.size() > best.size()) best = phrase;
    }
    if (best.empty()) {
      return Failure{file.string() + ":" + std::to_string(number) + ": «" + text +
                     "» is no line of a play; tests/plays/README.md lists them"};
    }
    const auto space = best.find(' ');
    const bool alone = space == std::string_view::npos;
    play.lines.push_back({number, std::string{best.substr(0, space)},
                          alone ? "" : std::string{best.substr(space + 1)},
                          std::string{trimmed(std::string_view{text}.substr(best.size()))}});
  }
  return play;
}

}  // namespace svar::plays
