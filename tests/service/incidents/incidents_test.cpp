#include "bot/service/incidents/incidents.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "bot/store/people/sqlite_people_store.h"
#include "tests/service/incidents/memory_incident_store.h"
#include "tests/service/people/people_fakes.h"

namespace svar::service {
namespace {

using std::chrono::hours;

const MunicipalityId kMasfjorden{"masfjorden"};
const Account kGudrun = fakes::agent("gudrun", {MunicipalityId{"gulen"}});

IncidentDraft water_is_out(Time from, hours life = hours{4}) {
  return {kMasfjorden,
          ArticleId{"vatn.avbrot"},
          {Language::nn, "Vatnet er borte på Matre til kl. 14."},
          IncidentText{Language::en, "No water at Matre until 14:00."},
          from,
          from + life};
}

class IncidentsTest : public ::testing::Test {
 protected:
  IncidentsTest() { reload(); }
  void reload() { incidents = Incidents::load(store, clock).value(); }
  Incidents::Saved told() {
    return [this](const auto& told) { outcome = told; };
  }
  Incident added(const IncidentDraft& draft) {
    incidents->add(kari, draft, told());
    executor.run();
    return std::get<Incident>(outcome.value());
  }
  IncidentFault fault() {
    executor.run();
    return std::get<IncidentFault>(outcome.value());
  }

