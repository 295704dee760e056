// Fills a data folder with conversations of the last days, so that what comes after is measured on
// a store of some age: each is opened, gets bot turns, and is closed, ten events unless told
// otherwise.
//
//   fill_store FILE [--conversations 100000] [--events 10] [--open 0]
//
// FILE is «<data folder>/svarsentral.db»; the service must not run. `--open` of the conversations,
// the latest, are still the bot's. Progress on stderr, one JSON object on stdout. Exit code: 0
// filled, 1 the store failed, 2 misuse.
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>

#include "bot/store/sqlite_event_store.h"
#include "tests/service/fakes.h"

namespace {

using namespace svar;
using std::chrono::steady_clock;

constexpr std::size_t kUnderWayMax = 4'096;  // appends that may share a transaction
constexpr std::chrono::hours kAge{5 * 24};  // of the first conversation; younger than any retention

struct Options {
  std::filesystem::path file;
  std::int64_t conversations = 100'000;
  std::int64_t events = 10;
  std::int64_t open = 0;
};

constexpr const char* kQuestions[] = {
    "når vert bosset tømt i Lonevåg?", "kva kostar ein barnehageplass",
    "Hei! Eg lurar på når biblioteket er ope på laurdagar", "kor leverer eg eit gamalt kjøleskap",
    "må eg søkje om å byggje garasje"};
constexpr const char* kArticles[] = {"boss.tommekalender", "barnehage.betaling",
                                     "bibliotek.opningstid", "boss.gjenvinning", "bygg.garasje"};
constexpr const char* kMunicipalities[] = {"austrheim", "fedje",   "gulen",  "masfjorden",
                                           "modalen",   "osteroy", "vaksdal"};

BotReplied reply_to(const ClientId& id, std::size_t topic, const char* municipality) {
  BotReplied reply;
  reply.reply_to = id;
  reply.text =
      "Kommunen tømmer kvar andre veke. Finn di rute i kalenderen, der du òg kan bestille varsel "
      "på "
      "SMS kvelden før. Innbyggjartenesta svarar på telefon kvardagar frå 9 til 15.";
  reply.links = {{"Finn di rute", "https://www.example.no/kalender", true}};
  reply.topics = {ArticleId{kArticles[topic]}};
  reply.topic_title = "Tømmekalender";
  reply.municipality = MunicipalityId{municipality};
  reply.release = ReleaseNumber{1};
  reply.confidence = 0.97;
  reply.because.how = "rule";
  reply.because.rule = std::string{kArticles[topic]} + "#when";
  reply.because.matched = {{0, 18}};
  reply.because.candidates = {{ArticleId{kArticles[topic]}, 0.97, "rule"}};
  reply.because.municipality_from = "site";
  reply.because.language_from = "session";
  return reply;
}

// A conversation of so many events: two that open it, turns of two, and what closes it.
std::vector<Event> conversation_of(std::int64_t number, std::int64_t count, bool closes) {
  const char* site = kMunicipalities[number % std::size(kMunicipalities)];
  std::vector<Event> events;
  events.reserve(static_cast<std::size_t>(count));
  events.emplace_back(ConversationOpened{SiteId{site}, Language::nn, "webchat", "1",
                                         "https://www.example.no/tenester/renovasjon",
                                         "Renovasjon"});
  events.emplace_back(ControllerSet{MunicipalityId{site}});
  const auto last = static_cast<std::size_t>(count) - (closes ? 1 : 0);
  for (std::size_t turn = 0; events.size() + 2 <= last; ++turn) {
    const std::size_t topic = (static_cast<std::size_t>(number) + turn) % std::size(kQuestions);
    const ClientId id{"0e6f2b6c1d2c4f5e" + std::to_string(turn)};
    events.emplace_back(CitizenSpoke{id, kQuestions[topic], false});
    events.emplace_back(reply_to(id, topic, site));
  }
  while (events.size() < last) events.emplace_back(CitizenRated{ClientId{"rate"}, 5, "Takk!"});
  if (closes) {
    events.emplace_back(ConversationClosed{ClosedBy::inactivity, {}, {}, "Samtalen er avslutta."});
  }
  return events;
}

service::Append append_of(ConversationId id, Time at, std::vector<Event> events) {
  auto recorded = service::new_events(Seq{}, at, std::move(events));
  Conversation after;
  for (const Recorded& each : *recorded) evolve(after, each);
  return {id, Seq{}, at, std::move(recorded), service::row_of(after)};
}

// False when the store refused one; the reason is on stderr.
class Filling {
 public:
  Filling(store::SqliteEventStore& store, fakes::ManualExecutor& executor)
      : store_(store), executor_(executor) {}

