#include "bot/service/content/build_release.h"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "bot/service/content/opening_hours.h"
#include "bot/service/content/rule_sources.h"
#include "intents/intent_matcher.h"
#include "intents/model/example_model.h"
#include "kb-adapter/articles/article_index.h"
#include "kb-adapter/articles/composed_answers.h"

namespace svar::service {
namespace {

class Digest {
 public:
  Digest() { crypto_generichash_init(&state_, nullptr, 0, bytes_.size()); }

  // With its length, so that the border between two parts can't move.
  void add(const std::string& part) {
    std::array<unsigned char, 8> length{};
    for (std::size_t i = 0; i < length.size(); ++i)
      length[i] = static_cast<unsigned char>(part.size() >> (8 * i));
    crypto_generichash_update(&state_, length.data(), length.size());
    crypto_generichash_update(&state_, reinterpret_cast<const unsigned char*>(part.data()),
                              part.size());
  }
  std::string hex() {
    crypto_generichash_final(&state_, bytes_.data(), bytes_.size());
    std::string text(bytes_.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), bytes_.data(), bytes_.size());
    text.pop_back();
    return text;
  }

 private:
  crypto_generichash_state state_;
  std::array<unsigned char, 32> bytes_{};
};

void append(Findings& all, const Findings& more) {
  all.insert(all.end(), more.begin(), more.end());
}

void add_municipalities(const Content& content, Time now, engine::Release& release,
                        Findings& findings) {
  for (const auto& [id, one] : content.municipalities) {
    kb::Municipality municipality = one.municipality;
    auto open = expand_hours(one.hours, now - std::chrono::days{kHoursBehindDays},
                             kHoursBehindDays + kHoursAheadDays);
    if (!open) {
      findings.push_back({Severity::error, one.place.file, one.place.line, open.error()});
      continue;
    }
    municipality.open = std::move(open).value();
    release.municipalities.emplace(municipality.id, std::move(municipality));
  }
  release.host_municipality = {content.host_municipality};
  if (!release.municipalities.contains(release.host_municipality)) {
    findings.push_back(
        {Severity::error, content.common_place.file, content.common_place.line,
         "host_municipality «" + content.host_municipality + "» is no municipality here"});
  }
}

std::shared_ptr<const kb::ArticleIndex> index_articles(const Content& content) {
  kb::ArticleIndex::Phrases phrases;
  for (const intents::Intent& intent : content.intents.intents) {
    auto& of_article = phrases[intent.article];
    of_article.insert(of_article.end(), intent.examples.begin(), intent.examples.end());
    of_article.insert(of_article.end(), intent.synonyms.begin(), intent.synonyms.end());
    for (const intents::Rule& rule : intent.rules) {
      of_article.insert(of_article.end(), rule.examples.begin(), rule.examples.end());
    }
  }
  std::vector<const kb::Municipality*> municipalities;
  for (const auto& [id, one] : content.municipalities) municipalities.push_back(&one.municipality);
  return kb::ArticleIndex::build(content.articles, phrases, municipalities);
}

}  // namespace

Result<std::shared_ptr<const engine::Release>, Findings> build_release(const Content& content,
                                                                       Time now,
                                                                       ReleaseNumber number,
                                                                       Model model) {
  Findings findings;
  auto release = std::make_shared<engine::Release>();
  release->number = number;
  release->digest = content_digest(content.files);
  release->common_origins = content.common_origins;
  add_municipalities(content, now, *release, findings);
  for (const auto& [key, text] : content.texts) release->texts.emplace(key, text.text);
  for (const auto& [key, fact] : content.facts) release->fact_labels.emplace(key, fact.label);
  release->forms = content.forms;
  release->replies = content.replies;
  for (const ReportRule& report : content.reports) release->reports.insert(report.rule);
  auto matcher = intents::IntentMatcher::compile(content.intents, matcher_options(content));
  if (!matcher) append(findings, from_rules(matcher.error()));
  if (has_errors(findings)) return Failure{std::move(findings)};
  release->intents = std::move(matcher).value();
  release->model = model ? std::move(model) : std::make_shared<const intents::ExampleModel>();
  release->articles = index_articles(content);
  release->composed =
      std::make_shared<kb::ComposedAnswers>(release->articles->all(), release->municipalities);
  return std::shared_ptr<const engine::Release>(std::move(release));
}

Result<std::shared_ptr<const engine::Release>, Findings> renew_hours(const engine::Release& release,
                                                                     const Content& content,
                                                                     Time now) {
  Findings findings;
  auto renewed = std::make_shared<engine::Release>(release);
  renewed->municipalities.clear();
  add_municipalities(content, now, *renewed, findings);
  if (has_errors(findings)) return Failure{std::move(findings)};
  renewed->composed =
      std::make_shared<kb::ComposedAnswers>(renewed->articles->all(), renewed->municipalities);
  return std::shared_ptr<const engine::Release>(std::move(renewed));
}

std::string content_digest(const std::vector<ContentFile>& files) {
  Digest digest;
  for (const ContentFile& file : files) {
    digest.add(file.path);
    digest.add(file.bytes);
  }
  return digest.hex();
}

}  // namespace svar::service
