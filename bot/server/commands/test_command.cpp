#include "bot/server/commands/test_command.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>
#include <thread>

#include "bot/server/commands/dialogue.h"
#include "bot/server/commands/finding_json.h"
#include "bot/service/content/rule_sources.h"
#include "intents/intent_matcher.h"

namespace svar::server {
namespace {

using nlohmann::ordered_json;
using service::RegressionCase;

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const std::string& word : words) all += (all.empty() ? "" : ", ") + word;
  return all.empty() ? "nothing" : all;
}

std::vector<std::string> ids(const std::vector<ArticleId>& topics) {
  std::vector<std::string> all;
  for (const ArticleId& topic : topics) all.push_back(topic.value);
  return all;
}

bool holds(const std::vector<std::string>& all, const std::string& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

// What differs from the expected, as one sentence; empty when all is as expected.
std::string difference(const RegressionCase& expected, const Reaction& reaction) {
  std::string text;
  const auto differ = [&](const char* what, const std::string& wanted, const std::string& got) {
    text += (text.empty() ? "" : "; ") + std::string(what) + ": " + wanted + " expected, " + got +
            " given";
  };
  const std::string outcome(code(reaction.outcome));
  if (!expected.outcomes.empty() && !holds(expected.outcomes, outcome))
    differ("outcome", joined(expected.outcomes), outcome);
  const auto topics = ids(reaction.topics);
  for (const std::string& topic : expected.topics) {
    if (!holds(topics, topic)) differ("topics", topic, joined(topics));
  }
  for (const std::string& topic : expected.not_topics) {
    if (holds(topics, topic)) differ("topics", "not " + topic, joined(topics));
  }
  const std::string municipality = reaction.municipality ? reaction.municipality->value : "none";
  if (!expected.municipality.empty() && expected.municipality != municipality) {
    differ("municipality", expected.municipality, municipality);
  }
  const std::string language(code(reaction.language));
  if (!expected.language.empty() && expected.language != language)
    differ("language", expected.language, language);
  const std::string safety(reaction.safety ? code(*reaction.safety) : "none");
  if (!expected.safety.empty() && expected.safety != safety)
    differ("safety", expected.safety, safety);
  return text;
}

std::optional<service::Finding> run_case(const RegressionCase& one, const LoadedContent& loaded,
                                         Time now) {
  const SiteId site{one.site};
  const auto fail = [&](const std::string& why) {
    return service::Finding{service::Severity::error, one.place.file, one.place.line,
                            "«" + one.text + "» " + why};
  };
  if (!loaded.release->knows_site(site)) return fail("unknown site " + one.site);
  Dialogue dialogue(site, language_of_site(site, *loaded.release));
  const auto reaction = dialogue.say(one.text, *loaded.release, now);
  if (!std::holds_alternative<Reaction>(reaction)) return fail("was refused");
  const std::string why = difference(one, std::get<Reaction>(reaction));
  if (why.empty()) return std::nullopt;
  return fail(why);
}

// Whole decisions, on every core: each case is a dialogue of its own. Failures come in the order of
// the file.
service::Findings run_regression(const LoadedContent& loaded, Time now) {
  const std::vector<RegressionCase>& cases = loaded.content.regression;
  std::vector<std::optional<service::Finding>> found(cases.size());
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < cases.size(); i = next++) {
      found[i] = run_case(cases[i], loaded, now);
    }
  };
  {
    std::vector<std::jthread> others(std::max(std::thread::hardware_concurrency(), 1u) - 1);
    for (std::jthread& other : others) other = std::jthread(work);
    work();
  }
  service::Findings failures;
  for (auto& one : found) {
    if (one) failures.push_back(std::move(*one));
  }
  return failures;
}

std::int64_t nanoseconds() {
  return std::chrono::steady_clock::now().time_since_epoch() / std::chrono::nanoseconds(1);
}

struct Tested {
  std::size_t rule_tests = 0;
  service::Findings rules, regression;
  double rule_ms = 0, regression_ms = 0;
};

Tested run_all(const LoadedContent& loaded, Time now) {
  Tested tested;
  const std::int64_t begin = nanoseconds();
  auto rules = loaded.release->intents->run_rule_tests();
  const std::int64_t middle = nanoseconds();
  tested.regression = run_regression(loaded, now);
  tested.regression_ms = static_cast<double>(nanoseconds() - middle) / 1e6;
  tested.rule_ms = static_cast<double>(middle - begin) / 1e6;
  tested.rule_tests = rules.count;
  tested.rules = service::from_rules(rules.failures);
  return tested;
}

std::string json_of(const Tested& tested, const LoadedContent& loaded) {
  const auto size = loaded.release->intents->size();
  ordered_json all{{"rules", size.rules},
                   {"examples", size.examples},
                   {"rule_tests", tested.rule_tests},
                   {"rule_tests_ms", tested.rule_ms},
                   {"example_failures", tested.rules.size()},
                   {"regression", loaded.content.regression.size()},
                   {"regression_ms", tested.regression_ms},
                   {"regression_failures", tested.regression.size()},
                   {"failures", ordered_json::array()}};
  for (const auto* failures : {&tested.rules, &tested.regression}) {
    for (const service::Finding& one : *failures) all["failures"].push_back(to_json(one));
  }
  return all.dump(2, ' ', false, ordered_json::error_handler_t::replace);
}

void write_text(const Tested& tested, const LoadedContent& loaded, std::ostream& out) {
  write_findings(tested.rules, loaded.folder, out);
  write_findings(tested.regression, loaded.folder, out);
  const auto size = loaded.release->intents->size();
  out << size.rules << " rules, " << size.examples << " examples: " << tested.rule_tests
      << " tests in " << std::lround(tested.rule_ms) << " ms, " << tested.rules.size()
      << " failed\n"
      << loaded.content.regression.size() << " messages of the regression set in "
      << std::lround(tested.regression_ms) << " ms: " << tested.regression.size() << " failed\n";
}

}  // namespace

int run_test(const TestOptions& options, Time now, std::ostream& out, std::ostream& err) {
  const auto loaded = load_content(options.content, now, err);
  if (!loaded) {
    err << "The content can't be used; `svarsentral check` tells more.\n";
    return 1;
  }
  const Tested tested = run_all(*loaded, now);
  if (options.json) {
    out << json_of(tested, *loaded) << '\n';
  } else {
    write_text(tested, *loaded, out);
  }
  return tested.rules.empty() && tested.regression.empty() ? 0 : 1;
}

}  // namespace svar::server
