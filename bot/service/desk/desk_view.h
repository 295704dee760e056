// The agents' side of the conversations: which ones wait, who holds which, and what an agent does
// with one. Reads the log (cards are folded in memory and can be lost), writes through
// Conversations alone.
//
// Rights: an agent sees a conversation when its controller is in the account's list; every other
// one is `unknown`, as if it did not exist, and so is everything for an account that is no agent. A
// conversation that never was handed over belongs to the citizen and the bot and is unknown to
// everybody here.
//
// Threads: one, the executor's; callbacks and listeners run on it. A `done` runs exactly once and
// may run inside the call, unless this object ends first.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "bot/service/desk/dossier.h"
#include "bot/service/desk/queue_order.h"
#include "bot/service/people/account.h"
#include "bot/service/turn/conversations.h"
#include "bot/service/turn/typing.h"

namespace svar::service {

// Told about every conversation, whoever may see it: check may_see before showing anything.
class DeskListener {
 public:
  virtual ~DeskListener() = default;
  virtual void card_changed(const Card& card) = 0;
  // Closed, erased, or the bot's again. It may still be opened for a while, unless it was erased.
  virtual void left_desk(ConversationId conversation) = 0;
  // In order, before the card changes; also for conversations that left the desk a moment ago.
  virtual void appended(ConversationId conversation, const std::vector<Recorded>& events) = 0;
};

class DeskView : private ConversationObserver {
 public:
  struct Limits {
    std::size_t opened_max = 200;  // conversations remembered that aren't at the desk any more
  };

  // Everything referred to must outlive this object.
  DeskView(Conversations& conversations, ConversationDirectory& directory, TypingHub& typing,
           Conversations::ReleaseSource release, Limits limits);
  DeskView(Conversations& conversations, ConversationDirectory& directory, TypingHub& typing,
           Conversations::ReleaseSource release)
      : DeskView(conversations, directory, typing, std::move(release), Limits{}) {}
  ~DeskView() override;
  DeskView(const DeskView&) = delete;

  // Finds what waits or is held and loads it; called once, before citizens are served. `done` gets
  // the store's error when the look-up failed.
  void start(std::function<void(std::optional<StoreError>)> done);

  // Loads again what could not be loaded. Called about once a second.
  void sweep();

  // The cards this agent sees, in the queue's order (comes_before).
  std::vector<Card> cards(const Account& agent) const;
  // The card as it is now; nothing when this agent doesn't see it or it isn't in memory.
  std::optional<Card> card(const Account& agent, ConversationId conversation) const;
  static bool may_see(const Account& agent, const Card& card);

  struct Opened {
    Card card;
    Packet packet;
    std::vector<Recorded> events;  // all of them
  };
  void open(const Account& agent, ConversationId conversation, Language reader,
            std::function<void(std::variant<Opened, Refused>)> done);

  void events_after(const Account& agent, ConversationId conversation, Seq after,
                    std::function<void(std::variant<std::vector<Recorded>, Refused>)> done);

  // Whoever takes first holds it; the other is refused with not_yours and the holder's name.
  void take(const Account& agent, ConversationId conversation,
            std::function<void(std::variant<Card, Refused>)> done);

  // Any other input of an agent's, decided like all inputs. Sending the same id again is harmless.
  void act(const Account& agent, ConversationId conversation, Input input,
           std::function<void(SubmitOutcome)> done);

  // Everything that waits or is held, whoever may see it, in no order.
  void for_each_at_desk(const std::function<void(const Card&)>& call) const;

  // These need the conversation to be this agent's (not_yours otherwise).
  void say(const Account& agent, ConversationId conversation, ClientId id, std::string text,
           std::function<void(SubmitOutcome)> done);
  void hand_back(const Account& agent, ConversationId conversation, ClientId id,
                 std::function<void(SubmitOutcome)> done);

  // The agent is writing: passed on when the conversation is this agent's.
  void agent_types(const Account& agent, ConversationId conversation);

  // Lifetime: until remove, which may be called inside a call.
  void add_listener(DeskListener& listener);
  void remove_listener(DeskListener& listener);

  QueueOrder& queue() { return queue_; }

 private:
  using Found = std::function<void(const Dossier*, const Refused&)>;
  // What decides where one stands in the queue (comes_before).
  struct Place {
    Time waiting_since, waiting_since_min;
    std::optional<SafetyKind> safety;
    bool operator==(const Place&) const = default;
  };
  static std::optional<Place> place_of(const Dossier& dossier);

  // A conversation in memory. While it is being loaded, what is appended is left to the loading.
  struct Kept {
    Dossier dossier;
    bool loading = false;
    bool stale = false;      // the log is ahead of the dossier
    bool rewritten = false;  // words that the dossier holds are gone: fold it from the beginning
    bool shown = false;      // listeners know its card
    bool joined = false;     // the queue, while this desk looked on, and has no place in it yet
    std::optional<Place> place;  // in the queue, as it was told
    std::uint64_t used = 0;
    std::vector<std::function<void(const std::optional<StoreError>&)>> waiting;
  };

  void appended(ConversationId conversation, const std::vector<Recorded>& events,
                const Conversation& after) override;
  void load(ConversationId conversation, Kept& kept);
  void loaded(ConversationId conversation, const Result<std::vector<Recorded>, StoreError>& log);
  void load_found(const Result<std::vector<ConversationDirectory::Entry>, StoreError>& found,
                  std::function<void(std::optional<StoreError>)> done);
  // The dossier, loading it when it isn't in memory; nothing and why not when the agent doesn't see
  // it.
  void find(const Account& agent, ConversationId conversation, Found found);
  void tell(ConversationId conversation, Kept& kept);
  void note_accept(const Conversation& before, const std::vector<Recorded>& events);
  void place_behind_others(Kept& kept);
  void order_queue();
  void forget_oldest();
  template <class Call>
  void for_each_listener(Call call);

  Conversations& conversations_;
  ConversationDirectory& directory_;
  TypingHub& typing_;
  Conversations::ReleaseSource release_;
  Limits limits_;
  std::unordered_map<ConversationId, Kept> kept_;
  std::uint64_t uses_ = 0;
  std::vector<DeskListener*> listeners_;
  QueueOrder queue_;
  std::shared_ptr<DeskView*> self_;  // completions that come after the end find it empty
};

}  // namespace svar::service
