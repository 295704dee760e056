#include "intents/lines.h"

namespace svar::intents {

void Lines::begin(char delimiter) {
  if (words_.capacity() == 0) {
    words_.reserve(128);
    buffer_.reserve(1024);
    lines_.reserve(8);
  }
  lines_.push_back({words_.size(), words_.size(), delimiter});
}

void Lines::add(std::string_view word, Span original, How how) {
  buffer_.push_back(lines_.back().delimiter);
  const auto at = static_cast<std::uint32_t>(buffer_.size());
  buffer_.append(word);
  words_.push_back({at, static_cast<std::uint32_t>(buffer_.size()), original, how});
  buffer_.push_back(lines_.back().delimiter);
}

void Lines::end() {
  lines_.back().last = words_.size();
  buffer_.push_back('\n');
}

}  // namespace svar::intents
