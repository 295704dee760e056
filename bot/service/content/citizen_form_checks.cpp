// What the forms that citizens fill in must be.
#include <algorithm>
#include <array>
#include <set>

#include "bot/service/content/checks.h"

namespace svar::service {
namespace {

using engine::FieldKind;
using engine::Form;
using engine::FormField;
using engine::FormOption;

constexpr std::size_t kOptionsMin = 1;  // a consent has one: without it nothing is sent
constexpr std::size_t kOptionsMax = 8;
constexpr std::size_t kLabelCodePointsMax = 40;  // a button, and a line of the summary

// What the program says while a form is filled in (texts/forms.yaml).
constexpr std::array kFormTexts{"form_noted",
                                "form_not_given",
                                "form_summary",
                                "form_review",
                                "form_change_which",
                                "form_municipality_label",
                                "form_ask_municipality",
                                "form_invalid",
                                "form_too_long",
                                "form_stuck",
                                "form_stuck_again",
                                "form_given_up",
                                "form_back",
                                "form_waits",
                                "form_cancelled",
                                "form_reference",
                                "form_sent",
                                "form_sent_closed",
                                "form_choice_send",
                                "form_choice_change",
                                "form_choice_cancel",
                                "form_choice_skip",
                                "form_choice_resume"};

std::string quoted(const std::string& name) {
  return "«" + name + "»";
}

}  // namespace

void Checker::check_forms() {
  if (!content_.forms.empty()) {
    for (const char* key : kFormTexts) {
      if (content_.texts.contains(key)) continue;
      error({"texts", 0}, "the text " + quoted(key) + " is missing; add it to texts/forms.yaml");
    }
  }
  std::map<ArticleId, std::string> taken;
  for (const Form& form : content_.forms) {
    check_form(form);
    for (const ArticleId& article : form.articles) {
      const auto [known, added] = taken.emplace(article, form.id);
      if (added) continue;
      error(form.place, "the article " + quoted(article.value) + " already has the form " +
                            quoted(known->second) + "; an article has one");
    }
  }
  for (const ReportRule& report : content_.reports) {
    if (taken.contains(report.article)) continue;
    error(report.place, "starts_form: no form names the article " + quoted(report.article.value));
  }
}

void Checker::check_form(const Form& form) {
  if (form.articles.empty() && !form.takes_messages) {
    error(form.place, "«articles» is missing: nothing leads to this form");
  }
  for (const ArticleId& id : form.articles) {
    const auto article = std::find_if(content_.articles.begin(), content_.articles.end(),
                                      [&](const kb::Article& one) { return one.id == id; });
    if (article == content_.articles.end()) {
      error(form.place, "there is no article " + quoted(id.value));
    } else if (article->kind == kb::ArticleKind::personal ||
               article->kind == kb::ArticleKind::sensitive) {
      error(form.place,
            "the article " + quoted(id.value) + " is for a person to answer; it can't have a form");
    }
  }
  if (form.fields.empty()) error(form.place, "a form needs at least one field");
  for (const auto* text : {&form.title, &form.start, &form.intro, &form.confirmation}) {
    check_form_text(*text, form.place);
  }
  std::set<std::string> keys;
  for (const FormField& field : form.fields) {
    if (!keys.insert(field.key).second) {
      error(field.place, "the field " + quoted(field.key) + " stands here for the second time");
    }
    check_field(form, field);
  }
}

void Checker::check_field(const Form& form, const FormField& field) {
  if (field.key == engine::kMunicipalityField) {
    error(field.place, "the municipality is asked for by the program; choose another key");
  }
  check_form_text(field.question, field.place);
  check_form_text(field.label, field.place);
  for (const Language language : {Language::nn, Language::nb, Language::en}) {
    if (code_points(field.label.in(language)) <= kLabelCodePointsMax) continue;
    error(field.place, "the label of " + quoted(field.key) + " is too long in " +
                           std::string(code(language)) + ": at most 40 characters");
  }
  const bool free = field.kind == FieldKind::text || field.kind == FieldKind::place;
  if (!free && (field.from_report || !field.begins.empty())) {
    error(field.place, "«from_report» and «begins» are for text and place alone");
  }
  if (field.kind == FieldKind::choice) return check_options(form, field);
  if (!field.options.empty()) error(field.place, "«options» are for the kind choice alone");
}

void Checker::check_options(const Form& form, const FormField& field) {
  if (field.options.size() < kOptionsMin || field.options.size() > kOptionsMax) {
    error(field.place, "a choice needs one to eight options");
  }
  std::set<std::string> ids;
  for (const FormOption& option : field.options) {
    if (!ids.insert(option.id).second) {
      error(option.place, "the option " + quoted(option.id) + " stands here for the second time");
    }
    check_form_text(option.label, option.place);
    if (option.words.empty()) {
      warning(option.place, "the option " + quoted(option.id) +
                                " has no words: only its label and its button mean it");
    }
    for (const ArticleId& article : option.articles) {
      if (form.belongs_to(article)) continue;
      error(option.place,
            "the article " + quoted(article.value) + " is not among the form's articles");
    }
  }
}

void Checker::check_form_text(const kb::Localised& text, const kb::Place& place) {
  if (!text.nn.empty() && text.en.empty()) warning(place, "English is missing: " + text.nn);
}

}  // namespace svar::service
