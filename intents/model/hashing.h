// 64-bit hashes that tell features and models apart. Equal on every machine; no protection against
// malice.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace svar::intents {

constexpr std::uint64_t kHashStart = 0xcbf2'9ce4'8422'2325;

// One byte more (FNV-1a).
constexpr std::uint64_t hash_byte(std::uint64_t hash, unsigned char byte) {
  return (hash ^ byte) * 0x0000'0100'0000'01b3;
}

constexpr std::uint64_t hash_bytes(std::string_view bytes, std::uint64_t hash = kHashStart) {
  for (const char byte : bytes) hash = hash_byte(hash, static_cast<unsigned char>(byte));
  return hash;
}

// Spreads what is in a few bits over all of them (the finaliser of MurmurHash3).
constexpr std::uint64_t spread(std::uint64_t hash) {
  hash = (hash ^ (hash >> 33)) * 0xff51'afd7'ed55'8ccd;
  hash = (hash ^ (hash >> 33)) * 0xc4ce'b9fe'1a85'ec53;
  return hash ^ (hash >> 33);
}

// 16 hexadecimal characters.
std::string hex(std::uint64_t hash);

}  // namespace svar::intents
