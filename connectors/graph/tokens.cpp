#include "connectors/graph/tokens.h"

namespace svar::graph {
namespace {

constexpr std::string_view kMark = "svar:";

}  // namespace

std::string marked(std::string_view token) {
  return std::string{kMark}.append(token);
}

std::string token_of(std::string_view marked_text) {
  if (!marked_text.starts_with(kMark)) return {};
  return std::string{marked_text.substr(kMark.size())};
}

}  // namespace svar::graph
