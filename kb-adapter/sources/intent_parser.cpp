#include "kb-adapter/sources/parsers.h"

namespace svar::kb {
namespace {

intents::Place place_of(const YamlValue& value) {
  const Place place = value.place();
  return {place.file, place.line};
}

intents::Condition parse_condition(YamlFields& fields) {
  intents::Condition condition;
  if (const auto all = fields.find("all")) {
    for (const YamlValue& group : all->items()) condition.all.push_back(group.texts());
  }
  condition.ordered = fields.yes_or_no("ordered", false);
  condition.unless = fields.texts("unless");
  condition.pattern = fields.text("pattern");
  if (condition.all.empty() && condition.pattern.empty()) {
    fields.map().error("a rule needs «all» (groups of words) or «pattern»");
  }
  return condition;
}

// The keys that every kind of rule has; the caller asks for its own and finishes.
intents::Rule parse_rule(YamlFields& fields) {
  intents::Rule rule;
  rule.name = fields.required_text("name");
  rule.when = parse_condition(fields);
  rule.examples = fields.texts("examples");
  rule.not_examples = fields.texts("not");
  rule.place = place_of(fields.map());
  return rule;
}

std::vector<intents::Rule> parse_rules(const YamlValue& value) {
  std::vector<intents::Rule> rules;
  for (const YamlValue& item : value.items()) {
    YamlFields fields(item);
    rules.push_back(parse_rule(fields));
    fields.finish();
  }
  return rules;
}

}  // namespace

void parse_intent(const YamlValue& root, const std::string& name, service::Content& content) {
  intents::Intent intent;
  YamlFields fields(root);
  intent.article.value = fields.required_text("article");
  if (intent.article.value != name) {
    root.error("the article «" + intent.article.value + "» and the file's name «" + name +
               "» must be the same");
  }
  if (const auto rules = fields.find("rules")) intent.rules = parse_rules(*rules);
  intent.examples = fields.texts("examples");
  intent.synonyms = fields.texts("synonyms");
  intent.place = place_of(root);
  fields.finish();
  content.intents.intents.push_back(std::move(intent));
}

void parse_word_groups(const YamlValue& root, std::vector<intents::WordGroup>& groups) {
  for (const auto& [name, value] : root.entries()) {
    groups.push_back({name, value.texts(), place_of(value)});
  }
}

void parse_safety_rules(const YamlValue& root, service::Content& content) {
  for (const YamlValue& item : root.items()) {
    YamlFields fields(item);
    intents::SafetyRule rule;
    const std::string kind = fields.required_text("kind");
    const auto known = safety_kind_from_code(kind);
    if (!known) item.error("the kind must be medical, fire, police, suicide, violence or child");
    rule.kind = known.value_or(SafetyKind::medical);
    rule.rule = parse_rule(fields);
    fields.finish();
    content.intents.safety.push_back(std::move(rule));
  }
}

void parse_speech_acts(const YamlValue& root, service::Content& content) {
  for (const YamlValue& item : root.items()) {
    YamlFields fields(item);
    intents::SpeechActRule rule;
    rule.act = fields.required_text("act");
    rule.rule = parse_rule(fields);
    fields.finish();
    content.intents.speech_acts.push_back(std::move(rule));
  }
}

void parse_languages(const YamlValue& root, service::Content& content) {
  for (const YamlValue& item : root.items()) {
    YamlFields fields(item);
    intents::ForeignLanguage language;
    language.code = fields.required_text("code");
    language.script = fields.text("script");
    language.words = fields.texts("words");
    language.reply = fields.required_text("reply");
    language.place = place_of(item);
    if (language.script.empty() && language.words.empty())
      item.error("a language needs «script» or «words»");
    fields.finish();
    content.intents.languages.push_back(std::move(language));
  }
}

}  // namespace svar::kb
