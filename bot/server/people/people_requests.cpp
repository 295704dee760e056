#include "bot/server/people/people_requests.h"

#include <condition_variable>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>

namespace svar::server {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;
using service::InvitationMade;
using service::PeopleFault;
using service::PeopleRefusal;
using Done = std::function<void(ordered_json)>;

constexpr std::chrono::milliseconds kLookEvery{200};

std::string text_in(const json& request, const char* field) {
  const auto found = request.find(field);
  return found != request.end() && found->is_string() ? found->get<std::string>() : std::string();
}

ordered_json refused(const PeopleRefusal& refusal) {
  return {{"refused", code(refusal.fault)}};
}

std::int64_t seconds_of(Time time) {
  return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

ordered_json encode(const service::Account& account, std::size_t sessions) {
  return {{"name", account.name.value},
          {"display_name", account.display_name},
          {"rights", text_of(account.rights)},
          {"disabled", account.disabled},
          {"second_factor", account.totp.has_value()},
          {"has_password", !account.password_hash.empty()},
          {"invited_until",
           account.invitation ? ordered_json(seconds_of(account.invitation->expires)) : nullptr},
          {"sessions", sessions}};
}

// One request on its way through the services.
class PeopleRequest {
 public:
  PeopleRequest(PeopleServices people, const json& request, Done done)
      : people_(people),
        name_{text_in(request, "name")},
        request_(request),
        done_(std::move(done)) {}

  void answer() const {
    const std::string act = text_in(request_, "people");
    auto& administration = people_.administration;
    const auto actor = service::operator_actor();
    if (act == "list") return list();
    if (act == "add" || act == "invite") return invite(act == "add");
    if (act == "roles") return set_rights();
    if (act == "reset-password") return administration.reset_password(actor, name_, give_link());
    if (act == "disable") return administration.disable(actor, name_, give_person());
    if (act == "enable") return administration.enable(actor, name_, give_person());
    if (act == "remove") return administration.remove(actor, name_, give_person());
    if (act == "reset-totp") return administration.reset_second_factor(actor, name_, give_person());
    done_({{"refused", "unknown_request"}});
  }

 private:
  ordered_json person() const {
    const auto* account = people_.administration.find(service::operator_actor(), name_);
    if (!account) return nullptr;
    return encode(*account, people_.administration.people().sessions_of(name_).size());
  }

  service::PeopleDone give_person() const {
    return [self = *this](const auto& refusal) {
      self.done_(refusal ? refused(*refusal) : ordered_json{{"person", self.person()}});
    };
  }

  service::PeopleGives<InvitationMade> give_link() const {
    return [self = *this](const auto& outcome) {
      if (const auto* refusal = std::get_if<PeopleRefusal>(&outcome))
        return self.done_(refused(*refusal));
      const auto& made = std::get<InvitationMade>(outcome);
      self.done_({{"person", self.person()},
                  {"token", made.token},
                  {"expires", seconds_of(made.expires)}});
    };
  }

  void list() const {
    ordered_json all = ordered_json::array();
    for (const auto* account : people_.administration.known_to(service::operator_actor())) {
      const auto sessions = people_.administration.people().sessions_of(account->name).size();
      all.push_back(encode(*account, sessions));
    }
    done_({{"people", std::move(all)}});
  }

  void set_rights() const {
    const auto rights = service::rights_from_text(text_in(request_, "rights"));
    if (!rights) return done_(refused({PeopleFault::bad_rights}));
    people_.administration.set_rights(service::operator_actor(), name_, *rights, give_person());
  }

  // With a password the link is used here and now.
  void invite(bool with_password) const {
    const auto rights = service::rights_from_text(text_in(request_, "rights"));
    if (!rights) return done_(refused({PeopleFault::bad_rights}));
    auto then = with_password ? choose_password() : give_link();
    people_.administration.invite(service::operator_actor(), name_,
                                  text_in(request_, "display_name"), *rights, std::move(then));
  }

  service::PeopleGives<InvitationMade> choose_password() const {
    return [self = *this](const auto& outcome) {
      if (const auto* refusal = std::get_if<PeopleRefusal>(&outcome))
        return self.done_(refused(*refusal));
      const auto& made = std::get<InvitationMade>(outcome);
      self.people_.own_account.accept_invitation(
          made.token, text_in(self.request_, "password"), [self](const auto& accepted) {
            const auto* refusal = std::get_if<PeopleRefusal>(&accepted);
            if (!refusal) return self.done_({{"person", self.person()}});
            self.take_back(*refusal);
          });
    };
  }

  // An account whose password was refused is not left behind.
  void take_back(const PeopleRefusal& why) const {
    people_.administration.remove(service::operator_actor(), name_,
                                  [self = *this, why](const auto&) { self.done_(refused(why)); });
  }

  PeopleServices people_;
  AgentId name_;
  json request_;
  Done done_;
};

// An answer that another thread waits for.
struct Awaited {
  std::mutex mutex;
  std::condition_variable changed;
  std::optional<std::string> answer;  // guarded by mutex
};

}  // namespace

bool is_people_request(const std::string& line) {
  const auto request = json::parse(line, nullptr, false);
  return request.is_object() && request.contains("people");
}

void answer_people_request(PeopleServices people, const json& request, const Done& done) {
  PeopleRequest(people, request, done).answer();
}

std::string answer_people_line(service::Executor& executor, PeopleServices people,
                               const std::string& line, const TellLine& tell) {
  const auto awaited = std::make_shared<Awaited>();
  executor.post([awaited, people, request = json::parse(line, nullptr, false)] {
    answer_people_request(people, request, [awaited](const ordered_json& answer) {
      std::lock_guard lock(awaited->mutex);
      awaited->answer = answer.dump(-1, ' ', false, json::error_handler_t::replace);
      awaited->changed.notify_one();
    });
  });
  std::unique_lock lock(awaited->mutex);
  while (
      !awaited->changed.wait_for(lock, kLookEvery, [&] { return awaited->answer.has_value(); })) {
    lock.unlock();
    const bool wanted = tell(R"({"waiting":true})");
    lock.lock();
    if (!wanted && !awaited->answer) return refused({PeopleFault::unavailable}).dump();
  }
  return *awaited->answer;
}

}  // namespace svar::server
