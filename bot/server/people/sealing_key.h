// The key that seals the second factors' secrets, in the data folder.
#pragma once

#include <cstring>

#include "bot/server/data_folder.h"
#include "bot/store/people/secret_sealing.h"

namespace svar::server {

// «people.key», or SVAR_PEOPLE_KEY. Fails with a sentence for the operator.
inline Result<store::SealingKey, std::string> sealing_key(const DataFolder& data) {
  store::SealingKey key{};
  const auto bytes = data.secret("people", key.size(), "SVAR_PEOPLE_KEY");
  if (!bytes) return Failure{bytes.error()};
  std::memcpy(key.data(), bytes->data(), key.size());
  return key;
}

}  // namespace svar::server
