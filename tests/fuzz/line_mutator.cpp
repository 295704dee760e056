#include "tests/fuzz/line_mutator.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <random>
#include <string>

#include "tests/fuzz/hold.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t size_max);

namespace svar::fuzz {
namespace {

using Lines = std::vector<std::string>;

class LineMutation {
 public:
  LineMutation(std::string_view input, unsigned seed) : random_(seed) {
    for (const std::string_view line : split(input, "\n")) lines_.emplace_back(line);
  }

  std::string mutated() {
    switch (below(6)) {
      case 0:
        lines_.erase(at(below(lines_.size())));
        break;
      case 1:
        insert(lines_[below(lines_.size())]);
        break;
      case 2:
        std::swap(lines_[below(lines_.size())], lines_[below(lines_.size())]);
        break;
      case 3:
        change_digit(lines_[below(lines_.size())]);
        break;
      default:
        insert(std::string{known_lines()[below(known_lines().size())]});
        break;
    }
    std::string text;
    for (const std::string& line : lines_) text += (text.empty() ? "" : "\n") + line;
    return text;
  }

 private:
  std::size_t below(std::size_t limit) { return random_() % limit; }
  Lines::iterator at(std::size_t index) {
    return lines_.begin() + static_cast<std::ptrdiff_t>(index);
  }
  void insert(std::string line) { lines_.insert(at(below(lines_.size() + 1)), std::move(line)); }

  void change_digit(std::string& line) {
    const auto digit = line.find_first_of("0123456789", line.empty() ? 0 : below(line.size()));
    if (digit != std::string::npos) line[digit] = static_cast<char>('0' + below(10));
  }

  std::minstd_rand random_;
  Lines lines_;
};

}  // namespace
}  // namespace svar::fuzz

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t size_max, unsigned seed) {
  if (seed % 2 == 0) return LLVMFuzzerMutate(data, size, size_max);
  svar::fuzz::LineMutation mutation({reinterpret_cast<const char*>(data), size}, seed);
  const std::string text = mutation.mutated();
  const std::size_t length = std::min(text.size(), size_max);
  if (length > 0) std::memcpy(data, text.data(), length);
  return length;
}
