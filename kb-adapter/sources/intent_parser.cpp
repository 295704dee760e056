#include <set>

#include "kb-adapter/sources/parsers.h"

namespace svar::kb {
namespace {

intents::Place place_of(const YamlValue& value) {
  const Place place = value.place();
  return {place.file, place.line};
}

constexpr int kWithinMax = 50;
constexpr int kPriorityMax = 9;

template <class Id>
std::vector<Id> ids_of(const std::vector<std::string>& texts) {
  std::vector<Id> ids;
  for (const std::string& text : texts) ids.push_back({text});
  return ids;
}

std::vector<int> lines_of(const YamlValue& list) {
  std::vector<int> lines;
  if (!list.is_list()) return {list.line()};
  for (const YamlValue& item : list.items()) lines.push_back(item.line());
  return lines;
}

// A list of examples, and the line of each.
std::vector<std::string> parse_examples(YamlFields& fields, std::string_view key,
                                        std::vector<int>& lines) {
  const auto value = fields.find(key);
  if (!value) return {};
  lines = lines_of(*value);
  return value->texts();
}

intents::Situation parse_situation(const YamlValue& value) {
  YamlFields fields(value);
  intents::Situation situation;
  situation.municipalities = ids_of<MunicipalityId>(fields.texts("municipality"));
  situation.channels = fields.texts("channel");
  situation.previous = ids_of<ArticleId>(fields.texts("previous"));
  fields.finish();
  if (!situation.asks()) value.error("«when» names «municipality», «channel» or «previous»");
  return situation;
}

intents::Condition parse_condition(YamlFields& fields) {
  intents::Condition condition;
  if (const auto all = fields.find("all")) {
    for (const YamlValue& group : all->items()) condition.all.push_back(group.texts());
  }
  condition.ordered = fields.yes_or_no("ordered", false);
  condition.unless = fields.texts("unless");
  condition.pattern = fields.text("pattern");
  if (const auto within = fields.find("within")) {
    condition.within = within->whole_number(0, kWithinMax);
  }
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
  rule.examples = parse_examples(fields, "examples", rule.example_lines);
  rule.not_examples = parse_examples(fields, "not", rule.not_example_lines);
  rule.place = place_of(fields.map());
  return rule;
}

std::vector<intents::Rule> parse_rules(const YamlValue& value, const ArticleId& article,
                                       service::Content& content) {
  std::vector<intents::Rule> rules;
  for (const YamlValue& item : value.items()) {
    YamlFields fields(item);
    rules.push_back(parse_rule(fields));
    intents::Rule& rule = rules.back();
    if (const auto when = fields.find("when")) rule.when.situation = parse_situation(*when);
    if (const auto priority = fields.find("priority")) {
      rule.priority = priority->whole_number(-kPriorityMax, kPriorityMax);
    }
    if (fields.yes_or_no("starts_form", false)) {
      content.reports.push_back(
          {rules.back().place.file + "#" + rules.back().name, article, item.place()});
    }
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
  if (const auto rules = fields.find("rules"))
    intent.rules = parse_rules(*rules, intent.article, content);
  intent.examples = parse_examples(fields, "examples", intent.example_lines);
  intent.synonyms = fields.texts("synonyms");
  intent.place = place_of(root);
  fields.finish();
  content.intents.intents.push_back(std::move(intent));
}

void parse_word_groups(const YamlValue& root, std::vector<intents::WordGroup>& groups) {
  for (const auto& [name, value] : root.entries()) {
    if (!value.is_map()) {
      groups.push_back({name, value.texts(), place_of(value)});
      continue;
    }
    YamlFields fields(value);
    intents::WordGroup group{name, fields.texts("words"), place_of(value)};
    const std::string wanted = fields.required_text("inflect");
    const auto inflection = intents::inflection_from_code(wanted);
    if (!inflection) {
      value.error("«inflect» is masculine, feminine, neuter, verb or adjective");
    }
    group.inflection = inflection.value_or(intents::Inflection::none);
    fields.finish();
    groups.push_back(std::move(group));
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

void parse_danger_examples(const YamlValue& root, service::Content& content) {
  std::set<std::string> known;
  for (const auto& [name, list] : root.entries()) {
    const auto kind = safety_kind_from_code(name);
    if (!kind && name != "harmless") {
      list.error(
          "«" + name +
          "» is no kind of danger: medical, fire, police, suicide, violence, child; or harmless");
      continue;
    }
    for (const YamlValue& item : list.items()) {
      std::string text = item.text();
      if (text.empty()) item.error("an example needs words");
      if (!known.insert(text).second)
        item.error("«" + text + "» stands here twice: it is danger of one kind, or harmless");
      if (kind) {
        content.danger_examples.push_back({*kind, std::move(text)});
      } else {
        content.harmless_examples.push_back(std::move(text));
      }
    }
  }
}

void parse_out_of_scope(const YamlValue& root, service::Content& content) {
  YamlFields fields(root);
  for (std::string& text : fields.texts("examples"))
    content.out_of_scope.push_back(std::move(text));
  fields.finish();
}

}  // namespace svar::kb
