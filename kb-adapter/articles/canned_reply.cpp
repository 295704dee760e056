#include "kb-adapter/articles/canned_reply.h"

#include <algorithm>

#include "kb-adapter/articles/compose.h"

namespace svar::kb {
namespace {

std::string_view first_word(std::string_view name) {
  return name.substr(0, name.find(' '));
}

// The language that Localised::in falls back to is the first one.
Language spoken(const Localised& text, Language wished) {
  const bool absent =
      (wished == Language::nb && text.nb.empty()) || (wished == Language::en && text.en.empty());
  return absent ? Language::nn : wished;
}

std::optional<SlotValue> value_of(std::string_view slot, const ReplyReaders& readers,
                                  Language language) {
  if (slot != kAgentSlot) return slot_value(readers.municipality, slot, language);
  const std::string_view name = first_word(readers.agent_name);
  return name.empty() ? std::nullopt : std::optional(SlotValue{name});
}

// What is put into a slot is not read again: a fact can't name another slot.
FilledReply fill(const CannedReply& reply, const ReplyReaders& readers) {
  FilledReply filled{
      reply.id, reply.title.in(readers.agent), "", spoken(reply.text, readers.citizen), false, {}};
  std::string_view rest = reply.text.in(readers.citizen);
  for (const std::string_view slot : slots_in(rest)) {
    const std::size_t open = rest.find("{{");
    const std::size_t end = rest.find("}}", open) + 2;
    const auto value = value_of(slot, readers, filled.language);
    filled.text += rest.substr(0, open);
    filled.text += value ? value->text : rest.substr(open, end - open);
    filled.sample = filled.sample || (value && value->sample);
    auto& missing = filled.missing;
    if (!value && std::find(missing.begin(), missing.end(), slot) == missing.end())
      missing.emplace_back(slot);
    rest.remove_prefix(end);
  }
  filled.text += rest;
  return filled;
}

bool is_own(const CannedReply& reply, const ReplyReaders& readers) {
  return reply.municipality && readers.municipality &&
         *reply.municipality == readers.municipality->id;
}

}  // namespace

std::vector<FilledReply> replies_for(const std::vector<CannedReply>& all,
                                     const ReplyReaders& readers) {
  std::vector<const CannedReply*> chosen;
  for (const CannedReply& reply : all) {
    if (!reply.municipality) chosen.push_back(&reply);
  }
  for (const CannedReply& reply : all) {
    if (!is_own(reply, readers)) continue;
    const auto same = std::find_if(chosen.begin(), chosen.end(),
                                   [&](const auto* one) { return one->id == reply.id; });
    if (same == chosen.end()) {
      chosen.push_back(&reply);
    } else {
      *same = &reply;
    }
  }
  const auto for_crisis = [](const CannedReply* reply) { return reply->crisis; };
  if (readers.in_crisis) {
    std::stable_partition(chosen.begin(), chosen.end(), for_crisis);
  } else {
    std::erase_if(chosen, for_crisis);
  }
  std::vector<FilledReply> filled;
  for (const CannedReply* reply : chosen) filled.push_back(fill(*reply, readers));
  return filled;
}

}  // namespace svar::kb
