#include "connectors/instagram/sent_texts.h"

#include <sodium.h>

#include <utility>

namespace svar::instagram {
namespace {

std::string digest_of(const std::string& contact, const std::string& text) {
  std::string digest(crypto_generichash_BYTES, '\0');
  const std::string both = std::to_string(contact.size()) + ":" + contact + text;
  crypto_generichash(reinterpret_cast<unsigned char*>(digest.data()), digest.size(),
                     reinterpret_cast<const unsigned char*>(both.data()), both.size(), nullptr, 0);
  return digest;
}

}  // namespace

SentTexts::SentTexts(std::size_t texts_max) : texts_max_(texts_max) {}

void SentTexts::remember(const std::string& contact, const std::string& text, std::string token) {
  const std::string digest = digest_of(contact, text);
  if (tokens_.insert_or_assign(digest, std::move(token)).second) order_.push_back(digest);
  while (order_.size() > texts_max_) {
    tokens_.erase(order_.front());
    order_.pop_front();
  }
}

std::string SentTexts::token_of(const std::string& contact, const std::string& text) const {
  const auto found = tokens_.find(digest_of(contact, text));
  return found == tokens_.end() ? std::string{} : found->second;
}

}  // namespace svar::instagram
