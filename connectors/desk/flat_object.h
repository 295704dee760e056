// What the console sends: one JSON object of texts and whole numbers, nothing nested, nothing
// unknown.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace svar::desk {

class FlatObject {
 public:
  // Nothing for anything else: bad JSON or UTF-8, a nested value, a field twice, a field that isn't
  // `known`.
  static std::optional<FlatObject> parse(std::string_view json,
                                         const std::vector<std::string_view>& known);

  bool has(std::string_view field) const { return fields_.find(field) != fields_.end(); }
  // Nothing when absent, of another kind, or longer than `bytes_max`.
  std::optional<std::string> text(std::string_view field, std::size_t bytes_max) const;
  std::optional<std::int64_t> number(std::string_view field) const;

 private:
  std::map<std::string, std::variant<std::string, std::int64_t>, std::less<>> fields_;
};

}  // namespace svar::desk
