// What the example model learns from: everything in the content that is worded as citizens word it.
#pragma once

#include <string>
#include <vector>

#include "bot/service/content/content.h"

namespace svar::service {

struct TrainingPhrase {
  std::string
      label;  // an article's id, intents::kAlarmPrefix and a kind of danger, or kHarmlessLabel
  std::string text;  // as the editor wrote it
};

struct TrainingPhrases {
  std::vector<TrainingPhrase> labelled;   // examples, rules' examples, titles, synonyms; dangers
  std::vector<std::string> near_alarms;   // sensitive articles: who asks there may be in need
  std::vector<std::string> out_of_scope;  // what asks for no topic: also greetings and the like
};

// Pure; in the content's order, repeats included.
TrainingPhrases training_phrases(const Content& content);

}  // namespace svar::service
