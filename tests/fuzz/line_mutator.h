// Mutations by line, for inputs whose lines mean something by themselves: half of libFuzzer's
// mutations become these. It pays where an input is a play: a byte changed seldom makes another
// good one, a line moved or added often does.
#pragma once

#include <string_view>
#include <vector>

namespace svar::fuzz {

// Lines that a target's inputs may hold, to be inserted. Each target that links the mutator defines
// it.
const std::vector<std::string_view>& known_lines();

}  // namespace svar::fuzz
