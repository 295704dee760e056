#include "bot/server/content_model.h"

#include <atomic>
#include <functional>
#include <optional>
#include <thread>

#include "bot/service/content/training_phrases.h"
#include "intents/training/training.h"

namespace svar::server {
namespace {

// As many at a time as there are cores.
void run_on_all_cores(const std::vector<std::function<void()>>& tasks) {
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < tasks.size(); i = next++) tasks[i]();
  };
  std::vector<std::jthread> others;
  for (unsigned core = 1; core < std::thread::hardware_concurrency(); ++core)
    others.emplace_back(work);
  work();
}

}  // namespace

std::shared_ptr<const intents::ExampleModel> train_model(const service::Content& content) {
  service::TrainingPhrases phrases = service::training_phrases(content);
  intents::TrainingInput input;
  for (service::TrainingPhrase& phrase : phrases.labelled)
    input.examples.push_back({std::move(phrase.label), std::move(phrase.text)});
  input.out_of_scope = std::move(phrases.out_of_scope);
  input.near_alarms = std::move(phrases.near_alarms);
  std::optional<intents::ExampleModel> model;
  const auto beside_model = [&](std::vector<std::function<void()>> tasks) {
    tasks.push_back([&] { model.emplace(intents::train(input)); });
    run_on_all_cores(tasks);
  };
  intents::Thresholds thresholds = intents::fit_thresholds(input, beside_model);
  return std::make_shared<const intents::ExampleModel>(model->with(std::move(thresholds)));
}

std::shared_ptr<const intents::ExampleModel> load_model(const service::ReleaseArchive& archive,
                                                        ReleaseNumber number) {
  const auto saved = archive.load_model(number);
  if (!saved) return nullptr;
  auto model = intents::ExampleModel::load(*saved);
  if (!model || digest(model->parameters()) != digest(intents::HyperParameters())) return nullptr;
  return std::make_shared<const intents::ExampleModel>(std::move(*model));
}

}  // namespace svar::server
