#include "connectors/webchat/endpoints.h"
#include "connectors/webchat/session.h"

namespace svar::webchat {

namespace {

constexpr std::chrono::seconds kHelloTime{10};  // browsers say it as soon as the socket is open

class SocketVisit final : public net::SocketHandler, public Outlet {
 public:
  SocketVisit(Chat& chat, Visitor visitor) : chat_(chat), visitor_(std::move(visitor)) {}

  void opened(std::shared_ptr<net::Socket> socket) override {
    socket_ = std::move(socket);
    socket_->expect_message(kHelloTime);
    session_ = std::make_shared<Session>(chat_, *this, std::move(visitor_));
  }
  void received(std::string_view frame) override { session_->received(frame); }
  void closed() override {
    session_->leave();
    session_.reset();
    socket_.reset();
  }

  void send(std::string frame) override { socket_->send(std::move(frame)); }
  void close(std::uint16_t code, std::string_view reason) override { socket_->close(code, reason); }
  void settled() override {}
  bool has_room() const override { return socket_->has_room(); }
  void drained() override { session_->drained(); }

 private:
  Chat& chat_;
  Visitor visitor_;
  std::shared_ptr<net::Socket> socket_;
  std::shared_ptr<Session> session_;
};

}  // namespace

void mount_socket(net::Router& router, Chat& chat) {
  router.add_socket("/chat/v1/socket",
                    [&chat](const net::Request& request)
                        -> std::variant<std::unique_ptr<net::SocketHandler>, net::Response> {
                      const auto release = chat.release();
                      auto visitor =
                          chat.origins.visitor(request, *release, Origins::Missing::refused);
                      if (!visitor) {
                        ++chat.counters.origin_refused;
                        return origin_refused(*release);
                      }
                      return std::make_unique<SocketVisit>(chat, std::move(*visitor));
                    });
}

}  // namespace svar::webchat
