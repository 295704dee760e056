// What the sessions of one server share. Private to connectors/net; no Asio here.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_set>

#include "connectors/net/http.h"
#include "connectors/net/proxies.h"
#include "connectors/net/server.h"

namespace svar::net {

using SteadyTime = std::chrono::steady_clock::time_point;

// One connection, whatever it speaks. Deadlines are kept by the server's sweep, not by a timer each.
class Session {
 public:
  virtual ~Session() = default;
  virtual void sweep(SteadyTime now) = 0;
  virtual void stop(std::uint16_t close_code) = 0;  // finish what is under way, then close
  virtual void abort() = 0;                         // close now
};

struct ServerState {
  ServerState(const Router& routes, ServerOptions chosen)
      : router(routes), options(std::move(chosen)) {}
  const Router& router;
  const ServerOptions options;
  AddressSet trusted_proxies;
  ServerCounters counters;
  std::unordered_set<Session*> sessions;
  std::string date;  // for the Date header, renewed by the sweep
  bool stopping = false;
  std::uint16_t close_code = 1001;
};

// A session's place in the set: taken when it is made, given back when it is destroyed or turns into another.
class Registration {
 public:
  Registration(std::shared_ptr<ServerState> state, Session& session)
      : state_(std::move(state)), session_(&session) {
    state_->sessions.insert(session_);
  }
  ~Registration() { release(); }
  Registration(const Registration&) = delete;
  void release() {
    if (session_ != nullptr) state_->sessions.erase(session_);
    session_ = nullptr;
  }

 private:
  std::shared_ptr<ServerState> state_;
  Session* session_;
};

}  // namespace svar::net
