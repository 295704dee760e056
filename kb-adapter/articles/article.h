// An article: the approved answer to one question, common to all municipalities, with slots for
// what is local. Plain data, parsed but not yet filled; kb-adapter/sources reads it, compose()
// turns it into an answer.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/domain/ids.h"
#include "bot/domain/language.h"
#include "kb-adapter/articles/municipality.h"

namespace svar::kb {

// How the answer is made, and how careful the bot must be with it.
enum class ArticleKind {
  shared,     // the same in every municipality
  mixed,      // common text with local values
  local,      // local all through
  refer,      // not the municipality's task: names the right body
  personal,   // about the citizen's own case: a person, never the bot
  sensitive,  // safety lines first, the offer of a person
};
std::string_view code(ArticleKind kind);
std::optional<ArticleKind> article_kind_from_code(std::string_view code);

// Where something was written, for findings.
struct Place {
  std::string file;  // relative to the content folder, with «/»
  int line = 0;      // 1-based
};

// One named part of the body («steps», «price», «deadline»). `text` is plain: paragraphs and lists
// separated by a blank line, items as «1. …» or «– …»; slots stand in it as «{{name}}».
struct Section {
  std::string name;
  std::string text;
};

// The answer in one language.
struct Body {
  std::string short_answer;  // plain, with slots; shown first
  std::vector<Section> sections;
  bool empty() const { return short_answer.empty(); }
};

// Shown below the answer. Both parts may hold slots.
struct ArticleLink {
  Localised label;
  Localised url;
  Place place;
};

// A slot that the article names somewhere, and where.
struct SlotUse {
  std::string name;
  Place place;
};

struct Article {
  ArticleId id;
  ArticleKind kind = ArticleKind::shared;
  bool varies = true;  // false: never ask which municipality
  Localised title;     // the citizen's question
  Localised topic;     // short name, on buttons and above the answer
  Localised unit;      // who is responsible
  std::string owner;   // who keeps the article right
  std::string review;  // ISO date by which it must be looked through
  std::vector<std::string> sources;
  Localised law;  // may be empty
  std::vector<ArticleLink> links;
  std::vector<ArticleId> related;  // «when it is not this»
  Localised agent_note;            // never shown to citizens
  Body nn, nb, en;                 // en may be empty
  std::vector<SlotUse> slots;
  Place place;

  // The language that an answer in `wished` is really given in: Bokmål and English fall back to
  // Nynorsk.
  Language spoken(Language wished) const;
  const Body& body(Language wished) const;  // of spoken(wished)
};

}  // namespace svar::kb
