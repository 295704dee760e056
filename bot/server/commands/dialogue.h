// A conversation without a store: the same decisions and the same fold as in the service, kept in
// memory.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "bot/domain/conversation.h"
#include "bot/domain/input.h"
#include "bot/engine/decide.h"
#include "bot/engine/release.h"

namespace svar::server {

// What a citizen got back for one message.
struct Reaction {
  Outcome outcome = Outcome::answer;
  std::string text;
  std::vector<Choice> choices;
  std::vector<Link> links;
  std::vector<ArticleId> topics;
  std::string topic_title;
  std::optional<MunicipalityId> municipality;
  Language language = Language::nn;
  std::optional<SafetyKind> safety;
  std::optional<HandoffReason> handoff_reason;
  std::optional<std::string> masked;  // the text as stored, where it differs
  std::string form;                   // the id of the form it begins, goes on with or sends
  std::vector<std::string> notices;   // said by the system beside the reply
  bool silent = false;                // a person owns the conversation, the bot said nothing
  bool sample = false;
  double confidence = 0;
  ReleaseNumber release;  // of the content that answered
  Explanation because;
  std::optional<std::string> incident;  // the id of the one whose words come first
};

class Dialogue {
 public:
  Dialogue(SiteId site, Language language);

  // What is out of order from now on.
  void take(engine::TopicIncidents incidents) { incidents_ = std::move(incidents); }

  // Says `text` (or presses the choice with this id) and gives what came of it.
  std::variant<Reaction, engine::Rejected> say(std::string_view text,
                                               const engine::Release& release, Time now);
  std::variant<Reaction, engine::Rejected> choose(std::string_view choice,
                                                  const engine::Release& release, Time now);

 private:
  std::variant<Reaction, engine::Rejected> submit(const Input& input,
                                                  const engine::Release& release, Time now);

  Opening opening_;
  Conversation state_;
  engine::TopicIncidents incidents_;
  int said_ = 0;
};

// The language that a session on this site begins in.
Language language_of_site(const SiteId& site, const engine::Release& release);

}  // namespace svar::server
