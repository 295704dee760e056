// One client's talk with one conversation, whatever carries the frames.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "connectors/webchat/backlog.h"
#include "connectors/webchat/chat.h"
#include "connectors/webchat/frames.h"
#include "connectors/webchat/joining.h"

namespace svar::webchat {

// Where a session's frames go. Calls may come inside received() or later.
class Outlet {
 public:
  virtual ~Outlet() = default;
  virtual void send(std::string frame) = 0;
  virtual void close(std::uint16_t code, std::string_view reason) = 0;  // nothing is sent after it
  virtual void settled() = 0;  // everything received so far is answered
  virtual bool has_room() const = 0;  // when not, what can wait is sent after Session::drained
};

// The first frame is hello; then frames in any order. What was submitted is acknowledged before the events that came
// of it, and the client's own message is not sent back to it as an event.
class Session : public Member, public std::enable_shared_from_this<Session> {
 public:
  Session(Chat& chat, Outlet& outlet, Visitor visitor);  // hold it by shared_ptr
  ~Session() override;

  void received(std::string_view frame);
  void drained();  // the outlet has room again
  bool is_settled() const;
  void leave();  // the outlet is gone: it is not called any more

  bool sent(const ClientId& id) const override { return is_pending(id); }
  void happened(const std::vector<Shown>& shown) override;
  void agent_types() override;
  void place(const service::QueuePlace& place) override;
  void settled_in(const MunicipalityId& municipality) override;
  void incidents(const MunicipalityId& municipality, const IncidentBanner& banner) override;

 private:
  enum class Phase { greeting, joining, open, over };

  void refuse(const BadFrame& bad);
  void take(HelloFrame& hello);
  void take(SayFrame& frame);
  void take(ChooseFrame& frame);
  void take(RateFrame& frame);
  void take(HumanFrame& frame);
  void take(BotFrame& frame);
  void take(CloseFrame& frame);
  void take(DeleteFrame& frame);
  void take(CodeFrame& frame);
  void take(SeenFrame& frame);
  void take(TypingFrame& frame);
  void take(PingFrame& frame);

  bool begin();
  bool resume(const Resume& resume);
  void joined(JoinOutcome outcome);
  void welcome(const Joined& joined);
  void work_off_waiting();

  enum class Opens { yes, no };  // whether the input may be a conversation's first
  void submit(const ClientId& id, Input input, Opens opens);
  void hand_over(const ClientId& id, const std::optional<Opening>& opening, Input input);
  void wait_in_line(const ClientId& id, std::optional<Opening> opening, Input input);
  void submitted(const ClientId& id, bool deletes, const service::SubmitOutcome& outcome);
  bool within_rate(const ClientId& id);
  void flush();

  void error(std::string_view code, const ClientId& id = {}, int retry_after_ms = 0,
             const std::string& field = {});
  bool end_with(std::string_view error_code, std::uint16_t close_code, int retry_after_ms = 0,
                const std::string& field = {});
  void end(std::uint16_t close_code, std::string_view reason);
  bool is_pending(const ClientId& id) const;

  Chat& chat_;
  Outlet* outlet_;
  Visitor visitor_;
  TokenBucket frames_;
  Phase phase_ = Phase::greeting;
  HelloFrame hello_;
  Language language_ = Language::nn;
  ConversationId conversation_;
  bool new_ = false;  // begun here, and nothing sent yet
  bool in_room_ = false;
  Seq after_;                          // what the client had when it came
  Seq sent_;                           // no event up to this is sent again
  std::vector<std::string> waiting_;   // frames that came while joining
  std::vector<ClientId> pending_;      // submitted and not yet answered; an id may be there twice
  std::size_t in_line_ = 0;            // of the pending ones: not yet admitted …
  service::Admission::Line line_ = service::Admission::Line::of_site;  // … and where they wait
  Backlog held_;  // events behind an acknowledgement, or for which there was no room
  std::optional<service::QueuePlace> place_;  // to be told after what is held
  std::optional<MunicipalityId> municipality_;  // whose incidents are told
  std::string shown_incidents_{kNoIncidents};   // the version of the client's banner
  std::optional<Time> typed_at_;
  int bad_frames_ = 0;
};

}  // namespace svar::webchat
