// The web chat's wire: scripts of frames and directions (chat_script.h), whatever they hold. What
// was acknowledged is in the log, everybody is told everything once and in order, and the states at
// hand are the log folded.
#include <sodium.h>

#include <cstdint>
#include <string_view>

#include "tests/fuzz/chat_script.h"
#include "tests/fuzz/hold.h"
#include "tests/fuzz/line_mutator.h"

namespace svar::fuzz {
namespace {

constexpr std::size_t kLinesMax = 100;

// The same input must do the same: numbers and codes are drawn from a row that begins anew with
// each.
std::uint32_t drawn = 0;
const char* row_name() {
  return "row";
}
std::uint32_t next_of_row() {
  return ++drawn * 2'654'435'761U;
}
void fill_from_row(void* bytes, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i)
    static_cast<unsigned char*>(bytes)[i] = static_cast<unsigned char>(next_of_row() >> 24);
}

void draw_from_row() {
  static randombytes_implementation row{row_name, next_of_row,   nullptr,
                                        nullptr,  fill_from_row, nullptr};
  randombytes_set_implementation(&row);
  hold(sodium_init() >= 0, "sodium is there");
}

void play(std::string_view input) {
  static const bool once = (draw_from_row(), true);
  drawn = once ? 0 : 1;
  ChatScript script;
  std::size_t count = 0;
  for (const std::string_view line : split(input, "\n")) {
    if (line.empty()) continue;
    if (++count > kLinesMax) break;
    script.play(line);
  }
  script.finish();
}

}  // namespace

const std::vector<std::string_view>& known_lines() {
  static const std::vector<std::string_view> lines = {
      R"({"frames":[{"type":"say","id":"p","text":"hei"},{"type":"ping"}]})",
      R"(@0)",
      R"(@1)",
      R"(@2)",
      R"(@3)",
      R"(@agent take)",
      R"(@agent other)",
      R"(@agent say 1)",
      R"(@agent back 2)",
      R"(@agent close 3)",
      R"(@leave)",
      R"(@room 0)",
      R"(@room 1)",
      R"(@fail)",
      R"(@fail stored)",
      R"(@hold)",
      R"(@run)",
      R"(@wait 60)",
      R"(@typing)",
      R"(@silence)",
      R"(@forget)",
      R"(@due)",
      R"({"type":"hello","site":"osteroy","language":"nn","page":{"url":"https://www.osteroy.kommune.no/boss?x=1","title":"Boss"}})",
      R"({"type":"hello","site":"felles"})",
      R"({"type":"hello","site":"gulen","language":"en"})",
      R"({"type":"hello","site":"osteroy","resume":{"conversation":"$C","token":"$T","after":0}})",
      R"({"type":"hello","site":"osteroy","resume":{"code":"$K"}})",
      R"({"type":"say","id":"a","text":"hei"})",
      R"({"type":"say","id":"b","text":"kva"})",
      R"({"type":"say","id":"c","text":"gulen"})",
      R"({"type":"say","id":"d","text":"brann"})",
      R"({"type":"say","id":"e","text":"bokmål"})",
      R"({"type":"say","id":"f","text":"01019012345"})",
      R"({"type":"say","id":"g","text":"person"})",
      R"({"type":"choose","id":"h","choice":"article:boss.tommekalender"})",
      R"({"type":"choose","id":"i","choice":"person"})",
      R"({"type":"human","id":"j0"})",
      R"({"type":"bot","id":"j1"})",
      R"({"type":"close","id":"j2"})",
      R"({"type":"delete","id":"j3"})",
      R"({"type":"code","id":"j4"})",
      R"({"type":"rate","id":"k","score":4,"text":"fint"})",
      R"({"type":"seen","seq":3})",
      R"({"type":"typing"})",
      R"({"type":"ping"})",
  };
  return lines;
}

}  // namespace svar::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  svar::fuzz::play({reinterpret_cast<const char*>(data), size});
  return 0;
}
