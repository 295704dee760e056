#include "kb-adapter/sources/yaml_reader.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace svar::kb {
namespace {

constexpr std::size_t kTextBytesMax = 20'000;

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const std::string& word : words) all += (all.empty() ? "" : ", ") + word;
  return all;
}

}  // namespace

int YamlValue::line() const {
  const int marked = node_.IsDefined() ? node_.Mark().line : -1;
  return (marked < 0 ? 0 : marked) + report_->first_line();
}

std::string YamlValue::text() const {
  if (!node_.IsScalar()) {
    error("a text is expected here; put it in quotes if it holds «:» or «#»");
    return {};
  }
  if (node_.Scalar().size() > kTextBytesMax) {
    error("the text is longer than " + std::to_string(kTextBytesMax) + " bytes");
    return {};
  }
  return node_.Scalar();
}

bool YamlValue::yes_or_no() const {
  bool value = false;
  if (!node_.IsScalar() || !YAML::convert<bool>::decode(node_, value))
    error("true or false is expected here");
  return value;
}

int YamlValue::whole_number(int min, int max) const {
  const std::string written = text();
  int value = min;
  const auto [end, failed] =
      std::from_chars(written.data(), written.data() + written.size(), value);
  if (failed != std::errc{} || end != written.data() + written.size() || value < min ||
      value > max) {
    error("a whole number from " + std::to_string(min) + " to " + std::to_string(max) +
          " is expected here");
    return min;
  }
  return value;
}

Localised YamlValue::localised() const {
  if (!is_map()) {
    const std::string same = text();
    return {same, same, same};
  }
  YamlFields fields(*this);
  Localised value{fields.required_text("nn"), fields.required_text("nb"), fields.text("en")};
  fields.finish();
  return value;
}

std::optional<std::chrono::year_month_day> YamlValue::date() const {
  const auto value = parse_date(text());
  if (!value) error("a date like 2027-05-01 is expected here");
  return value;
}

std::vector<std::string> YamlValue::texts() const {
  if (node_.IsScalar()) return {text()};
  std::vector<std::string> all;
  for (const YamlValue& item : items()) all.push_back(item.text());
  return all;
}

std::vector<YamlValue> YamlValue::items() const {
  std::vector<YamlValue> all;
  if (is_empty()) return all;
  if (!is_list()) {
    error("a list is expected here («- one», «- two»)");
    return all;
  }
  for (const auto& item : node_) all.emplace_back(item, *report_);
  return all;
}

std::vector<std::pair<std::string, YamlValue>> YamlValue::entries() const {
  std::vector<std::pair<std::string, YamlValue>> all;
  if (is_empty()) return all;
  if (!is_map()) {
    error("keys with values are expected here («key: value»)");
    return all;
  }
  std::set<std::string> seen;
  for (const auto& entry : node_) {
    const YamlValue key(entry.first, *report_);
    const std::string name = key.text();
    if (!seen.insert(name).second) {
      key.error("«" + name + "» stands here for the second time; keep one of them");
      continue;
    }
    // A value left empty has no place of its own.
    all.emplace_back(name, YamlValue(entry.second, *report_));
  }
  return all;
}

std::optional<YamlValue> YamlFields::find(std::string_view key) {
  known_.emplace_back(key);
  for (const auto& [name, value] : entries_) {
    if (name == key && !value.is_empty()) return value;
  }
  return std::nullopt;
}

std::optional<YamlValue> YamlFields::required(std::string_view key) {
  auto value = find(key);
  if (!value) map_.error("«" + std::string(key) + "» is missing");
  return value;
}

std::string YamlFields::text(std::string_view key) {
  const auto value = find(key);
  return value ? value->text() : std::string();
}

std::string YamlFields::required_text(std::string_view key) {
  const auto value = required(key);
  if (!value) return {};
  std::string text = value->text();
  if (text.empty()) value->error("«" + std::string(key) + "» is empty");
  return text;
}

std::vector<std::string> YamlFields::texts(std::string_view key) {
  const auto value = find(key);
  return value ? value->texts() : std::vector<std::string>();
}

Localised YamlFields::localised(std::string_view key) {
  const auto value = find(key);
  return value ? value->localised() : Localised();
}

bool YamlFields::yes_or_no(std::string_view key, bool otherwise) {
  const auto value = find(key);
  return value ? value->yes_or_no() : otherwise;
}

void YamlFields::finish() const {
  for (const auto& [name, value] : entries_) {
    if (std::find(known_.begin(), known_.end(), name) == known_.end()) {
      value.error("unknown key «" + name + "»; known here: " + joined(known_));
    }
  }
}

std::optional<YamlValue> parse_yaml(const std::string& text, const FileReport& report) {
  try {
    return YamlValue(YAML::Load(text), report);
  } catch (const YAML::Exception& fault) {
    report.error(std::max(fault.mark.line, 0) + report.first_line(),
                 "not valid YAML: " + fault.msg);
    return std::nullopt;
  }
}

std::optional<std::chrono::year_month_day> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  int parts[3] = {};
  const std::string_view fields[3] = {text.substr(0, 4), text.substr(5, 2), text.substr(8, 2)};
  for (int i = 0; i < 3; ++i) {
    const auto [end, failed] =
        std::from_chars(fields[i].data(), fields[i].data() + fields[i].size(), parts[i]);
    if (failed != std::errc{} || end != fields[i].data() + fields[i].size()) return std::nullopt;
  }
  const std::chrono::year_month_day date{std::chrono::year(parts[0]), std::chrono::month(parts[1]),
                                         std::chrono::day(parts[2])};
  return date.ok() ? std::optional(date) : std::nullopt;
}

}  // namespace svar::kb
