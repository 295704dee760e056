// What we have sent lately, so that an echo without a sender is known for ours, also when it comes
// before the answer to the sending. Nothing survives a restart: then the message's id must do.
//
// Threads: one. Holds digests, no words.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <unordered_map>

namespace svar::instagram {

class SentTexts {
 public:
  // The oldest are forgotten first.
  explicit SentTexts(std::size_t texts_max = 10'000);

  // Before the first byte leaves. The same text to the same contact again: the later token counts.
  void remember(const std::string& contact, const std::string& text, std::string token);
  // Empty when nothing like it was sent.
  std::string token_of(const std::string& contact, const std::string& text) const;

 private:
  std::size_t texts_max_;
  std::unordered_map<std::string, std::string> tokens_;  // by digest
  std::deque<std::string> order_;                        // digests, oldest first
};

}  // namespace svar::instagram
