#include "kb-adapter/articles/compose.h"

#include <algorithm>

namespace svar::kb {
namespace {

constexpr std::string_view kOpen = "{{";
constexpr std::string_view kClose = "}}";

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// Calls `literal` and `slot` for the pieces of a text, in order. An unclosed «{{» is literal.
template <class Literal, class Slot>
void each_piece(std::string_view text, Literal literal, Slot slot) {
  while (!text.empty()) {
    const auto open = text.find(kOpen);
    const auto close = open == std::string_view::npos ? open : text.find(kClose, open);
    if (close == std::string_view::npos) return literal(text);
    literal(text.substr(0, open));
    slot(trimmed(text.substr(open + kOpen.size(), close - open - kOpen.size())));
    text.remove_prefix(close + kClose.size());
  }
}

// Fills texts for one municipality and remembers what it met.
class Filler {
 public:
  Filler(const Municipality* municipality, Language language)
      : municipality_(municipality), language_(language) {}

  std::string fill(std::string_view text, bool& sample) {
    std::string filled;
    filled.reserve(text.size() + 64);
    each_piece(
        text, [&](std::string_view literal) { filled += literal; },
        [&](std::string_view slot) {
          if (const auto value = slot_value(municipality_, slot, language_)) {
            filled += value->text;
            sample = sample || value->sample;
          } else {
            note_missing(slot);
          }
        });
    return filled;
  }

  std::vector<std::string> take_missing() { return std::move(missing_); }

 private:
  void note_missing(std::string_view slot) {
    if (std::find(missing_.begin(), missing_.end(), slot) == missing_.end())
      missing_.emplace_back(slot);
  }

  const Municipality* municipality_;
  Language language_;
  std::vector<std::string> missing_;
};

}  // namespace

std::optional<SlotValue> slot_value(const Municipality* municipality, std::string_view slot,
                                    Language language) {
  if (municipality == nullptr) return std::nullopt;
  if (slot == "municipality.name") return SlotValue{municipality->name};
  if (slot == "municipality.full_name") return SlotValue{municipality->full_name.in(language)};
  if (slot == "municipality.council") return SlotValue{municipality->council.in(language)};
  const auto fact = municipality->facts.find(std::string(slot));
  if (fact == municipality->facts.end()) return std::nullopt;
  const std::string& value = fact->second.value.in(language);
  if (value.empty()) return std::nullopt;
  return SlotValue{value, fact->second.sample};
}

std::vector<std::string_view> slots_in(std::string_view text) {
  std::vector<std::string_view> names;
  each_piece(
      text, [](std::string_view) {}, [&](std::string_view slot) { names.push_back(slot); });
  return names;
}

Composed compose(const Article& article, const Municipality* municipality, Language language) {
  Composed composed;
  composed.language = article.spoken(language);
  Filler filler(municipality, composed.language);
  const Body& body = article.body(language);
  composed.short_answer = filler.fill(body.short_answer, composed.sample);
  composed.text = composed.short_answer;
  for (const Section& section : body.sections) {
    composed.text += "\n\n";
    composed.text += filler.fill(section.text, composed.sample);
  }
  for (const ArticleLink& link : article.links) {
    Link shown;
    shown.label = filler.fill(link.label.in(language), shown.sample);
    shown.url = filler.fill(link.url.in(language), shown.sample);
    composed.sample = composed.sample || shown.sample;
    composed.links.push_back(std::move(shown));
  }
  composed.missing = filler.take_missing();
  return composed;
}

}  // namespace svar::kb
