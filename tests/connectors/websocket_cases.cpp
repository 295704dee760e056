#include "tests/connectors/websocket_cases.h"

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

namespace svar::tests {

namespace {

using Cases = std::vector<WebSocketCase>;

constexpr int kStaysOpen = 0;
constexpr int kProtocolError = 1002;
constexpr int kTextOnly = 1003;
constexpr int kBadText = 1007;
constexpr int kTooBig = 1009;
constexpr std::size_t kMessageMax = 64 * 1024;

enum Opcode : std::uint8_t { kMore = 0, kText = 1, kBinary = 2, kClose = 8, kPing = 9, kPong = 10 };
enum class Mask { yes, no };
enum class Length { shortest, two_bytes, eight_bytes };  // how it is written
constexpr std::uint8_t kFin = 0x80;

std::string frame(int first, std::string_view payload, Mask mask = Mask::yes,
                  Length length = Length::shortest) {
  const std::size_t size = payload.size();
  const int mask_bit = mask == Mask::yes ? 0x80 : 0;
  std::string bytes(1, static_cast<char>(first));
  const auto put = [&](int count) {
    for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) {
      bytes += static_cast<char>(static_cast<std::uint64_t>(size) >> shift & 255);
    }
  };
  if (length == Length::eight_bytes || size > 65'535) {
    bytes += static_cast<char>(mask_bit | 127);
    put(8);
  } else if (length == Length::two_bytes || size > 125) {
    bytes += static_cast<char>(mask_bit | 126);
    put(2);
  } else {
    bytes += static_cast<char>(mask_bit | static_cast<int>(size));
  }
  constexpr std::string_view kKey = "\x37\xfa\x21\x3d";
  if (mask == Mask::no) return bytes += payload;
  bytes += kKey;
  for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(payload[i] ^ kKey[i % 4]);
  return bytes;
}

// A good message of any size, and its answer is «pong».
std::string padded_ping(std::size_t size) {
  std::string text = R"({"type":"ping"})";
  text.resize(std::max(size, text.size()), ' ');
  return text;
}

// The text inside a message that is refused in words alone: nothing of it is stored.
std::string in_json(std::string_view text) {
  return "{\"type\":\"" + std::string{text} + "\"}";
}

std::string close_payload(int code, std::string_view reason = {}) {
  std::string payload{static_cast<char>(code >> 8), static_cast<char>(code & 255)};
  return payload += reason;
}

std::string hex(int number) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  return {kDigits[static_cast<std::size_t>(number >> 4 & 15)],
          kDigits[static_cast<std::size_t>(number & 15)]};
}

struct NamedOpcode {
  const char* name;
  Opcode opcode;
};
constexpr std::array<NamedOpcode, 6> kOpcodes{{{"a continuation", kMore},
                                               {"text", kText},
                                               {"binary", kBinary},
                                               {"a close", kClose},
                                               {"a ping", kPing},
                                               {"a pong", kPong}}};

