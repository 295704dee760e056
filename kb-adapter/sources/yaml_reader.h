// YAML read strictly: a value of the wrong kind, an unknown key and a key given twice are findings
// with file and line, and reading goes on, so that one run names every fault.
#pragma once

#include <yaml-cpp/yaml.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bot/service/content/content.h"

namespace svar::kb {

// Where findings of one file go. Refers to the caller's list.
class FileReport {
 public:
  FileReport(std::string file, service::Findings& findings, int first_line = 1)
      : file_(std::move(file)), findings_(&findings), first_line_(first_line) {}

  void error(int line, std::string what) const {
    add(service::Severity::error, line, std::move(what));
  }
  void warning(int line, std::string what) const {
    add(service::Severity::warning, line, std::move(what));
  }
  const std::string& file() const { return file_; }
  int first_line() const {
    return first_line_;
  }  // of the YAML within the file: front matter begins on line 2

 private:
  void add(service::Severity severity, int line, std::string what) const {
    findings_->push_back({severity, file_, line, std::move(what)});
  }

  std::string file_;
  service::Findings* findings_;
  int first_line_;
};

// One value and where it stands. Cheap to copy; refers to the report. Every accessor reports what
// is wrong and then gives an empty value.
class YamlValue {
 public:
  YamlValue(YAML::Node node, const FileReport& report) : node_(std::move(node)), report_(&report) {}

  int line() const;
  Place place() const { return {report_->file(), line()}; }
  void error(std::string what) const { report_->error(line(), std::move(what)); }
  const FileReport& report() const { return *report_; }

  bool is_map() const { return node_.IsMap(); }
  bool is_list() const { return node_.IsSequence(); }
  bool is_empty() const { return !node_.IsDefined() || node_.IsNull(); }

  std::string text() const;
  bool yes_or_no() const;
  int whole_number(int min, int max) const;
  Localised localised() const;  // a map of nn, nb and perhaps en, or one text for all
  std::optional<std::chrono::year_month_day> date() const;
  std::vector<std::string> texts() const;  // a list of texts; a single text is a list of one
  std::vector<YamlValue> items() const;    // of a list
  std::vector<std::pair<std::string, YamlValue>> entries() const;  // of a map, in the order written

 private:
  YAML::Node node_;
  const FileReport* report_;
};

// A map with known keys. Ask for each key once, then call finish().
class YamlFields {
 public:
  explicit YamlFields(const YamlValue& map) : map_(map), entries_(map.entries()) {}

  std::optional<YamlValue> find(std::string_view key);  // nothing also when the value is left empty
  std::optional<YamlValue> required(std::string_view key);  // reports a missing one
  std::string text(std::string_view key);                   // empty when absent
  std::string required_text(std::string_view key);
  std::vector<std::string> texts(std::string_view key);
  Localised localised(std::string_view key);
  bool yes_or_no(std::string_view key, bool otherwise);
  const YamlValue& map() const { return map_; }

  // Reports every key that nobody asked for, naming those that exist.
  void finish() const;

 private:
  YamlValue map_;
  std::vector<std::pair<std::string, YamlValue>> entries_;
  std::vector<std::string> known_;
};

// The document of a text; nothing, and a finding, when it isn't YAML.
std::optional<YamlValue> parse_yaml(const std::string& text, const FileReport& report);

// «2027-05-01».
std::optional<std::chrono::year_month_day> parse_date(std::string_view text);

}  // namespace svar::kb
