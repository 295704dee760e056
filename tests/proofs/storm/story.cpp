#include "tests/proofs/storm/story.h"

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>

namespace svar::proofs {
namespace {

using nlohmann::json;

constexpr std::size_t kExamplesMax = 8;

void note(std::uint64_t& count, Faults& faults, const Story& story, const std::string& what) {
  ++count;
  if (faults.examples.size() < kExamplesMax) {
    faults.examples.push_back(story.conversation.substr(0, 20) + "…: " + what);
  }
}

std::string member(const json& event, const char* name) {
  return event.value(name, std::string{});
}

bool is_message(const json& event, const char* from) {
  return member(event, "from") == from && member(event, "kind") == "message";
}

std::size_t hash_of(const json& event) {
  return std::hash<std::string>{}(event.dump());
}

void check_message(const Story& story, const SentMessage& sent, const std::vector<json>& transcript,
                   std::int64_t& last, Faults& faults) {
  std::vector<std::int64_t> stored;
  std::size_t answers = 0;
  for (const json& event : transcript) {
    if (is_message(event, "citizen") && member(event, "id") == sent.id) {
      stored.push_back(event.at("seq"));
      if (member(event, "text") != sent.text) note(faults.changed, faults, story, sent.id);
    }
    if (member(event, "from") == "bot" && member(event, "reply_to") == sent.id) ++answers;
  }
  if (stored.empty()) return note(faults.lost, faults, story, sent.id + " is gone");
  if (stored.size() > 1) note(faults.doubled, faults, story, sent.id + " is stored twice");
  if (answers == 0) note(faults.lost, faults, story, sent.id + " was never answered");
  if (answers > 1) note(faults.doubled, faults, story, sent.id + " was answered twice");
  if (stored[0] != sent.ack) note(faults.changed, faults, story, sent.id + " has another seq");
  if (stored[0] < last) note(faults.reordered, faults, story, sent.id + " overtook");
  last = stored[0];
}

bool was_sent(const Story& story, const json& event) {
  return std::any_of(story.sent.begin(), story.sent.end(),
                     [&](const SentMessage& sent) { return sent.id == member(event, "id"); });
}

}  // namespace

void tell(Story& story, const json& event, Faults& faults) {
  const std::int64_t seq = event.at("seq");
  if (story.told.contains(seq)) {
    note(faults.doubled, faults, story, "event " + std::to_string(seq) + " was told twice");
  } else if (seq < story.last) {
    note(faults.reordered, faults, story, "event " + std::to_string(seq) + " came late");
  }
  story.last = std::max(story.last, seq);
  story.told.emplace(seq, hash_of(event));
  for (SentMessage& sent : story.sent) {
    if (member(event, "reply_to") == sent.id && member(event, "from") == "bot")
      sent.answered = true;
  }
}

void acknowledge(Story& story, const json& ack, Faults& faults) {
  for (SentMessage& sent : story.sent) {
    if (sent.id != member(ack, "id")) continue;
    const std::int64_t seq = ack.at("seq");
    if (sent.ack != 0 && sent.ack != seq) note(faults.changed, faults, story, sent.id + ": acks");
    sent.ack = seq;
  }
}

void check(const Story& story, const std::vector<json>& transcript, Faults& faults) {
  std::map<std::int64_t, std::size_t> stored;
  std::int64_t last = 0;
  for (const json& event : transcript) {
    const std::int64_t seq = event.at("seq");
    if (seq <= last) note(faults.reordered, faults, story, "seq " + std::to_string(seq));
    last = seq;
    stored.emplace(seq, hash_of(event));
    const bool own = is_message(event, "citizen");
    if (own && !was_sent(story, event)) note(faults.changed, faults, story, "never sent");
    if (!own && !story.told.contains(seq)) {
      note(faults.undelivered, faults, story, "event " + std::to_string(seq) + " was never told");
    }
  }
  std::int64_t last_sent = 0;
  for (const SentMessage& sent : story.sent) {
    check_message(story, sent, transcript, last_sent, faults);
  }
  for (const auto& [seq, hash] : story.told) {
    const auto found = stored.find(seq);
    if (found == stored.end()) {
      note(faults.lost, faults, story, "event " + std::to_string(seq) + " was told and is gone");
    } else if (found->second != hash) {
      note(faults.changed, faults, story, "event " + std::to_string(seq) + " was told otherwise");
    }
  }
}

std::vector<std::string> faults_not_seen(const Story& story, const std::vector<json>& transcript) {
  std::vector<std::string> unseen;
  const auto expect = [&](const char* name, std::uint64_t Faults::*kind, const Story& told,
                          const std::vector<json>& events) {
    Faults faults;
    check(told, events, faults);
    if (faults.*kind == 0) unseen.emplace_back(name);
  };
  const auto first = std::find_if(transcript.begin(), transcript.end(),
                                  [](const json& e) { return is_message(e, "citizen"); });
  const auto answer = std::find_if(transcript.begin(), transcript.end(),
                                   [](const json& e) { return is_message(e, "bot"); });
  if (first == transcript.end() || answer == transcript.end()) return {"nothing to try it on"};
  auto without = [&](auto place) {
    auto events = transcript;
    events.erase(events.begin() + (place - transcript.begin()));
    return events;
  };
  expect("a message is gone", &Faults::lost, story, without(first));
  expect("an answer is gone", &Faults::lost, story, without(answer));
  Story less = story;
  less.told.erase(answer->at("seq").get<std::int64_t>());
  expect("an answer was not told", &Faults::undelivered, less, transcript);
  auto doubled = transcript;
  doubled.push_back(*first);
  doubled.back()["seq"] = transcript.back().at("seq").get<std::int64_t>() + 1;
  expect("a message is doubled", &Faults::doubled, story, doubled);
  auto swapped = transcript;
  std::reverse(swapped.begin(), swapped.end());
  expect("events are reversed", &Faults::reordered, story, swapped);
  auto changed = transcript;
  changed[static_cast<std::size_t>(answer - transcript.begin())]["text"] = "another";
  expect("an answer is changed", &Faults::changed, story, changed);
  return unseen;
}

}  // namespace svar::proofs
