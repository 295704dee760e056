// Whose a link is: every host that the content names is listed with its owner, so that nobody is
// sent to an address somebody made up.
#include <algorithm>
#include <set>

#include "bot/service/content/checks.h"

namespace svar::service {
namespace {

constexpr std::string_view kSampleDomain = ".example";

bool is_host_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

// Of «https://www.politiet.no/pass» and «mailto:post@politiet.no»; empty of «tel:…» and of what
// still holds a slot.
std::string host_of(std::string_view url) {
  if (url.starts_with("tel:") || url.find("{{") != std::string_view::npos) return {};
  const std::size_t scheme = url.find("://");
  const std::size_t at = url.find('@');
  if (scheme != std::string_view::npos) {
    url.remove_prefix(scheme + 3);
  } else if (at != std::string_view::npos) {
    url.remove_prefix(at + 1);
  }
  return std::string(url.substr(0, url.find_first_of("/:?#")));
}

// Names like «helsenorge.no» in running text: what a reader would type.
std::set<std::string> domains_in(std::string_view text) {
  static constexpr std::string_view kEndings[] = {".no", ".com", ".org", ".net", ".eu"};
  std::set<std::string> out;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = begin;
    while (end < text.size() && is_host_character(text[end])) ++end;
    std::string_view word = text.substr(begin, end - begin);
    while (word.ends_with('.')) word.remove_suffix(1);
    const bool domain = std::any_of(
        std::begin(kEndings), std::end(kEndings),
        [&](std::string_view one) { return word.size() > one.size() && word.ends_with(one); });
    if (domain) out.emplace(word);
    begin = end + 1;
  }
  return out;
}

std::set<std::string> domains_in(const kb::Body& body) {
  std::set<std::string> out = domains_in(body.short_answer);
  for (const kb::Section& section : body.sections) out.merge(domains_in(section.text));
  return out;
}

}  // namespace

// The municipality's own pages need no line of their own.
bool Checker::owns(const MunicipalityContent& one, const std::string& host) const {
  if (one.hosts.contains(host)) return true;
  const auto& origins = one.municipality.origins;
  return std::any_of(origins.begin(), origins.end(), [&](const std::string& origin) {
    const std::string own = host_of(origin);
    return own == host || own == "www." + host;
  });
}

bool Checker::is_owned(const std::string& host) const {
  return content_.hosts.contains(host) || content_.hosts.contains("www." + host);
}

void Checker::check_hosts() {
  for (const auto& [id, one] : content_.municipalities) check_fact_hosts(one);
  for (const kb::Article& article : content_.articles) {
    for (const kb::ArticleLink& link : article.links) {
      const std::set<std::string> urls = {link.url.nn, link.url.nb, link.url.en};
      for (const std::string& url : urls) check_shared_host(host_of(url), link.place);
    }
    std::set<std::string> named = domains_in(article.nn);
    named.merge(domains_in(article.nb));
    named.merge(domains_in(article.en));
    for (const std::string& host : named) check_shared_host(host, article.place);
  }
  for (const auto& [key, one] : content_.texts) {
    for (const std::string* text : {&one.text.nn, &one.text.nb, &one.text.en}) {
      for (const std::string& host : domains_in(*text)) check_shared_host(host, one.place);
    }
  }
}

// In what every municipality shows; an address of one of them, or a sample, is out of place there.
void Checker::check_shared_host(const std::string& host, const kb::Place& place) {
  if (host.empty() || is_owned(host)) return;
  findings_.push_back({Severity::error, place.file, place.line,
                       "nobody is known to own «" + host +
                           "»; list it with its owner in hosts.yaml, or make the address a fact",
                       "unknown_host"});
}

// A municipality's own reply may name the municipality's own pages.
void Checker::check_reply_hosts(const kb::CannedReply& reply) {
  const auto own = reply.municipality ? content_.municipalities.find(reply.municipality->value)
                                      : content_.municipalities.end();
  for (const std::string* text : {&reply.text.nn, &reply.text.nb, &reply.text.en}) {
    for (const std::string& host : domains_in(*text)) {
      const bool is_own = own != content_.municipalities.end() && owns(own->second, host);
      if (!is_own) check_shared_host(host, reply.place);
    }
  }
}

void Checker::check_fact_hosts(const MunicipalityContent& one) {
  for (const auto& [slot, fact] : one.municipality.facts) {
    const auto spec = content_.facts.find(slot);
    const bool address = spec != content_.facts.end() &&
                         (spec->second.kind == "url" || spec->second.kind == "email");
    if (!address) continue;
    const std::set<std::string> values = {fact.value.nn, fact.value.nb, fact.value.en};
    for (const std::string& value : values) {
      const std::string host = host_of(value);
      if (host.empty() || is_owned(host) || owns(one, host)) continue;
      const bool invented = host.ends_with(kSampleDomain);
      if (fact.sample && invented) continue;
      const std::string why =
          invented ? "an address under .example is no established one; mark it sample: true"
                   : "nobody is known to own «" + host +
                         "»; list it with its owner under hosts here or in hosts.yaml, or make it "
                         "a sample under .example";
      const kb::Place& place = one.fact_places.at(slot);
      findings_.push_back({Severity::error, place.file, place.line,
                           "the fact «" + slot + "»: " + why, "unknown_host"});
    }
  }
}

}  // namespace svar::service
