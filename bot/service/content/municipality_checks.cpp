#include <algorithm>
#include <set>

#include "bot/service/content/checks.h"

namespace svar::service {
namespace {

constexpr double kContrastMin = 4.5;

bool is_number(std::string_view text) {
  return text.size() == 4 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

void Checker::check_municipalities() {
  std::map<std::string, std::string> by_number, by_place;
  for (const auto& [id, one] : content_.municipalities) {
    check_identity(one);
    check_facts(one);
    if (const auto [known, added] = by_number.emplace(one.municipality.number, id); !added) {
      error(one.place,
            "the number " + one.municipality.number + " also belongs to " + known->second);
    }
    for (const kb::PlaceName& place : one.municipality.places) {
      if (const auto [known, added] = by_place.emplace(place.name, id);
          !added && known->second != id) {
        warning(one.place, "the place «" + place.name + "» is also in " + known->second +
                               "; the bot will have to ask");
      } else if (!added) {
        warning(one.place, "the place «" + place.name + "» stands here twice");
      }
    }
  }
  check_common();
}

void Checker::check_identity(const MunicipalityContent& one) {
  const kb::Municipality& municipality = one.municipality;
  if (municipality.id.value == kCommonSite.value) {
    error(one.place,
          "«" + kCommonSite.value + "» is the common site's name and can't be a municipality's");
  }
  if (!is_number(municipality.number))
    error(one.place, "number: four digits in quotes are expected, as in \"4630\"");
  if (!is_organisation_number(municipality.organisation_number)) {
    error(one.place,
          "organisation_number: «" + municipality.organisation_number +
              "» is not nine digits with a right check digit; look it up in Brønnøysundregistra");
  }
  if (contrast_on_white(municipality.colour) < kContrastMin) {
    error(one.place, "colour: «" + municipality.colour +
                         "» must be like \"#7a1f2b\" and dark enough for white text (4.5:1)");
  }
  check_origins(municipality.origins, one.place);
  if (one.hours.sample) return;
  const bool open = std::any_of(one.hours.weekly.begin(), one.hours.weekly.end(),
                                [](auto& day) { return !day.empty(); });
  if (!open)
    warning(one.place, "hours: no day is open, so nobody is ever offered a person in chat");
}

void Checker::check_facts(const MunicipalityContent& one) {
  for (const auto& [slot, spec] : content_.facts) {
    if (!one.municipality.facts.contains(slot)) {
      error(one.place, "the fact «" + slot + "» (" + spec.label.nn +
                           ") is missing; add it under facts, with source and " +
                           "checked or as sample: true");
    }
  }
  for (const auto& [slot, fact] : one.municipality.facts) {
    const kb::Place& place = one.fact_places.at(slot);
    const auto spec = content_.facts.find(slot);
    if (spec == content_.facts.end()) {
      error(place,
            "the fact «" + slot + "» is not listed in facts.yaml; add it there or mend the name");
      continue;
    }
    check_fact_form(spec->second.kind, slot, fact.value, place);
  }
}

void Checker::check_fact_form(const std::string& kind, const std::string& slot,
                              const kb::Localised& value, const kb::Place& place) {
  for (const Language language : {Language::nn, Language::nb, Language::en}) {
    const std::string& text = value.in(language);
    if (text.empty()) return error(place, "the fact «" + slot + "» is empty");
    if (kind == "url" && !is_shown_link(text)) {
      return error(place,
                   "the fact «" + slot + "» must be an address: https://… (or mailto:, tel:)");
    }
    if (kind == "email" && !is_email(text))
      return error(place, "the fact «" + slot + "» must be an e-mail address");
    if (kind == "phone" && !is_phone(text)) {
      return error(place,
                   "the fact «" + slot + "» must be a telephone number: digits, blanks and «+»");
    }
  }
}

void Checker::check_common() {
  const kb::Place& place = content_.common_place;
  if (!content_.municipalities.contains(content_.host_municipality)) {
    error(place, "host_municipality: «" + content_.host_municipality + "» is no municipality here");
  }
  check_origins(content_.common_origins, place);
  for (const AmbiguousPlace& ambiguous : content_.ambiguous_places) {
    if (!content_.municipalities.contains(ambiguous.municipality)) {
      error(ambiguous.place,
            "ambiguous_places: «" + ambiguous.municipality + "» is no municipality here");
    }
  }
}

void Checker::check_origins(const std::vector<std::string>& origins, const kb::Place& place) {
  std::set<std::string> seen;
  for (const std::string& origin : origins) {
    if (!is_origin(origin)) {
      error(place,
            "the origin «" + origin +
                "» must be https:// and a host in lower case, without path or «/» at the end");
    }
    if (!seen.insert(origin).second)
      warning(place, "the origin «" + origin + "» stands here twice");
  }
}

}  // namespace svar::service
