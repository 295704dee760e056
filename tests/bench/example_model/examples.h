// Files of examples, «label<TAB>text», and typing errors put into them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace svar::bench {

struct Example {
  std::string label, text;
};

// The label of what is no topic.
inline constexpr std::string_view kNoTopic = "NO_NODES_DETECTED";

// Lines without a tab are skipped. Ends the program with 2 when the file can't be read.
std::vector<Example> read_examples(const std::string& file);

// `count` typing errors in each text: a letter left out, doubled, changed or swapped with the next.
// The same for the same file, whatever the machine.
void add_typos(std::vector<Example>&, int count);

}  // namespace svar::bench
