// Answers without end: the memory that one takes stays small, whatever shape it has.
#include <fstream>

#include "tests/connectors/outbound/outbound_fixture.h"

namespace svar::tests {
namespace {

using namespace outbound;

constexpr std::uint64_t kFlood = 200U << 20U;

struct Flood {
  const char* name;
  std::string head;
  std::string again;
};

std::vector<Flood> floods() {
  const std::string piece(64 * 1024, 'x');
  const std::string ok = "HTTP/1.1 200 OK\r\n";
  const std::string chunked = ok + "Transfer-Encoding: chunked\r\n\r\n";
  return {
      {"LengthTold", ok + "Content-Length: 209715200\r\n\r\n", piece},
      {"UntilTheEnd", ok + "\r\n", piece},
      {"ManyChunks", chunked, "10000\r\n" + piece + "\r\n"},
      {"OneChunk", chunked + "C800000\r\n", piece},
      {"NegativeChunk", chunked + "-9\r\n", piece},
      {"ChunkExtension", chunked + "5;", piece},
      {"Head", ok, "X-A: " + std::string(8000, 'x') + "\r\n"},
      {"HeadLine", ok + "X-A: ", piece},
      {"StatusLine", "HTTP/1.1 200 ", piece},
      {"Trailers", chunked + "0\r\n", "X-A: " + std::string(8000, 'x') + "\r\n"},
  };
}

std::uint64_t resident_bytes() {
  std::ifstream file("/proc/self/statm");
  std::uint64_t whole = 0;
  std::uint64_t resident = 0;
  file >> whole >> resident;
  return resident * 4096;
}

class Floods : public Outbound, public ::testing::WithParamInterface<bool> {};

TEST_P(Floods, AreCutOffBeforeTheyFillTheMemory) {
  const bool secure = GetParam();
  const auto files = certificate("bot.test");
  for (const Flood& flood : floods()) {
    SCOPED_TRACE(flood.name);
    HostileServer server(
        [&](Peer& peer) {
          if (peer.read_request() && peer.write(flood.head))
            peer.write_again_and_again(flood.again, kFlood);
        },
        secure ? std::optional(files) : std::nullopt);
    const std::string origin = origin_of(server, secure ? "https" : "http");
    open_client({origin});
    const auto before = resident_bytes();
    const auto outcome = ask(post(origin));
    // What comes after the last chunk is never read: there the answer may count as whole.
    if (std::string_view{flood.name} != "Trailers") {
      ASSERT_FALSE(outcome);
      EXPECT_EQ(outcome.error().sent, Sent::maybe);
      EXPECT_NE(words_of(outcome.error().fault), words_of(HttpFault::timeout));
    }
    ASSERT_TRUE(server.wait_for_scripts(1)) << "the connection was not closed";
    EXPECT_LT(server.bytes_written(), kFlood / 2);
    EXPECT_LT(resident_bytes(), before + kFlood / 2);
  }
}

INSTANTIATE_TEST_SUITE_P(Of, Floods, ::testing::Bool(),
                         [](const auto& of) { return of.param ? "Https" : "Http"; });

TEST_F(Outbound, AnAnswerOfExactlyTheSizeAllowedIsWholeAndOneByteMoreIsTooLarge) {
  for (const std::size_t bytes : {5000U, 5001U}) {
    HostileServer server([bytes](Peer& peer) {
      if (peer.read_request()) peer.answer(std::string(bytes, 'x'));
    });
    open_client({origin_of(server)});
    HttpRequest request = post(origin_of(server));
    request.answer_bytes_max = 5000;
    const auto outcome = ask(request);
    if (bytes == 5000) {
      ASSERT_TRUE(outcome) << outcome.error().what;
      EXPECT_EQ(outcome->body.size(), bytes);
    } else {
      expect_failure(outcome, Sent::maybe, HttpFault::too_large);
    }
  }
}

}  // namespace
}  // namespace svar::tests