// Group 1: sizes, and lengths that are not written in the shortest way.
void add_sizes(Cases& cases) {
  for (const std::size_t size : {125u, 126u, 127u, 128u, 65'535u, 65'536u}) {
    cases.push_back({"1 text of " + std::to_string(size), frame(kFin | kText, padded_ping(size))});
  }
  for (const std::size_t size : {0u, 1u}) {
    cases.push_back(
        {"1 text of " + std::to_string(size), frame(kFin | kText, std::string(size, '7'))});
  }
  for (const std::size_t size : {kMessageMax + 1, kMessageMax * 2, kMessageMax * 16}) {
    cases.push_back(
        {"1 text of " + std::to_string(size), frame(kFin | kText, padded_ping(size)), kTooBig});
  }
  const std::string announced("\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff\x01\x02\x03\x04", 14);
  cases.push_back({"1 text of 2^63 - 1, announced", announced, kTooBig});
  std::string negative = announced;
  negative[2] = '\xff';
  cases.push_back({"1 text of 2^64 - 1, announced", negative, kTooBig});
  for (const std::size_t size : {0u, 1u, 125u}) {
    for (const auto& each : kOpcodes) {
      const std::string payload = each.opcode == kText ? padded_ping(size) : std::string(size, 'x');
      cases.push_back({"1 two bytes for the length " + std::to_string(size) + " of " + each.name,
                       frame(kFin | each.opcode, payload, Mask::yes, Length::two_bytes),
                       kProtocolError});
    }
  }
  for (const std::size_t size : {0u, 125u, 126u, 65'535u}) {
    cases.push_back({"1 eight bytes for the length " + std::to_string(size),
                     frame(kFin | kText, std::string(size, 'x'), Mask::yes, Length::eight_bytes),
                     kProtocolError});
  }
}

// Group 2: pings and pongs, and control frames that are too long or cut in parts.
void add_control(Cases& cases) {
  for (const Opcode opcode : {kPing, kPong}) {
    const std::string name = opcode == kPing ? "2 ping" : "2 pong";
    for (const std::size_t size : {0u, 1u, 125u}) {
      cases.push_back(
          {name + " of " + std::to_string(size), frame(kFin | opcode, std::string(size, '\xfe'))});
    }
    std::string ten;
    for (int i = 0; i < 10; ++i) ten += frame(kFin | opcode, std::to_string(i));
    cases.push_back({name + ", ten at once", ten});
  }
  for (const Opcode opcode : {kClose, kPing, kPong}) {
    for (const std::size_t size : {126u, 127u, 65'535u, 65'536u}) {
      cases.push_back({"2 control frame " + std::to_string(opcode) + " of " + std::to_string(size),
                       frame(kFin | opcode, close_payload(1000, std::string(size - 2, 'x'))),
                       kProtocolError});
    }
    cases.push_back({"2 control frame " + std::to_string(opcode) + ", the first of several",
                     frame(opcode, close_payload(1000)) + frame(kFin | kMore, "x"),
                     kProtocolError});
  }
}

// Group 3: bits that nothing has been agreed about; RSV1 is what compression would set.
void add_reserved_bits(Cases& cases) {
  for (int bits = 1; bits <= 7; ++bits) {
    for (const auto& each : kOpcodes) {
      const std::string payload = each.opcode == kText ? padded_ping(0) : close_payload(1000);
      cases.push_back({"3 RSV " + std::to_string(bits) + " on " + each.name,
                       frame(kFin | bits << 4 | each.opcode, payload), kProtocolError});
    }
  }
}

// Group 4: opcodes that do not exist, alone and inside a message.
void add_opcodes(Cases& cases) {
  for (const int opcode : {3, 4, 5, 6, 7, 11, 12, 13, 14, 15}) {
    const std::string name = "4 opcode " + std::to_string(opcode);
    cases.push_back({name + ", empty", frame(kFin | opcode, ""), kProtocolError});
    cases.push_back({name, frame(kFin | opcode, "payload"), kProtocolError});
    cases.push_back({name + ", not final", frame(opcode, "payload"), kProtocolError});
    cases.push_back({name + " inside a message", frame(kText, "{") + frame(kFin | opcode, "x"),
                     kProtocolError});
  }
}

void add_unmasked(Cases& cases) {
  for (const auto& each : kOpcodes) {
    for (const char* payload : {"", R"({"type":"ping"})"}) {
      cases.push_back({std::string{"4 unmasked, "} + each.name + (*payload ? "" : ", empty"),
                       frame(kFin | each.opcode, payload, Mask::no), kProtocolError});
    }
  }
}

std::string in_parts(std::string_view text, std::size_t part_max, std::string_view between = {}) {
  std::string bytes;
  for (std::size_t at = 0; at < text.size(); at += part_max) {
    const bool last = at + part_max >= text.size();
    const int first = (at == 0 ? kText : kMore) | (last ? kFin : 0);
    bytes += frame(first, text.substr(at, part_max));
    if (!last) bytes += between;
  }
  return bytes;
}

// Groups 5 and 10: messages in parts.
void add_fragments(Cases& cases) {
  const std::string ping = padded_ping(0);
  const std::string wire_ping = frame(kFin | kPing, "in between");
  const std::string wire_pong = frame(kFin | kPong, "in between");
  const std::string whole = frame(kFin | kText, ping);
  cases.push_back({"5 byte by byte", in_parts(ping, 1)});
  cases.push_back({"5 in parts with pings between", in_parts(ping, 4, wire_ping)});
  cases.push_back({"5 in parts with pongs between", in_parts(ping, 4, wire_pong)});
  cases.push_back({"5 in parts, the last empty", frame(kText, ping) + frame(kFin | kMore, "")});
  cases.push_back({"5 in parts, the first empty", frame(kText, "") + frame(kFin | kMore, ping)});
  cases.push_back({"5 a thousand empty parts", [&] {
                     std::string bytes = frame(kText, ping);
                     for (int i = 0; i < 1'000; ++i) bytes += frame(kMore, "");
                     return bytes + frame(kFin | kMore, "");
                   }()});
  cases.push_back({"5 continuation of nothing", frame(kFin | kMore, ping), kProtocolError});
  cases.push_back({"5 continuation of nothing, empty", frame(kFin | kMore, ""), kProtocolError});
  cases.push_back({"5 continuation of nothing, not final", frame(kMore, ping), kProtocolError});
  cases.push_back(
      {"5 continuation of a finished message", whole + frame(kFin | kMore, ping), kProtocolError});
  cases.push_back({"5 continuation after a ping", wire_ping + frame(kMore, "x"), kProtocolError});
  cases.push_back({"5 text inside text", frame(kText, "{") + whole, kProtocolError});
  cases.push_back(
      {"5 parts of text inside text", frame(kText, "{") + frame(kText, "{"), kProtocolError});
  cases.push_back(
      {"5 binary inside text", frame(kText, "{") + frame(kFin | kBinary, "{"), kProtocolError});
  cases.push_back({"5 text inside binary", frame(kBinary, "{") + whole, kProtocolError});
  cases.push_back({"5 binary", frame(kFin | kBinary, ping), kTextOnly});
  cases.push_back({"5 binary, empty", frame(kFin | kBinary, ""), kTextOnly});
  cases.push_back({"5 binary in parts", frame(kBinary, ping) + frame(kFin | kMore, ""), kTextOnly});
  for (const std::size_t part : {64u, 1'300u, 32'768u}) {
    const std::string name = "10 64 KB in parts of " + std::to_string(part);
    cases.push_back({name, in_parts(padded_ping(kMessageMax), part)});
    cases.push_back(
        {name + " and one byte", in_parts(padded_ping(kMessageMax + 1), part), kTooBig});
  }
}

constexpr std::array<std::string_view, 14> kGoodText{"blå \xc3\xa6\xc3\xb8\xc3\xa5",
                                                     "\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5",
                                                     "\xc2\x80",
                                                     "\xdf\xbf",
                                                     "\xe0\xa0\x80",
                                                     "\xed\x9f\xbf",
                                                     "\xee\x80\x80",
                                                     "\xef\xbf\xbd",
                                                     "\xef\xbf\xbf",
                                                     "\xf0\x90\x80\x80",
                                                     "\xf0\x9f\x98\x80",
                                                     "\xf4\x8f\xbf\xbf",
                                                     "\xf0\x9f\xbf\xbe",
                                                     "\xef\xbb\xbf with a byte order mark"};

constexpr std::array<std::string_view, 40> kBadTexts{
    // Bytes that never occur, and continuations of nothing.
    "\x80", "\xbf", "\x80\xbf\x80", "\xc0", "\xc1", "\xf5", "\xf8", "\xfc", "\xfe", "\xff",
    // Longer than needed: a slash, the end of each range.
    "\xc0\xaf", "\xe0\x80\xaf", "\xf0\x80\x80\xaf", "\xf8\x80\x80\x80\xaf",
    "\xfc\x80\x80\x80\x80\xaf", "\xc1\xbf", "\xe0\x9f\xbf", "\xf0\x8f\xbf\xbf", "\xc0\x80",
    "\xe0\x80\x80",
    // Surrogates, alone and in pairs.
    "\xed\xa0\x80", "\xed\xad\xbf", "\xed\xae\x80", "\xed\xaf\xbf", "\xed\xb0\x80", "\xed\xbe\x80",
    "\xed\xbf\xbf", "\xed\xa0\x80\xed\xb0\x80",
    // Beyond U+10FFFF.
    "\xf4\x90\x80\x80", "\xf7\xbf\xbf\xbf", "\xf8\x88\x80\x80\x80",
    // Cut off before the next character.
    "\xc3 x", "\xe1\xbd x", "\xf0\x9f\x98 x", "\xdf", "\xef\xbf", "\xf7\xbf\xbf",
    // Good, then bad.
    "bl\xc3\xa5 \xff", "\xce\xba\xe1\xbd\xb9\xed\xa0\x80", "Meldinga\xf4\x90\x80\x80 er sen"};

std::string hex_of(std::string_view text) {
  std::string name;
  for (const char c : text.substr(0, 8)) name += hex(static_cast<unsigned char>(c)) + ' ';
  return name + "of " + std::to_string(text.size());
}

// Group 6: text that is UTF-8 however it is cut, and text that is not.
void add_text(Cases& cases) {
  for (const std::string_view good : kGoodText) {
    const std::string text = in_json(good);
    cases.push_back({"6 good " + hex_of(good), frame(kFin | kText, text)});
    cases.push_back({"6 good, byte by byte, " + hex_of(good), in_parts(text, 1)});
  }
  for (const std::string_view bad : kBadTexts) {
    const std::string text = in_json(bad);
    cases.push_back({"6 bad " + hex_of(bad), frame(kFin | kText, text), kBadText});
    cases.push_back({"6 bad, byte by byte, " + hex_of(bad), in_parts(text, 1), kBadText});
    cases.push_back({"6 bad, alone, " + hex_of(bad), frame(kFin | kText, bad), kBadText});
  }
  for (const std::string_view cut : {"\xc3", "\xe1\xbd", "\xf0\x9f\x98"}) {
    cases.push_back({"6 cut off at the end, " + hex_of(cut),
                     frame(kFin | kText, "bl" + std::string{cut}), kBadText});
    cases.push_back({"6 cut off at the end of the last part, " + hex_of(cut),
                     frame(kText, "bl") + frame(kFin | kMore, cut), kBadText});
  }
}

// Group 7: how a client ends it. A good code is answered with itself.
void add_closing(Cases& cases) {
  for (const int good :
       {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 3000, 3999, 4000, 4999}) {
    const std::string name = "7 close " + std::to_string(good);
    cases.push_back({name, frame(kFin | kClose, close_payload(good)), good});
    cases.push_back(
        {name + " with a reason", frame(kFin | kClose, close_payload(good, "h\xc3\xa5")), good});
  }
  for (const int bad : {0, 1, 999, 1004, 1005, 1006, 1014, 1015, 1016, 1100, 2000, 2999}) {
    cases.push_back({"7 close " + std::to_string(bad), frame(kFin | kClose, close_payload(bad)),
                     kProtocolError});
  }
  const std::string ping = frame(kFin | kText, padded_ping(0));
  cases.push_back({"7 close with nothing", frame(kFin | kClose, ""), 1000});
  cases.push_back({"7 close with half a code", frame(kFin | kClose, "\x03"), kProtocolError});
  cases.push_back({"7 close with the longest reason",
                   frame(kFin | kClose, close_payload(1000, std::string(123, 'x'))), 1000});
  for (const std::string_view bad : {"\xff", "\xc3", "\xed\xa0\x80", "\xf4\x90\x80\x80"}) {
    cases.push_back({"7 close with a reason that is no text, " + hex_of(bad),
                     frame(kFin | kClose, close_payload(1000, bad)), kProtocolError});
  }
  cases.push_back({"7 close inside a message",
                   frame(kText, "{") + frame(kFin | kClose, close_payload(1001)), 1001});
  cases.push_back(
      {"7 close twice",
       frame(kFin | kClose, close_payload(1000)) + frame(kFin | kClose, close_payload(1001)),
       1000});
  cases.push_back({"7 text after a close",
                   frame(kFin | kClose, close_payload(1000)) +
                       frame(kFin | kText, R"({"type":"say","id":"late","text":"for seint"})"),
                   1000});
  cases.push_back({"7 a ping of the protocol before a close",
                   ping + frame(kFin | kClose, close_payload(1000)), 1000});
}

}  // namespace

Cases websocket_cases() {
  Cases cases;
  add_sizes(cases);
  add_control(cases);
  add_reserved_bits(cases);
  add_opcodes(cases);
  add_unmasked(cases);
  add_fragments(cases);
  add_text(cases);
  add_closing(cases);
  return cases;
}

}  // namespace svar::tests
