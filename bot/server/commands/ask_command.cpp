#include "bot/server/commands/ask_command.h"

#include <cstdio>
#include <istream>
#include <map>
#include <nlohmann/json.hpp>
#include <ostream>
#include <unordered_map>

#include "bot/engine/masking.h"
#include "bot/server/commands/dialogue.h"
#include "bot/server/commands/reaction_text.h"
#include "bot/server/commands/why_not_report.h"
#include "kb-adapter/articles/article_index.h"

namespace svar::server {
namespace {

using nlohmann::json;
using std::chrono::days;

constexpr int kGood = 0;
constexpr int kFindings = 1;
constexpr int kMisuse = 2;
constexpr std::size_t kLineBytesMax = 1'000'000;

// The release as of any day: the opening hours of one reach only so far, so there is one for each
// half year asked about.
class ReleaseByDay {
 public:
  explicit ReleaseByDay(const LoadedContent& loaded) : loaded_(loaded) {}

  const engine::Release& at(Time now) {
    const auto half_year = std::chrono::floor<HalfYears>(now);
    auto& release = by_half_year_[half_year];
    if (release == nullptr) {
      const auto renewed =
          service::renew_hours(*loaded_.release, loaded_.content, half_year - days(1));
      release = renewed ? *renewed : loaded_.release;
    }
    return *release;
  }
  const engine::Release& any() const { return *loaded_.release; }

 private:
  using HalfYears = std::chrono::duration<int, std::ratio<service::kHoursAheadDays / 2 * 86'400>>;

  const LoadedContent& loaded_;
  std::map<std::chrono::sys_time<HalfYears>, std::shared_ptr<const engine::Release>> by_half_year_;
};

struct Misuse {
  std::string what;
};

std::string sites_of(const engine::Release& release) {
  std::string out(kCommonSite.value);
  for (const auto& [id, municipality] : release.municipalities) out += ", " + id.value;
  return out;
}

// Topics of the same theme: «boss.tomekalender» is meant for one of «boss.».
std::string nearest_topics(const engine::Release& release, const std::string& id) {
  const std::string theme = id.substr(0, id.find('.'));
  std::string out;
  for (const kb::Article& article : release.articles->all()) {
    if (!article.id.value.starts_with(theme + ".")) continue;
    out += (out.empty() ? "; there are " : ", ") + article.id.value;
  }
  return out;
}

// One line of --jsonl.
struct Message {
  SiteId site;
  std::string text;
  std::string choice;  // pressed instead of written
  std::string session;
  Language language = Language::nn;
  Time now;
  engine::TopicIncidents incidents = {};  // out of order now, as the line says
};

std::string text_field(const json& line, const char* key) {
  const auto field = line.find(key);
  return field != line.end() && field->is_string() ? field->get<std::string>() : std::string();
}

// What the line says is out of order, for as long as this message is answered.
Result<engine::TopicIncidents, std::string> incidents_in(const json& list, Time now) {
  engine::TopicIncidents incidents;
  if (!list.is_array()) return Failure{std::string("«incidents» is no list")};
  for (const json& one : list) {
    const auto language = language_from_code(text_field(one, "language"));
    engine::TopicIncident incident{
        text_field(one, "id"),       {text_field(one, "municipality")},
        {text_field(one, "topic")},  now,
        now + std::chrono::hours{1}, {{language.value_or(Language::nn), text_field(one, "text")}}};
    if (incident.municipality.value.empty() || incident.topic.value.empty() ||
        incident.words.front().text.empty())
      return Failure{std::string("each of «incidents» needs municipality, topic and text")};
    if (incident.id.empty()) incident.id = std::to_string(incidents.size() + 1);
    incidents.push_back(std::move(incident));
  }
  return incidents;
}

class Asking {
 public:
  Asking(const AskOptions& options, const LoadedContent& loaded, Time now)
      : options_(options), releases_(loaded), now_(now) {}

  std::variant<Message, Misuse> read(const std::string& line) const {
    const json parsed = json::parse(line, nullptr, false);
    if (!parsed.is_object()) return Misuse{"a JSON object is expected on each line"};
    const bool says = parsed.contains("text") && parsed["text"].is_string();
    if (!says && text_field(parsed, "choice").empty()) return Misuse{"«text» is missing"};
    const std::string site = text_field(parsed, "site");
    auto read = message(site.empty() ? options_.site : site, text_field(parsed, "text"),
                        text_field(parsed, "choice"), text_field(parsed, "session"),
                        text_field(parsed, "language"), text_field(parsed, "now"));
    if (auto* said = std::get_if<Message>(&read); said && parsed.contains("incidents")) {
      auto incidents = incidents_in(parsed["incidents"], said->now);
      if (!incidents) return Misuse{incidents.error()};
      said->incidents = std::move(*incidents);
    }
    return read;
  }

  std::variant<Message, Misuse> from_words() const {
    std::string text;
    for (const std::string& word : options_.words) text += (text.empty() ? "" : " ") + word;
    return message(options_.site, std::move(text), {}, {}, {}, {});
  }

  // Nothing when it was not asked for.
  std::variant<std::optional<WhyNotReport>, Misuse> why_not(const Message& message) {
    if (options_.why_not.empty()) return std::nullopt;
    const ArticleId topic{options_.why_not};
    const engine::Release& release = releases_.at(message.now);
    if (release.articles->find(topic) == nullptr)
      return Misuse{"unknown topic «" + topic.value + "»" + nearest_topics(release, topic.value)};
    intents::MatchContext context;
    const kb::Municipality* municipality = release.municipality({message.site.value});
    if (municipality != nullptr) context.municipality = municipality->id.value;
    return why_not_report(release, engine::mask(message.text).text, topic, context);
  }

