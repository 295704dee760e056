#include <array>
#include <cstdio>
#include <set>

#include "kb-adapter/sources/parsers.h"

namespace svar::kb {
namespace {

constexpr int kRetentionDaysMax = 365;
constexpr std::array<std::string_view, 7> kWeekdays{"sunday",   "monday", "tuesday", "wednesday",
                                                    "thursday", "friday", "saturday"};

// «09:00-15:00» without blanks.
std::optional<service::DayHours> parse_range(const std::string& text) {
  int from_hour = 0, from_minute = 0, to_hour = 0, to_minute = 0, read = 0;
  const int fields = std::sscanf(text.c_str(), "%2d:%2d-%2d:%2d%n", &from_hour, &from_minute,
                                 &to_hour, &to_minute, &read);
  if (fields != 4 || static_cast<std::size_t>(read) != text.size()) return std::nullopt;
  if (from_hour < 0 || from_minute < 0 || from_minute > 59 || to_minute < 0 || to_minute > 59)
    return std::nullopt;
  const service::DayHours hours{from_hour * 60 + from_minute, to_hour * 60 + to_minute};
  const bool in_order = hours.from_minutes < hours.to_minutes && hours.to_minutes <= 24 * 60;
  return in_order ? std::optional(hours) : std::nullopt;
}

void parse_weekly(const YamlValue& value, service::OpeningHours& hours) {
  YamlFields days(value);
  for (std::size_t day = 0; day < kWeekdays.size(); ++day) {
    if (const auto written = days.find(kWeekdays[day]))
      hours.weekly[day] = parse_day_hours(*written);
  }
  days.finish();
}

void parse_closed(const YamlValue& value, service::OpeningHours& hours) {
  for (const YamlValue& item : value.items()) {
    if (item.text() == "norwegian_holidays") {
      hours.closed_on_holidays = true;
    } else if (const auto date = parse_date(item.text())) {
      hours.closed.push_back(*date);
    } else {
      item.error("«norwegian_holidays» or a date like 2026-10-12 is expected here");
    }
  }
}

void parse_half_days(const YamlValue& value, service::OpeningHours& hours) {
  YamlFields days(value);
  const auto read = [&](std::string_view key, std::vector<service::DayHours>& into, bool& has) {
    const auto written = days.find(key);
    has = written.has_value();
    if (written) into = parse_day_hours(*written);
  };
  read("christmas_eve", hours.christmas_eve, hours.has_christmas_eve);
  read("new_years_eve", hours.new_years_eve, hours.has_new_years_eve);
  read("wednesday_before_easter", hours.wednesday_before_easter, hours.has_wednesday_before_easter);
  days.finish();
}

service::OpeningHours parse_hours(const YamlValue& value) {
  service::OpeningHours hours;
  YamlFields fields(value);
  hours.sample = fields.yes_or_no("sample", false);
  if (const auto weekly = fields.required("weekly")) parse_weekly(*weekly, hours);
  if (const auto closed = fields.find("closed")) parse_closed(*closed, hours);
  if (const auto half_days = fields.find("half_days")) parse_half_days(*half_days, hours);
  if (const auto exceptions = fields.find("exceptions")) {
    for (const auto& [name, day] : exceptions->entries()) {
      const auto date = parse_date(name);
      if (!date) day.error("«" + name + "»: a date like 2026-12-23 is expected here");
      if (date)
        hours.exceptions[*date] =
            day.is_empty() ? std::vector<service::DayHours>() : parse_day_hours(day);
    }
  }
  fields.finish();
  return hours;
}

Fact parse_fact(const std::string& slot, const YamlValue& value) {
  Fact fact;
  YamlFields fields(value);
  if (const auto written = fields.required("value")) fact.value = written->localised();
  fact.sample = fields.yes_or_no("sample", false);
  fact.source = fields.text("source");
  if (const auto checked = fields.find("checked"); checked && checked->date())
    fact.checked = checked->text();
  if (!fact.sample && (fact.source.empty() || fact.checked.empty())) {
    value.error("«" + slot +
                "» has no origin: give «source» and «checked», or mark it «sample: true»");
  }
  fields.finish();
  return fact;
}

PlaceName parse_place(const YamlValue& value) {
  if (!value.is_map()) return {value.text(), {}};
  YamlFields fields(value);
  PlaceName place{fields.required_text("name"), fields.text("elsewhere")};
  fields.finish();
  return place;
}

void parse_units(const YamlValue& value, Municipality& municipality) {
  std::set<std::string> ids;
  for (const YamlValue& item : value.items()) {
    YamlFields fields(item);
    Unit unit;
    unit.id = fields.required_text("id");
    if (const auto name = fields.required("name")) unit.name = name->localised();
    fields.finish();
    if (!ids.insert(unit.id).second) item.error("the unit «" + unit.id + "» stands here twice");
    municipality.units.push_back(std::move(unit));
  }
}

void parse_identity(YamlFields& fields, Municipality& municipality) {
  municipality.name = fields.required_text("name");
  if (const auto name = fields.required("full_name")) municipality.full_name = name->localised();
  municipality.number = fields.required_text("number");
  municipality.organisation_number = fields.required_text("organisation_number");
  if (const auto council = fields.required("council")) municipality.council = council->localised();
  if (const auto language = fields.find("language")) {
    const auto known = language_from_code(language->text());
    if (!known) language->error("nn, nb or en is expected here");
    municipality.language = known.value_or(Language::nn);
  }
  municipality.colour = fields.required_text("colour");
  municipality.origins = fields.texts("origins");
  if (const auto days = fields.find("retention_days")) {
    municipality.retention_days = days->whole_number(1, kRetentionDaysMax);
  }
  if (const auto days = fields.find("retention_days_with_agent")) {
    municipality.retention_days_with_agent = days->whole_number(1, kRetentionDaysMax);
  }
}

}  // namespace

std::vector<service::DayHours> parse_day_hours(const YamlValue& value) {
  std::string written = value.text();
  std::erase(written, ' ');
  std::vector<service::DayHours> hours;
  if (written == "closed") return hours;
  for (std::size_t at = 0; at <= written.size();) {
    const std::size_t comma = std::min(written.find(',', at), written.size());
    const auto range = parse_range(written.substr(at, comma - at));
    if (!range || (!hours.empty() && range->from_minutes < hours.back().to_minutes)) {
      value.error(
          "hours like \"09:00-15:00\" are expected here, several in order with commas between, or "
          "closed");
      return {};
    }
    hours.push_back(*range);
    at = comma + 1;
  }
  return hours;
}

void parse_municipality(const YamlValue& root, const std::string& folder,
                        service::Content& content) {
  service::MunicipalityContent parsed;
  Municipality& municipality = parsed.municipality;
  parsed.place = {root.report().file(), 1};
  YamlFields fields(root);
  municipality.id.value = fields.required_text("id");
  if (municipality.id.value != folder) {
    root.error("the id «" + municipality.id.value + "» and the folder «" + folder +
               "» must be the same");
    municipality.id.value = folder;
  }
  parse_identity(fields, municipality);
  if (const auto places = fields.find("places")) {
    for (const YamlValue& place : places->items())
      municipality.places.push_back(parse_place(place));
  }
  if (const auto hosts = fields.find("hosts")) parse_hosts(*hosts, parsed.hosts);
  if (const auto units = fields.find("units")) parse_units(*units, municipality);
  if (const auto hours = fields.required("hours")) parsed.hours = parse_hours(*hours);
  municipality.open_sample = parsed.hours.sample;
  if (const auto facts = fields.required("facts")) {
    for (const auto& [slot, value] : facts->entries()) {
      municipality.facts[slot] = parse_fact(slot, value);
      parsed.fact_places[slot] = value.place();
    }
  }
  fields.finish();
  content.municipalities.insert_or_assign(folder, std::move(parsed));
}

}  // namespace svar::kb
