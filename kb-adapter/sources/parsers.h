// One parser a kind of file. Each adds what it could read to the content and reports what it could
// not.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "bot/service/content/content.h"
#include "kb-adapter/sources/yaml_reader.h"

namespace svar::kb {

void parse_municipality(const YamlValue& root, const std::string& folder,
                        service::Content& content);
void parse_facts(const YamlValue& root, service::Content& content);
// «www.politiet.no: Politi- og lensmannsetaten»: hosts and their owners.
void parse_hosts(const YamlValue& root, std::map<std::string, std::string>& hosts);
// Words that no dictionary knows and that are right: read for their form alone.
void parse_spelling(const YamlValue& root);
void parse_common(const YamlValue& root, service::Content& content);
void parse_texts(const YamlValue& root, service::Content& content);
void parse_regression(const YamlValue& root, service::Content& content);

// `name` is the file's name without «.md»: the article's id.
void parse_article(const std::string& text, const std::string& name, const FileReport& report,
                   service::Content& content);

// `name` is the file's name without «.yaml»: the article's id.
void parse_intent(const YamlValue& root, const std::string& name, service::Content& content);
void parse_word_groups(const YamlValue& root, std::vector<intents::WordGroup>& groups);
void parse_safety_rules(const YamlValue& root, service::Content& content);
void parse_speech_acts(const YamlValue& root, service::Content& content);
// `name` is the file's name without «.yaml»: the form's id.
void parse_form(const YamlValue& root, const std::string& name, service::Content& content);
// What agents often say; of one municipality, or common.
void parse_replies(const YamlValue& root, const std::optional<MunicipalityId>& municipality,
                   service::Content& content);
void parse_languages(const YamlValue& root, service::Content& content);
void parse_danger_examples(const YamlValue& root, service::Content& content);
void parse_out_of_scope(const YamlValue& root, service::Content& content);

// «09:00-15:00», or several with commas between. Reports what it can't read.
std::vector<service::DayHours> parse_day_hours(const YamlValue& value);

}  // namespace svar::kb
