// The webhooks of Messenger, Instagram and WhatsApp, any bytes: what is taken for a citizen's word
// is whole text with an id, what is not keeps names and no values, the same bytes give the same
// events, and what was said can be said back within the platforms' limits.
#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "connectors/instagram/codec.h"
#include "connectors/messenger/codec.h"
#include "connectors/whatsapp/decode.h"
#include "connectors/whatsapp/encode.h"
#include "tests/fuzz/hold.h"

namespace svar::fuzz {
namespace {

using nlohmann::json;
using service::Decoded;
using service::Incoming;

// The words in an event; empty for receipts.
std::string words_of(const Incoming& incoming) {
  if (const auto* said = std::get_if<Incoming::Said>(&incoming.what)) return said->text;
  if (const auto* edited = std::get_if<Incoming::Edited>(&incoming.what)) return edited->text;
  if (const auto* pressed = std::get_if<Incoming::Pressed>(&incoming.what)) return pressed->label;
  const auto* elsewhere = std::get_if<Incoming::AnsweredElsewhere>(&incoming.what);
  return elsewhere ? elsewhere->text : std::string{};
}

bool is_receipt(const Incoming& incoming) {
  return std::holds_alternative<Incoming::Receipt>(incoming.what) ||
         std::holds_alternative<Incoming::Echo>(incoming.what);
}

bool is_name(std::string_view text) {
  return !text.empty() &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_.") == std::string_view::npos;
}

void check_events(const Decoded& decoded, std::string_view bytes) {
  hold(decoded.incoming.size() + decoded.unknown.size() <= bytes.size() + 1, "events have bytes");
  for (const Incoming& incoming : decoded.incoming) {
    hold(is_receipt(incoming) || !incoming.contact.empty(), "somebody is to be answered", bytes);
    hold(incoming.event.size() > 2 && is_utf8(incoming.event), "an event has an id",
         incoming.event);
    hold(is_utf8(incoming.contact), "a contact is text", incoming.contact);
    hold(is_utf8(words_of(incoming)), "words are whole letters", words_of(incoming));
    hold(incoming.at.time_since_epoch().count() >= 0, "a moment is of our time");
  }
  for (const auto& unknown : decoded.unknown) {
    hold(is_name(unknown.kind), "a kind is a name", unknown.kind);
    hold(unknown.fields.size() <= 32, "few fields are kept");
    for (const auto& field : unknown.fields) hold(is_name(field), "a field is a name", field);
  }
}

bool same(const Decoded& a, const Decoded& b) {
  if (a.incoming.size() != b.incoming.size() || a.unknown.size() != b.unknown.size()) return false;
  for (std::size_t i = 0; i < a.incoming.size(); ++i) {
    if (a.incoming[i].event != b.incoming[i].event ||
        a.incoming[i].contact != b.incoming[i].contact ||
        words_of(a.incoming[i]) != words_of(b.incoming[i])) {
      return false;
    }
  }
  return true;
}

std::size_t units(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    count += (byte & 0xC0U) == 0x80U ? 0 : byte >= 0xF0U ? 2 : 1;
  }
  return count;
}

// What was said comes back as a text and as a choice.
void check_messages(const std::string& words) {
  service::Outgoing message;
  message.text = words;
  message.choices = {{words, words.substr(0, words.find('\n'))}, {"b", "B"}};
  for (const auto& part : messenger::encode(message)) {
    const json content = json::parse(part.body).at("message");
    hold(units(content.at("text").get<std::string>()) <= 2000, "Messenger's text", words);
    for (const auto& reply : content.value("quick_replies", json::array()))
      hold(units(reply.at("title").get<std::string>()) <= 20, "Messenger's title", words);
  }
  for (const auto& part : instagram::encode(message)) {
    const json content = json::parse(part.body).at("message");
    hold(content.at("text").get<std::string>().size() <= 1000, "Instagram's text", words);
  }
  for (const auto& part : whatsapp::encode(message)) {
    const json body = json::parse(part.body);
    const bool plain = body.at("type") == "text";
    const std::string text =
        plain ? body.at("text").at("body") : body.at("interactive").at("body").at("text");
    hold(units(text) <= (plain ? 4096U : 1024U), "WhatsApp's text", words);
  }
}

void check_decoder(Decoded (*decode)(std::string_view), std::string_view bytes) {
  Decoded decoded = decode(bytes);
#ifdef SVAR_PLANTED_FAULT  // words cut to a number of bytes
  for (Incoming& incoming : decoded.incoming) {
    if (auto* said = std::get_if<Incoming::Said>(&incoming.what))
      said->text.resize(std::min<std::size_t>(said->text.size(), 16));
  }
#endif
  check_events(decoded, bytes);
  hold(same(decode(bytes), decode(bytes)), "the same bytes give the same events", bytes);
  for (const Incoming& incoming : decoded.incoming) check_messages(words_of(incoming));
}

}  // namespace
}  // namespace svar::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  using namespace svar;
  fuzz::check_decoder(
      [](std::string_view body) {
        return messenger::decode(body, {"1", "2"});
      },
      bytes);
  fuzz::check_decoder(
      [](std::string_view body) {
        return instagram::decode(body, {"1", "", {}});
      },
      bytes);
  fuzz::check_decoder([](std::string_view body) { return whatsapp::decode(body, {"1"}); }, bytes);
  return 0;
}
