#include "bot/store/event_codec.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <ostream>
#include <set>

#include "bot/store/event_shape.h"
#include "tests/store/example_events.h"

namespace svar::store {
namespace {

using Json = nlohmann::ordered_json;

Event reload(const Event& event) {
  const EncodedEvent encoded = encode(event);
  auto decoded = decode(encoded.name, encoded.body, encoded.text);
  EXPECT_TRUE(decoded) << encoded.name << ": " << decoded.error().what;
  return *decoded;
}

Json line_of(const Event& event) {
  const EncodedEvent encoded = encode(event);
  return {{"name", encoded.name}, {"body", encoded.body}, {"text", encoded.text}};
}

std::vector<Json> golden_lines() {
  std::ifstream file(SVAR_GOLDEN_EVENTS);
  std::vector<Json> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(Json::parse(line));
  return lines;
}

Result<Event, DecodeError> decode_line(const Json& line) {
  return decode(line["name"].get<std::string>(), line["body"].get<std::string>(),
                line["text"].get<std::string>());
}

Event handoff(std::string text) {
  HandoffRequested event;
  event.text = std::move(text);
  return event;
}

// How many members an aggregate has: as many as it can be made of.
struct Anything {
  template <class T>
  operator T() const;
};
template <class T, class... Members>
constexpr std::size_t member_count() {
  if constexpr (requires { T{Members{}..., Anything{}}; }) {
    return member_count<T, Members..., Anything>();
  } else {
    return sizeof...(Members);
  }
}

template <class T>
std::size_t stored_count() {
  std::size_t count = 0;
  const auto field = [&](const char*, auto&) { ++count; };
  T event;
  Shape<T>::fields(field, event);
  if constexpr (std::same_as<T, ConversationOpened>) return count + 2;  // page_url, page_title
  if constexpr (std::same_as<T, CitizenChose>) return count;  // the label and id of one member
  if constexpr (requires { Shape<T>::text(event); }) return count + 1;
  return count;
}

template <class T>
void expect_all_members_stored() {
  EXPECT_EQ(stored_count<T>(), member_count<T>()) << "event_shape.h lacks a field of an event";
}

TEST(EventCodec, StoresEveryMemberOfEveryEvent) {
  for (const Event& event : examples::every_empty_event()) {
    std::visit([]<class T>(const T&) { expect_all_members_stored<T>(); }, event);
  }
  expect_all_members_stored<Choice>();
  expect_all_members_stored<Link>();
  expect_all_members_stored<svar::Span>();
  expect_all_members_stored<Candidate>();
  expect_all_members_stored<Reading>();
  expect_all_members_stored<Explanation>();
  expect_all_members_stored<FormValue>();
  expect_all_members_stored<FormProgress>();
}

// Fails and prints the lines to add when an event is missing from the file. Lines are only ever
// added.
TEST(EventCodec, LoadsEveryEventEverWritten) {
  const auto lines = golden_lines();
  std::set<std::string> loaded;
  for (const Json& line : lines) {
    auto event = decode_line(line);
    ASSERT_TRUE(event) << line << ": " << event.error().what;
    loaded.insert(line["name"].get<std::string>());
    EXPECT_EQ(reload(*event), *event) << line;
  }
  for (const Event& event : examples::every_event()) {
    const Json line = line_of(event);
    EXPECT_TRUE(loaded.contains(line["name"].get<std::string>())) << "add to the file: " << line;
  }
}

TEST(EventCodec, HasAGoldenLineOfEveryFieldThatCameLater) {
  const auto lines = golden_lines();
  for (const Event& event : examples::later_events()) {
    const Json line = line_of(event);
    EXPECT_NE(std::find(lines.begin(), lines.end(), line), lines.end())
        << "add to the file: " << line;
  }
}

TEST(EventCodec, HasAnExampleOfEveryAlternative) {
  const auto events = examples::every_event();
  ASSERT_EQ(events.size(), std::variant_size_v<Event>);
  for (std::size_t index = 0; index < events.size(); ++index) {
    EXPECT_EQ(events[index].index(), index);
  }
}

TEST(EventCodec, ReadsTheOldestGoldenLineOfEachEventAsTheExampleItWasWrittenFrom) {
  const auto lines = golden_lines();
  for (const Event& example : examples::every_event()) {
    const auto name = encode(example).name;
    const auto oldest = std::ranges::find_if(
        lines, [&](const Json& line) { return line["name"] == std::string(name); });
    ASSERT_NE(oldest, lines.end()) << name;
    auto event = decode_line(*oldest);
    ASSERT_TRUE(event) << *oldest;
    EXPECT_EQ(*event, example) << *oldest;
  }
}

TEST(EventCodec, GivesBackEveryEventAsItWas) {
  for (const Event& event : examples::every_event()) EXPECT_EQ(reload(event), event);
  for (const Event& event : examples::later_events()) EXPECT_EQ(reload(event), event);
  for (const Event& event : examples::every_empty_event()) EXPECT_EQ(reload(event), event);
}

TEST(EventCodec, KeepsThePersonsWordsOutOfTheBody) {
  const std::string canary = "kanarifugl";
  std::vector<Event> events = {
      examples::opened("https://x.no/" + canary, canary),
      CitizenSpoke{{"m"}, canary, false},
      CitizenChose{{"m"}, {"other", canary}},
      CitizenReturnedToBot{{"m"}, canary},
      CitizenRated{{"m"}, 1, canary},
      examples::replied("m", canary),
      SystemNoticed{{"m"}, std::nullopt, canary, {}},
      handoff(canary),
      AgentJoined{{"kari"}, "Kari", canary},
      AgentSpoke{{"kari"}, "Kari", {"m"}, canary},
      AgentHandedBack{{"kari"}, {"m"}, canary},
      ConversationClosed{ClosedBy::citizen, {"m"}, std::nullopt, canary},
      WaitGrewLong{Delay::closed, std::nullopt, canary, {}},
      AgentLost{{"kari"}, canary},
      AgentNoted{{"kari"}, "Kari", {"m"}, canary},
      TransferOffered{
          {"m"}, TransferKind::warm, {"kari"}, "Kari", AgentId{"ola"}, "Ola", "", canary},
      ColleagueInvited{{"m"}, {"kari"}, "Kari", {"ola"}, "Ola", canary},
      AgentParked{{"kari"}, {"m"}, canary},
      AnsweredElsewhere{{"m"}, canary},
      ContactCounted{{"m"}, {"kari"}, "Kari", std::nullopt, canary},
  };
  for (const Event& event : events) {
    const EncodedEvent encoded = encode(event);
    EXPECT_EQ(encoded.body.find(canary), std::string::npos) << encoded.body;
    EXPECT_NE(encoded.text.find(canary), std::string::npos) << encoded.name;
  }
}

TEST(EventCodec, LoadsAnErasedEventAsTheEventWithAnEmptyText) {
  for (const Event& event : examples::every_event()) {
    Event cleared = event;
    clear_text(cleared);
    const EncodedEvent encoded = encode(event);
    auto decoded = decode(encoded.name, encoded.body, "");
    ASSERT_TRUE(decoded);
    EXPECT_EQ(*decoded, cleared) << encoded.name;
    EXPECT_EQ(encode(cleared).text, "") << encoded.name;
    EXPECT_EQ(encode(cleared).body, encoded.body);
  }
}

TEST(EventCodec, IgnoresFieldsItDoesNotKnow) {
  auto event = decode("CitizenSpoke", R"({"id":"m-1","mood":"glad","deep":{"a":[1]}})", "hei");
  ASSERT_TRUE(event);
  EXPECT_EQ(*event, Event(CitizenSpoke{{"m-1"}, "hei", false}));
}

TEST(EventCodec, GivesAbsentAndNullFieldsTheirDefault) {
  auto event = decode("BotReplied", R"({"outcome":null,"municipality":null})", "");
  ASSERT_TRUE(event);
  EXPECT_EQ(*event, Event(BotReplied{}));
}

TEST(EventCodec, LeavesDefaultsOut) {
  EXPECT_EQ(encode(ConversationReopened{}).body, "{}");
  EXPECT_EQ(encode(CitizenSpoke{{"m"}, "hei", false}).body, R"({"id":"m"})");
}

struct Nonsense {
  std::string_view name, body;
  // For the test's name.
  friend std::ostream& operator<<(std::ostream& out, const Nonsense& nonsense) {
    return out << nonsense.name;
  }
};
class EventCodecNonsense : public testing::TestWithParam<Nonsense> {};

TEST_P(EventCodecNonsense, IsRefusedWithAReason) {
  auto event = decode(GetParam().name, GetParam().body, "words that must not be told");
  ASSERT_FALSE(event);
  EXPECT_FALSE(event.error().what.empty());
  EXPECT_EQ(event.error().what.find("words"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(
    All, EventCodecNonsense,
    testing::Values(Nonsense{"CitizenSang", "{}"}, Nonsense{"", "{}"}, Nonsense{"CitizenSpoke", ""},
                    Nonsense{"CitizenSpoke", "[]"}, Nonsense{"CitizenSpoke", "{\"id\":"},
                    Nonsense{"CitizenSpoke", "{\"id\":7}"},
                    Nonsense{"CitizenSpoke", "{\"masked\":\"yes\"}"},
                    Nonsense{"CitizenRated", "{\"score\":99999999999}"},
                    Nonsense{"CitizenRated", "{\"score\":1.5}"},
                    Nonsense{"BotReplied", "{\"outcome\":\"sulk\"}"},
                    Nonsense{"BotReplied", "{\"choices\":{}}"},
                    Nonsense{"BotReplied", "{\"choices\":[7]}"},
                    Nonsense{"BotReplied", "{\"because\":{\"matched\":[{\"begin\":-1}]}}"},
                    Nonsense{"BotReplied", "{\"confidence\":\"high\"}"},
                    Nonsense{"Redacted", "{\"seqs\":[\"1\"]}"}));

TEST(EventCodec, NeverThrowsOnBytesThatAreNotUtf8) {
  const std::string broken = "a\xff\xfe\xc3";
  const EncodedEvent encoded = encode(CitizenSpoke{{broken}, broken, false});
  EXPECT_EQ(encoded.text, broken);
  EXPECT_TRUE(decode(encoded.name, encoded.body, encoded.text));
  EXPECT_FALSE(decode("CitizenSpoke", "{\"id\":\"" + broken + "\"}", ""));
}

}  // namespace
}  // namespace svar::store
