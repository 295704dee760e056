// What rules cost, at several sizes, on messages never seen before: matching, whole decisions, rule
// tests, memory, compiling, and a release swapped while decisions go on. What is found is compared
// with an obvious matcher that shares no code; and a matcher that lacks one rule must be caught by
// the same comparison. Prints one JSON object.
#include <malloc.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <thread>

#include "bot/engine/answering.h"
#include "bot/server/content_model.h"
#include "bot/service/content/build_release.h"
#include "bot/service/content/rule_sources.h"
#include "kb-adapter/sources/folder_source.h"
#include "tests/bench/rules_mix/mixed_rules.h"

namespace svar::bench {
namespace {

using nlohmann::json;
using std::chrono::steady_clock;

struct Options {
  std::vector<std::size_t> rules{100, 1'000, 10'000};
  std::size_t messages = 2'000;
  std::size_t compared = 300;
  std::uint32_t seed = 1;
  std::string content = "config/content";
  bool model = false;
};

double seconds_since(steady_clock::time_point begin) {
  return std::chrono::duration<double>(steady_clock::now() - begin).count();
}

double resident_mb() {
  malloc_trim(0);
  std::size_t pages = 0, resident = 0;
  std::ifstream("/proc/self/statm") >> pages >> resident;
  return static_cast<double>(resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE))) / 1e6;
}

class Times {
 public:
  template <class Call>
  void measure(Call call) {
    const auto begin = steady_clock::now();
    call();
    add(steady_clock::now() - begin);
  }
  void add(steady_clock::duration took) {
    all_.push_back(std::chrono::duration<double, std::micro>(took).count());
  }
  json report() {
    if (all_.empty()) return nullptr;
    std::sort(all_.begin(), all_.end());
    return {{"median", all_[all_.size() / 2]},
            {"p99", all_[all_.size() * 99 / 100]},
            {"max", all_.back()}};
  }

 private:
  std::vector<double> all_;  // µs
};

// The shipped content with the made-up rules, examples and articles in place of its own.
service::Content made_content(const service::Content& shipped, const MixedRules& mixed) {
  service::Content content = shipped;
  content.intents.intents = mixed.intents();
  content.intents.groups.insert(content.intents.groups.end(), mixed.groups().begin(),
                                mixed.groups().end());
  content.forms.clear();
  content.reports.clear();
  const auto plain = std::find_if(shipped.articles.begin(), shipped.articles.end(),
                                  [](const kb::Article& one) { return !one.varies; });
  content.articles.clear();
  for (const intents::Intent& intent : mixed.intents()) {
    kb::Article article = *plain;
    article.id = intent.article;
    article.related.clear();
    article.title.nn = article.title.nb = intent.rules.front().examples.front();
    article.topic.nn = article.topic.nb = intent.article.value;
    content.articles.push_back(std::move(article));
  }
  return content;
}

std::shared_ptr<const intents::IntentMatcher> compiled(const service::Content& content) {
  auto matcher =
      intents::IntentMatcher::compile(content.intents, service::matcher_options(content));
  if (matcher) return *matcher;
  for (const auto& finding : matcher.error()) std::cerr << finding.what << '\n';
  return nullptr;
}

// Messages in which matcher and obvious matcher differ. What spelling had to be mended for is the
// product's alone.
std::size_t differing(const intents::IntentMatcher& matcher, const std::vector<PlainRule>& rules,
                      const std::vector<std::string>& messages, std::size_t count) {
  std::size_t differ = 0;
  for (std::size_t i = 0; i < std::min(count, messages.size()); ++i) {
    const intents::Matches matches = matcher.match(messages[i], {"osteroy", "webchat", {}});
    std::set<std::string> found, as_written;
    const auto add = [&](const intents::Hit& hit) {
      found.insert(hit.article.value);
      if (hit.readings.empty() && hit.kind == intents::HitKind::rule)
        as_written.insert(hit.article.value);
    };
    for (const auto& hit : matches.hits) add(hit);
    for (const auto& lost : matches.outdone) add(lost.hit);
    const auto wanted = obvious_matches(rules, messages[i], "osteroy");
    if (!std::includes(found.begin(), found.end(), wanted.begin(), wanted.end()) ||
        !std::includes(wanted.begin(), wanted.end(), as_written.begin(), as_written.end()))
      ++differ;
  }
  return differ;
}

