// Who may speak in a conversation, read from its log alone and by rules of its own: the check of
// what the service's own fold led to.
#pragma once

#include <string>
#include <vector>

#include "bot/domain/event.h"

namespace svar::proofs {

struct OwnershipFaults {
  int two_owners = 0;           // an agent joined while another, or the same, held it
  int bot_after_take_over = 0;  // the bot answered, or handed over, what was no longer its own
  int agent_without_hold = 0;   // an agent wrote, gave back or closed what it did not hold
  int doubled = 0;              // a message is stored twice, or answered twice
  int unanswered = 0;           // the bot owned it to the end, and did not answer
  int out_of_sequence = 0;
  std::vector<std::string> examples;  // a few

  int all() const {
    return two_owners + bot_after_take_over + agent_without_hold + doubled + unanswered +
           out_of_sequence;
  }
};

// Adds what is wrong with the whole log of one conversation.
void check_ownership(ConversationId conversation, const std::vector<Recorded>& log,
                     OwnershipFaults& faults);

}  // namespace svar::proofs
