// What can be found, as a test lists it; rights are kept as the real one keeps them.
#pragma once

#include "bot/service/desk/transcript_search.h"
#include "bot/service/turn/executor.h"

namespace svar::fakes {

class MemoryTranscriptSearch : public service::TranscriptSearch {
 public:
  explicit MemoryTranscriptSearch(service::Executor& executor) : executor_(executor) {}

  void find(service::TranscriptQuery query,
            std::function<void(Result<std::vector<service::FoundTranscript>, service::SearchError>)>
                done) override {
    asked = query;
    std::vector<service::FoundTranscript> found;
    for (const auto& one : all) {
      const bool is_mine = !query.by || query.by->count(one.controller) != 0;
      const bool is_there = !query.municipality || *query.municipality == one.controller;
      if (is_mine && is_there && found.size() < query.count_max) found.push_back(one);
    }
    answer(std::move(done), std::move(found));
  }
  void choices(
      service::SearchableBy by,
      std::function<void(Result<service::SearchChoices, service::SearchError>)> done) override {
    service::SearchChoices choices;
    for (const auto& one : all) {
      if (by && by->count(one.controller) == 0) continue;
      if (one.topic) choices.topics.push_back(*one.topic);
      choices.agents.insert(choices.agents.end(), one.agents.begin(), one.agents.end());
    }
    answer(std::move(done), std::move(choices));
  }

  std::vector<service::FoundTranscript> all;
  std::optional<service::TranscriptQuery> asked;
  bool failing = false;

 private:
  template <class Value>
  void answer(std::function<void(Result<Value, service::SearchError>)> done, Value value) {
    executor_.post([done = std::move(done), value = std::move(value), failing = failing]() mutable {
      if (failing) return done(Failure{service::SearchError{"told to fail"}});
      done(std::move(value));
    });
  }

  service::Executor& executor_;
};

}  // namespace svar::fakes
