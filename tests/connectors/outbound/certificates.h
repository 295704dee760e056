// Certificates for test servers, right and wrong, made on the spot.
#pragma once

#include <string>

namespace svar::tests {

struct CertificateFiles {
  std::string certificate;  // paths of PEM files
  std::string key;
};

// Self-signed, for one host name, valid from and to so many days from now. Written into `folder`,
// which must exist, under `file`.
CertificateFiles make_certificate(const std::string& folder, const std::string& file,
                                  const std::string& host, int from_days = -1, int to_days = 2);

}  // namespace svar::tests
