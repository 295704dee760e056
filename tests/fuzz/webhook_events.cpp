// The body of a bridge's POST, any bytes: all of it is taken or none, with the place of the fault
// and no value of it; what is taken has an id, somebody to answer, and whole words that can be said
// back.
#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "connectors/webhook/event_decoding.h"
#include "connectors/webhook/message_encoding.h"
#include "tests/fuzz/hold.h"

namespace svar::fuzz {
namespace {

using nlohmann::json;
using service::Incoming;

std::string words_of(const Incoming& incoming) {
  if (const auto* said = std::get_if<Incoming::Said>(&incoming.what)) return said->text;
  if (const auto* edited = std::get_if<Incoming::Edited>(&incoming.what)) return edited->text;
  const auto* pressed = std::get_if<Incoming::Pressed>(&incoming.what);
  return pressed ? pressed->label : std::string{};
}

bool is_name(std::string_view text) {
  return text == "?" ||
         (!text.empty() && text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_.") ==
                               std::string_view::npos);
}

void check_incoming(const Incoming& incoming) {
  const bool receipt = std::holds_alternative<Incoming::Receipt>(incoming.what);
  hold(incoming.contact.empty() == receipt, "who wrote can be answered", incoming.contact);
  hold(incoming.event.size() > 2 && is_utf8(incoming.event), "an event has an id", incoming.event);
  hold(incoming.at.time_since_epoch().count() >= 0, "a moment is of our time");
  const std::string words = words_of(incoming);
  hold(is_utf8(words), "words are whole letters", words);
  service::Outgoing message;
  message.text = words;
  message.choices = {{words, words}};
  for (const auto& part : webhook::encode(message)) {
    const auto body =
        webhook::addressed(part, incoming.contact.empty() ? "7" : incoming.contact, "1.2.0");
    hold(body && json::accept(*body), "what was said can be said back", words);
  }
}

// Long runs of the input in a reason would be somebody's words.
void check_reason(const std::string& why) {
  hold(why.size() < 160, "a reason is short", why);
  hold(is_utf8(why), "a reason is text", why);
}

}  // namespace
}  // namespace svar::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace svar;
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  auto decoded = webhook::decode(bytes, Time{std::chrono::seconds{1'795'518'000}});
  if (!decoded) {
    fuzz::check_reason(decoded.error());
    return 0;
  }
#ifdef SVAR_PLANTED_FAULT  // words cut to a number of bytes
  for (auto& incoming : decoded->incoming) {
    if (auto* said = std::get_if<service::Incoming::Said>(&incoming.what))
      said->text.resize(std::min<std::size_t>(said->text.size(), 16));
  }
#endif
  fuzz::hold(decoded->incoming.size() + decoded->unknown.size() <= webhook::kEventsMax,
             "events are bounded");
  for (const auto& incoming : decoded->incoming) fuzz::check_incoming(incoming);
  for (const auto& unknown : decoded->unknown) {
    fuzz::hold(fuzz::is_name(unknown.kind), "a kind is a name", unknown.kind);
    fuzz::hold(unknown.fields.size() <= 32, "few fields are kept");
    for (const auto& field : unknown.fields)
      fuzz::hold(fuzz::is_name(field), "a field is a name and no value", field);
  }
  return 0;
}
