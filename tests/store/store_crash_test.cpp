// kill -9 in the middle of appending: what was acknowledged is there, once, in order, without a
// gap.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <random>
#include <set>
#include <thread>

#include "tests/store/store_fixtures.h"

namespace svar::store {
namespace {

constexpr int kConversations = 8;

struct Acknowledgement {
  std::int32_t conversation;
  std::int32_t seq;
};

std::string text_for(int round, int conversation, std::int64_t seq) {
  return std::to_string(round) + "/" + std::to_string(conversation) + "/" + std::to_string(seq);
}

// The child: every conversation goes on from where its log ends, one message a time, and tells the
// pipe about each append after its completion. Ends by being killed.
class Appender {
 public:
  Appender(const std::filesystem::path& file, int pipe, int round)
      : store_(
            open_sqlite({.file = file, .checkpoint_pages = 40, .wal_pages_max = 200}, executor_)),
        pipe_(pipe),
        round_(round) {}

  [[noreturn]] void run() {
    for (int conversation = 1; conversation <= kConversations; ++conversation) {
      const auto loaded = Calls(*store_, executor_).load(ConversationId{conversation});
      append_next(conversation, static_cast<int>(loaded.size()));
    }
    while (true) executor_.run_until([] { return false; });
  }

 private:
  void append_next(int conversation, int last) {
    auto request = append_of(ConversationId{conversation}, last,
                             {examples::spoke("m", text_for(round_, conversation, last + 1)),
                              examples::replied("m", text_for(round_, conversation, last + 2))});
    store_->append(std::move(request), [this, conversation](auto result) {
      if (!result || !appended(*result)) ::_exit(3);
      const auto seq = std::get<service::Appended>(*result).last.value;
      const Acknowledgement ack{conversation, static_cast<std::int32_t>(seq)};
      if (::write(pipe_, &ack, sizeof(ack)) != sizeof(ack)) ::_exit(4);
      append_next(conversation, static_cast<int>(seq));
    });
  }

  fakes::ManualExecutor executor_;
  std::unique_ptr<SqliteEventStore> store_;
  int pipe_;
  int round_;
};

// Kills a child after `patience`; returns everything it acknowledged.
std::vector<Acknowledgement> append_until_killed(const std::filesystem::path& file, int round,
                                                 std::chrono::microseconds patience) {
  int ends[2];
  EXPECT_EQ(::pipe(ends), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    Appender(file, ends[1], round).run();
  }
  ::close(ends[1]);
  std::vector<Acknowledgement> acks;
  std::optional<std::thread> killer;
  Acknowledgement ack;
  while (::read(ends[0], &ack, sizeof(ack)) == sizeof(ack)) {
    acks.push_back(ack);
    // The clock starts with the first acknowledgement: opening may take long on a busy disk.
    if (!killer) {
      killer.emplace([child, patience] {
        std::this_thread::sleep_for(patience);
        ::kill(child, SIGKILL);
      });
    }
  }
  ::close(ends[0]);
  if (killer) killer->join();
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
      << "the child ended by itself with " << WEXITSTATUS(status);
  return acks;
}

TEST(StoreCrash, LosesAndDoublesNothingThatWasAcknowledged) {
  const char* given = std::getenv("SVAR_SEED");
  const unsigned seed = given != nullptr ? std::stoul(given) : std::random_device{}();
  SCOPED_TRACE("SVAR_SEED=" + std::to_string(seed));
  std::mt19937 random(seed);
  DataFolder folder;
  std::map<int, std::map<std::int64_t, std::string>> history;  // what was acknowledged, by seq
  std::size_t acknowledged = 0;
  for (int round = 0; round < 20; ++round) {
    const std::chrono::microseconds patience{1'000 + random() % 60'000};
    for (const auto& ack : append_until_killed(folder.file(), round, patience)) {
      for (const std::int64_t seq : {ack.seq - 1, ack.seq}) {
        const auto [_, fresh] =
            history[ack.conversation].emplace(seq, text_for(round, ack.conversation, seq));
        EXPECT_TRUE(fresh) << "acknowledged twice";
      }
      ++acknowledged;
    }
    fakes::ManualExecutor executor;
    const auto store = open_sqlite({.file = folder.file()}, executor);
    Calls calls(*store, executor);
    std::size_t stored = 0;
    for (int conversation = 1; conversation <= kConversations; ++conversation) {
      const auto loaded = calls.load(ConversationId{conversation});
      const auto texts = texts_of(loaded);
      stored += texts.size();
      for (std::size_t index = 0; index < loaded.size(); ++index) {
        ASSERT_EQ(loaded[index].seq.value, static_cast<std::int64_t>(index) + 1);
      }
      EXPECT_EQ(std::set(texts.begin(), texts.end()).size(), texts.size()) << "doubled";
      for (const auto& [seq, text] : history[conversation]) {
        ASSERT_LE(seq, static_cast<std::int64_t>(texts.size())) << "lost " << text;
        EXPECT_EQ(texts[seq - 1], text);
      }
    }
    EXPECT_EQ(calls.read_all({}, 1'000'000).size(), stored);
  }
  EXPECT_GT(acknowledged, 100U) << "the test would prove little";
}

}  // namespace
}  // namespace svar::store
