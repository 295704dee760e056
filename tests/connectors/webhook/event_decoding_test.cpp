#include "connectors/webhook/event_decoding.h"

#include <gtest/gtest.h>

namespace svar::webhook {
namespace {

using service::Incoming;
using service::Rank;

const Time kSigned{std::chrono::seconds{1'795'518'000}};

std::string body(const std::string& events) {
  return R"({"version":1,"events":[)" + events + "]}";
}
std::string why(const std::string& bytes) {
  const auto decoded = decode(bytes, kSigned);
  return decoded ? "taken" : decoded.error();
}

TEST(WebhookEvents, AreWhatACitizenDid) {
  const auto decoded =
      decode(body(R"({"type":"message","id":"1","contact":"+47","text":"hei på deg"},
      {"type":"choice","id":"2","contact":"+47","at":1795518001234,"key":"yes","label":"Ja"},
      {"type":"choice","id":"3","contact":"+47","key":"yes"},
      {"type":"other","id":"4","contact":"+47","kind":"image"},
      {"type":"edit","id":"5","contact":"+47","of":"1","text":"hei"},
      {"type":"withdrawal","id":"6","contact":"+47","of":"1"},
      {"type":"unreachable","id":"7","contact":"+47"})"),
             kSigned);
  ASSERT_TRUE(decoded) << decoded.error();
  const auto& all = decoded->incoming;
  ASSERT_EQ(all.size(), 7U);
  EXPECT_EQ(std::get<Incoming::Said>(all[0].what).text, "hei på deg");
  EXPECT_EQ(all[0].contact, "+47");
  EXPECT_EQ(all[0].event, "m:1");
  EXPECT_EQ(all[0].at, kSigned);
  EXPECT_EQ(std::get<Incoming::Pressed>(all[1].what).label, "Ja");
  EXPECT_EQ(all[1].at, kSigned + std::chrono::milliseconds{1234});
  EXPECT_EQ(std::get<Incoming::Pressed>(all[2].what).label, "");
  EXPECT_EQ(std::get<Incoming::SentOther>(all[3].what).kind, "image");
  EXPECT_EQ(std::get<Incoming::Edited>(all[4].what).of, "m:1");
  EXPECT_EQ(std::get<Incoming::Withdrawn>(all[5].what).of, "m:1");
  EXPECT_TRUE(std::holds_alternative<Incoming::Unreachable>(all[6].what));
}

TEST(WebhookEvents, AReceiptNamesAMessageOfOurs) {
  const auto decoded = decode(
      body(R"({"type":"receipt","message":"1.2.0","state":"failed","why":"no_such_number"})"),
      kSigned);
  ASSERT_TRUE(decoded) << decoded.error();
  const auto& receipt = std::get<Incoming::Receipt>(decoded->incoming.at(0).what);
  EXPECT_EQ(receipt.message, "1.2.0");
  EXPECT_EQ(receipt.rank, Rank::failed);
  EXPECT_EQ(receipt.why, "no_such_number");
  EXPECT_TRUE(decoded->incoming.at(0).contact.empty());
}

TEST(WebhookEvents, AnUnknownTypeIsCountedByItsNamesAndRefusesNothing) {
  const auto decoded =
      decode(body(R"({"type":"poll","id":"1","Kari Nordmann":"canary"},{"type":"Kari!","id":"2"},
      {"type":"message","id":"3","contact":"7","text":"hei"})"),
             kSigned);
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->incoming.size(), 1U);
  ASSERT_EQ(decoded->unknown.size(), 2U);
  EXPECT_EQ(decoded->unknown[0].kind, "poll");
  EXPECT_EQ(decoded->unknown[0].fields, (std::vector<std::string>{"?", "id", "type"}));
  EXPECT_EQ(decoded->unknown[1].kind, "?");
}

TEST(WebhookEvents, WhatIsNotTheFormatIsRefusedWithItsPlaceAndNoneOfItIsTaken) {
  const std::string good = R"({"type":"message","id":"1","contact":"7","text":"hei"},)";
  const std::pair<const char*, const char*> cases[] = {
      {"7", "events[1] is no object"},
      {R"({"id":"2"})", "events[1].type is missing"},
      {R"({"type":"message","id":"2","contact":"7"})", "events[1].text is missing"},
      {R"({"type":"message","id":"2","contact":"7","text":" \n"})", "events[1].text is empty"},
      {R"({"type":"message","id":2,"contact":"7","text":"a"})", "events[1].id is no string"},
      {R"({"type":"message","id":"2","text":"a"})", "events[1].contact is missing"},
      {R"({"type":"message","id":"2","contact":"7","text":"a","at":"now"})",
       "events[1].at is no whole number of milliseconds since 1970"},
      {R"({"type":"message","id":"2","contact":"7","text":"a","at":-1})",
       "events[1].at is no whole number of milliseconds since 1970"},
      {R"({"type":"other","id":"2","contact":"7","kind":"canary"})",
       "events[1].kind is none of image, audio, video, file, sticker, location, contact, other"},
      {R"({"type":"receipt","message":"1","state":"canary"})",
       "events[1].state is none of delivered, read, failed"},
      {R"({"type":"receipt","message":"1","state":"failed","why":"Kari canary"})",
       "events[1].why is no code of at most 40 of a-z 0-9 _"}};
  for (const auto& [event, told] : cases) EXPECT_EQ(why(body(good + event)), told);
  EXPECT_EQ(why(body(good + R"({"type":"edit","id":"2","contact":"7","text":"a","of":")" +
                     std::string(201, 'x') + "\"}")),
            "events[1].of is longer than 200 bytes");
}

TEST(WebhookEvents, ABodyThatIsNoneIsRefused) {
  EXPECT_EQ(why(""), "the body is no JSON object");
  EXPECT_EQ(why("[]"), "the body is no JSON object");
  EXPECT_EQ(why("{\"version\":1,\"events\":[\"\xff\"]}"), "the body is no JSON object");
  EXPECT_EQ(why(R"({"events":[]})"), "version is not 1");
  EXPECT_EQ(why(R"({"version":2,"events":[]})"), "version is not 1");
  EXPECT_EQ(why(R"({"version":1})"), "events is no list");
  EXPECT_EQ(why(body("")), "taken");
  std::string many = "1";
  for (std::size_t i = 0; i < kEventsMax; ++i) many += ",1";
  EXPECT_EQ(why(body(many)), "events are more than 1000");
  EXPECT_EQ(why(std::string(100'000, '[')), "the body is no JSON object");
}

}  // namespace
}  // namespace svar::webhook
