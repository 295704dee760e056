// What «svarsentral user» asks for, as one line of JSON, answered by whoever holds the accounts:
// the running service, or the command itself.
//
//   {"people":"invite","name":"kari","display_name":"Kari","rights":"agent:osteroy"}
//   {"person":{…},"token":"…","expires":"…"}   or   {"refused":"name_taken"}
#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "bot/server/backup/control_socket.h"
#include "bot/service/people/administration.h"
#include "bot/service/people/own_account.h"
#include "bot/service/turn/executor.h"

namespace svar::server {

struct PeopleServices {
  service::Administration& administration;
  service::OwnAccount& own_account;
};

bool is_people_request(const std::string& line);

// Acts as the operator, who may do everything. On the executor's thread; `done` runs exactly once.
void answer_people_request(PeopleServices people, const nlohmann::json& request,
                           const std::function<void(nlohmann::ordered_json)>& done);

// The same from another thread, which waits. Gives up when nobody listens any more.
std::string answer_people_line(service::Executor& executor, PeopleServices people,
                               const std::string& line, const TellLine& tell);

}  // namespace svar::server
