#include "bot/server/commands/why_not_report.h"

#include <cstdio>
#include <nlohmann/json.hpp>
#include <sstream>

#include "intents/intent_matcher.h"
#include "intents/model/example_model.h"
#include "kb-adapter/articles/article_index.h"

namespace svar::server {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kRanksLookedAt = 10;
constexpr std::size_t kWordsShown = 5;

std::string rounded(double share) {
  char text[16];
  std::snprintf(text, sizeof text, "%.2f", share);
  return text;
}

void rank_by_model(const engine::Release& release, const intents::Matches& matches,
                   WhyNotReport& out) {
  const intents::ExampleModel& model = *release.model;
  const intents::Ranking ranking = model.rank(matches.search_text, model.label_count());
  out.in_scope = ranking.in_scope;
  out.in_scope_min = model.thresholds().accept;
  out.clear_min = model.thresholds().clear;
  for (std::size_t i = 0; i < ranking.best.size(); ++i) {
    if (model.label(ranking.best[i].label) != out.topic.value) continue;
    out.model = {i < kRanksLookedAt ? i + 1 : 0, ranking.best[i].score};
    for (const auto& word : model.evidence(matches.text.text, ranking.best[i].label)) {
      auto& side = word.weight > 0 ? out.spoke_for : out.spoke_against;
      if (side.size() < kWordsShown) side.push_back(matches.text.tokens[word.token].original);
    }
  }
}

void rank_by_search(const engine::Release& release, const intents::Matches& matches,
                    WhyNotReport& out) {
  const auto hits = release.articles->search(matches.search_text, kRanksLookedAt);
  for (std::size_t i = 0; i < hits.size(); ++i) {
    if (hits[i].article->id == out.topic) out.search = {i + 1, hits[i].score};
  }
}

std::string quoted(std::string_view message, const std::vector<Span>& spans) {
  std::string out;
  for (const Span& span : spans) {
    if (span.begin >= span.end || span.end > message.size()) continue;
    out += (out.empty() ? "«" : ", «") +
           std::string(message.substr(span.begin, span.end - span.begin)) + "»";
  }
  return out;
}

std::string end_of(const intents::RuleTrial& trial, std::string_view message) {
  if (trial.holds) return "it holds";
  std::string out;
  const auto add = [&](const std::string& reason) { out += (out.empty() ? "" : "; ") + reason; };
  for (const std::string& group : trial.missing) add("none of [" + group + "] is there");
  if (!trial.excluded_by.empty()) add("«unless» names " + quoted(message, trial.excluded_by));
  if (trial.other_situation) add("it asks for another municipality, channel or topic before");
  if (trial.out_of_order) add("its words are there, but not in the order or distance it asks");
  return out;
}

std::string_view beaten_by(intents::Outdoing why) {
  switch (why) {
    case intents::Outdoing::priority:
      return "has a higher priority";
    case intents::Outdoing::exact_example:
      return "is an exact example";
    case intents::Outdoing::covers_more:
      break;
  }
  return "explains the same words and more";
}

void write_rank(const char* name, const WhyNotReport::Rank& rank, std::ostream& out) {
  out << "  " << name;
  if (rank.place == 0) {
    out << "not among the first " << kRanksLookedAt;
  } else {
    out << "number " << rank.place;
  }
  out << ", " << rounded(rank.score) << '\n';
}

ordered_json spans_json(const std::vector<Span>& spans) {
  ordered_json out = ordered_json::array();
  for (const Span& span : spans) out.push_back({span.begin, span.end});
  return out;
}

ordered_json rank_json(const WhyNotReport::Rank& rank) {
  return {{"place", rank.place}, {"score", rank.score}};
}

}  // namespace

WhyNotReport why_not_report(const engine::Release& release, std::string_view message,
                            const ArticleId& topic, const intents::MatchContext& context) {
  WhyNotReport out;
  out.topic = topic;
  out.rules = intents::why_not(*release.intents, message, topic, context);
  const intents::Matches matches = release.intents->match(message, context);
  rank_by_model(release, matches, out);
  rank_by_search(release, matches, out);
  return out;
}

std::string why_not_text(const WhyNotReport& report, std::string_view message) {
  std::ostringstream out;
  out << "\n  why not " << report.topic.value << "?\n";
  for (const intents::Outdone& outdone : report.rules.outdone) {
    out << "  beaten      " << outdone.hit.rule << " hit, but " << outdone.by << " of "
        << outdone.by_article.value << " " << beaten_by(outdone.why) << '\n';
  }
  for (const intents::RuleTrial& trial : report.rules.rules)
    out << "  rule        " << trial.rule << ": " << end_of(trial, message) << '\n';
  if (report.rules.rules.empty()) out << "  rule        the topic has none\n";
  write_rank("model       ", report.model, out);
  if (!report.spoke_for.empty())
    out << "  spoke for   " << quoted(message, report.spoke_for) << '\n';
  if (!report.spoke_against.empty())
    out << "  against     " << quoted(message, report.spoke_against) << '\n';
  out << "  in scope    " << rounded(report.in_scope) << ", believed from "
      << rounded(report.in_scope_min) << "; answered without asking from "
      << rounded(report.clear_min) << '\n';
  write_rank("search      ", report.search, out);
  return out.str();
}

ordered_json why_not_json(const WhyNotReport& report) {
  ordered_json rules = ordered_json::array();
  for (const intents::RuleTrial& trial : report.rules.rules) {
    rules.push_back({{"rule", trial.rule},
                     {"holds", trial.holds},
                     {"missing", trial.missing},
                     {"excluded_by", spans_json(trial.excluded_by)},
                     {"other_situation", trial.other_situation},
                     {"out_of_order", trial.out_of_order}});
  }
  ordered_json beaten = ordered_json::array();
  for (const intents::Outdone& outdone : report.rules.outdone) {
    beaten.push_back({{"rule", outdone.hit.rule},
                      {"by", outdone.by},
                      {"by_article", outdone.by_article.value},
                      {"because", beaten_by(outdone.why)}});
  }
  return {{"topic", report.topic.value},
          {"rules", std::move(rules)},
          {"beaten", std::move(beaten)},
          {"model", rank_json(report.model)},
          {"search", rank_json(report.search)},
          {"in_scope", report.in_scope},
          {"in_scope_min", report.in_scope_min},
          {"clear_min", report.clear_min},
          {"spoke_for", spans_json(report.spoke_for)},
          {"spoke_against", spans_json(report.spoke_against)}};
}

}  // namespace svar::server
