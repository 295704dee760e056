#include "bot/service/report/conversation_tally.h"

#include <algorithm>

namespace svar::service {
namespace {

constexpr std::chrono::hours kReturnWithin{24};

class Counting {
 public:
  Counting(ConversationTally& tally, Time at) : tally_(tally), at_(at) {}

  void operator()(const ConversationOpened& event) {
    tally_.opened = at_;
    tally_.channel = event.channel;
    tally_.outside_hours = event.outside_hours;
  }
  void operator()(const ControllerSet& event) { tally_.controller = event.municipality; }
  void operator()(const ConversationReopened&) {
    tally_.reopened = at_;
    tally_.answered_before = tally_.answered;
  }

  void operator()(const CitizenSpoke&) { hear(); }
  void operator()(const CitizenSentOther&) { hear(); }
  void operator()(const CitizenChose&) { hear(); }
  void operator()(const CitizenRated& event) { tally_.rating = event.score; }

  void operator()(const BotReplied& event) {
    ++tally_.replies;
    if (event.outcome == Outcome::clarify && event.topics.empty()) ++tally_.fallbacks;
    if (event.outcome != Outcome::answer) return;
    const bool soon = tally_.reopened && at_ - *tally_.reopened <= kReturnWithin;
    for (const ArticleId& topic : event.topics) {
      if (soon && tally_.answered_before.contains(topic)) tally_.asked_again = true;
      tally_.answered.insert(topic);
    }
  }

  void operator()(const HandoffRequested& event) {
    if (event.reason == HandoffReason::not_understood) {
      ++tally_.replies;
      ++tally_.fallbacks;
    }
    if (event.reason != HandoffReason::form) want_person(event.topics);
    tally_.visits.push_back({at_, event.reason, {}, {}});
  }
  void operator()(const HandoffDeferred& event) {
    ++tally_.deferred;
    want_person(event.topics);
  }
  void operator()(const CitizenReturnedToBot&) {
    leave_queue();
    let_go();
  }

  void operator()(const AgentJoined&) {
    let_go();
    if (QueueVisit* visit = waiting()) visit->accepted = at_;
    tally_.held = ConversationTally::Held{at_, {}, {}, false, {}};
  }
  void operator()(const AgentSpoke&) {
    if (!tally_.held) return;
    if (!tally_.held->has_spoken) tally_.first_words.push_back(at_ - tally_.held->since);
    tally_.held->has_spoken = true;
    if (const auto since = tally_.held->citizen_waits_since) tally_.answers.push_back(at_ - *since);
    tally_.held->citizen_waits_since.reset();
  }
  void operator()(const AgentParked&) {
    if (tally_.held && !tally_.held->parked_since) tally_.held->parked_since = at_;
  }
  void operator()(const AgentResumed&) { resume(); }
  void operator()(const TransferOffered& event) {
    ++tally_.transfers;
    if (event.kind == TransferKind::cold) let_go();
  }
  // A cold one had left whoever offered it.
  void operator()(const TransferReturned&) {
    if (!tally_.held) tally_.held = ConversationTally::Held{at_, {}, {}, true, {}};
  }
  void operator()(const AgentLost&) { let_go(); }
  void operator()(const AgentHandedBack&) { let_go(); }

  void operator()(const ConversationClosed& event) {
    leave_queue();
    let_go();
    tally_.closed_by_agent = tally_.closed_by_agent || event.by == ClosedBy::agent;
    if (event.outcome) tally_.outcome = event.outcome;
    if (event.topic) tally_.topic = event.topic;
  }
  void operator()(const Erased&) {
    leave_queue();
    let_go();
  }
  void operator()(const ContactCounted& event) {
    tally_.is_contact = true;
    tally_.topic = event.topic;
  }

  template <class Other>
  void operator()(const Other&) {}

 private:
  void hear() {
    ++tally_.messages;
    if (!tally_.held) return;
    resume();
    if (!tally_.held->citizen_waits_since) tally_.held->citizen_waits_since = at_;
  }

  void want_person(const std::vector<ArticleId>& topics) {
    tally_.wished_person = true;
    tally_.handed_over.insert(topics.begin(), topics.end());
  }

  QueueVisit* waiting() {
    if (tally_.visits.empty()) return nullptr;
    QueueVisit& last = tally_.visits.back();
    return last.accepted || last.left ? nullptr : &last;
  }

  void leave_queue() {
    if (QueueVisit* visit = waiting()) visit->left = at_;
  }

  void resume() {
    if (!tally_.held || !tally_.held->parked_since) return;
    tally_.held->parked += at_ - *tally_.held->parked_since;
    tally_.held->parked_since.reset();
  }

  void let_go() {
    if (!tally_.held) return;
    resume();
    tally_.handlings.push_back(at_ - tally_.held->since - tally_.held->parked);
    tally_.held.reset();
  }

  ConversationTally& tally_;
  Time at_;
};

}  // namespace

void count(ConversationTally& tally, const Recorded& recorded) {
  std::visit(Counting(tally, recorded.at), recorded.event);
}

}  // namespace svar::service
