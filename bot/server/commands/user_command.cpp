#include "bot/server/commands/user_command.h"

#include <array>
#include <istream>
#include <nlohmann/json.hpp>
#include <ostream>

#include "bot/server/backup/control_socket.h"
#include "bot/server/people/local_people.h"
#include "bot/service/people/rights.h"
#include "bot/service/people/secrets.h"

namespace svar::server {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

struct Reason {
  std::string_view code, text;
};
constexpr std::array kReasons = {
    Reason{"not_found", "there is no such account, or no such municipality"},
    Reason{"bad_name", "a user name is 1–64 of a–z, 0–9, full stop, hyphen and underscore"},
    Reason{"name_taken", "the user name is taken"},
    Reason{"bad_rights", "rights are ROLE:MUNICIPALITY, e.g. agent:osteroy, editor:*, system:*"},
    Reason{"last_administrator", "there must be at least one system administrator who can sign in"},
    Reason{"password_too_short", "the password must have at least 12 characters"},
    Reason{"password_too_long", "the password is too long"},
    Reason{"password_holds_name", "the password must not hold the person's name"},
    Reason{"password_common", "the password is too easy to guess"},
    Reason{"overloaded", "too many passwords are being checked; try again"},
    Reason{"unavailable", "the accounts could not be written; nothing is known about the change"},
    Reason{"unknown_request", "this version of the service does not know the request"}};

std::string_view reason_of(std::string_view code) {
  for (const Reason& reason : kReasons) {
    if (reason.code == code) return reason.text;
  }
  return code;
}

json request_of(const UserOptions& options, const std::string& password) {
  std::string rights;
  for (const auto& right : options.rights) rights += (rights.empty() ? "" : ",") + right;
  json request = {{"people", options.act}, {"name", options.name}, {"rights", rights}};
  request["display_name"] = options.display_name.empty() ? options.name : options.display_name;
  if (!password.empty()) request["password"] = password;
  return request;
}

// From the running service when there is one.
Result<ordered_json, std::string> answer_to(const json& request, const Settings& settings) {
  const auto line = request.dump(-1, ' ', false, json::error_handler_t::replace);
  const auto answered = ask_service(settings.store.path, line, [](const auto&) {});
  if (!answered && answered.error() == NoService::absent)
    return answer_people_locally(settings, request);
  auto answer = answered ? ordered_json::parse(*answered, nullptr, false) : ordered_json{};
  if (!answer.is_object()) return Failure{std::string{"the service ended before it answered"}};
  return answer;
}

void print_person(const ordered_json& person, std::ostream& out) {
  out << person.value("name", "") << "  " << person.value("display_name", "") << "  "
      << person.value("rights", "");
  if (person.value("disabled", false)) out << "  disabled";
  if (person.value("second_factor", false)) out << "  two-step";
  if (!person.value("has_password", true)) out << "  no password yet";
  const auto sessions = person.value("sessions", 0);
  if (sessions > 0) out << "  " << sessions << (sessions == 1 ? " session" : " sessions");
  out << '\n';
}

void print(const ordered_json& answer, const std::string& made_password, std::ostream& out) {
  if (answer.contains("people")) {
    for (const auto& person : answer["people"]) print_person(person, out);
  } else if (answer.contains("person") && answer["person"].is_object()) {
    print_person(answer["person"], out);
  } else {
    out << "done\n";
  }
  if (!made_password.empty()) out << "password: " << made_password << '\n';
  if (answer.contains("token")) {
    out << "Shown this once: give the person this address, behind the desk's own:\n  "
        << "/desk/#invitation=" << answer.value("token", "") << '\n';
  }
}

}  // namespace

int run_user(const UserOptions& options, std::istream& in, std::ostream& out, std::ostream& err) {
  const auto settings = settings_of(options.data, err);
  if (!settings) return 2;
  std::string password, made;
  if (options.act == "add" && options.password_stdin) {
    std::getline(in, password);
    if (!password.empty() && password.back() == '\r') password.pop_back();
  } else if (options.act == "add") {
    password = made = service::new_readable_password();
  }
  auto answer = answer_to(request_of(options, password), *settings);
  if (!answer) {
    err << answer.error() << '\n';
    return 1;
  }
  if (answer->contains("refused")) {
    err << options.name << (options.name.empty() ? "" : ": ")
        << reason_of(answer->value("refused", "")) << '\n';
    return 1;
  }
  if (!options.json) {
    print(*answer, made, out);
    return 0;
  }
  if (!made.empty()) (*answer)["password"] = made;
  out << answer->dump(2, ' ', false, json::error_handler_t::replace) << '\n';
  return 0;
}

}  // namespace svar::server
