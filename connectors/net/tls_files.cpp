#include "connectors/net/tls_files.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>

#include <cstdio>
#include <memory>

namespace svar::net {

namespace {

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(X509_EXTENSION* extension) const { X509_EXTENSION_free(extension); }
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using Key = std::unique_ptr<EVP_PKEY, Free>;
using Certificate = std::unique_ptr<X509, Free>;
using File = std::unique_ptr<std::FILE, Free>;

constexpr long kSecondsValid = 825L * 24 * 3600;

// False when there is none, or it ends within a day.
bool still_valid(const std::filesystem::path& path) {
  const File file{std::fopen(path.c_str(), "r")};
  if (!file) return false;
  const Certificate certificate{PEM_read_X509(file.get(), nullptr, nullptr, nullptr)};
  if (!certificate) return false;
  int days = 0;
  int seconds = 0;
  return ASN1_TIME_diff(&days, &seconds, nullptr, X509_get0_notAfter(certificate.get())) == 1 &&
         days >= 1;
}

bool looks_like_address(const std::string& name) {
  return name.find(':') != std::string::npos ||
         name.find_first_not_of("0123456789.") == std::string::npos;
}

std::string alternative_names(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) {
    if (!list.empty()) list += ',';
    list += (looks_like_address(name) ? "IP:" : "DNS:") + name;
  }
  return list;
}

bool add_extension(X509* certificate, int nid, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  const std::unique_ptr<X509_EXTENSION, Free> extension{
      X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str())};
  return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

Certificate sign(EVP_PKEY* key, const std::vector<std::string>& names) {
  Certificate certificate{X509_new()};
  if (!certificate) return nullptr;
  std::uint64_t serial = 0;
  if (RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) != 1) return nullptr;
  X509_set_version(certificate.get(), 2);
  ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), serial >> 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), kSecondsValid);
  X509_set_pubkey(certificate.get(), key);
  X509_NAME* subject = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>("Svarsentral"), -1, -1, 0);
  X509_set_issuer_name(certificate.get(), subject);
  if (!add_extension(certificate.get(), NID_basic_constraints, "critical,CA:FALSE") ||
      !add_extension(certificate.get(), NID_ext_key_usage, "serverAuth") ||
      !add_extension(certificate.get(), NID_subject_alt_name, alternative_names(names))) {
    return nullptr;
  }
  if (X509_sign(certificate.get(), key, EVP_sha256()) == 0) return nullptr;
  return certificate;
}

}  // namespace

Result<TlsFiles, TlsError> self_signed_certificate(const std::filesystem::path& folder,
                                                   const std::vector<std::string>& names) {
  const auto certificate_path = folder / "self-signed.crt";
  const auto key_path = folder / "self-signed.key";
  const TlsFiles files{certificate_path.string(), key_path.string()};
  if (still_valid(certificate_path) && std::filesystem::exists(key_path)) return files;

  std::error_code ignored;
  std::filesystem::create_directories(folder, ignored);
  const Key key{EVP_EC_gen("P-256")};
  if (!key) return Failure{TlsError{"OpenSSL could not make a key"}};
  const Certificate certificate = sign(key.get(), names);
  if (!certificate) {
    return Failure{TlsError{"OpenSSL could not sign for " + alternative_names(names)}};
  }
  const mode_t before = ::umask(0077);
  const File key_file{std::fopen(key_path.c_str(), "w")};
  const File certificate_file{std::fopen(certificate_path.c_str(), "w")};
  ::umask(before);
  if (!key_file || !certificate_file) {
    return Failure{TlsError{"cannot write the certificate in " + folder.string()}};
  }
  if (PEM_write_PrivateKey(key_file.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1 ||
      PEM_write_X509(certificate_file.get(), certificate.get()) != 1) {
    return Failure{TlsError{"cannot write the certificate in " + folder.string()}};
  }
  return files;
}

}  // namespace svar::net
