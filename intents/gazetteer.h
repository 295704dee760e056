// Place names that settle which municipality a message is about.
//
// Threads: immutable after making; safe from any thread.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "bot/domain/ids.h"
#include "intents/normal_text.h"
#include "intents/string_map.h"

namespace svar::intents {

// A name and the municipality that it stands for. `elsewhere` is set when the name is also one
// outside the seven («Dale» in Vaksdal, and in Sunnfjord): then it settles nothing without asking.
struct NamedPlace {
  std::string name;
  MunicipalityId municipality;
  std::string elsewhere;
  bool is_municipality = false;
};

// What a message says about the place.
struct PlaceMention {
  enum class Kind {
    none,
    settled,    // one municipality
    ambiguous,  // a name that also exists elsewhere, or in two of the municipalities
    several,    // different municipalities are named
  };
  Kind kind = Kind::none;
  std::vector<MunicipalityId>
      municipalities;     // one when settled; the candidates else, in order of mention
  std::string name;       // the (last) place as editors write it
  std::string elsewhere;  // with ambiguous: where else it is; empty when it lies in two of the
                          // municipalities
  std::vector<Span> spans;
  bool alone = false;  // the message says little else: «i Dalsøyra», «bur på Fedje», «Lonevåg»
  bool about_other = false;  // «kva med Gulen då»: only the place is new
};

class Gazetteer {
 public:
  Gazetteer() = default;
  // Names that are short («Mo», «Haus») or also ordinary words («Brekke») count only after a
  // preposition, with a capital inside a sentence, or when the message is little else.
  explicit Gazetteer(const std::vector<NamedPlace>& places);

  PlaceMention find(const NormalText& text) const;

  // Whether this normalised word is a name or part of one: such words are never mended.
  bool is_part_of_name(std::string_view word) const;

 private:
  struct Entry {
    NamedPlace place;
    std::vector<std::string> words;  // normalised
    std::vector<std::string> folds;
    bool careful = false;
    bool short_name = false;  // at most three letters
  };
  struct Found {
    const Entry* entry = nullptr;
    std::size_t first = 0, last = 0;  // tokens, inclusive
  };
  bool matches_at(const Entry& entry, const NormalText& text, const std::vector<std::string>& folds,
                  std::size_t index) const;
  bool trusted(const Entry& entry, const NormalText& text, std::size_t index) const;
  PlaceMention weigh(const std::vector<Found>& found) const;
  std::vector<Found> find_names(const NormalText& text) const;

  std::vector<Entry> entries_;
  StringMap<std::vector<std::size_t>> by_first_fold_;
  std::unordered_set<std::string> words_;
};

}  // namespace svar::intents
