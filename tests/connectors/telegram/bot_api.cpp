#include "tests/connectors/telegram/bot_api.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>

namespace svar::tests {
namespace {

using nlohmann::json;

const json* field_named(const json& fields, const std::string& name) {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const json& field) { return field.at("name") == name; });
  return found == fields.end() ? nullptr : &*found;
}

}  // namespace

std::optional<BotApi> BotApi::published() {
  const std::filesystem::path folder = std::filesystem::path{SVAR_FIXTURES} / "telegram_spec";
  if (!std::filesystem::exists(folder)) return std::nullopt;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    BotApi api;
    std::ifstream{entry.path()} >> api.api_;
    return api;
  }
  return std::nullopt;
}

std::string BotApi::fault_of(const std::string& method, const json& parameters) const {
  const auto found = api_.at("methods").find(method);
  if (found == api_.at("methods").end()) return "no method " + method;
  if (!parameters.is_object()) return method + ": parameters are no object";
  return fault_of_fields(found->value("fields", json::array()), parameters, method);
}

std::size_t BotApi::limit(const std::string& owner, const std::string& field) const {
  for (const char* kind : {"methods", "types"}) {
    const auto found = api_.at(kind).find(owner);
    if (found == api_.at(kind).end()) continue;
    const json* described = field_named(found->at("fields"), field);
    std::smatch numbers;
    const std::string words = described ? described->value("description", "") : "";
    if (std::regex_search(words, numbers, std::regex{R"((\d+)-(\d+) (characters|bytes))"})) {
      return std::stoul(numbers[2]);
    }
  }
  return 0;
}

std::string BotApi::fault_of_fields(const json& described, const json& given,
                                    const std::string& where) const {
  for (const json& field : described) {
    const std::string name = field.at("name");
    if (field.at("required") == true && !given.contains(name)) return where + ": lacks " + name;
  }
  for (const auto& [name, value] : given.items()) {
    const json* field = field_named(described, name);
    if (!field) return where + ": does not know " + name;
    const json& types = field->at("types");
    const bool fit = std::any_of(types.begin(), types.end(),
                                 [&](const json& type) { return fits(type, value); });
    if (!fit) return where + "." + name + ": is no " + types.dump();
  }
  return {};
}

bool BotApi::fits(const std::string& type, const json& value) const {
  const std::string array_of = "Array of ";
  if (type.starts_with(array_of)) {
    return value.is_array() && std::all_of(value.begin(), value.end(), [&](const json& item) {
             return fits(type.substr(array_of.size()), item);
           });
  }
  if (type == "Integer") return value.is_number_integer();
  if (type == "Float") return value.is_number();
  if (type == "String") return value.is_string();
  if (type == "Boolean" || type == "True") return value.is_boolean();
  const auto found = api_.at("types").find(type);
  return found != api_.at("types").end() && value.is_object() &&
         fault_of_fields(found->value("fields", json::array()), value, type).empty();
}

}  // namespace svar::tests
