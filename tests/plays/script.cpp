#include "tests/plays/script.h"

#include <fstream>

namespace svar::plays {

Script::Script(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::string dialogue;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("## ")) dialogue = line.substr(3, line.find(' ', 3) - 3);
    const auto dot = line.find(". I: `");
    if (dot == std::string::npos) continue;
    const auto begin = dot + 6;
    const auto end = line.rfind('`');
    if (end <= begin) continue;
    const std::string key = dialogue + "." + line.substr(0, dot);
    turns_.emplace(key, line.substr(begin, end - begin));
  }
}

std::optional<std::string> Script::words(const std::string& dialogue,
                                         const std::string& turn) const {
  const auto found = turns_.find(dialogue + "." + turn);
  if (found == turns_.end()) return std::nullopt;
  return found->second;
}

}  // namespace svar::plays
