#include "tests/connectors/outbound/certificates.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <memory>
#include <stdexcept>

namespace svar::tests {
namespace {

template <class T, void (*release)(T*)>
struct Releaser {
  void operator()(T* owned) const { release(owned); }
};
using Key = std::unique_ptr<EVP_PKEY, Releaser<EVP_PKEY, EVP_PKEY_free>>;
using X509Certificate = std::unique_ptr<X509, Releaser<X509, X509_free>>;

void require(bool good, const char* what) {
  if (!good) throw std::runtime_error(what);
}

void write_file(const std::string& path, const auto& write) {
  std::FILE* file = std::fopen(path.c_str(), "w");
  require(file != nullptr, "a certificate's file cannot be written");
  const bool written = write(file) == 1;
  std::fclose(file);
  require(written, "a certificate cannot be written");
}

void add_extension(X509* certificate, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
  require(extension != nullptr, "an extension cannot be made");
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

}  // namespace

CertificateFiles make_certificate(const std::string& folder, const std::string& file,
                                  const std::string& host, int from_days, int to_days) {
  const Key key(EVP_EC_gen("P-256"));
  const X509Certificate certificate(X509_new());
  require(key && certificate, "no key");
  X509* raw = certificate.get();
  X509_set_version(raw, X509_VERSION_3);
  static int serial = 1;
  ASN1_INTEGER_set(X509_get_serialNumber(raw), serial++);
  X509_gmtime_adj(X509_getm_notBefore(raw), 86'400L * from_days);
  X509_gmtime_adj(X509_getm_notAfter(raw), 86'400L * to_days);
  X509_NAME* name = X509_get_subject_name(raw);
  const std::string common = file + " of " + host;
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(common.c_str()), -1, -1, 0);
  X509_set_issuer_name(raw, name);
  X509_set_pubkey(raw, key.get());
  add_extension(raw, NID_basic_constraints, "critical,CA:TRUE");
  add_extension(raw, NID_subject_alt_name, "DNS:" + host);
  require(X509_sign(raw, key.get(), EVP_sha256()) != 0, "a certificate cannot be signed");
  const CertificateFiles files{folder + "/" + file + ".crt", folder + "/" + file + ".key"};
  write_file(files.certificate, [&](std::FILE* to) { return PEM_write_X509(to, raw); });
  write_file(files.key, [&](std::FILE* to) {
    return PEM_write_PrivateKey(to, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  });
  return files;
}

}  // namespace svar::tests
