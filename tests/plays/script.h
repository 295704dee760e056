// Dialogues that others wrote and that lie beside the tree: a play names their turns and never
// holds their words.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace svar::plays {

class Script {
 public:
  // Empty when there is no such file. A dialogue begins with «## 03 …»; a turn is
  // «2. I: `what the citizen writes`».
  explicit Script(const std::filesystem::path& file);

  bool empty() const { return turns_.empty(); }

  // What the citizen writes in a turn; nothing when that turn is an action or does not exist.
  std::optional<std::string> words(const std::string& dialogue, const std::string& turn) const;

 private:
  std::map<std::string, std::string> turns_;  // «03.2» → the words
};

}  // namespace svar::plays
