// What a whole decision costs, and its parts: every message of a file («label<TAB>site<TAB>text» or
// one text a line) asked as the first of a conversation. Prints one JSON object: median, p99 and
// mean in nanoseconds, by label.
//   decision_bench --messages FILE [--content config/content] [--rounds 5]
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

#include "bot/engine/answering.h"
#include "bot/engine/masking.h"
#include "bot/server/commands/release_loading.h"
#include "intents/intent_matcher.h"

namespace svar {
namespace {

using nlohmann::json;
using std::chrono::steady_clock;

struct Message {
  std::string label, site, text;
};

std::vector<Message> read_messages(const std::string& file) {
  std::vector<Message> messages;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line.front() == '#') continue;
    const std::size_t first = line.find('\t');
    const std::size_t second = first == std::string::npos ? first : line.find('\t', first + 1);
    if (second == std::string::npos) {
      messages.push_back({"all", "osteroy", line});
    } else {
      messages.push_back({line.substr(0, first), line.substr(first + 1, second - first - 1),
                          line.substr(second + 1)});
    }
  }
  return messages;
}

class Times {
 public:
  template <class Call>
  void measure(Call call) {
    const auto begin = steady_clock::now();
    call();
    nanoseconds_.push_back((steady_clock::now() - begin).count());
  }
  json report() {
    std::sort(nanoseconds_.begin(), nanoseconds_.end());
    double sum = 0;
    for (const auto one : nanoseconds_) sum += static_cast<double>(one);
    return {{"count", nanoseconds_.size()},
            {"median_ns", nanoseconds_[nanoseconds_.size() / 2]},
            {"p99_ns", nanoseconds_[nanoseconds_.size() * 99 / 100]},
            {"mean_ns", sum / static_cast<double>(nanoseconds_.size())}};
  }

 private:
  std::vector<steady_clock::rep> nanoseconds_;
};

void ask(const engine::Release& release, const Message& message, Time now, Times& whole) {
  const SiteId site{message.site};
  std::optional<MunicipalityId> municipality;
  if (site != kCommonSite) municipality = MunicipalityId{message.site};
  const Pending pending;
  const std::vector<ArticleId> topics;
  const engine::Question question{
      message.text, site, municipality, Language::nn, pending, topics, 0, 0, nullptr, {}};
  whole.measure([&] { (void)engine::answer(question, release, now); });
}

json run(const engine::Release& release, const std::vector<Message>& messages, int rounds) {
  const auto now = std::chrono::time_point_cast<Time::duration>(std::chrono::system_clock::now());
  std::map<std::string, Times> whole;
  Times match, match_safety, mask;
  for (int round = -1; round < rounds; ++round) {  // the first fills the caches
    if (round == 0) whole.clear(), match = match_safety = mask = {};
    for (const Message& message : messages) {
      ask(release, message, now, whole[message.label]);
      match.measure([&] { (void)release.intents->match(message.text); });
      match_safety.measure([&] { (void)release.intents->match_safety(message.text); });
      mask.measure([&] { (void)engine::mask(message.text); });
    }
  }
  json report{{"bench", "decision"}, {"messages", messages.size()}};
  for (auto& [label, times] : whole) report["answer"][label] = times.report();
  report["match"] = match.report();
  report["match_safety"] = match_safety.report();
  report["mask"] = mask.report();
  return report;
}

}  // namespace
}  // namespace svar

int main(int argc, char** argv) {
  CLI::App app{"What a whole decision costs, and its parts."};
  std::string file;
  svar::server::ContentChoice choice{"", "config/content"};
  int rounds = 5;
  app.add_option("--messages", file, "label<TAB>site<TAB>text, or one text a line")->required();
  app.add_option("--content", choice.content, "folder of the content");
  app.add_option("--rounds", rounds, "how often each message is asked")->check(CLI::Range(1, 1000));
  CLI11_PARSE(app, argc, argv);
  const auto now =
      std::chrono::time_point_cast<svar::Time::duration>(std::chrono::system_clock::now());
  const auto loaded = svar::server::load_content(choice, now, std::cerr);
  if (!loaded) return 1;
  const auto messages = svar::read_messages(file);
  if (messages.empty()) return std::cerr << "decision_bench: no messages in " << file << '\n', 2;
  std::cout << svar::run(*loaded->release, messages, rounds).dump(1) << '\n';
  return 0;
}