  bool fill(const Options& options) {
    const auto now =
        std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    const auto step =
        std::chrono::milliseconds{kAge} / std::max<std::int64_t>(options.conversations, 1);
    for (std::int64_t number = 0; number < options.conversations && !failed_; ++number) {
      const bool closes = number < options.conversations - options.open;
      // What is open was spoken in a moment ago; the numbers are those the web chat draws.
      const Time at = closes ? now - kAge + number * step : now;
      const ConversationId id{(at.time_since_epoch().count() << 22) | (number & 0x3FFFFF)};
      append(append_of(id, at, conversation_of(number, options.events, closes)));
      if (number % 100'000 == 99'999) {
        std::fprintf(stderr, "%lld conversations\n", static_cast<long long>(number + 1));
      }
    }
    return executor_.run_until([this] { return under_way_ == 0; }) && !failed_;
  }

 private:
  void append(service::Append request) {
    ++under_way_;
    store_.append(std::move(request), [this](const auto& outcome) {
      --under_way_;
      if (outcome && std::holds_alternative<service::Appended>(*outcome)) return;
      if (!failed_) {
        std::fprintf(stderr, "not appended: %s\n",
                     outcome ? "the conversation is there already" : outcome.error().what.c_str());
      }
      failed_ = true;
    });
    if (under_way_ >= kUnderWayMax) {
      executor_.run_until([this] { return under_way_ <= kUnderWayMax / 2; });
    }
  }

  store::SqliteEventStore& store_;
  fakes::ManualExecutor& executor_;
  std::size_t under_way_ = 0;
  bool failed_ = false;
};

bool read_count(const char* text, std::int64_t& count) {
  const char* end = text + std::strlen(text);
  const auto [stopped, error] = std::from_chars(text, end, count);
  return error == std::errc{} && stopped == end && count >= 0;
}

bool read_arguments(int argc, char** argv, Options& options) {
  for (int index = 1; index < argc; ++index) {
    const std::string_view name = argv[index];
    std::int64_t* count = name == "--conversations" ? &options.conversations
                          : name == "--events"      ? &options.events
                          : name == "--open"        ? &options.open
                                                    : nullptr;
    if (count != nullptr) {
      if (++index == argc || !read_count(argv[index], *count)) return false;
    } else if (!options.file.empty() || name.starts_with("-")) {
      return false;
    } else {
      options.file = name;
    }
  }
  return !options.file.empty() && options.events >= 3;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  const bool help = argc == 2 && std::string_view{argv[1]} == "--help";
  if (help || !read_arguments(argc, argv, options)) {
    std::fprintf(help ? stdout : stderr,
                 "usage: fill_store FILE [--conversations 100000] [--events 10] [--open 0]\n");
    return help ? 0 : 2;
  }
  const auto began = steady_clock::now();
  fakes::ManualExecutor executor;
  auto store = store::SqliteEventStore::open({.file = options.file}, executor);
  if (!store) {
    std::fprintf(stderr, "%s\n", store.error().what.c_str());
    return 1;
  }
  if (!Filling(**store, executor).fill(options)) return 1;
  store->reset();
  const double seconds = std::chrono::duration<double>(steady_clock::now() - began).count();
  std::printf("{\"conversations\":%lld,\"events\":%lld,\"bytes\":%llu,\"seconds\":%.1f}\n",
              static_cast<long long>(options.conversations),
              static_cast<long long>(options.conversations * options.events),
              static_cast<unsigned long long>(std::filesystem::file_size(options.file)), seconds);
  return 0;
}
