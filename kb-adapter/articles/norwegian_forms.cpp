#include "kb-adapter/articles/norwegian_forms.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <vector>

namespace svar::kb {
namespace {

// Read `from` as `to`, wherever it stands in a word: at its beginning only with «^», at its end
// only with «$». All in folded letters. Each part of a word is read once, by the longest line that
// fits there. Written by hand for what municipalities write about; what differs by a letter or two
// is left to the pieces of words.
struct Form {
  std::string_view from;
  std::string_view to;
};

constexpr Form kForms[] = {
    {"ae", "e"},
    {"oy", "o"},
    {"kj", "k"},
    {"gj", "g"},
    {"^kv", "hv"},
    {"ar$", "er"},
    {"arar$", "ere"},
    {"aren$", "eren"},
    {"arane$", "erne"},
    {"ane$", "ene"},
    {"leg$", "lig"},
    {"heit$", "het"},
    {"heita$", "heten"},
    {"heiter$", "heter"},
    {"moglegheit", "mulighet"},
    {"mogleg", "mulig"},
    {"ferj", "ferg"},
    {"fram", "frem"},
    {"gong", "gang"},
    {"hald", "hold"},
    {"heim", "hjem"},
    {"tilbod", "tilbud"},
    {"forbod", "forbud"},
    {"pabod", "pabud"},
    {"stad", "sted"},
    {"^born", "barn"},
    {"kyrk", "kirk"},
    {"kyrkj", "kirk"},
    {"ljos", "lys"},
    {"straum", "strom"},
    {"draum", "drom"},
    {"haust", "host"},
    {"^raud", "rod"},
    {"naudsynt", "nodvendig"},
    {"naudsynleg", "nodvendig"},
    {"^naud", "nod"},
    {"lauv", "lov"},
    {"^laus", "los"},
    {"^aust", "ost"},
    {"sjuk", "syk"},
    {"sjolv", "selv"},
    {"skul", "skol"},
    {"slokj", "sluk"},
    {"symje", "svome"},
    {"symjing", "svoming"},
    {"teneste", "tjeneste"},
    {"tenest", "tjenest"},
    {"vatn", "van"},
    {"^vasverk", "vanverk"},
    {"^vasmal", "vanmal"},
    {"^vasforsyn", "vanforsyn"},
    {"^vasavgift", "vanavgift"},
    {"^vaslek", "vanlek"},
    {"^vasled", "vanled"},
    {"^vasgebyr", "vangebyr"},
    {"^vaspris", "vanpris"},
    {"veg", "vei"},
    {"vaksen", "voksen"},
    {"vaksn", "voksn"},
    {"val$", "valg"},
    {"^valkort", "valgkort"},
    {"^valdag", "valgdag"},
    {"^valokale", "valglokale"},
    {"^valet$", "valget"},
    {"verksemd", "virksomhet"},
    {"verknad", "virkning"},
    {"trygleik", "sikerhet"},
    {"eigedom", "eiendom"},
    {"eigendom", "eiendom"},
    {"eigar", "eier"},
    {"^eig$", "eie"},
    {"^eige$", "eie"},
    {"leige", "leie"},
    {"eigendel", "egenandel"},
    {"eigenandel", "egenandel"},
    {"eigenbetaling", "egenbetaling"},
    {"einskild", "enkelt"},
    {"einsleg", "enslig"},
    {"^rein", "ren"},
    {"^heil", "hel"},
    {"^meir", "mer"},
    {"bustad", "bolig"},
    {"bustot", "bostot"},
    {"butilbod", "botilbud"},
    {"^buplikt", "boplikt"},
    {"^bufel", "bofel"},
    {"bumiljo", "bomiljo"},
    {"^buset", "boset"},
    {"loyve", "tilatelse"},
    {"skjenkjeloyve", "skenkebeviling"},
    {"skjenkeloyve", "skenkebeviling"},
    {"tilskot", "tilskud"},
    {"retleing", "veiledning"},
    {"retleiar", "veileder"},
    {"retlei", "veiled"},
    {"utgreing", "utredning"},
    {"opseing", "opsigelse"},
    {"opsei", "opsig"},
    {"handsaming", "behandling"},
    {"handsamar", "behandler"},
    {"handsam", "behandl"},
    {"rekneskap", "regnskap"},
    {"rekning", "regning"},
    {"vigsel", "vielse"},
    {"melombels", "midlertidig"},
    {"folgjebevis", "ledsagerbevis"},
    {"folgebevis", "ledsagerbevis"},
    {"rorsle", "bevegelse"},
    {"setel$", "sedel"},
    {"retstel", "retsvesen"},
    {"foresegn", "bestemelse"},
    {"avgjerd", "avgorelse"},
    {"tilvising", "henvisning"},
    {"tilvis", "henvis"},
    {"framand", "fremed"},
    {"kungjering", "kungoring"},
    {"gjering", "goring"},
    {"^gjere", "gore"},
    {"^gjer", "gor"},
    {"utsegn", "utalelse"},
    {"frasegn", "utalelse"},
    {"medverknad", "medvirkning"},
    {"nokon", "noen"},
    {"nokre", "noen"},
    {"noko", "noe"},
    {"mykje", "mye"},
    {"ikje", "ike"},
    {"^kven$", "hvem"},
    {"^kvifor$", "hvorfor"},
    {"^korleis$", "hvordan"},
    {"^kor$", "hvor"},
    {"^kva$", "hva"},
    {"^eg$", "jeg"},
    {"^vert$", "blir"},
    {"^vart$", "ble"},
    {"^anan", "anen"},
    {"^seie$", "si"},
    {"^seier$", "sier"},
    {"^koma$", "kome"},
    {"^kjem$", "komer"},
    {"^gje$", "gi"},
    {"^gjev$", "gir"},
    {"^gjeve", "git"},
    {"gjeving", "giving"},
    {"gjevar", "giver"},
    {"arbeidsgjevar", "arbeidsgiver"},
    {"syskjen", "sosken"},
    {"sysken", "sosken"},
    {"born$", "barn"},
    {"ungdomskul", "ungdomskol"},
    {"skilje", "skile"},
    {"kjensle", "folelse"},
    {"midel$", "midel"},
    {"tidlegare", "tidligere"},
    {"sidan", "siden"},
    {"saman", "samen"},
    {"somar", "somer"},
    {"manad", "maned"},
    {"setje", "sete"},
    {"loysing", "losning"},
    {"tilsetje", "ansete"},
    {"tilseting", "ansetelse"},
    {"tilset", "ansat"},
    {"grungjev", "begrun"},
    {"skriftleg", "skriftlig"},
    {"dagleg", "daglig"},
    {"vanskeleg", "vanskelig"},
    {"farleg", "farlig"},
    {"aleine", "alene"},
    {"hogskul", "hoskol"},
    {"hoyskol", "hoskol"},
    {"^yting", "ytelse"},
    {"^eining", "enhet"},
    {"^hog$", "ho"},
    {"hogare", "hoere"},
    {"hogskol", "hoskol"},
    {"bustonad", "bostote"},
    {"stonad", "stote"},
    {"foreset", "foresat"},
    {"bustadatest", "bostedsatest"},
    {"^val$", "valg"},
};

struct Reading {
  std::string_view from;  // without its marks
  std::string_view to;
  bool at_beginning = false;
  bool at_end = false;
};

constexpr std::size_t kLetters = 26;
constexpr std::size_t kStemMin = 2;  // before an ending: «år» is no plural

// By their first letter, the longest first.
using Readings = std::array<std::vector<Reading>, kLetters>;

Readings make_readings() {
  Readings by_letter;
  for (const auto& [from, to] : kForms) {
    Reading one{from, to};
    if ((one.at_beginning = one.from.starts_with('^'))) one.from.remove_prefix(1);
    if ((one.at_end = one.from.ends_with('$'))) one.from.remove_suffix(1);
    by_letter[static_cast<std::size_t>(one.from.front() - 'a')].push_back(one);
  }
  for (auto& readings : by_letter) {
    std::stable_sort(readings.begin(), readings.end(), [](const Reading& a, const Reading& b) {
      return a.from.size() > b.from.size();
    });
  }
  return by_letter;
}

const Reading* reading_at(std::string_view word, std::size_t at) {
  static const Readings readings = make_readings();
  const char letter = word[at];
  if (letter < 'a' || letter > 'z' || at + 1 == word.size()) return nullptr;
  const char next = word[at + 1];  // no form is shorter than two letters
  for (const Reading& one : readings[static_cast<std::size_t>(letter - 'a')]) {
    if (next != one.from[1] || !word.substr(at).starts_with(one.from)) continue;
    if (one.at_beginning && at != 0) continue;
    if (one.at_end && at + one.from.size() != word.size()) continue;
    if (one.at_end && !one.at_beginning && at < kStemMin) continue;
    return &one;
  }
  return nullptr;
}

}  // namespace

void common_form(std::string_view folded, std::string& out) {
  out.clear();
  for (std::size_t at = 0; at < folded.size();) {
    const Reading* const reading = reading_at(folded, at);
    std::string_view letters = reading ? reading->to : folded.substr(at, 1);
    at += reading ? reading->from.size() : 1;
    const bool digit = letters.front() >= '0' && letters.front() <= '9';
    if (!out.empty() && !digit && out.back() == letters.front()) letters.remove_prefix(1);
    out += letters;
  }
}

}  // namespace svar::kb
