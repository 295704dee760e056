// The Bot API as its machine-readable description has it, to hold calls against. Knows nothing of
// the product.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace svar::tests {

class BotApi {
 public:
  // Nothing where this machine has no description.
  static std::optional<BotApi> published();

  // What is wrong with a call's parameters; empty when nothing is.
  std::string fault_of(const std::string& method, const nlohmann::json& parameters) const;

  // The larger number of «1-4096 characters» in what is said of a field of a method or a type;
  // 0 when nothing such is said.
  std::size_t limit(const std::string& owner, const std::string& field) const;

 private:
  std::string fault_of_fields(const nlohmann::json& described, const nlohmann::json& given,
                              const std::string& where) const;
  bool fits(const std::string& type, const nlohmann::json& value) const;
  nlohmann::json api_;
};

}  // namespace svar::tests
