#include "tests/connectors/graph/decoded_text.h"

#include <fstream>
#include <sstream>

namespace svar::testing {
namespace {

using service::Incoming;

std::string or_dash(const std::string& text) {
  return text.empty() ? "-" : text;
}
std::string count(Time at) {
  return std::to_string(at.time_since_epoch().count());
}

std::string word(service::Rank rank) {
  switch (rank) {
    case service::Rank::sent:
      return "sent";
    case service::Rank::delivered:
      return "delivered";
    case service::Rank::read:
      return "read";
    case service::Rank::failed:
      return "failed";
  }
  return "?";
}

struct Describe {
  std::string operator()(const Incoming::Said& e) const { return "said " + or_dash(e.text); }
  std::string operator()(const Incoming::Pressed& e) const {
    return "pressed " + or_dash(e.key) + " " + or_dash(e.label);
  }
  std::string operator()(const Incoming::SentOther& e) const { return "other " + e.kind; }
  std::string operator()(const Incoming::Edited& e) const {
    return "edited " + e.of + " " + or_dash(e.text);
  }
  std::string operator()(const Incoming::Withdrawn& e) const { return "withdrawn " + e.of; }
  std::string operator()(const Incoming::AnsweredElsewhere& e) const {
    return "elsewhere " + or_dash(e.text);
  }
  std::string operator()(const Incoming::Echo& e) const {
    return "echo " + or_dash(e.token) + " " + or_dash(e.message);
  }
  std::string operator()(const Incoming::Receipt& e) const {
    return "receipt " + word(e.rank) + " " + e.message + " " + or_dash(e.why);
  }
  std::string operator()(const Incoming::ReceiptUpTo& e) const {
    return "up to " + count(e.watermark) + " " + word(e.rank);
  }
  std::string operator()(const Incoming::Unreachable&) const { return "unreachable"; }
};

}  // namespace

std::string lines_of(const service::Decoded& decoded) {
  std::string lines;
  for (const Incoming& incoming : decoded.incoming) {
    lines += or_dash(incoming.contact) + " " + incoming.event + " " + count(incoming.at) + " " +
             std::visit(Describe{}, incoming.what) + "\n";
  }
  for (const auto& unknown : decoded.unknown)
    lines += "unknown " + unknown.kind + " " + or_dash(unknown.event) + "\n";
  return lines;
}

std::optional<std::string> fixture(std::string_view name) {
  std::ifstream file{std::string{SVAR_FIXTURES "/"}.append(name)};
  if (!file) return std::nullopt;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string in_envelope(std::string_view object, std::string_view account, std::string_view event) {
  return std::string{R"({"object":")"}
      .append(object)
      .append(R"(","entry":[{"id":")")
      .append(account)
      .append(R"(","time":1,"messaging":[)")
      .append(event)
      .append("]}]}");
}

}  // namespace svar::testing
