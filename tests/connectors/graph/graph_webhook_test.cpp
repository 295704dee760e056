// What stands before every webhook of Meta's: the signature and the handshake.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "connectors/graph/handshake.h"
#include "connectors/graph/signature.h"

namespace svar::graph {
namespace {

// printf '%s' '{"object":"page"}' | openssl dgst -sha256 -hmac secret
const std::string kBody = R"({"object":"page"})";
const std::string kDigest = "c1456f83e15385a03562cbe2eaaa918ec5e06b4f170f909283a2781c7924e4d1";

std::string from_hex(const std::string& hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  return bytes;
}

std::optional<nlohmann::json> vector_file(const std::string& name) {
  std::ifstream file{std::string{SVAR_FIXTURES} + "/meta_signature/" + name};
  if (!file) return std::nullopt;
  return nlohmann::json::parse(file);
}

TEST(GraphSignature, ABodySignedWithTheSecretIsAccepted) {
  EXPECT_TRUE(is_signed("sha256=" + kDigest, kBody, "secret"));
}

TEST(GraphSignature, AnyOneFlippedBitIsRefused) {
  for (std::size_t at = 0; at < kBody.size() * 8; ++at) {
    std::string body = kBody;
    body[at / 8] = static_cast<char>(body[at / 8] ^ (1 << (at % 8)));
    EXPECT_FALSE(is_signed("sha256=" + kDigest, body, "secret")) << at;
  }
  for (std::size_t at = 0; at < kDigest.size(); ++at) {
    std::string digest = kDigest;
    digest[at] = digest[at] == '0' ? '1' : '0';
    EXPECT_FALSE(is_signed("sha256=" + digest, kBody, "secret")) << at;
  }
}

TEST(GraphSignature, WhatIsNotWrittenAsMetaWritesItIsRefused) {
  std::string upper = kDigest;
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  const std::vector<std::string> headers{"", kDigest, "sha256=", "sha256=" + kDigest.substr(1),
                                         "sha256=" + kDigest + "0", "sha256=" + upper,
                                         "SHA256=" + kDigest, "sha256= " + kDigest.substr(1),
                                         // HMAC-SHA1, as the older header has it
                                         "sha1=0f1a9f9b1c6ef2f3d8a7a3a94c3e3b0e7c1f5d6a"};
  for (const std::string& header : headers) {
    EXPECT_FALSE(is_signed(header, kBody, "secret")) << header;
  }
}

TEST(GraphSignature, AnothersSecretAndNoSecretAreRefused) {
  EXPECT_FALSE(is_signed("sha256=" + kDigest, kBody, "secreT"));
  EXPECT_FALSE(is_signed("sha256=" + kDigest, kBody, ""));
  // The HMAC under an empty key is known to everybody.
  EXPECT_FALSE(
      is_signed("sha256=b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad", "", ""));
}

TEST(GraphSignature, AgreesWithAPublishedVector) {
  const auto vector = vector_file("pywa_vector.json");
  if (!vector) GTEST_SKIP() << "skipped: no " SVAR_FIXTURES;
  EXPECT_TRUE(is_signed(vector->at("value").get<std::string>(),
                        vector->at("raw_body").get<std::string>(),
                        vector->at("app_secret").get<std::string>()));
}

TEST(GraphSignature, CountsTheEscapesAsTheyCameOverTheWire) {
  const auto vector = vector_file("own_escaped_vector.json");
  if (!vector) GTEST_SKIP() << "skipped: no " SVAR_FIXTURES;
  const std::string raw = from_hex(vector->at("raw_escaped_hex"));
  const std::string secret = vector->at("app_secret");
  EXPECT_TRUE(is_signed(vector->at("good").get<std::string>(), raw, secret));
  EXPECT_FALSE(is_signed(vector->at("same_json_reserialised_utf8_must_fail").get<std::string>(),
                         raw, secret));
  EXPECT_FALSE(
      is_signed(vector->at("good").get<std::string>(), nlohmann::json::parse(raw).dump(), secret));
}

TEST(GraphHandshake, TheChallengeIsEchoedForTheRightToken) {
  const auto answer = answer_handshake({"subscribe", "own", "1158201444"}, "own");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "1158201444");
  const std::string digits(32, '7');
  EXPECT_EQ(answer_handshake({"subscribe", "own", digits}, "own").status, 200);
}

TEST(GraphHandshake, AnotherTokenModeOrNoConfiguredTokenIsForbidden) {
  for (const HandshakeQuestion& question :
       {HandshakeQuestion{"subscribe", "owN", "1"}, HandshakeQuestion{"subscribe", "ow", "1"},
        HandshakeQuestion{"subscribe", "", "1"}, HandshakeQuestion{"unsubscribe", "own", "1"},
        HandshakeQuestion{"", "own", "1"}}) {
    EXPECT_EQ(answer_handshake(question, "own").status, 403);
  }
  EXPECT_EQ(answer_handshake({"subscribe", "", "1"}, "").status, 403);
}

TEST(GraphHandshake, AChallengeThatIsNotDigitsIsNeverEchoed) {
  for (const std::string& challenge :
       {std::string{}, std::string{"<script>"}, std::string{"12a"}, std::string{"-1"},
        std::string(33, '1'), std::string{"1\n"}, std::string{"1\0", 2}}) {
    const auto answer = answer_handshake({"subscribe", "own", challenge}, "own");
    EXPECT_EQ(answer.status, 400) << challenge;
    EXPECT_EQ(answer.body, "bad challenge");
  }
}

}  // namespace
}  // namespace svar::graph