// The same rules without those of the topic that the messages hit most.
std::size_t differing_without_a_topic(service::Content content, const MixedRules& mixed,
                                      const std::vector<std::string>& messages, std::size_t count) {
  std::map<std::string, int> hits;
  for (std::size_t i = 0; i < std::min(count, messages.size()); ++i) {
    for (const auto& article : obvious_matches(mixed.plain(), messages[i], "osteroy"))
      ++hits[article];
  }
  const auto most = std::max_element(
      hits.begin(), hits.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  if (most == hits.end()) return 0;
  for (intents::Intent& intent : content.intents.intents) {
    if (intent.article.value == most->first) intent.rules.clear(), intent.examples.clear();
  }
  const auto matcher = compiled(content);
  return matcher ? differing(*matcher, mixed.plain(), messages, count) : 0;
}

void decide(const engine::Release& release, const std::string& text, Time now) {
  static const SiteId site{"osteroy"};
  static const std::optional<MunicipalityId> municipality{MunicipalityId{"osteroy"}};
  static const Pending pending;
  static const std::vector<ArticleId> topics;
  const engine::Question question{text, site, municipality, Language::nn, pending, topics, 0, 0};
  (void)engine::answer(question, release, now);
}

struct Swap {
  Times before, during;
  double build_seconds = 0, store_us = 0, both_mb = 0;
};

// One thread decides without a pause; this one builds a second release meanwhile and puts it in the
// first one's place.
Swap swap_release(std::shared_ptr<const engine::Release> first, const service::Content& content,
                  service::Model model, const std::vector<std::string>& messages, Time now) {
  Swap swap;
  std::atomic<std::shared_ptr<const engine::Release>> current(std::move(first));
  enum Phase { alone, swapping, over };
  std::atomic<Phase> phase{alone};
  std::jthread citizen([&] {
    for (std::size_t i = 0; phase != over; ++i) {
      const bool is_alone = phase == alone;
      const auto begin = steady_clock::now();
      decide(*current.load(), messages[i % messages.size()], now);
      (is_alone ? swap.before : swap.during).add(steady_clock::now() - begin);
    }
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  phase = swapping;
  const auto begin = steady_clock::now();
  auto second = service::build_release(content, now, ReleaseNumber{2}, std::move(model));
  swap.build_seconds = seconds_since(begin);
  swap.both_mb = resident_mb();
  const auto store = steady_clock::now();
  if (second) current.store(*second);
  swap.store_us = seconds_since(store) * 1e6;
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  phase = over;
  return swap;
}

json run_tests(const intents::IntentMatcher& matcher) {
  const auto begin = steady_clock::now();
  const auto tests = matcher.run_rule_tests();
  const double took = seconds_since(begin);
  const auto failed =
      std::count_if(tests.failures.begin(), tests.failures.end(),
                    [](const intents::Finding& one) { return one.kind == "example_fails"; });
  return {{"count", tests.count}, {"seconds", took}, {"own_examples_failed", failed}};
}

json measure(const Options& options, std::size_t rules, const service::Content& shipped,
             bool& good) {
  const auto now = std::chrono::time_point_cast<Time::duration>(std::chrono::system_clock::now());
  std::cerr << rules << " rules: making them\n";
  const MixedRules mixed(rules, rules * 3 / 2, options.seed);
  const std::vector<std::string> messages = mixed.messages(options.messages, options.seed + 1);
  const service::Content content = made_content(shipped, mixed);
  const double before_mb = resident_mb();
  const auto begin = steady_clock::now();
  const auto matcher = compiled(content);
  json out{{"rules", rules}, {"examples", rules * 3 / 2}, {"messages", messages.size()}};
  out["compile_seconds"] = seconds_since(begin);
  if (!matcher) return good = false, out;
  std::cerr << rules << " rules: matching\n";
  Times cold, match, decision;
  for (const auto& text : messages) cold.measure([&] { (void)matcher->match(text); });
  for (const auto& text : messages) match.measure([&] { (void)matcher->match(text); });
  out["match_us"] = match.report();
  out["first_match_us"] = cold.report();
  out["matcher_mb"] = resident_mb() - before_mb;
  out["rule_tests"] = run_tests(*matcher);
  const std::size_t differ = differing(*matcher, mixed.plain(), messages, options.compared);
  const std::size_t caught = differing_without_a_topic(content, mixed, messages, options.compared);
  out["compared"] = {{"messages", std::min(options.compared, messages.size())},
                     {"differing", differ},
                     {"differing_without_a_topic", caught}};
  good = good && differ == 0 && caught > 0;
  std::cerr << rules << " rules: whole decisions\n";
  const auto training = steady_clock::now();
  const service::Model model = options.model ? server::train_model(content) : nullptr;
  if (options.model) out["train_seconds"] = seconds_since(training);
  const auto release = service::build_release(content, now, ReleaseNumber{1}, model);
  if (!release) return good = false, out;
  for (const auto& text : messages) decide(**release, text, now);
  for (const auto& text : messages) decision.measure([&] { decide(**release, text, now); });
  out["decision_us"] = decision.report();
  Swap swap = swap_release(*release, content, model, messages, now);
  out["swap"] = {{"build_seconds", swap.build_seconds},
                 {"store_us", swap.store_us},
                 {"decision_us_before", swap.before.report()},
                 {"decision_us_during", swap.during.report()},
                 {"resident_mb_both", swap.both_mb}};
  return out;
}

int run(const Options& options) {
  const auto shipped = kb::FolderSource(options.content).read();
  if (!shipped.complete() || shipped.content.articles.empty()) {
    std::cerr << "the content in " << options.content << " can't be read\n";
    return 2;
  }
  bool good = true;
  json sizes = json::array();
  for (const std::size_t rules : options.rules)
    sizes.push_back(measure(options, rules, shipped.content, good));
  const json all{{"bench", "rules"},
                 {"seed", options.seed},
                 {"model", options.model},
                 {"sizes", sizes},
                 {"goals",
                  {{"match_us_median", 5},
                   {"decision_us_at_10000", 100},
                   {"rule_tests_50000_seconds", 1},
                   {"swap_seconds", 1},
                   {"resident_mb_both", 300}}},
                 {"passed", good}};
  std::cout << all.dump(1) << '\n';
  return good ? 0 : 1;
}

}  // namespace
}  // namespace svar::bench

int main(int argc, char** argv) {
  CLI::App app{
      "What mixed rules cost on messages never seen before. Exit code: 0 all found as an obvious "
      "matcher finds it, 1 not, 2 misuse. Times are printed beside their goals, not judged."};
  svar::bench::Options options;
  app.add_option("--rules", options.rules, "how many; several by commas")
      ->delimiter(',')
      ->check(CLI::Range(20, 100'000));
  app.add_option("--messages", options.messages, "how many messages")
      ->check(CLI::Range(10, 100'000));
  app.add_option("--compared", options.compared, "how many of them the obvious matcher checks");
  app.add_option("--seed", options.seed, "of rules and messages");
  app.add_option("--content", options.content, "folder of the content, for all but the topics");
  app.add_flag("--model", options.model, "train the example model too: minutes at 10,000 rules");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return svar::bench::run(options);
}
