// What editors write about understanding, parsed but not compiled: plain data with the place it
// came from. Files and their format: config/content/README.md. Parsed by kb-adapter/sources,
// compiled by IntentMatcher.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bot/domain/event.h"
#include "intents/inflection.h"
#include "intents/situation.h"

namespace svar::intents {

struct Place {
  std::string file;  // relative to the content folder
  int line = 0;      // 1-based
};

// A named list of words, used in rules as «@boss». Words may be phrases; «stem*» matches any
// ending; may name others. With `inflection` every word that is neither stem nor «@other» stands
// for all its forms.
struct WordGroup {
  std::string name;
  std::vector<std::string> words;
  Place place;
  Inflection inflection = Inflection::none;
};

// The condition of a rule. All groups of `all` must match somewhere in the message, in any order
// (in this order when `ordered`); each group is a list of alternatives: a word, a phrase, «stem*»
// or «@group». With `within`, at most so many other words stand between one match and the next.
// None of `unless` may match anywhere. `pattern` is a raw RE2 expression on the normalised text,
// the last resort: one more group, behind the others. And the conversation must be in `situation`.
struct Condition {
  std::vector<std::vector<std::string>> all;
  bool ordered = false;
  std::vector<std::string> unless;
  std::string pattern;
  std::optional<int> within;
  Situation situation;
};

struct Rule {
  std::string name;  // unique in its file
  Condition when;
  std::vector<std::string> examples;      // must match: the rule's own tests
  std::vector<std::string> not_examples;  // must not
  Place place;
  int priority = 0;  // of several definitive hits only those of the highest count
  std::vector<int> example_lines, not_example_lines;  // by example; empty when not known
};

struct Intent {
  ArticleId article;
  std::vector<Rule> rules;  // definitive
  std::vector<std::string>
      examples;  // an exact one (after normalising) is definitive; the others feed search
  std::vector<std::string> synonyms;  // single words or phrases that name the topic; feed search
  Place place;
  std::vector<int> example_lines;  // by example; empty when not known
};

struct SafetyRule {
  SafetyKind kind = SafetyKind::medical;
  Rule rule;
};

// Speech acts that are no topic: person, person_declined, greeting, thanks, goodbye, about_bot,
// anger, personal_case, language_nn, language_nb, language_en, other, repeat, delete, privacy,
// offtopic.
struct SpeechActRule {
  std::string act;
  Rule rule;
};

// Words that mark another language («kiedy», «коли», «متى»): code of ISO 639-1 and the words, or a
// script's name.
struct ForeignLanguage {
  std::string code;
  std::string script;  // "Cyrillic", "Arabic" …; empty when the words decide
  std::vector<std::string> words;
  std::string reply;  // one honest line in that language
  Place place;
};

struct IntentSources {
  std::vector<WordGroup> groups;
  std::vector<Intent> intents;
  std::vector<SafetyRule> safety;
  std::vector<SpeechActRule> speech_acts;
  std::vector<ForeignLanguage> languages;
  // Equivalent spellings: every word of a line is read as its first («ikkje: [ikke, itj, ittj]»).
  // Dialect and nb→nn.
  std::vector<WordGroup> equivalents;
};

}  // namespace svar::intents
