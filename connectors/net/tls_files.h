// Certificate and key for a server that speaks TLS itself.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "bot/domain/result.h"

namespace svar::net {

struct TlsFiles {
  std::string certificate;  // path of a PEM chain
  std::string key;          // path of its PEM key
};

struct TlsError {
  std::string what;
};

// A self-signed certificate (EC P-256, 825 days) for the given host names and addresses, made on first use and kept in
// `folder` as self-signed.crt and self-signed.key (mode 0600); made anew when it has expired. Blocks for milliseconds.
Result<TlsFiles, TlsError> self_signed_certificate(const std::filesystem::path& folder,
                                                   const std::vector<std::string>& names);

}  // namespace svar::net
