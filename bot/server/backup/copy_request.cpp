#include "bot/server/backup/copy_request.h"

#include <condition_variable>
#include <mutex>
#include <nlohmann/json.hpp>

namespace svar::server {
namespace {

using nlohmann::json;

constexpr std::chrono::milliseconds kTellEvery{200};
constexpr const char* kEnded = "the service ended while it copied its log";

// What the writing thread says to the socket's.
class CopyUnderWay {
 public:
  bool told(int done, int all) {  // the writing thread
    std::lock_guard lock(mutex_);
    done_ = done;
    all_ = all;
    return wanted_;
  }
  void ended(std::string error) {  // the writing thread
    std::lock_guard lock(mutex_);
    error_ = std::move(error);
    changed_.notify_one();  // with the lock: whoever waits may be gone after it
  }

  // Waits for the end; tells now and then how far it has come. The error, or an empty text.
  std::string wait(const TellLine& tell) {
    std::unique_lock lock(mutex_);
    while (!changed_.wait_for(lock, kTellEvery, [this] { return error_.has_value(); })) {
      const json progress{{"done", done_}, {"all", all_}};
      lock.unlock();
      const bool wanted = tell(progress.dump());
      lock.lock();
      wanted_ = wanted_ && wanted;
    }
    return *error_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int done_ = 0, all_ = 0;            // guarded by mutex_
  bool wanted_ = true;                // guarded by mutex_
  std::optional<std::string> error_;  // guarded by mutex_; set at the end
};

std::string answer(const std::string& error) {
  return error.empty() ? json{{"copied", true}}.dump() : json{{"error", error}}.dump();
}

}  // namespace

std::string answer_copy_request(store::SqliteEventStore& log, const std::string& request,
                                const TellLine& tell) {
  const auto asked = json::parse(request, nullptr, false);
  if (!asked.is_object() || !asked.contains("copy_log_to") || !asked["copy_log_to"].is_string())
    return answer("this version of the service does not know the request");
  const std::filesystem::path to = asked["copy_log_to"].get<std::string>();
  if (!to.is_absolute()) return answer("the path must be absolute");
  CopyUnderWay copy;
  log.copy(
      to, [&copy](int done, int all) { return copy.told(done, all); },
      [&copy](Result<store::Done, service::StoreError> outcome) {
        copy.ended(outcome ? "" : outcome.error().what);
      });
  return answer(copy.wait(tell));
}

Result<Copied, std::string> copy_through_service(const std::filesystem::path& data,
                                                 const std::filesystem::path& to,
                                                 const CopyProgress& progress) {
  const json request{{"copy_log_to", std::filesystem::absolute(to).string()}};
  const auto answered = ask_service(data, request.dump(), [&](const std::string& line) {
    const auto told = json::parse(line, nullptr, false);
    if (told.is_object()) progress(told.value("done", 0), told.value("all", 0));
  });
  if (!answered && answered.error() == NoService::absent) return Copied::nobody_serves;
  if (!answered) return Failure{std::string{kEnded}};
  const auto outcome = json::parse(*answered, nullptr, false);
  if (outcome.is_object() && outcome.value("copied", false)) return Copied::by_service;
  if (outcome.is_object() && outcome.contains("error"))
    return Failure{"the service says: " + outcome.value("error", std::string{})};
  return Failure{std::string{kEnded}};  // the last line was no answer
}

}  // namespace svar::server
