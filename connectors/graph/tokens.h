// Our own token in what Meta gives back: the metadata of an echo, the callback data of a status.
// Others send through the same accounts; the mark tells theirs from ours.
#pragma once

#include <string>
#include <string_view>

namespace svar::graph {

std::string marked(std::string_view token);

// Empty when the text bears no mark of ours.
std::string token_of(std::string_view marked_text);

}  // namespace svar::graph