  fakes::ManualClock clock{fakes::kMonday};
  fakes::ManualExecutor executor;
  fakes::MemoryIncidentStore store{executor};
  std::unique_ptr<Incidents> incidents;
  const Account kari = fakes::agent("kari", {kMasfjorden});
  std::optional<std::variant<Incident, IncidentFault>> outcome;
};

TEST_F(IncidentsTest, IsShownWhileItLastsAndIsGoneByItself) {
  added(water_is_out(clock.now() + hours{1}));
  EXPECT_TRUE(incidents->running(kMasfjorden).empty());
  clock.advance(hours{1});
  EXPECT_EQ(incidents->running(kMasfjorden).size(), 1U);
  EXPECT_TRUE(incidents->running(MunicipalityId{"gulen"}).empty());
  clock.advance(hours{4} - std::chrono::milliseconds{1});
  EXPECT_EQ(incidents->running(kMasfjorden).size(), 1U);
  clock.advance(std::chrono::milliseconds{1});
  EXPECT_TRUE(incidents->running(kMasfjorden).empty());
  EXPECT_EQ(incidents->shown_to(kari).size(), 1U);
  clock.advance(kIncidentShownAfter);
  EXPECT_TRUE(incidents->shown_to(kari).empty());
}

TEST_F(IncidentsTest, IsNotThereBeforeItIsDurable) {
  incidents->add(kari, water_is_out(clock.now()), told());
  EXPECT_FALSE(outcome);
  EXPECT_TRUE(incidents->running(kMasfjorden).empty());
  store.failing = true;
  EXPECT_EQ(fault(), IncidentFault::unavailable);
  EXPECT_TRUE(incidents->running(kMasfjorden).empty());
}

TEST_F(IncidentsTest, ReachTheBotsAnswersWithTheirTopicUntilSomeHoursAfterTheirEnd) {
  EXPECT_TRUE(incidents->of_topics()->empty());
  const Incident water = added(water_is_out(clock.now()));
  IncidentDraft everywhere = water.draft;
  everywhere.topic.reset();
  added(everywhere);
  const engine::TopicIncidents told_of{
      {std::to_string(water.id),
       kMasfjorden,
       {"vatn.avbrot"},
       water.draft.from,
       water.draft.to,
       {{Language::nn, water.draft.text.text}, {Language::en, water.draft.second->text}}}};
  EXPECT_EQ(*incidents->of_topics(), told_of);
  reload();
  EXPECT_EQ(*incidents->of_topics(), told_of);
  incidents->end(kari, water.id, water.version, told());
  executor.run();
  ASSERT_EQ(incidents->of_topics()->size(), 1U);
  EXPECT_EQ(incidents->of_topics()->front().to, clock.now()) << "the bot may say that it is over";
  clock.advance(engine::kTopicIncidentTold);
  reload();
  EXPECT_TRUE(incidents->of_topics()->empty());
}

TEST_F(IncidentsTest, EveryVersionIsKeptAndTheLatestHoldsAfterARestart) {
  const Incident first = added(water_is_out(clock.now()));
  auto draft = first.draft;
  draft.text.text = "Vatnet kjem att kl. 16.";
  incidents->change(kari, first.id, 1, draft, told());
  executor.run();
  reload();
  ASSERT_EQ(incidents->running(kMasfjorden).size(), 1U);
  EXPECT_EQ(incidents->running(kMasfjorden)[0].draft.text.text, "Vatnet kjem att kl. 16.");
  EXPECT_EQ(store.versions.size(), 2U);
  EXPECT_EQ(added(water_is_out(clock.now())).id, first.id + 1);
}

TEST_F(IncidentsTest, OfTwoWhoChangeTheSameVersionOneIsTold) {
  const Incident first = added(water_is_out(clock.now()));
  incidents->change(kari, first.id, 1, first.draft, [](const auto&) {});
  incidents->end(kari, first.id, 1, told());
  EXPECT_EQ(std::get<IncidentFault>(*outcome), IncidentFault::changed);
  executor.run();
  incidents->end(kari, first.id, 1, told());
  EXPECT_EQ(fault(), IncidentFault::changed);
}

TEST_F(IncidentsTest, EndedItIsGoneAtOnceAndStaysEnded) {
  const Incident running = added(water_is_out(clock.now()));
  const Incident planned = added(water_is_out(clock.now() + hours{9}));
  incidents->end(kari, running.id, 1, told());
  incidents->end(kari, planned.id, 1, told());
  executor.run();
  EXPECT_TRUE(incidents->running(kMasfjorden).empty());
  clock.advance(hours{10});
  EXPECT_TRUE(incidents->running(kMasfjorden).empty());
  incidents->change(kari, running.id, 2, water_is_out(clock.now()), told());
  EXPECT_EQ(fault(), IncidentFault::ended);
}

TEST_F(IncidentsTest, AnotherMunicipalitysDoesNotExist) {
  const Incident made = added(water_is_out(clock.now()));
  incidents->add(kGudrun, made.draft, told());
  EXPECT_EQ(fault(), IncidentFault::unknown);
  incidents->change(kGudrun, made.id, 1, made.draft, told());
  EXPECT_EQ(fault(), IncidentFault::unknown);
  incidents->end(kGudrun, made.id, 1, told());
  EXPECT_EQ(fault(), IncidentFault::unknown);
  EXPECT_TRUE(incidents->shown_to(kGudrun).empty());
}

TEST_F(IncidentsTest, ItsAdministratorMayWriteAndAnEditorMayNot) {
  EXPECT_TRUE(Incidents::may_write({{Role::administrator, kMasfjorden}}, kMasfjorden));
  EXPECT_TRUE(Incidents::may_write({{Role::system_administrator, std::nullopt}}, kMasfjorden));
  EXPECT_FALSE(Incidents::may_write({{Role::editor, kMasfjorden}}, kMasfjorden));
  EXPECT_FALSE(Incidents::may_write({{Role::administrator, MunicipalityId{"gulen"}}}, kMasfjorden));
}

TEST_F(IncidentsTest, ACrisisIsTheAdministratorsToBeginAndToEnd) {
  Account admin = fakes::agent("astrid");
  admin.rights = {{Role::administrator, kMasfjorden}};
  auto draft = water_is_out(clock.now());
  draft.topic.reset();
  draft.crisis = true;
  incidents->add(kari, draft, told());
  EXPECT_EQ(fault(), IncidentFault::not_allowed);
  incidents->add(admin, draft, told());
  executor.run();
  const Incident crisis = std::get<Incident>(outcome.value());
  EXPECT_TRUE(incidents->in_crisis(kMasfjorden));
  EXPECT_FALSE(incidents->in_crisis(MunicipalityId{"gulen"}));
  EXPECT_TRUE(incidents->running_anywhere().at(0).crisis);
  incidents->add(admin, draft, told());
  EXPECT_EQ(fault(), IncidentFault::crisis_runs);
  incidents->end(kari, crisis.id, crisis.version, told());
  EXPECT_EQ(fault(), IncidentFault::not_allowed);
  incidents->change(kari, crisis.id, crisis.version, draft, told());
  EXPECT_EQ(fault(), IncidentFault::not_allowed);
  draft.crisis = false;  // a change of words is no end
  incidents->change(admin, crisis.id, crisis.version, draft, told());
  executor.run();
  EXPECT_TRUE(incidents->in_crisis(kMasfjorden));
  clock.advance(hours{4});
  EXPECT_FALSE(incidents->in_crisis(kMasfjorden));
}

TEST_F(IncidentsTest, TextsAndTimesThatCantBeMeantAreRefused) {
  auto draft = water_is_out(clock.now());
  draft.text.text = " \n";
  incidents->add(kari, draft, told());
  EXPECT_EQ(fault(), IncidentFault::empty);
  draft.text.text.clear();
  for (std::size_t n = 0; n <= kIncidentCodePointsMax; ++n) draft.text.text += "å";
  incidents->add(kari, draft, told());
  EXPECT_EQ(fault(), IncidentFault::too_long);
  draft.text.text.resize(kIncidentCodePointsMax * 2);
  added(draft);
  for (const auto& [begins, life] : {std::pair{hours{0}, hours{0}},
                                     {hours{-2}, hours{1}},
                                     {hours{0}, hours{kIncidentLifeMax} + hours{1}}}) {
    incidents->add(kari, water_is_out(clock.now() + begins, life), told());
    EXPECT_EQ(fault(), IncidentFault::bad_time);
  }
}

TEST_F(IncidentsTest, TheFileGivesBackWhatItWasGiven) {
  const auto folder =
      std::filesystem::temp_directory_path() / ("svar-incidents-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  Incident first{1, 1, water_is_out(clock.now()), kari.name, clock.now()};
  Incident later = first;
  later.version = 2;
  later.draft.second.reset();
  later.draft.topic.reset();
  later.draft.crisis = true;
  const auto open = [&] {
    return store::SqlitePeopleStore::open(folder / "people.db", executor, store::SealingKey{7})
        .value();
  };
  {
    const auto file = open();
    file->save_incident(first, [](const auto& error) { EXPECT_FALSE(error); });
    EXPECT_TRUE(file->load_incidents());
    file->save_incident(later, [](const auto& error) { EXPECT_FALSE(error); });
  }
  executor.run();
  EXPECT_EQ(open()->load_incidents().value(), std::vector<Incident>{later});
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace svar::service
