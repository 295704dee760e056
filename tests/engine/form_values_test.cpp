// What counts as a value of each kind of field.
#include "bot/engine/form_values.h"

#include <gtest/gtest.h>

namespace svar::engine {
namespace {

bool takes(FieldKind kind, const std::string& words) {
  FormField field;
  field.key = "x";
  field.kind = kind;
  const intents::NormalText normal = intents::normalise(words);
  const FormMessage message{words, normal, Seq{3}};
  return read_value(field, message, whole(words)).value.has_value();
}

struct Case {
  FieldKind kind;
  const char* words;
  bool taken;
};

TEST(FormValues, TakesWhatEachKindAllows) {
  using enum FieldKind;
  const Case kCases[] = {{phone, "99 99 99 98", true},
                         {phone, "+47 999 99 998", true},
                         {phone, "Ola Prøve, 99999998", true},
                         {phone, "999", false},
                         {phone, "1234567890123456", false},
                         {phone, "•••••••••••", false},
                         {email, "ola@prove.example", true},
                         {email, "skriv til ola@prove.example.", true},
                         {email, "ola@prove", false},
                         {email, "@prove.example", false},
                         {contact, "ola@prove.example", true},
                         {contact, "55 55 55 55", true},
                         {contact, "på kontoret", false},
                         {number, "4 stykk", true},
                         {number, "fire", false},
                         {number, "4 eller 5", false},
                         {date, "24.11.2026", true},
                         {date, "24/11", true},
                         {date, "2026-11-24", true},
                         {date, "i går", true},
                         {date, "29.2.2025", false},
                         {date, "31.4", false},
                         {date, "ein dag", false},
                         {place, "Hauge kryss", true},
                         {place, "Mo", false},
                         {place, "???", false},
                         {text, "hol", true},
                         {text, "!", false}};
  for (const Case& one : kCases) {
    EXPECT_EQ(takes(one.kind, one.words), one.taken) << code(one.kind) << ": " << one.words;
  }
}

TEST(FormValues, ReadsAPlaceOutOfAReport) {
  Form form;
  FormField place;
  place.key = "place";
  place.kind = FieldKind::place;
  place.begins = {"ved", "utanfor"};
  form.fields = {place};
  const std::pair<std::string, std::string> kReports[] = {
      {"Hol i vegen ved Dale skule. Det er farleg", "ved Dale skule"},
      {"mørkt utanfor Brekkevegen 3, kom fort", "utanfor Brekkevegen 3"},
      {"lyset ved kyrkja er gått", "ved kyrkja"},
      {"det er mørkt", ""}};
  for (const auto& [report, wanted] : kReports) {
    const intents::NormalText normal = intents::normalise(report);
    const auto values = values_in_report(form, {"a.b"}, {report, normal, Seq{2}}, true);
    const std::string found =
        values.empty()
            ? ""
            : report.substr(values[0].span.begin, values[0].span.end - values[0].span.begin);
    EXPECT_EQ(found, wanted);
  }
}

}  // namespace
}  // namespace svar::engine
