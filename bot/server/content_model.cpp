#include "bot/server/content_model.h"

#include "bot/service/content/training_phrases.h"
#include "intents/training/training.h"

namespace svar::server {

std::shared_ptr<const intents::ExampleModel> train_model(const service::Content& content) {
  service::TrainingPhrases phrases = service::training_phrases(content);
  intents::TrainingInput input;
  for (service::TopicPhrase& phrase : phrases.topics)
    input.examples.push_back({std::move(phrase.article.value), std::move(phrase.text)});
  input.out_of_scope = std::move(phrases.out_of_scope);
  const intents::ExampleModel model = intents::train(input);
  return std::make_shared<const intents::ExampleModel>(model.with(intents::fit_thresholds(input)));
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
