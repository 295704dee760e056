#include "bot/engine/release.h"

#include <algorithm>

namespace svar::engine {
namespace {

// The first interval that ends after `now`, or the end.
auto interval_ending_after(const std::vector<kb::OpenInterval>& open, Time now) {
  return std::upper_bound(
      open.begin(), open.end(), now,
      [](Time time, const kb::OpenInterval& interval) { return time < interval.to; });
}

}  // namespace

const kb::Municipality* Release::municipality(const MunicipalityId& id) const {
  const auto found = municipalities.find(id);
  return found == municipalities.end() ? nullptr : &found->second;
}

const Form* Release::form(std::string_view id) const {
  const auto found = std::find_if(forms.begin(), forms.end(),
                                  [&](const Form& one) { return one.id == id; });
  return found == forms.end() ? nullptr : &*found;
}

const Form* Release::form_of(const ArticleId& article) const {
  const auto found = std::find_if(forms.begin(), forms.end(),
                                  [&](const Form& one) { return one.belongs_to(article); });
  return found == forms.end() ? nullptr : &*found;
}

bool Release::knows_site(const SiteId& site) const {
  return site == kCommonSite || municipalities.contains(MunicipalityId{site.value});
}

std::string Release::text(std::string_view key, Language language, const Values& values) const {
  const auto found = texts.find(std::string(key));
  if (found == texts.end()) return std::string(key);
  std::string_view rest = found->second.in(language);
  std::string filled;
  while (!rest.empty()) {
    const std::size_t open = std::min(rest.find('{'), rest.size());
    const std::size_t close = rest.find('}', open);
    filled += rest.substr(0, open);
    if (close == std::string_view::npos) return filled += rest.substr(open);
    const std::string_view name = rest.substr(open + 1, close - open - 1);
    const auto value = std::find_if(values.begin(), values.end(),
                                    [&](const auto& one) { return one.first == name; });
    filled += value != values.end() ? value->second : rest.substr(open, close - open + 1);
    rest.remove_prefix(close + 1);
  }
  return filled;
}

bool Release::is_open(const MunicipalityId& id, Time now) const {
  const kb::Municipality* known = municipality(id);
  if (known == nullptr) return false;
  const auto interval = interval_ending_after(known->open, now);
  return interval != known->open.end() && interval->from <= now;
}

std::optional<Time> Release::next_opening(const MunicipalityId& id, Time now) const {
  const kb::Municipality* known = municipality(id);
  if (known == nullptr) return std::nullopt;
  const auto next = std::upper_bound(
      known->open.begin(), known->open.end(), now,
      [](Time time, const kb::OpenInterval& interval) { return time < interval.from; });
  return next == known->open.end() ? std::nullopt : std::optional(next->from);
}

}  // namespace svar::engine
