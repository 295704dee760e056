// What is common to all municipalities: the list of slots, the system's texts, the regression set.
#include <algorithm>
#include <array>

#include "kb-adapter/sources/parsers.h"

namespace svar::kb {
namespace {

constexpr std::array<std::string_view, 7> kFactKinds{"text",  "url",   "phone", "email",
                                                     "hours", "money", "date"};

}  // namespace

void parse_facts(const YamlValue& root, service::Content& content) {
  for (const auto& [slot, value] : root.entries()) {
    service::FactSpec spec;
    YamlFields fields(value);
    if (const auto label = fields.required("label")) spec.label = label->localised();
    spec.kind = fields.required_text("kind");
    if (std::find(kFactKinds.begin(), kFactKinds.end(), spec.kind) == kFactKinds.end()) {
      value.error("the kind of «" + slot +
                  "» must be text, url, phone, email, hours, money or date");
    }
    spec.owner = fields.text("owner");
    spec.place = value.place();
    fields.finish();
    content.facts.insert_or_assign(slot, std::move(spec));
  }
}

void parse_hosts(const YamlValue& root, std::map<std::string, std::string>& hosts) {
  for (const auto& [host, owner] : root.entries()) {
    const bool plain =
        host.find_first_of("/: @") == std::string::npos && host.find('.') != std::string::npos;
    if (!plain) owner.error("«" + host + "» is no host; write it like www.politiet.no");
    if (owner.is_empty() || owner.text().empty())
      owner.error("the host «" + host + "» has no owner; name the body that owns it");
    hosts.insert_or_assign(host, owner.is_empty() ? "" : owner.text());
  }
}

void parse_spelling(const YamlValue& root) {
  YamlFields fields(root);
  for (const char* language : {"nn", "nb", "both"}) fields.texts(language);
  fields.finish();
}

void parse_common(const YamlValue& root, service::Content& content) {
  content.common_place = {root.report().file(), 1};
  YamlFields fields(root);
  content.host_municipality = fields.required_text("host_municipality");
  content.common_origins = fields.texts("common_origins");
  if (const auto places = fields.find("ambiguous_places")) {
    for (const auto& [name, value] : places->entries()) {
      YamlFields place(value);
      service::AmbiguousPlace ambiguous{name, place.required_text("municipality"),
                                        place.required_text("elsewhere"), value.place()};
      place.finish();
      content.ambiguous_places.push_back(std::move(ambiguous));
    }
  }
  fields.finish();
}

void parse_texts(const YamlValue& root, service::Content& content) {
  for (const auto& [key, value] : root.entries()) {
    if (const auto known = content.texts.find(key); known != content.texts.end()) {
      value.error("the text «" + key + "» is also in " + known->second.place.file + ":" +
                  std::to_string(known->second.place.line) + "; keep one of them");
      continue;
    }
    if (value.is_empty()) {
      value.error("the text «" + key + "» is empty");
      continue;
    }
    content.texts[key] = {value.localised(), value.place()};
  }
}

void parse_regression(const YamlValue& root, service::Content& content) {
  for (const YamlValue& item : root.items()) {
    YamlFields fields(item);
    service::RegressionCase one;
    one.site = fields.required_text("site");
    one.text = fields.required_text("text");
    one.outcomes = fields.texts("outcome");
    one.topics = fields.texts("topics");
    one.not_topics = fields.texts("not_topics");
    one.municipality = fields.text("municipality");
    one.language = fields.text("language");
    one.safety = fields.text("safety");
    one.place = item.place();
    fields.finish();
    content.regression.push_back(std::move(one));
  }
}

}  // namespace svar::kb
