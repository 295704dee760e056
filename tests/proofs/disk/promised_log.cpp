#include "tests/proofs/disk/promised_log.h"

#include <algorithm>
#include <cstdio>

namespace svar::proofs {
namespace {

constexpr std::string_view kMark = "<word ";
constexpr std::size_t kDigits = 8;

const std::string* text_of(const Event& event) {
  const auto* spoke = std::get_if<CitizenSpoke>(&event);
  return spoke != nullptr ? &spoke->text : nullptr;
}

bool is_erased(const service::Erasure& erasure, std::size_t index) {
  const Seq seq{static_cast<std::int64_t>(index) + 1};
  return erasure.everything || std::ranges::find(erasure.seqs, seq) != erasure.seqs.end();
}

// The conversation after the request was stored.
std::vector<Event> after(std::vector<Event> events, const service::Erasure& request) {
  for (std::size_t index = 0; index < events.size(); ++index) {
    auto* spoke = std::get_if<CitizenSpoke>(&events[index]);
    if (spoke != nullptr && is_erased(request, index)) spoke->text.clear();
  }
  for (const Recorded& added : *request.append.events) events.push_back(added.event);
  return events;
}

// Where the two differ first, in words; nothing when they are the same.
std::optional<std::string> difference(const std::vector<Event>& promised,
                                      const std::vector<Recorded>& read) {
  for (std::size_t index = 0; index < promised.size() && index < read.size(); ++index) {
    if (read[index].seq.value != static_cast<std::int64_t>(index) + 1) {
      return "seq " + std::to_string(read[index].seq.value) + " stands where " +
             std::to_string(index + 1) + " belongs";
    }
    if (read[index].event == promised[index]) continue;
    const std::string* text = text_of(promised[index]);
    const bool erased = text != nullptr && text->empty();
    return "seq " + std::to_string(index + 1) +
           (erased ? ": an acknowledged erasure is undone"
                   : ": another event than the acknowledged");
  }
  if (promised.size() == read.size()) return std::nullopt;
  return std::to_string(read.size()) + " events where " + std::to_string(promised.size()) +
         " were promised";
}

}  // namespace

void PromisedLog::ask(const service::Append& request) {
  held_[request.conversation].asked = service::Erasure{request, {}, false};
}

void PromisedLog::ask(const service::Erasure& request) {
  held_[request.append.conversation].asked = request;
}

bool PromisedLog::waiting(ConversationId conversation) const {
  const auto found = held_.find(conversation);
  return found != held_.end() && found->second.asked.has_value();
}

Seq PromisedLog::last(ConversationId conversation) const {
  const auto found = held_.find(conversation);
  return Seq{found != held_.end() ? static_cast<std::int64_t>(found->second.events.size()) : 0};
}

void PromisedLog::acknowledged(ConversationId conversation) {
  auto& held = held_[conversation];
  for (std::size_t index = 0; index < held.events.size(); ++index) {
    const std::string* text = text_of(held.events[index]);
    if (text == nullptr || !is_erased(*held.asked, index)) continue;
    for (std::string& word : words_of(*text)) gone_.insert(std::move(word));
  }
  if (held.asked->everything || !held.asked->seqs.empty()) ++erasures_;
  held.events = after(std::move(held.events), *held.asked);
  held.asked.reset();
}

void PromisedLog::refused(ConversationId conversation) {
  held_[conversation].asked.reset();
}

std::optional<std::string> PromisedLog::compare(ConversationId conversation,
                                                const std::vector<Recorded>& read) {
  auto& held = held_[conversation];
  auto fault = difference(held.events, read);
  if (fault && held.asked) {
    auto landed = after(held.events, *held.asked);
    if (!difference(landed, read)) {
      held.events = std::move(landed);
      fault.reset();
    }
  }
  held.asked.reset();
  if (!fault) return std::nullopt;
  return "conversation " + std::to_string(conversation.value) + ": " + *fault;
}

std::size_t PromisedLog::events() const {
  std::size_t count = 0;
  for (const auto& [_, held] : held_) count += held.events.size();
  return count;
}

std::string marked_word(std::uint64_t number) {
  char digits[kDigits + 1];
  std::snprintf(digits, sizeof(digits), "%08llu",
                static_cast<unsigned long long>(number % 100'000'000));
  return std::string(kMark) + digits + ">";
}

std::vector<std::string> words_of(std::string_view bytes) {
  std::vector<std::string> words;
  const std::size_t size = kMark.size() + kDigits + 1;
  for (auto at = bytes.find(kMark); at != std::string_view::npos; at = bytes.find(kMark, at + 1)) {
    if (at + size <= bytes.size()) words.emplace_back(bytes.substr(at, size));
  }
  return words;
}

}  // namespace svar::proofs
