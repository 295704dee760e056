// What editors write, parsed and checked for form but not yet compiled. Produced by
// kb-adapter/sources, turned into a Release by build_release. Plain data, each part with the place
// it came from.
#pragma once

#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "bot/engine/form.h"
#include "intents/intent_sources.h"
#include "kb-adapter/articles/article.h"
#include "kb-adapter/articles/canned_reply.h"
#include "kb-adapter/articles/municipality.h"

namespace svar::service {

// A fault or a warning, told to a person: what is wrong, where, and what to do about it.
enum class Severity { error, warning };
struct Finding {
  Severity severity = Severity::error;
  std::string file;  // relative to the content folder, with «/»
  int line = 0;      // 1-based; 0: the whole file
  std::string what;
  std::string kind = {};        // for machines; set by the checks of rules
  std::string other_file = {};  // the other party's place, when there is one
  int other_line = 0;
};
using Findings = std::vector<Finding>;
bool has_errors(const Findings& findings);

// Part of a day, in local minutes after midnight: [from, to).
struct DayHours {
  int from_minutes = 0;
  int to_minutes = 0;
};

// When agents answer, as written: local time of Europe/Oslo. expand_hours turns it into UTC.
struct OpeningHours {
  bool sample = true;
  std::array<std::vector<DayHours>, 7>
      weekly;  // by std::chrono::weekday::c_encoding; Sunday is 0; empty = closed
  bool closed_on_holidays = false;  // «norwegian_holidays»
  std::vector<std::chrono::year_month_day> closed;
  // Shorter hours on the days before a holiday, when the day would have been open at all.
  std::vector<DayHours> christmas_eve, new_years_eve, wednesday_before_easter;
  bool has_christmas_eve = false, has_new_years_eve = false, has_wednesday_before_easter = false;
  std::map<std::chrono::year_month_day, std::vector<DayHours>>
      exceptions;  // before everything else; empty = closed
};

struct MunicipalityContent {
  kb::Municipality municipality;  // without `open`, which needs to know the day
  OpeningHours hours;
  std::map<std::string, kb::Place> fact_places;
  std::map<std::string, std::string> hosts;  // that its links may name, with their owners
  kb::Place place;
};

// A slot that facts.yaml lists: every municipality needs a value for it.
struct FactSpec {
  kb::Localised label;
  std::string kind;   // text, url, phone, email, hours, money, date
  std::string owner;  // the unit that keeps the value right
  kb::Place place;
};

// A name that also means a place outside the municipalities, so that naming it leads to a question.
struct AmbiguousPlace {
  std::string name;
  std::string municipality;
  std::string elsewhere;
  kb::Place place;
};

struct SystemText {
  kb::Localised text;
  kb::Place place;
};

// A question whose outcome must stay what it is. Empty fields are not compared.
struct RegressionCase {
  std::string site;
  std::string text;
  std::vector<std::string> outcomes;    // one of them
  std::vector<std::string> topics;      // every one of them must be answered or offered
  std::vector<std::string> not_topics;  // none of them may be
  std::string municipality;
  std::string language;
  std::string safety;
  kb::Place place;
};

// A file of the content, byte for byte: what the digest is made of and what the archive keeps.
struct ContentFile {
  std::string path;  // relative, with «/»
  std::string bytes;
};

// A rule whose message reports something: it begins the form of its article at once.
struct ReportRule {
  std::string rule;  // "intents/veg.feil.yaml#hole"
  ArticleId article;
  kb::Place place;
};

// A message of somebody in need that no rule has to know; the example model learns from it.
struct DangerExample {
  SafetyKind kind = SafetyKind::medical;
  std::string text;
};

struct Content {
  std::map<std::string, MunicipalityContent> municipalities;  // by id
  std::map<std::string, FactSpec> facts;                      // by slot
  std::map<std::string, std::string> hosts;  // that any link may name, with their owners
  std::vector<kb::Article> articles;         // by id
  std::vector<engine::Form> forms;           // by id
  std::vector<kb::CannedReply> replies;      // in the order written
  std::vector<ReportRule> reports;
  intents::IntentSources intents;
  std::vector<DangerExample> danger_examples;
  std::vector<std::string> harmless_examples;  // what only looks like danger
  std::vector<std::string> out_of_scope;       // messages that ask for no topic of ours
  std::map<std::string, SystemText> texts;     // by key
  std::vector<RegressionCase> regression;
  std::string host_municipality;
  std::vector<std::string> common_origins;
  std::vector<AmbiguousPlace> ambiguous_places;
  kb::Place common_place;
  std::vector<ContentFile> files;  // by path
};

}  // namespace svar::service
