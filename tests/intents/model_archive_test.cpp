// A stored model comes back whole, and whatever else is read as one is refused.
#include <gtest/gtest.h>

#include <cstring>

#include "intents/model/example_model.h"
#include "intents/training/training.h"

namespace svar::intents {
namespace {

TrainingInput three_topics() {
  TrainingInput input;
  input.examples = {{"waste", "når vert bosset henta"},      {"waste", "tømming av bossdunken"},
                    {"library", "når opnar biblioteket"},    {"library", "låne bøker"},
                    {"water", "vatnet er brunt i springen"}, {"water", "vassmålar"}};
  input.out_of_scope = {"kven vann kampen"};
  input.forms.add("søppelet", "bosset");
  return input;
}

std::string saved() {
  std::string out;
  train(three_topics()).save(out);
  return out;
}

TEST(ModelArchive, GivesBackTheSameModel) {
  const ExampleModel model = train(three_topics());
  const auto loaded = ExampleModel::load(saved());
  ASSERT_TRUE(loaded) << loaded.error().what;
  EXPECT_EQ(loaded->digest(), model.digest());
  for (const char* text : {"søppelet", "når opnar de", "brunt vatn", "noko heilt anna"}) {
    const Ranking before = model.rank(text, 3);
    const Ranking after = loaded->rank(text, 3);
    EXPECT_EQ(before.accepted, after.accepted) << text;
    ASSERT_EQ(before.best.size(), after.best.size()) << text;
    for (std::size_t i = 0; i < before.best.size(); ++i) {
      EXPECT_EQ(before.best[i].label, after.best[i].label) << text;
      EXPECT_EQ(before.best[i].score, after.best[i].score) << text;
    }
  }
}

TEST(ModelArchive, RefusesWhatIsCutOffAtAnyPlace) {
  const std::string whole = saved();
  for (std::size_t size = 0; size < whole.size(); size += 1 + size / 40) {
    EXPECT_FALSE(ExampleModel::load(std::string_view(whole).substr(0, size))) << size;
  }
  EXPECT_FALSE(ExampleModel::load(whole + "x"));
}

TEST(ModelArchive, RefusesAChangedByte) {
  const std::string whole = saved();
  for (std::size_t at = 0; at < whole.size(); at += 1 + at / 30) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x41);
    EXPECT_FALSE(ExampleModel::load(damaged)) << at;
  }
}

// Bytes of any kind below a right checksum: refused, or a model that ranks without harm.
TEST(ModelArchive, IsSafeWithGarbageOfARightChecksum) {
  const std::string whole = saved();
  std::uint64_t state = 1;
  std::size_t loaded_count = 0;
  for (int round = 0; round < 3'000; ++round) {
    std::string damaged = whole.substr(0, whole.size() - 8);
    for (int change = 0; change < 3; ++change) {
      state = state * 6'364'136'223'846'793'005u + 1'442'695'040'888'963'407u;
      const std::size_t at = 28 + (state >> 33) % (damaged.size() - 28);
      const std::uint64_t value = change == 0 ? state >> 40 : ~0ull;
      std::memcpy(damaged.data() + std::min(at, damaged.size() - 8), &value, 1 + state % 8);
    }
    ExampleModel::append_checksum(damaged);
    const auto model = ExampleModel::load(damaged);
    if (!model) continue;
    ++loaded_count;
    EXPECT_LE(model->rank("når vert bosset tømt", 3).best.size(), 3u);
    if (model->label_count() > 0) model->evidence("når vert bosset tømt", 0);
  }
  EXPECT_GT(loaded_count, 0u);
}

}  // namespace
}  // namespace svar::intents
