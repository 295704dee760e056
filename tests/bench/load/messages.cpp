#include "tests/bench/load/messages.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

namespace svar::bench {

namespace {

struct Line {
  std::string label = "unlabelled";
  std::string site;
  std::string text;
};

Line split(const std::string& line, const std::string& site) {
  Line result;
  result.site = site;
  const auto first = line.find('\t');
  if (first == std::string::npos) {
    result.text = line;
    return result;
  }
  result.label = line.substr(0, first);
  const auto second = line.find('\t', first + 1);
  if (second != std::string::npos && second > first + 1) {
    result.site = line.substr(first + 1, second - first - 1);
  }
  result.text = line.substr((second == std::string::npos ? first : second) + 1);
  return result;
}

template <class List, class Value, class Same>
std::size_t place_of(List& list, Value value, Same same) {
  const auto found = std::find_if(list.begin(), list.end(), same);
  if (found != list.end()) return static_cast<std::size_t>(found - list.begin());
  list.push_back(std::move(value));
  return list.size() - 1;
}

std::string escaped(const std::string& text) {
  const std::string quoted = nlohmann::json(text).dump();
  return quoted.substr(1, quoted.size() - 2);
}

}  // namespace

const SitePool& Messages::pool_of(std::uint64_t random) const {
  std::size_t all = 0;
  for (const SitePool& pool : pools) all += pool.messages.size();
  std::size_t at = random % all;
  for (const SitePool& pool : pools) {
    if (at < pool.messages.size()) return pool;
    at -= pool.messages.size();
  }
  return pools.back();
}

Messages read_messages(const std::filesystem::path& file, const std::string& site) {
  std::ifstream in{file};
  Messages result;
  std::set<std::string> texts;
  for (std::string line; std::getline(in, line);) {
    if (line.empty()) continue;
    const Line parts = split(line, site);
    const std::size_t label = place_of(
        result.labels, parts.label, [&](const std::string& each) { return each == parts.label; });
    const std::size_t pool =
        place_of(result.pools, SitePool{parts.site, {}},
                 [&](const SitePool& each) { return each.site == parts.site; });
    result.pools[pool].messages.push_back({label, escaped(parts.text)});
    texts.insert(parts.text);
  }
  if (texts.empty()) throw std::runtime_error(file.string() + ": no messages");
  result.different = texts.size();
  return result;
}

}  // namespace svar::bench
