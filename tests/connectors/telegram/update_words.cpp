#include "tests/connectors/telegram/update_words.h"

namespace svar::tests {
namespace {

using service::Incoming;

template <class... Functions>
struct Overloaded : Functions... {
  using Functions::operator()...;
};
template <class... Functions>
Overloaded(Functions...) -> Overloaded<Functions...>;

std::string seconds(Time at) {
  return std::to_string(
      std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count());
}

std::string line_of(const Incoming& incoming) {
  const auto line = [&](const std::string& verb, const std::string& rest) {
    return verb + " " + incoming.contact + " " + incoming.event + " at " + seconds(incoming.at) +
           (rest.empty() ? "" : ": " + rest);
  };
  return std::visit(Overloaded{
                        [&](const Incoming::Said& said) { return line("said", said.text); },
                        [&](const Incoming::Pressed& pressed) {
                          return line("pressed", pressed.key + " [" + pressed.label + "]");
                        },
                        [&](const Incoming::SentOther& other) { return line("sent", other.kind); },
                        [&](const Incoming::Edited& edited) {
                          return line("edited", edited.of + " " + edited.text);
                        },
                        [&](const Incoming::Unreachable&) { return line("unreachable", ""); },
                        [&](const auto&) { return line("something Telegram does not have", ""); },
                    },
                    incoming.what);
}

std::string line_of(const service::UnknownIncoming& unknown) {
  std::string line = "unknown " + unknown.kind + " " + unknown.event + " (";
  for (const std::string& field : unknown.fields) {
    line += (line.back() == '(' ? "" : " ") + field;
  }
  return line + ")";
}

}  // namespace

std::string words_of(const service::Decoded& decoded) {
  std::string all;
  const auto add = [&](const std::string& line) { all += (all.empty() ? "" : "; ") + line; };
  for (const auto& incoming : decoded.incoming) add(line_of(incoming));
  for (const auto& unknown : decoded.unknown) add(line_of(unknown));
  return all;
}

}  // namespace svar::tests
