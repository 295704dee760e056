// What the store has promised and what it may do besides: the history that a proof keeps by itself,
// and the check of a store against it.
//
// Threads: one.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "bot/service/turn/event_store.h"

namespace svar::proofs {

// One conversation: what was acknowledged, and the one request that may or may not have been
// stored.
struct PromisedConversation {
  std::vector<Event> events;              // acknowledged, emptied where an erasure was acknowledged
  std::optional<service::Erasure> asked;  // without seqs: a plain append
};

class PromisedLog {
 public:
  // Asked of the store; all of it or nothing of it may be there until it is acknowledged.
  void ask(const service::Append& request);
  void ask(const service::Erasure& request);
  bool waiting(ConversationId conversation) const;
  Seq last(ConversationId conversation) const;
  void acknowledged(ConversationId conversation);
  // The store answered that it stored nothing, or need not have.
  void refused(ConversationId conversation);
  const std::map<ConversationId, PromisedConversation>& conversations() const { return held_; }

  // Compares what was read of a conversation; what was asked for and is there is a promise from now
  // on, what is not there is forgotten. The fault in words, if there is one.
  std::optional<std::string> compare(ConversationId conversation,
                                     const std::vector<Recorded>& read);

  // Words that no file may hold: they were in texts whose erasure was acknowledged. A word is what
  // words_of() finds.
  const std::set<std::string>& gone() const { return gone_; }
  std::size_t erasures() const { return erasures_; }
  std::size_t events() const;

 private:
  std::map<ConversationId, PromisedConversation> held_;
  std::set<std::string> gone_;
  std::size_t erasures_ = 0;
};

// A word that is found again: the mark, eight digits, the mark's end.
std::string marked_word(std::uint64_t number);
// Every marked word in `bytes`.
std::vector<std::string> words_of(std::string_view bytes);

}  // namespace svar::proofs
