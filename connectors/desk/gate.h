// Every call of somebody who is signed in comes through here: nothing behind it has to ask who it
// is, where the call came from, or whether the account may work yet.
//
// Threads: one, the I/O thread.
#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "bot/service/people/people.h"
#include "connectors/desk/error_texts.h"
#include "connectors/desk/flat_object.h"
#include "connectors/desk/wire_encoding.h"
#include "connectors/net/http.h"

namespace svar::desk {

// The answers that every part of the desk gives.
inline const Refusal kSignedOut{401, "signed_out", 0, "", ""};
inline const Refusal kForbidden{403, "forbidden", 0, "", ""};
inline const Refusal kNotAllowed{403, "not_allowed", 0, "", ""};
inline const Refusal kMustEnrol{403, "must_enrol", 0, "", ""};
inline const Refusal kBadRequest{400, "bad_request", 0, "", ""};
inline const Refusal kNotFound{404, "not_found", 0, "", ""};
inline const Refusal kUnavailable{503, "unavailable", 1'000, "", ""};

// A request of somebody who is signed in, with its answer. Copied into completions; the account is
// that of the moment of the request.
struct Call {
  service::Account agent;
  service::SessionKey session;
  Language language = Language::nn;
  std::vector<std::string> captures;
  std::vector<std::pair<std::string, std::string>> query;
  FlatObject body;
  net::Respond respond;

  void send(const Json& json) const;
  void done() const;  // 204
  void refuse(const Refusal& refusal) const { respond(desk::refuse(refusal, language)); }
  std::string_view parameter(std::string_view name) const;  // of the query; empty when absent
};

// Who is let in. An account that must enrol its second factor can do that and nothing else.
enum class Admits { complete, also_enrolling };

class Gate {
 public:
  using OnCall = std::function<void(const Call&)>;

  // `people` must outlive the gate, the gate the router's last request.
  explicit Gate(service::People& people) : people_(people) {}

  void get(net::Router& router, const std::string& path, OnCall then,
           Admits admits = Admits::complete);
  // Only from the desk's own pages, with a body of these fields alone.
  void post(net::Router& router, const std::string& path, std::vector<std::string_view> fields,
            OnCall then, Admits admits = Admits::complete);

  static service::SessionKey session_of(const net::Request& request);

 private:
  void enter(const net::Request& request, const net::Respond& respond, Admits admits,
             const OnCall& then);

  service::People& people_;
};

}  // namespace svar::desk
