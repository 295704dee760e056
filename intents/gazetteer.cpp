#include "intents/gazetteer.h"

#include <algorithm>
#include <array>

namespace svar::intents {
namespace {

constexpr std::size_t kShortLettersMax = 3;
constexpr std::size_t kCarefulLettersMax = 4;
constexpr std::size_t kFewWords = 3;

using Words = std::unordered_set<std::string_view>;

// Names that are also words: «brekke eit bein», «matre».
const Words& also_words() {
  static const Words words = {"brekke", "matre", "haus", "dale", "kaland"};
  return words;
}

const Words& prepositions() {
  static const Words words = {"i",   "på", "pa",  "til",   "te",  "tel",    "frå",  "fra",
                              "ved", "in", "at",  "to",    "of",  "bur",    "from", "bor",
                              "med", "me", "nær", "rundt", "mot", "utanfor"};
  return words;
}

// Words that say nothing beside a place: «eg bur i …».
const Words& place_fillers() {
  static const Words words = {"eg",     "jeg",    "e",     "æ",       "vi",           "me",
                              "bur",    "bor",    "i",     "på",      "pa",           "til",
                              "te",     "frå",    "fra",   "er",      "det",          "her",
                              "ved",    "in",     "live",  "am",      "we",           "the",
                              "from",   "ja",     "nei",   "no",      "takk",         "at",
                              "hei",    "meg",    "my",    "is",      "kommune",      "kommunen",
                              "that",   "it",     "i'm",   "im",      "hos",          "kåmmen",
                              "ha",     "hus",    "mi",    "min",     "da",           "jo",
                              "nede",   "oppe",   "inne",  "ute",     "rett",         "like",
                              "held",   "plass",  "stad",  "området", "municipality", "meinte",
                              "meiner", "meinar", "mente", "mener",   "meant",        "mean"};
  return words;
}

// Words that carry the last question over to a new place: «kva med … då», «og i …».
const Words& follow_up_words() {
  static const Words words = {"kva",   "ka",   "ke",  "ko",   "hva",   "med",     "me",      "då",
                              "da",    "og",   "enn", "om",   "så",    "kor",     "korleis", "what",
                              "about", "and",  "how", "der",  "gjeld", "gjelder", "òg",      "også",
                              "samme", "same", "for", "osså", "åssen", "hvordan"};
  return words;
}

std::size_t letters_in(std::string_view word) {
  return static_cast<std::size_t>(std::count_if(word.begin(), word.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

void add_once(std::vector<MunicipalityId>& all, const MunicipalityId& one) {
  if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(one);
}

bool same_word(const std::string& name, std::string_view fold) {
  if (fold == name) return true;
  return fold.size() == name.size() + 1 && fold.back() == 's' &&
         fold.substr(0, name.size()) == name;
}

}  // namespace

Gazetteer::Gazetteer(const std::vector<NamedPlace>& places) {
  for (const NamedPlace& place : places) {
    const NormalText name = normalise(place.name);
    if (name.tokens.empty()) continue;
    Entry entry{place, {}, {}, false, false};
    for (const Token& token : name.tokens) {
      entry.words.emplace_back(name.word(token));
      entry.folds.push_back(fold(name.word(token)));
      words_.insert(entry.words.back());
    }
    const std::size_t letters = letters_in(name.text);
    entry.short_name = letters <= kShortLettersMax;
    entry.careful = letters <= kCarefulLettersMax || also_words().count(name.text) != 0;
    by_first_fold_[entry.folds.front()].push_back(entries_.size());
    entries_.push_back(std::move(entry));
  }
}

bool Gazetteer::is_part_of_name(std::string_view word) const {
  return words_.count(std::string(word)) != 0;
}

bool Gazetteer::matches_at(const Entry& entry, const NormalText&,
                           const std::vector<std::string>& folds, std::size_t index) const {
  if (entry.folds.size() > folds.size() - index) return false;
  for (std::size_t i = 0; i < entry.folds.size(); ++i) {
    if (!same_word(entry.folds[i], folds[index + i])) return false;
  }
  return true;
}

bool Gazetteer::trusted(const Entry& entry, const NormalText& text, std::size_t index) const {
  if (!entry.careful) return true;
  const std::size_t next = index + entry.words.size();
  // «Mo i Rana» is another place than «Mo».
  if (next + 1 < text.tokens.size() && text.word(next) == "i" && text.tokens[next + 1].capital &&
      !text.shouted) {
    return false;
  }
  const Token& token = text.tokens[index];
  if (index > 0 && prepositions().count(text.word(index - 1)) != 0) return true;
  if (token.capital && !token.sentence && !text.shouted) return true;
  return text.tokens.size() <= (entry.short_name ? entry.words.size() : kFewWords);
}

std::vector<Gazetteer::Found> Gazetteer::find_names(const NormalText& text) const {
  std::vector<Found> found;
  std::vector<std::string> folds;
  folds.reserve(text.tokens.size());
  for (const Token& token : text.tokens) folds.push_back(fold(text.word(token)));
  for (std::size_t i = 0; i < folds.size(); ++i) {
    const auto add_from = [&](std::string_view first) {
      const std::vector<std::size_t>* entries = by_first_fold_.find(first);
      if (entries == nullptr) return;
      for (const std::size_t index : *entries) {
        const Entry& entry = entries_[index];
        if (matches_at(entry, text, folds, i) && trusted(entry, text, i)) {
          found.push_back({&entry, i, i + entry.words.size() - 1});
        }
      }
    };
    add_from(folds[i]);
    if (folds[i].size() > kCarefulLettersMax && folds[i].back() == 's') {
      add_from(std::string_view(folds[i]).substr(0, folds[i].size() - 1));  // «Osterøys»
    }
  }
  return found;
}

PlaceMention Gazetteer::weigh(const std::vector<Found>& found) const {
  PlaceMention out;
  std::vector<MunicipalityId> sure;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const NamedPlace& place = found[i].entry->place;
    const bool doubtful = !place.elsewhere.empty() ||
                          std::any_of(found.begin(), found.end(), [&](const Found& other) {
                            return other.first == found[i].first &&
                                   other.entry->place.municipality != place.municipality;
                          });
    if (!doubtful) add_once(sure, place.municipality);
    add_once(out.municipalities, place.municipality);
    out.name = place.name;
    if (!place.elsewhere.empty()) out.elsewhere = place.elsewhere;
  }
  if (sure.empty()) {
    out.kind = PlaceMention::Kind::ambiguous;
    return out;
  }
  // «Dale i Vaksdal»: the sure name tells which Dale.
  const bool agree = std::all_of(found.begin(), found.end(), [&](const Found& one) {
    return one.entry->place.municipality == sure.front() ||
           std::any_of(found.begin(), found.end(), [&](const Found& other) {
             return other.first == one.first && other.entry->place.municipality == sure.front();
           });
  });
  out.elsewhere.clear();
  out.kind = sure.size() == 1 && agree ? PlaceMention::Kind::settled : PlaceMention::Kind::several;
  if (out.kind == PlaceMention::Kind::settled) out.municipalities = sure;
  return out;
}

PlaceMention Gazetteer::find(const NormalText& text) const {
  const std::vector<Found> found = find_names(text);
  if (found.empty()) return {};
  PlaceMention out = weigh(found);
  std::vector<bool> named(text.tokens.size(), false);
  for (const Found& one : found) {
    for (std::size_t i = one.first; i <= one.last; ++i) named[i] = true;
    const Span span{text.tokens[one.first].original.begin, text.tokens[one.last].original.end};
    if (out.spans.empty() || !(out.spans.back() == span)) out.spans.push_back(span);
  }
  out.alone = true;
  bool carries = false;
  bool opening = true;  // nothing but such words so far, and the place not reached
  for (std::size_t i = 0; i < named.size(); ++i) {
    if (named[i]) {
      if (opening && carries && i <= 3) out.about_other = true;
      opening = false;
      continue;
    }
    const bool filler = place_fillers().count(text.word(i)) != 0;
    const bool follows = follow_up_words().count(text.word(i)) != 0;
    if (!filler) out.alone = false;
    if (follows) carries = true;
    if (!filler && !follows) opening = false;
  }
  return out;
}

}  // namespace svar::intents
