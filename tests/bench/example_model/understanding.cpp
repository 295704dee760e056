// How well the product's own example model understands: trains it on a file of examples and asks it
// another file it has never seen. Progress on stderr, one JSON object on stdout.
#include <yaml-cpp/yaml.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <ctime>
#include <iostream>
#include <nlohmann/json.hpp>

#include "intents/normal_text.h"
#include "intents/training/training.h"
#include "tests/bench/example_model/examples.h"
#include "tests/bench/example_model/measures.h"

namespace svar::bench {
namespace {

using intents::ExampleModel;
using nlohmann::json;
using std::chrono::steady_clock;

struct Options {
  std::string train, valid, oos_train, test, oos_test, forms;
  int typos = 0;
  bool folds = true;
  std::vector<std::string> vary;
};

double seconds_since(steady_clock::time_point begin) {
  return std::chrono::duration<double>(steady_clock::now() - begin).count();
}

json parameters_as_json(const intents::HyperParameters& parameters) {
  json numbers = json::object();
  for (const auto& one : intents::listed(parameters)) numbers[std::string(one.name)] = one.value;
  return {{"numbers", numbers}, {"digest", intents::digest(parameters)}};
}

json thresholds_as_json(const intents::Thresholds& thresholds) {
  json accept = json::array(), clear = json::array(), alarm = json::array(), gate = json::object();
  for (const auto& point : thresholds.accept_curve) {
    accept.push_back({{"at", point.at}, {"kept", point.kept}, {"rejected", point.rejected}});
  }
  for (const auto& point : thresholds.clear_curve) {
    clear.push_back(
        {{"at", point.at}, {"coverage", point.coverage}, {"precision", point.precision}});
  }
  for (const auto& point : thresholds.alarm_curve) {
    alarm.push_back(
        {{"at", point.at}, {"found", point.found}, {"false_alarms", point.false_alarms}});
  }
  for (std::size_t i = 0; i < intents::kGateInputs.size(); ++i) {
    gate[std::string(intents::kGateInputs[i])] = thresholds.gate[i];
  }
  gate["bias"] = thresholds.gate_bias;
  return {{"fitted", thresholds.fitted},
          {"accept", thresholds.accept},
          {"clear", thresholds.clear},
          {"temperature", thresholds.temperature},
          {"gate", gate},
          {"held_out", thresholds.held_out},
          {"held_out_out_of_scope", thresholds.held_out_out_of_scope},
          {"accept_curve", accept},
          {"clear_curve", clear},
          {"alarm_curve", alarm}};
}

// Asks every example; the out-of-scope ones are those of the label kNoTopic.
std::vector<Answered> ask(const ExampleModel& model, const std::vector<Example>& examples) {
  std::vector<Answered> answers;
  for (const Example& example : examples) {
    const auto ranking = model.rank(intents::normalise(example.text).text, 3);
    Answered answer{example.label, {}, ranking.in_scope, 0, ranking.accepted, ranking.clear};
    for (const auto& ranked : ranking.best) answer.best.push_back(model.label(ranked.label));
    if (!ranking.best.empty()) answer.score = ranking.best.front().score;
    answers.push_back(std::move(answer));
  }
  return answers;
}

json time_decisions(const ExampleModel& model, const std::vector<Example>& examples) {
  std::vector<std::string> texts;
  for (const Example& example : examples) texts.push_back(intents::normalise(example.text).text);
  std::vector<double> microseconds;
  for (int round = 0; round < 3; ++round) {
    microseconds.clear();
    for (const std::string& text : texts) {
      const auto begin = steady_clock::now();
      const auto ranking = model.rank(text, 4);
      microseconds.push_back(seconds_since(begin) * 1e6);
      if (ranking.best.size() > 4) std::abort();  // keeps the call alive
    }
  }
  std::sort(microseconds.begin(), microseconds.end());
  if (microseconds.empty()) return nullptr;
  return {{"median", microseconds[microseconds.size() / 2]},
          {"p99", microseconds[microseconds.size() * 99 / 100]}};
}

std::vector<Example> test_set(const std::string& file, const std::string& oos_file, int typos) {
  std::vector<Example> examples = read_examples(file);
  if (!oos_file.empty()) {
    for (Example& example : read_examples(oos_file)) {
      examples.push_back({std::string(kNoTopic), std::move(example.text)});
    }
  }
  if (typos > 0) add_typos(examples, typos);
  return examples;
}

// «word: [form, form]» a line, as config/content/intents/equivalents.yaml is written.
intents::WordForms read_forms(const std::string& file) {
  intents::WordForms forms;
  for (const auto& line : YAML::LoadFile(file)) {
    for (const auto& form : line.second)
      forms.add(form.as<std::string>(), line.first.as<std::string>());
  }
  return forms;
}

intents::TrainingInput training_input(const Options& options) {
  intents::TrainingInput input;
  for (const Example& example : read_examples(options.train)) {
    if (example.label == kNoTopic) {
      input.out_of_scope.push_back(example.text);
    } else {
      input.examples.push_back({example.label, example.text});
    }
  }
  if (!options.oos_train.empty()) {
    for (const Example& example : read_examples(options.oos_train)) {
      input.out_of_scope.push_back(example.text);
    }
  }
  if (!options.forms.empty()) input.forms = read_forms(options.forms);
  for (const std::string& change : options.vary) {
    const auto equals = change.find('=');
    if (equals == std::string::npos ||
        !set(input.parameters, change.substr(0, equals), std::stod(change.substr(equals + 1)))) {
      throw CLI::ValidationError("--vary", "no parameter of that name: " + change);
    }
  }
  return input;
}

json measure(const Options& options) {
  const intents::TrainingInput input = training_input(options);
  auto begin = steady_clock::now();
  const std::clock_t cpu = std::clock();
  ExampleModel model = intents::train(input);
  const double cpu_seconds = static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC;
  json report = {{"examples", input.examples.size()},
                 {"labels", model.label_count()},
                 {"train_seconds", seconds_since(begin)},
                 {"train_cpu_seconds", cpu_seconds},
                 {"model_megabytes", static_cast<double>(model.memory_bytes()) / 1e6},
                 {"hyper_parameters", parameters_as_json(input.parameters)}};
  std::cerr << "trained in " << report["train_seconds"] << " s\n";
  if (options.folds) {
    begin = steady_clock::now();
    model = model.with(intents::fit_thresholds(input));
    report["fold_seconds"] = seconds_since(begin);
    std::cerr << "thresholds fitted in " << report["fold_seconds"] << " s\n";
  }
  report["thresholds"] = thresholds_as_json(model.thresholds());
  report["model_digest"] = model.digest();
  const auto test = test_set(options.test, options.oos_test, options.typos);
  report["test"] = measures_as_json(ask(model, test));
  if (!options.valid.empty()) {
    report["valid"] = measures_as_json(ask(model, test_set(options.valid, "", options.typos)));
  }
  report["decision_us"] = time_decisions(model, test);
  return report;
}

}  // namespace
}  // namespace svar::bench

int main(int argc, char** argv) {
  CLI::App app{"Trains the example model on label<TAB>text and measures it on another file."};
  svar::bench::Options options;
  app.add_option("--train", options.train, "examples")->required()->check(CLI::ExistingFile);
  app.add_option("--test", options.test, "what is asked")->required()->check(CLI::ExistingFile);
  app.add_option("--valid", options.valid, "asked too; never trained on")->check(CLI::ExistingFile);
  app.add_option("--oos-train", options.oos_train, "examples of no topic")
      ->check(CLI::ExistingFile);
  app.add_option("--oos-test", options.oos_test, "asked, of no topic")->check(CLI::ExistingFile);
  app.add_option("--forms", options.forms, "word: [form, form] in YAML: forms read as their word")
      ->check(CLI::ExistingFile);
  app.add_option("--typos", options.typos, "so many typing errors in each message asked");
  app.add_flag("!--no-folds", options.folds, "general thresholds: skips the held-out folds");
  app.add_option("--vary", options.vary, "name=value: another hyper-parameter, for curves");
  try {
    app.parse(argc, argv);
    std::cout << svar::bench::measure(options).dump(1) << "\n";
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return 0;
}
