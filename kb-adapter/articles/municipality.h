// A municipality and its own facts: the half of an answer that is not common.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "bot/domain/ids.h"
#include "bot/domain/language.h"
#include "bot/domain/time.h"

namespace svar::kb {

// One text in the product's languages. `nn` is always there; `en` may be empty and then falls back
// to `nn`, `nb` too.
struct Localised {
  std::string nn, nb, en;
  const std::string& in(Language language) const;
};

// A local value («slot»), e.g. waste.company. Its origin is shown: a sample is not confirmed by the
// municipality.
struct Fact {
  Localised value;
  bool sample = true;
  std::string source;   // where an established value was found; empty for a sample
  std::string checked;  // ISO date of that
};

// A name by which a text can settle the municipality. `elsewhere` is set when the name also exists
// outside it, so that naming it leads to a question.
struct PlaceName {
  std::string name;
  std::string elsewhere;
};

// Half-open interval of UTC in which the desk of this municipality is open.
struct OpenInterval {
  Time from;
  Time to;
};

// A part of the municipality that a conversation can be passed on to.
struct Unit {
  std::string id;
  Localised name;
};

struct Municipality {
  MunicipalityId id;
  std::string name;                 // "Osterøy"
  Localised full_name;              // "Osterøy kommune"
  std::string number;               // "4630"
  std::string organisation_number;  // "864338712"
  Localised council;                // "heradsstyret"
  Language language = Language::nn;
  std::string colour;  // "#rrggbb", contrast 4.5:1 against white
  std::vector<std::string>
      origins;  // web pages that may hold the widget: "https://www.osteroy.kommune.no"
  std::vector<PlaceName> places;
  std::map<std::string, Fact> facts;
  std::vector<Unit> units;  // in the order agents see them
  std::vector<OpenInterval>
      open;  // rising, for 400 days from the release's making; Europe/Oslo already applied
  bool open_sample = true;  // the hours are not confirmed
  // How long after its last event a conversation is kept; both are printed in the notice.
  int retention_days = 30;             // which the bot had alone
  int retention_days_with_agent = 90;  // which a person had at some time
};

}  // namespace svar::kb
