// The parts of check_content. Each appends what it finds.
#pragma once

#include <string>
#include <string_view>

#include "bot/service/content/content.h"

namespace svar::service {

class Checker {
 public:
  Checker(const Content& content, std::chrono::year_month_day today, Findings& findings)
      : content_(content), today_(today), findings_(findings) {}

  void check_municipalities();  // municipality_checks.cpp
  void check_articles();        // article_checks.cpp
  void check_intents();         // article_checks.cpp
  void check_answers();         // answer_checks.cpp
  void check_hosts();           // link_checks.cpp
  void check_forms();           // citizen_form_checks.cpp
  void check_replies();         // reply_checks.cpp
  void check_texts();           // text_checks.cpp
  void check_regression();      // text_checks.cpp

 private:
  void error(const kb::Place& place, std::string what) {
    add(Severity::error, place, std::move(what));
  }
  void warning(const kb::Place& place, std::string what) {
    add(Severity::warning, place, std::move(what));
  }
  void add(Severity severity, const kb::Place& place, std::string what) {
    findings_.push_back({severity, place.file, place.line, std::move(what)});
  }

  void check_identity(const MunicipalityContent& one);
  void check_facts(const MunicipalityContent& one);
  void check_fact_form(const std::string& kind, const std::string& slot, const kb::Localised& value,
                       const kb::Place& place);
  void check_common();
  void check_origins(const std::vector<std::string>& origins, const kb::Place& place);

  void check_article(const kb::Article& article);
  void check_slots(const kb::Article& article);
  void check_lengths(const kb::Article& article);
  void check_links(const kb::Article& article);
  void check_translations(const kb::Article& article);
  void check_review(const kb::Article& article);
  void check_contact_block(const kb::Article& article, Language language);
  void check_shared_host(const std::string& host, const kb::Place& place);
  void check_fact_hosts(const MunicipalityContent& one);
  bool is_owned(const std::string& host) const;
  bool owns(const MunicipalityContent& one, const std::string& host) const;
  void check_form(const engine::Form& form);
  void check_field(const engine::Form& form, const engine::FormField& field);
  void check_options(const engine::Form& form, const engine::FormField& field);
  void check_form_text(const kb::Localised& text, const kb::Place& place);
  void check_reply(const kb::CannedReply& reply);
  void check_reply_hosts(const kb::CannedReply& reply);  // link_checks.cpp
  bool is_reply_slot(const std::string& slot) const;
  void check_situations();
  bool has_article(const ArticleId& id) const;

  const Content& content_;
  std::chrono::year_month_day today_;
  Findings& findings_;
};

// «one, two and 3 more»: names for a sentence, not too many.
std::string named(const std::vector<std::string>& names);

// --- form_checks.cpp: what single values must look like ---
bool is_origin(
    std::string_view text);  // «https://www.osteroy.kommune.no», no path; http only for localhost
bool is_shown_link(std::string_view url);  // http(s), mailto or tel, with something after it
bool is_email(std::string_view text);
bool is_phone(std::string_view text);                // digits, blanks, «+»; three digits or more
bool is_organisation_number(std::string_view text);  // nine digits, check digit right
std::size_t code_points(std::string_view utf8);
double contrast_on_white(
    std::string_view colour);  // of «#rrggbb» as WCAG counts it; 0 when it is no colour

}  // namespace svar::service
