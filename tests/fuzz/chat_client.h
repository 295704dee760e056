// A client of the web chat that holds every frame it is sent against what the protocol promises.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "connectors/webchat/session.h"

namespace svar::fuzz {

struct Acknowledged {
  ConversationId conversation;
  ClientId id;
  Seq seq;
};

class ChatClient : public webchat::Outlet {
 public:
  ChatClient(webchat::Chat& chat, std::string origin);
  ~ChatClient() override;

  // A frame as it came from the wire, whatever it is.
  void receive(std::string_view frame);
  void give_room(bool room);

  void send(std::string frame) override;
  void close(std::uint16_t code, std::string_view reason) override;
  void settled() override {}
  bool has_room() const override { return room_; }

  // When nothing is on its way any more: whoever is still there has every event of `log` that a
  // citizen sees, and an answer to everything that was asked.
  void check_complete(const std::vector<Recorded>& log, const engine::Release& release) const;

  bool is_open() const { return welcomed_ && !closed_; }
  bool is_over() const { return closed_; }
  ConversationId number() const;  // 0 before the welcome
  const std::vector<Acknowledged>& acknowledged() const { return acknowledged_; }

  std::string conversation, token, code;  // as the last frames gave them; empty before

 private:
  void welcomed(const std::string& frame);
  void answered(const std::string& id);

  std::shared_ptr<webchat::Session> session_;
  bool room_ = true;
  bool welcomed_ = false;
  bool closed_ = false;
  Seq wished_after_;  // of the hello
  Seq after_;         // what the client had when it was welcomed
  Seq last_;          // of the last event
  std::set<Seq> seen_;
  std::map<std::string, int> asked_, answered_;  // by the client's id
  std::vector<Acknowledged> acknowledged_;
};

}  // namespace svar::fuzz
