#include "bot/engine/form.h"

#include <algorithm>
#include <utility>

namespace svar::engine {
namespace {

constexpr std::pair<FieldKind, std::string_view> kFieldKinds[] = {
    {FieldKind::choice, "choice"},   {FieldKind::text, "text"},   {FieldKind::place, "place"},
    {FieldKind::contact, "contact"}, {FieldKind::phone, "phone"}, {FieldKind::email, "email"},
    {FieldKind::number, "number"},   {FieldKind::date, "date"}};

}  // namespace

std::string_view code(FieldKind kind) {
  for (const auto& [known, spelling] : kFieldKinds) {
    if (known == kind) return spelling;
  }
  return {};
}

std::optional<FieldKind> field_kind_from_code(std::string_view code) {
  for (const auto& [kind, spelling] : kFieldKinds) {
    if (spelling == code) return kind;
  }
  return std::nullopt;
}

bool Form::belongs_to(const ArticleId& article) const {
  return std::find(articles.begin(), articles.end(), article) != articles.end();
}

const FormField* Form::field(std::string_view key) const {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const FormField& field) { return field.key == key; });
  return found == fields.end() ? nullptr : &*found;
}

const FormOption* find_option(const FormField& field, std::string_view id) {
  const auto found = std::find_if(field.options.begin(), field.options.end(),
                                  [&](const FormOption& option) { return option.id == id; });
  return found == field.options.end() ? nullptr : &*found;
}

}  // namespace svar::engine