  std::variant<Reaction, engine::Rejected> answer(const Message& message) {
    Dialogue alone(message.site, message.language);
    Dialogue& dialogue =
        message.session.empty()
            ? alone
            : sessions_.try_emplace(message.session, message.site, message.language).first->second;
    const engine::Release& release = releases_.at(message.now);
    dialogue.take(message.incidents);
    return message.choice.empty() ? dialogue.say(message.text, release, message.now)
                                  : dialogue.choose(message.choice, release, message.now);
  }

 private:
  std::variant<Message, Misuse> message(const std::string& site, std::string text,
                                        std::string choice, std::string session,
                                        const std::string& language, const std::string& now) const {
    const engine::Release& release = releases_.any();
    Message message{{site}, std::move(text), std::move(choice), std::move(session), Language::nn,
                    now_};
    if (!release.knows_site(message.site)) {
      return Misuse{"unknown site «" + site + "»; there are " + sites_of(release)};
    }
    const std::string& wished = language.empty() ? options_.language : language;
    const auto known = language_from_code(wished);
    if (!wished.empty() && !known) return Misuse{"unknown language «" + wished + "»; nn, nb or en"};
    message.language = known.value_or(language_of_site(message.site, release));
    const std::string& as_of = now.empty() ? options_.now : now;
    const auto time = parse_time(as_of);
    if (!as_of.empty() && !time)
      return Misuse{"«now» is not a time like 2026-11-24T10:00:00+01:00"};
    message.now = time.value_or(now_);
    return message;
  }

  const AskOptions& options_;
  ReleaseByDay releases_;
  Time now_;
  std::unordered_map<std::string, Dialogue> sessions_;
};

int answer_lines(Asking& asking, std::istream& in, std::ostream& out) {
  int exit_code = kGood;
  std::string line;
  while (std::getline(in, line)) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    const auto read =
        line.size() > kLineBytesMax ? Misuse{"the line is too long"} : asking.read(line);
    if (const auto* misuse = std::get_if<Misuse>(&read)) {
      exit_code = kMisuse;
      out << error_line(misuse->what) << std::endl;
      continue;
    }
    out << json_line(asking.answer(std::get<Message>(read))) << std::endl;
  }
  return exit_code;
}

int answer_one(Asking& asking, bool as_json, std::ostream& out, std::ostream& err) {
  const auto read = asking.from_words();
  if (const auto* misuse = std::get_if<Misuse>(&read)) {
    err << misuse->what << '\n';
    return kMisuse;
  }
  const Message& message = std::get<Message>(read);
  const auto report = asking.why_not(message);
  if (const auto* misuse = std::get_if<Misuse>(&report)) {
    err << misuse->what << '\n';
    return kMisuse;
  }
  const auto& why_not = std::get<std::optional<WhyNotReport>>(report);
  const auto reaction = asking.answer(message);
  if (as_json) {
    out << json_line(reaction, why_not) << '\n';
  } else {
    out << human_text(reaction, message.text);
    if (why_not) out << why_not_text(*why_not, message.text);
  }
  return std::holds_alternative<Reaction>(reaction) ? kGood : kMisuse;
}

}  // namespace

int run_ask(const AskOptions& options, Time now, std::istream& in, std::ostream& out,
            std::ostream& err) {
  if (!options.jsonl && options.words.empty()) {
    err << "svarsentral ask: write the message, as in: svarsentral ask --site osteroy \"når vert "
           "bosset tømt\"\n";
    return kMisuse;
  }
  const auto loaded = load_content(options.content, now, err);
  if (!loaded) {
    err << "The content can't be used; `svarsentral check` tells more.\n";
    return kFindings;
  }
  Asking asking(options, *loaded, now);
  return options.jsonl ? answer_lines(asking, in, out) : answer_one(asking, options.json, out, err);
}

std::optional<Time> parse_time(const std::string& text) {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, read = 0;
  if (std::sscanf(text.c_str(), "%4d-%2d-%2dT%2d:%2d%n", &year, &month, &day, &hour, &minute,
                  &read) != 5)
    return {};
  std::string rest = text.substr(static_cast<std::size_t>(read));
  double seconds = 0;
  if (int length = 0; std::sscanf(rest.c_str(), ":%6lf%n", &seconds, &length) == 1)
    rest.erase(0, static_cast<std::size_t>(length));
  int zone_hour = 0, zone_minute = 0, sign = 1, length = 0;
  if (!rest.empty() && rest != "Z") {
    sign = rest[0] == '-' ? -1 : 1;
    const bool signed_zone = rest[0] == '-' || rest[0] == '+';
    const char* zone = rest.c_str() + 1;
    if (!signed_zone || std::sscanf(zone, "%2d:%2d%n", &zone_hour, &zone_minute, &length) != 2)
      return {};
    if (static_cast<std::size_t>(length) + 1 != rest.size()) return {};
  }
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  const bool sound = date.ok() && hour >= 0 && hour < 24 && minute >= 0 && minute < 60 &&
                     seconds >= 0 && seconds < 61;
  if (!sound || year < 1970 || year > 2200) return {};
  const auto minutes =
      std::chrono::minutes(hour * 60 + minute - sign * (zone_hour * 60 + zone_minute));
  return Time(std::chrono::sys_days(date)) + minutes +
         std::chrono::milliseconds(static_cast<long>(seconds * 1000));
}

}  // namespace svar::server
