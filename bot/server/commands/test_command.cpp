#include "bot/server/commands/test_command.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

#include "bot/server/commands/dialogue.h"
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

service::Findings run_regression(const LoadedContent& loaded, Time now) {
  service::Findings failures;
  for (const RegressionCase& one : loaded.content.regression) {
    const SiteId site{one.site};
    const auto fail = [&](const std::string& why) {
      failures.push_back(
          {service::Severity::error, one.place.file, one.place.line, "«" + one.text + "» " + why});
    };
    if (!loaded.release->knows_site(site)) {
      fail("unknown site " + one.site);
      continue;
    }
    Dialogue dialogue(site, language_of_site(site, *loaded.release));
    const auto reaction = dialogue.say(one.text, *loaded.release, now);
    if (!std::holds_alternative<Reaction>(reaction)) {
      fail("was refused");
    } else if (const std::string why = difference(one, std::get<Reaction>(reaction));
               !why.empty()) {
      fail(why);
    }
  }
  return failures;
}

service::Findings run_rule_tests(const LoadedContent& loaded) {
  service::Findings failures;
  for (const intents::Finding& finding : loaded.release->intents->run_rule_tests()) {
    failures.push_back(
        {service::Severity::error, finding.place.file, finding.place.line, finding.what});
  }
  return failures;
}

}  // namespace

int run_test(const TestOptions& options, Time now, std::ostream& out, std::ostream& err) {
  const auto loaded = load_content(options.content, now, err);
  if (!loaded) {
    err << "The content can't be used; `svarsentral check` tells more.\n";
    return 1;
  }
  service::Findings failures = run_rule_tests(*loaded);
  const std::size_t rule_failures = failures.size();
  const auto regression = run_regression(*loaded, now);
  failures.insert(failures.end(), regression.begin(), regression.end());
  const auto size = loaded->release->intents->size();
  if (options.json) {
    ordered_json all{{"rules", size.rules},
                     {"examples", size.examples},
                     {"example_failures", rule_failures},
                     {"regression", loaded->content.regression.size()},
                     {"regression_failures", regression.size()},
                     {"failures", ordered_json::array()}};
    for (const auto& one : failures)
      all["failures"].push_back({{"file", one.file}, {"line", one.line}, {"what", one.what}});
    out << all.dump(2, ' ', false, ordered_json::error_handler_t::replace) << '\n';
  } else {
    write_findings(failures, loaded->folder, out);
    out << size.rules << " rules with " << size.examples << " examples: " << rule_failures
        << " failed\n"
        << loaded->content.regression.size()
        << " messages of the regression set: " << regression.size() << " failed\n";
  }
  return failures.empty() ? 0 : 1;
}

}  // namespace svar::server
