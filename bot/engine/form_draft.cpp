#include "bot/engine/form_draft.h"

#include <algorithm>

namespace svar::engine {

FormDraft new_draft(const Form& form) {
  FormDraft draft{&form, {}};
  draft.at().form = form.id;
  return draft;
}

const std::string& FormDraft::words(const FormValue& value) const {
  return running.words[static_cast<std::size_t>(&value - running.at.filled.data())];
}

const FormValue* FormDraft::value(std::string_view key) const {
  for (const FormValue& value : running.at.filled) {
    if (value.field != key) continue;
    const bool there = value.skipped || !value.option.empty() || !words(value).empty();
    return there ? &value : nullptr;
  }
  return nullptr;
}

const FormField* FormDraft::first_empty() const {
  const auto found = std::find_if(form->fields.begin(), form->fields.end(),
                                  [&](const auto& field) { return value(field.key) == nullptr; });
  return found == form->fields.end() ? nullptr : &*found;
}

const FormField* FormDraft::last_filled() const {
  for (auto given = running.at.filled.rbegin(); given != running.at.filled.rend(); ++given) {
    const FormField* field = form->field(given->field);
    if (field != nullptr && value(given->field) != nullptr) return field;
  }
  return nullptr;
}

const FormField* FormDraft::before(std::string_view key) const {
  const FormField* previous = &form->fields.front();
  for (const FormField& field : form->fields) {
    if (field.key == key) return previous;
    previous = &field;
  }
  return previous;
}

const FormField* FormDraft::asked() const {
  return running.at.stage == FormStage::asking ? form->field(running.at.asks) : nullptr;
}

void FormDraft::put(FormValue value, std::string words) {
  auto& filled = running.at.filled;
  const auto old = std::find_if(filled.begin(), filled.end(),
                                [&](const FormValue& one) { return one.field == value.field; });
  if (old != filled.end()) {
    running.words.erase(running.words.begin() + (old - filled.begin()));
    filled.erase(old);
  }
  filled.push_back(std::move(value));
  running.words.push_back(std::move(words));
  running.at.failures = running.at.asides = 0;
}

}  // namespace svar::engine
