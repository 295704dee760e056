#include "bot/service/delivery/outgoing.h"

#include <charconv>

#include "bot/service/delivery/delivery_store.h"

namespace svar::service {
namespace {

struct Rendering {
  Outgoing out;
  void operator()(const BotReplied& event) {
    out.text = event.text;
    out.choices = event.choices;
    out.links = event.links;
    out.language = event.language;
  }
  void operator()(const HandoffRequested& event) {
    out.text = event.text;
    out.language = event.language;
  }
  void operator()(const WaitGrewLong& event) {
    out.text = event.text;
    out.choices = event.choices;
  }
  void operator()(const AgentSpoke& event) {
    out.text = event.text;
    out.by_person = true;
  }
  void operator()(const SystemNoticed& event) { out.text = event.text; }
  void operator()(const AgentJoined& event) { out.text = event.text; }
  void operator()(const AgentHandedBack& event) { out.text = event.text; }
  void operator()(const AgentLost& event) { out.text = event.text; }
  // Nobody is rung up half an hour later to hear that it has been quiet: the next word goes on.
  void operator()(const ConversationClosed& event) {
    if (event.by != ClosedBy::inactivity) out.text = event.text;
  }
  void operator()(const CitizenReturnedToBot& event) { out.text = event.text; }
  template <class Other>
  void operator()(const Other&) {}
};

}  // namespace

std::optional<Outgoing> outgoing(const Recorded& recorded, Language language) {
  Rendering rendering;
  rendering.out.seq = recorded.seq;
  rendering.out.language = language;
  std::visit(rendering, recorded.event);
  if (rendering.out.text.empty()) return std::nullopt;
  return std::move(rendering.out);
}

std::string token_of(const PartKey& key) {
  return std::to_string(key.conversation.value) + "." + std::to_string(key.seq.value) + "." +
         std::to_string(key.part);
}

std::optional<PartKey> part_of_token(std::string_view token) {
  PartKey key;
  const char* at = token.data();
  const char* const end = token.data() + token.size();
  const auto read = [&](auto& number, bool last) {
    const auto [stopped, error] = std::from_chars(at, end, number);
    if (error != std::errc{} || (last ? stopped != end : stopped == end || *stopped != '.'))
      return false;
    at = last ? stopped : stopped + 1;
    return true;
  };
  const bool whole =
      read(key.conversation.value, false) && read(key.seq.value, false) && read(key.part, true);
  return whole ? std::optional{key} : std::nullopt;
}

}  // namespace svar::service
