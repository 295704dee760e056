#include "kb-adapter/sources/parsers.h"

namespace svar::kb {
namespace {

using engine::FieldKind;
using engine::FormField;
using engine::FormOption;

constexpr int kLengthMax = 500;  // unless the field says otherwise
constexpr int kLengthMost = 4'000;

std::vector<ArticleId> article_ids(const std::vector<std::string>& names) {
  std::vector<ArticleId> ids;
  for (const std::string& name : names) ids.push_back({name});
  return ids;
}

Localised required_texts(YamlFields& fields, std::string_view key) {
  const auto value = fields.required(key);
  return value ? value->localised() : Localised{};
}

FormOption parse_option(const YamlValue& value) {
  FormOption option;
  YamlFields fields(value);
  option.id = fields.required_text("id");
  option.label = required_texts(fields, "label");
  option.title = fields.localised("title");
  option.words = fields.texts("words");
  option.articles = article_ids(fields.texts("articles"));
  option.place = value.place();
  fields.finish();
  return option;
}

FieldKind parse_kind(YamlFields& fields) {
  const std::string name = fields.required_text("kind");
  const auto kind = engine::field_kind_from_code(name);
  if (!name.empty() && !kind) {
    fields.map().error("the kind «" + name +
                       "» must be choice, text, place, contact, phone, email, number or date");
  }
  return kind.value_or(FieldKind::text);
}

FormField parse_field(const YamlValue& value) {
  FormField field;
  YamlFields fields(value);
  field.key = fields.required_text("key");
  field.kind = parse_kind(fields);
  field.optional = fields.yes_or_no("optional", false);
  field.question = required_texts(fields, "question");
  field.label = required_texts(fields, "label");
  field.invalid = fields.localised("invalid");
  if (const auto options = fields.find("options")) {
    for (const YamlValue& item : options->items()) field.options.push_back(parse_option(item));
  }
  field.words = fields.texts("words");
  field.begins = fields.texts("begins");
  field.from_report = fields.yes_or_no("from_report", false);
  field.length_max = kLengthMax;
  if (const auto length = fields.find("length_max")) {
    field.length_max = length->whole_number(1, kLengthMost);
  }
  field.place = value.place();
  fields.finish();
  return field;
}

}  // namespace

void parse_form(const YamlValue& root, const std::string& name, service::Content& content) {
  engine::Form form;
  YamlFields fields(root);
  form.id = fields.required_text("form");
  if (form.id != name) {
    root.error("the form «" + form.id + "» and the file's name «" + name + "» must be the same");
  }
  form.articles = article_ids(fields.texts("articles"));
  form.takes_messages = fields.yes_or_no("takes_messages", false);
  form.title = required_texts(fields, "title");
  form.start = required_texts(fields, "start");
  form.intro = required_texts(fields, "intro");
  form.confirmation = required_texts(fields, "confirmation");
  if (const auto list = fields.required("fields")) {
    for (const YamlValue& item : list->items()) form.fields.push_back(parse_field(item));
  }
  form.place = root.place();
  fields.finish();
  content.forms.push_back(std::move(form));
}

}  // namespace svar::kb
