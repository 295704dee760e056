// How many rows a second the SQLite store commits: as many conversations as asked for, each
// appending a turn of two events as soon as its last one is completed. Prints one line of JSON a
// run.
//
//   store_bench [folder] [seconds] [conversations…]      default: a folder below /tmp, 4, 1 8 64
//   1000
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "bot/store/sqlite_event_store.h"
#include "tests/service/fakes.h"

namespace {

using namespace svar;
using std::chrono::duration;
using std::chrono::steady_clock;

class Bench {
 public:
  Bench(store::SqliteEventStore& store, fakes::ManualExecutor& executor)
      : store_(store), executor_(executor) {}

  // Returns the turns completed.
  long run(int conversations, double seconds) {
    const auto end =
        steady_clock::now() + std::chrono::milliseconds(static_cast<long>(seconds * 1000));
    for (int number = 1; number <= conversations; ++number) next(number, 0, end);
    while (under_way_ > 0) executor_.run_until([&] { return under_way_ == 0; });
    return turns_;
  }

 private:
  void next(std::int64_t number, std::int64_t last, steady_clock::time_point end) {
    CitizenSpoke spoke{{"0e6f2b6c-1d2c-4f5e-9d3a-5b1c7a"}, "når vert bosset tømt i Lonevåg?"};
    BotReplied reply;
    reply.reply_to = spoke.id;
    reply.text = "Bosset vert tømt annakvar veke. Sjå tømmekalenderen hos BIR for di adresse.";
    reply.links = {{"Tømmekalender hos BIR", "https://bir.no/tommekalender/"}};
    reply.topics = {{"boss.tommekalender"}};
    reply.topic_title = "Tømmekalender";
    reply.municipality = MunicipalityId{"osteroy"};
    reply.release = {1};
    reply.confidence = 1;
    reply.because.how = "rule";
    reply.because.rule = "boss.tommekalender#when-collected";
    service::Append append{
        ConversationId{number},
        Seq{last},
        Time{},
        service::new_events(Seq{last}, Time{}, {std::move(spoke), std::move(reply)}),
        {MunicipalityId{"osteroy"}, Owner::bot, {}}};
    ++under_way_;
    store_.append(std::move(append), [this, number, end](auto result) {
      --under_way_;
      if (!result || !std::holds_alternative<service::Appended>(*result)) std::abort();
      ++turns_;
      const auto last = std::get<service::Appended>(*result).last.value;
      if (steady_clock::now() < end) next(number, last, end);
    });
  }

  store::SqliteEventStore& store_;
  fakes::ManualExecutor& executor_;
  long turns_ = 0;
  long under_way_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  const std::filesystem::path folder =
      argc > 1 ? argv[1] : "/tmp/svar-store-bench-" + std::to_string(::getpid());
  const double seconds = argc > 2 ? std::atof(argv[2]) : 4;
  std::vector<int> sizes;
  for (int index = 3; index < argc; ++index) sizes.push_back(std::atoi(argv[index]));
  if (sizes.empty()) sizes = {1, 8, 64, 1000};
  for (const int conversations : sizes) {
    std::filesystem::remove_all(folder);
    fakes::ManualExecutor executor;
    auto store = store::SqliteEventStore::open({.file = folder / "svarsentral.db"}, executor);
    if (!store) {
      std::fprintf(stderr, "%s\n", store.error().what.c_str());
      return 1;
    }
    const auto started = steady_clock::now();
    const auto cpu = std::clock();
    const long turns = Bench(**store, executor).run(conversations, seconds);
    const double wall = duration<double>(steady_clock::now() - started).count();
    const double used = static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC;
    const auto count = static_cast<double>(turns);
    std::printf(
        "{\"conversations\":%d,\"turns_per_second\":%.0f,\"rows_per_second\":%.0f,"
        "\"cpu_us_per_turn\":%.1f}\n",
        conversations, count / wall, 2 * count / wall, used * 1e6 / count);
    std::fflush(stdout);
  }
  std::filesystem::remove_all(folder);
}
