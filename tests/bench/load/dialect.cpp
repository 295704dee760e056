#include "tests/bench/load/dialect.h"

#include <cstring>

namespace svar::bench {

namespace {

constexpr auto kNone = std::string_view::npos;

// glibc's memmem is several times faster than string_view::find.
std::size_t find(std::string_view in, std::string_view what) {
  const void* found = ::memmem(in.data(), in.size(), what.data(), what.size());
  return found ? static_cast<std::size_t>(static_cast<const char*>(found) - in.data()) : kNone;
}

// Whether `frame` has "key":"value"; quotes inside texts are escaped, so no citizen's words can
// look like it.
bool has(std::string_view frame, std::string_view key, std::string_view value) {
  char wanted[160];
  const std::size_t size = key.size() + value.size() + 5;
  if (size > sizeof wanted) return false;
  char* at = wanted;
  *at++ = '"';
  at = static_cast<char*>(::mempcpy(at, key.data(), key.size()));
  at = static_cast<char*>(::mempcpy(at, "\":\"", 3));
  at = static_cast<char*>(::mempcpy(at, value.data(), value.size()));
  *at = '"';
  return find(frame, {wanted, size}) != kNone;
}

}  // namespace

std::string_view member(std::string_view frame, std::string_view name) {
  const std::string wanted = '"' + std::string{name} + "\":";
  const std::size_t found = find(frame, wanted);
  if (found == kNone) return {};
  frame.remove_prefix(found + wanted.size());
  if (!frame.starts_with('"')) return frame.substr(0, frame.find_first_of(",}"));
  frame.remove_prefix(1);
  return frame.substr(0, frame.find('"'));
}

Target ProductDialect::target(std::uint16_t port) const {
  return {port, "/chat/v1/socket", "http://127.0.0.1:" + std::to_string(port), {}};
}

std::string ProductDialect::hello(std::string_view site) const {
  return R"({"type":"hello","site":")" + std::string{site} + "\"}";
}

std::string ProductDialect::hello_again(std::string_view site, std::string_view conversation,
                                        std::string_view token, std::string_view after) {
  return R"({"type":"hello","site":")" + std::string{site} + R"(","resume":{"conversation":")" +
         std::string{conversation} + R"(","token":")" + std::string{token} + R"(","after":)" +
         std::string{after} + "}}";
}

void ProductDialect::message(std::string& out, std::string_view id, std::string_view text) const {
  out.assign(R"({"type":"say","id":")").append(id).append(R"(","text":")").append(text);
  out.append("\"}");
}

Meaning ProductDialect::meaning(std::string_view frame, std::string_view id) const {
  const std::string_view type = member(frame, "type");
  if (type == "event") {
    if (id.empty() || !has(frame, "reply_to", id)) return Meaning::other;
    if (has(frame, "from", "bot")) return Meaning::reply;
    return has(frame, "kind", "handoff") ? Meaning::handoff : Meaning::other;
  }
  if (type == "ack") return has(frame, "id", id) ? Meaning::ack : Meaning::other;
  if (type == "welcome") return Meaning::welcome;
  return type == "error" ? Meaning::refused : Meaning::other;
}

Target IdealDialect::target(std::uint16_t port) const {
  return {port, "/chat", {}, {}};
}

void IdealDialect::message(std::string& out, std::string_view id, std::string_view text) const {
  out.assign(R"({"type":"message","id":")").append(id).append(R"(","text":")").append(text);
  out.append("\"}");
}

Meaning IdealDialect::meaning(std::string_view frame, std::string_view id) const {
  if (member(frame, "type") == "ack") return Meaning::ack;
  return !id.empty() && has(frame, "id", id) ? Meaning::reply : Meaning::other;
}

}  // namespace svar::bench
