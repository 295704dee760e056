// The index of what was said in conversations that have been at the desk: search.db, a read model
// that follows the log. It keeps its place in the log in the transaction of its rows; whoever
// removes the file, or puts another log beside it, has it built anew.
//
// Erasure: what the log has emptied is gone from the file, its write-ahead log and its free pages
// as soon as the index has read so far, a moment later.
//
// Threads: one of its own, which reads the log on a connection of its own; everything else from any
// thread. A question waits for at most one portion of reading.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "bot/service/desk/transcript_search.h"
#include "bot/service/turn/executor.h"

namespace svar::store {

class TranscriptIndex : public service::TranscriptSearch {
 public:
  struct Options {
    std::filesystem::path log;
    std::filesystem::path file;
    std::chrono::milliseconds every{2'000};  // how often it looks unasked
    // Told what keeps it from following, on its own thread, once until it works again.
    std::function<void(const std::string& why)> failed = {};
  };

  // `options.log` has this version's schema; the executor must outlive it. Blocks for the opening,
  // not for the reading.
  static Result<std::unique_ptr<TranscriptIndex>, service::SearchError> start(
      Options options, service::Executor& executor);
  ~TranscriptIndex() override;  // what was asked for is answered before

  // Something has happened at the desk: read on soon.
  void look();
  // Runs once everything is in the index that is in the log now, or could not be read.
  void when_read(std::function<void()> done);

  void find(service::TranscriptQuery query,
            std::function<void(Result<std::vector<service::FoundTranscript>, service::SearchError>)>
                done) override;
  void choices(
      service::SearchableBy by,
      std::function<void(Result<service::SearchChoices, service::SearchError>)> done) override;

 private:
  struct Impl;
  explicit TranscriptIndex(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace svar::store
