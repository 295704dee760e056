#include "bot/server/commands/reaction_text.h"

#include <cstdio>
#include <nlohmann/json.hpp>
#include <sstream>

namespace svar::server {
namespace {

using nlohmann::ordered_json;

std::string_view code_of(engine::Refusal refusal) {
  switch (refusal) {
    case engine::Refusal::too_long:
      return "too_long";
    case engine::Refusal::empty:
      return "empty";
    case engine::Refusal::not_offered:
      return "not_offered";
    case engine::Refusal::not_yours:
      return "not_yours";
    case engine::Refusal::not_open:
      return "not_open";
    case engine::Refusal::unknown:
      break;
  }
  return "unknown";
}

template <class Value>
ordered_json code_or_null(const std::optional<Value>& value) {
  return value ? ordered_json(code(*value)) : ordered_json();
}

ordered_json topic_ids(const std::vector<ArticleId>& topics) {
  ordered_json ids = ordered_json::array();
  for (const ArticleId& topic : topics) ids.push_back(topic.value);
  return ids;
}

// The topics or municipalities offered, without the buttons that are neither.
ordered_json offered_ids(const std::vector<Choice>& choices) {
  ordered_json ids = ordered_json::array();
  for (const Choice& choice : choices) {
    const std::size_t colon = choice.id.find(':');
    if (colon != std::string::npos) ids.push_back(choice.id.substr(colon + 1));
  }
  return ids;
}

ordered_json number_or_null(const std::optional<double>& number) {
  return number ? ordered_json(*number) : ordered_json();
}

ordered_json because_of(const Explanation& because) {
  ordered_json spans = ordered_json::array();
  for (const Span& span : because.matched) spans.push_back({span.begin, span.end});
  ordered_json candidates = ordered_json::array();
  for (const Candidate& one : because.candidates) {
    candidates.push_back({{"article", one.article.value},
                          {"score", one.score},
                          {"how", one.how},
                          {"lost", one.lost}});
  }
  ordered_json readings = ordered_json::array();
  for (const Reading& one : because.readings) {
    readings.push_back(
        {{"original", {one.original.begin, one.original.end}}, {"as", one.as}, {"how", one.how}});
  }
  return {{"how", because.how},
          {"rule", because.rule},
          {"matched", std::move(spans)},
          {"candidates", std::move(candidates)},
          {"municipality_from", because.municipality_from},
          {"language_from", because.language_from},
          {"readings", std::move(readings)},
          {"in_scope", number_or_null(because.in_scope)},
          {"in_scope_min", number_or_null(because.in_scope_min)}};
}

ordered_json json_of(const Reaction& reaction) {
  ordered_json buttons = ordered_json::array();
  for (const Choice& choice : reaction.choices)
    buttons.push_back({{"id", choice.id}, {"label", choice.label}});
  ordered_json links = ordered_json::array();
  for (const Link& link : reaction.links) {
    links.push_back({{"label", link.label}, {"url", link.url}, {"sample", link.sample}});
  }
  return {{"outcome", code(reaction.outcome)},
          {"topics", topic_ids(reaction.topics)},
          {"choices", offered_ids(reaction.choices)},
          {"municipality",
           reaction.municipality ? ordered_json(reaction.municipality->value) : ordered_json()},
          {"language", code(reaction.language)},
          {"safety", code_or_null(reaction.safety)},
          {"handoff_reason", code_or_null(reaction.handoff_reason)},
          {"masked", reaction.masked ? ordered_json(*reaction.masked) : ordered_json()},
          {"text", reaction.text},
          {"confidence", reaction.confidence},
          {"because", because_of(reaction.because)},
          {"release", reaction.release.value},
          {"form", reaction.form.empty() ? ordered_json() : ordered_json(reaction.form)},
          {"topic_title", reaction.topic_title},
          {"buttons", std::move(buttons)},
          {"links", std::move(links)},
          {"notices", reaction.notices},
          {"incident", reaction.incident ? ordered_json(*reaction.incident) : ordered_json()},
          {"sample", reaction.sample},
          {"silent", reaction.silent}};
}

// Bytes that are no UTF-8 (only possible in what the citizen wrote) become «�».
std::string dumped(const ordered_json& json) {
  return json.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

std::string listed(const std::vector<ArticleId>& topics) {
  std::string text;
  for (const ArticleId& topic : topics) text += (text.empty() ? "" : ", ") + topic.value;
  return text.empty() ? "no topic" : text;
}

std::string rounded(double share) {
  char text[16];
  std::snprintf(text, sizeof text, "%.2f", share);
  return text;
}

std::string quoted(const std::string& text, const Span& span) {
  if (span.begin >= span.end || span.end > text.size()) return "«»";
  return "«" + text.substr(span.begin, span.end - span.begin) + "»";
}

void write_why(const Reaction& reaction, const std::string& asked, std::ostream& out) {
  const Explanation& because = reaction.because;
  out << "  why         " << (because.how.empty() ? "–" : because.how);
  if (!because.rule.empty()) out << " · " << because.rule;
  out << " · confidence " << rounded(reaction.confidence) << '\n';
  const std::string& read = reaction.masked.value_or(asked);
  for (const Span& span : because.matched) out << "  matched     " << quoted(read, span) << '\n';
  for (const Reading& one : because.readings) {
    out << "  read        " << quoted(read, one.original) << " as «" << one.as << "» (" << one.how
        << ")\n";
  }
  for (const Candidate& one : because.candidates) {
    out << "  candidate   " << one.article.value << " " << rounded(one.score) << " (" << one.how
        << ")" << (one.lost.empty() ? "" : ": " + one.lost) << '\n';
  }
  if (because.in_scope && because.in_scope_min) {
    out << "  in scope    " << rounded(*because.in_scope) << ", believed from "
        << rounded(*because.in_scope_min) << '\n';
  }
}

std::string human(const Reaction& reaction, const std::string& asked) {
  std::ostringstream out;
  for (const std::string& notice : reaction.notices) out << "[" << notice << "]\n";
  out << (reaction.silent && reaction.text.empty() ? "(silent: a person owns the conversation)"
                                                   : reaction.text)
      << "\n";
  for (const Link& link : reaction.links) {
    out << "→ " << link.label << ": " << link.url << (link.sample ? " [sample]" : "") << '\n';
  }
  for (const Choice& choice : reaction.choices)
    out << "( " << choice.label << " )  " << choice.id << '\n';
  out << "\n  outcome     " << code(reaction.outcome);
  if (reaction.safety) out << " · " << code(*reaction.safety);
  if (reaction.handoff_reason) out << " · " << code(*reaction.handoff_reason);
  out << "\n  topics      " << listed(reaction.topics);
  if (!reaction.topic_title.empty()) out << " · «" << reaction.topic_title << "»";
  out << "\n  facts of    " << (reaction.municipality ? reaction.municipality->value : "–");
  if (!reaction.because.municipality_from.empty())
    out << " (from the " << reaction.because.municipality_from << ")";
  if (reaction.sample) out << " · holds sample values";
  out << "\n  language    " << code(reaction.language) << '\n';
  if (reaction.incident) out << "  incident    " << *reaction.incident << '\n';
  if (reaction.masked) out << "  stored as   " << *reaction.masked << '\n';
  write_why(reaction, asked, out);
  return out.str();
}

}  // namespace

std::string json_line(const std::variant<Reaction, engine::Rejected>& reaction,
                      const std::optional<WhyNotReport>& why_not) {
  if (const auto* rejected = std::get_if<engine::Rejected>(&reaction)) {
    return error_line(std::string(code_of(rejected->why)));
  }
  ordered_json out = json_of(std::get<Reaction>(reaction));
  if (why_not) out["why_not"] = why_not_json(*why_not);
  return dumped(out);
}

std::string error_line(const std::string& what) {
  return dumped({{"error", what}});
}

std::string human_text(const std::variant<Reaction, engine::Rejected>& reaction,
                       const std::string& asked) {
  if (const auto* rejected = std::get_if<engine::Rejected>(&reaction)) {
    return "refused: " + std::string(code_of(rejected->why)) + "\n";
  }
  return human(std::get<Reaction>(reaction), asked);
}

}  // namespace svar::server
