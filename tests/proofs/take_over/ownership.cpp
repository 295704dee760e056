#include "tests/proofs/take_over/ownership.h"

#include <map>
#include <optional>

namespace svar::proofs {
namespace {

constexpr std::size_t kExamplesMax = 6;

class Reading {
 public:
  Reading(ConversationId conversation, OwnershipFaults& faults)
      : conversation_(conversation), faults_(faults) {}

  void read(const Recorded& recorded) {
    if (recorded.seq.value != ++seq_) note(faults_.out_of_sequence, "a gap");
    std::visit(*this, recorded.event);
  }

  void end() {
    if (speaker_ != Speaker::bot) return;
    for (const auto& [id, answers] : answers_) {
      if (answers == 0 && !excused_[id]) note(faults_.unanswered, id + " was never answered");
    }
  }

  void operator()(const CitizenSpoke& event) { asked(event.id); }
  void operator()(const CitizenAskedForPerson& event) { asked(event.id); }
  void operator()(const BotReplied& event) {
    if (speaker_ != Speaker::bot) note(faults_.bot_after_take_over, "the bot spoke");
    answered(event.reply_to);
  }
  void operator()(const HandoffRequested& event) {
    if (speaker_ != Speaker::bot) note(faults_.bot_after_take_over, "the bot handed over");
    answered(event.reply_to);
    speaker_ = Speaker::nobody;
  }
  void operator()(const AgentJoined& event) {
    if (speaker_ == Speaker::agent) note(faults_.two_owners, event.agent.value + " joined too");
    speaker_ = Speaker::agent;
    holder_ = event.agent;
    for (auto& [id, answers] : answers_) excused_[id] = true;  // the agent answers
  }
  void operator()(const AgentSpoke& event) {
    seen(event.id);
    must_hold(event.agent);
  }
  void operator()(const AgentHandedBack& event) {
    seen(event.id);
    must_hold(event.agent);
    speaker_ = Speaker::bot;
  }
  void operator()(const CitizenReturnedToBot& event) {
    seen(event.id);
    speaker_ = Speaker::bot;
  }
  void operator()(const ConversationReopened&) { speaker_ = Speaker::bot; }
  void operator()(const ConversationClosed& event) {
    if (event.agent) must_hold(*event.agent);
    speaker_ = Speaker::nobody;
  }
  template <class Other>
  void operator()(const Other&) {}

 private:
  enum class Speaker { bot, agent, nobody };  // nobody: it waits for an agent, or is closed

  void note(int& count, const std::string& what) {
    ++count;
    if (faults_.examples.size() >= kExamplesMax) return;
    faults_.examples.push_back("conversation " + std::to_string(conversation_.value) + " seq " +
                               std::to_string(seq_) + ": " + what);
  }
  void seen(const ClientId& id) {
    if (!id.empty() && ++stored_[id.value] > 1)
      note(faults_.doubled, id.value + " is stored twice");
  }
  void asked(const ClientId& id) {
    seen(id);
    answers_.emplace(id.value, 0);
    excused_[id.value] = speaker_ != Speaker::bot;
  }
  void answered(const ClientId& id) {
    if (++answers_[id.value] > 1) note(faults_.doubled, id.value + " was answered twice");
  }
  void must_hold(const AgentId& agent) {
    if (speaker_ == Speaker::agent && holder_ == agent) return;
    note(faults_.agent_without_hold, agent.value + " did not hold it");
  }

  ConversationId conversation_;
  OwnershipFaults& faults_;
  std::int64_t seq_ = 0;
  Speaker speaker_ = Speaker::bot;
  AgentId holder_;
  std::map<std::string, int> stored_;
  std::map<std::string, int> answers_;
  std::map<std::string, bool> excused_;  // somebody else than the bot owned it
};

}  // namespace

void check_ownership(ConversationId conversation, const std::vector<Recorded>& log,
                     OwnershipFaults& faults) {
  Reading reading(conversation, faults);
  for (const Recorded& recorded : log) reading.read(recorded);
  reading.end();
}

}  // namespace svar::proofs
