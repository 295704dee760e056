#include "tests/bench/load/desk_reader.h"

namespace svar::bench {

DeskReader::DeskReader(Loop& loop, std::uint16_t port, const std::string& cookie,
                       std::uint32_t number)
    : target_{port, "/desk/v1/socket", "http://127.0.0.1:" + std::to_string(port), cookie},
      client_(loop, *this, target_, number) {
  client_.connect();
}

void DeskReader::come_back() {
  if (client_.is_closed()) client_.connect();
}

void DeskReader::ended(Client&, std::string_view why) {
  ++ends_;
  fault_ = why;
}

}  // namespace svar::bench
