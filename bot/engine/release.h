// Everything the bot knows and may say, compiled and immutable: rules, articles, local facts, texts, opening hours.
// Built by bot/service/content from the folder of content; swapped as one pointer; a turn keeps the one it began with.
//
// Threads: safe to read from any thread. Owns all that it refers to.
#pragma once

#include "bot/domain/ids.h"
#include "bot/domain/language.h"
#include "bot/domain/time.h"
#include "bot/engine/form.h"
#include "kb-adapter/articles/canned_reply.h"
#include "kb-adapter/articles/municipality.h"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace svar::kb {
class ArticleIndex;
class ComposedAnswers;
}
namespace svar::intents {
class ExampleModel;
class IntentMatcher;
}

namespace svar::engine {

// The example model has labels beside the articles: intents::kAlarmPrefix and a kind of danger, learned from examples
// of danger and the safety rules' own; and this one, of what only looks like danger.
inline constexpr std::string_view kHarmlessLabel = "harmless";

struct Release {
  ReleaseNumber number;
  std::string digest;  // of the content, hex; equal content keeps its number
  std::map<MunicipalityId, kb::Municipality> municipalities;
  MunicipalityId host_municipality;  // controller on the common site until the citizen's is settled
  std::vector<std::string> common_origins;  // web pages that may hold the widget of the common site
  std::map<std::string, kb::Localised> texts;  // the system's own words, by key (config/content/texts)
  std::map<std::string, kb::Localised> fact_labels;  // what the slots are called, by key (facts.yaml); for agents
  std::vector<Form> forms;
  std::vector<kb::CannedReply> replies;  // what agents may put into a draft
  std::set<std::string, std::less<>> reports;  // rules that begin their article's form at once
  std::shared_ptr<const intents::IntentMatcher> intents;
  std::shared_ptr<const intents::ExampleModel> model;  // its labels are articles; one without labels knows nothing
  std::shared_ptr<const kb::ArticleIndex> articles;
  std::shared_ptr<const kb::ComposedAnswers> composed;  // of `articles` for `municipalities`; never null once in use

  // The municipality of a site; nothing for the common site and for unknown ones.
  const kb::Municipality* municipality(const MunicipalityId& id) const;
  const Form* form(std::string_view id) const;             // nothing when there is none
  const Form* form_of(const ArticleId& article) const;     // offered with this article's answer
  bool knows_site(const SiteId& site) const;  // a municipality's id or kCommonSite

  // A text of the system with «{name}» replaced by the given values. A key that does not exist is a broken promise of
  // content checking and gives the key itself, so that a citizen never sees an empty bubble.
  using Values = std::vector<std::pair<std::string_view, std::string_view>>;
  std::string text(std::string_view key, Language language, const Values& values = {}) const;

  // Whether agents of this municipality are at work, and when they are next (nothing within 400 days).
  bool is_open(const MunicipalityId& id, Time now) const;
  std::optional<Time> next_opening(const MunicipalityId& id, Time now) const;
};

}  // namespace svar::engine
