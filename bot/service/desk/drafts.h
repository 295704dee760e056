// What agents have begun to write, so that a page that is reloaded or opened on another machine
// goes on with it. It belongs to nobody's record: it is in memory alone, so that there is nothing
// to erase from a disk or a backup, and a restart of the service forgets what no open page writes
// again.
//
// A draft goes when its agent has said something in the conversation, when words were taken out of
// the conversation (it may quote them), and when the conversation leaves the desk.
//
// Threads: one, the executor's.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "bot/service/desk/desk_view.h"

namespace svar::service {

class Drafts : private DeskListener {
 public:
  static constexpr std::size_t kDraftsMax = 500;  // the one unchanged the longest goes first

  explicit Drafts(DeskView& view);  // which must outlive it
  ~Drafts() override;
  Drafts(const Drafts&) = delete;

  // In place of an earlier one; an empty text forgets it. Whether the conversation is the agent's
  // is the caller's to ask.
  void keep(const AgentId& agent, ConversationId conversation, std::string text);
  // Empty when there is none.
  std::string of(const AgentId& agent, ConversationId conversation) const;

 private:
  struct Draft {
    std::string text;
    std::uint64_t kept = 0;  // rises with every change
  };
  using Key = std::pair<ConversationId, AgentId>;

  void card_changed(const Card&) override {}
  void left_desk(ConversationId conversation) override { forget(conversation); }
  void appended(ConversationId conversation, const std::vector<Recorded>& events) override;
  void forget(ConversationId conversation);

  DeskView& view_;
  std::map<Key, Draft> drafts_;
  std::uint64_t changes_ = 0;
};

}  // namespace svar::service
