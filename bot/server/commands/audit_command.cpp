#include "bot/server/commands/audit_command.h"

#include <charconv>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <ostream>
#include <variant>

#include "bot/server/commands/ask_command.h"
#include "bot/server/commands/csv.h"
#include "bot/server/data_folder.h"
#include "bot/store/people/audit_rows.h"
#include "connectors/desk/wire_encoding.h"

namespace svar::server {
namespace {

using service::AuditEntry;
using service::AuditQuery;

constexpr std::size_t kPage = 1'000;

std::string number_of(const AuditEntry& entry) {
  return entry.conversation ? std::to_string(entry.conversation->value) : std::string();
}

// A sentence about what can't be understood, or the query.
std::variant<AuditQuery, std::string> query_of(const AuditOptions& options) {
  AuditQuery query;
  query.count_max = kPage;
  if (!options.municipality.empty())
    query.municipalities = {{MunicipalityId{options.municipality}}};
  if (!options.agent.empty()) query.agent = AgentId{options.agent};
  if (!options.kind.empty()) {
    query.kind = service::audit_kind_from_code(options.kind);
    if (!query.kind) return "unknown kind «" + options.kind + "»";
  }
  if (const auto& text = options.conversation; !text.empty()) {
    ConversationId id;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id.value);
    if (error != std::errc{} || end != text.data() + text.size() || id.value <= 0)
      return "a conversation is a number, not «" + text + "»";
    query.conversation = id;
  }
  for (auto [text, time] :
       {std::pair{&options.from, &query.from}, {&options.until, &query.until}}) {
    if (text->empty()) continue;
    *time = parse_time(*text);
    if (!*time) return "«" + *text + "» is not a time like 2026-11-24T10:00:00+01:00";
  }
  return query;
}

void write(const AuditEntry& entry, const AuditOptions& options, std::ostream& out) {
  const std::string at = desk::iso(entry.at), kind(code(entry.kind)), number = number_of(entry);
  if (options.json) {
    const nlohmann::ordered_json line{{"number", entry.number},
                                      {"at", at},
                                      {"kind", kind},
                                      {"who", entry.who.value},
                                      {"about", entry.about.value},
                                      {"conversation", number},
                                      {"why", entry.why}};
    out << line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
  } else if (options.csv) {
    out << entry.number << ',' << at << ',' << kind << ',' << csv_cell(entry.who.value) << ','
        << csv_cell(entry.about.value) << ',' << number << ',' << csv_cell(entry.why) << '\n';
  } else {
    out << at << "  " << kind << "  " << (entry.who.empty() ? "–" : entry.who.value);
    if (!entry.about.empty() && entry.about != entry.who) out << " → " << entry.about.value;
    if (!number.empty()) out << "  conversation " << number;
    if (!entry.why.empty()) out << "  (" << entry.why << ')';
    out << '\n';
  }
}

}  // namespace

int run_audit(const AuditOptions& options, std::ostream& out, std::ostream& err) {
  const auto settings = settings_of(options.data, err);
  if (!settings) return 2;
  auto asked = query_of(options);
  if (const auto* fault = std::get_if<std::string>(&asked)) {
    err << *fault << '\n';
    return 2;
  }
  auto& query = std::get<AuditQuery>(asked);
  const auto file = std::filesystem::path{settings->store.path} / kPeopleFile;
  if (options.csv) out << "number,at,kind,who,about,conversation,why\n";
  while (true) {
    const auto entries = store::read_audit_file(file, query);
    if (!entries) {
      err << "the audit log in " << file.string() << " can't be read: " << entries.error().what
          << '\n';
      return 1;
    }
    for (const auto& entry : *entries) write(entry, options, out);
    if (entries->size() < kPage) return 0;
    query.before = entries->back().number;
  }
}

}  // namespace svar::server
