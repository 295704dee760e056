#include "connectors/net/server.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <ctime>
#include <utility>

#include "connectors/net/server_state.h"
#include "connectors/net/streams.h"

namespace svar::net {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using std::chrono::steady_clock;

namespace {

constexpr int kBacklog = 4096;
constexpr int kAcceptedAtOnce = 64;  // then others have their turn
using NotSentLowAt = asio::detail::socket_option::integer<IPPROTO_TCP, TCP_NOTSENT_LOWAT>;

std::string date_now() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  ::gmtime_r(&now, &utc);
  char text[40];
  const std::size_t count = std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &utc);
  return {text, count};
}

}  // namespace

struct Server::Impl : std::enable_shared_from_this<Server::Impl> {
  using Acceptor = asio::basic_socket_acceptor<tcp, asio::io_context::executor_type>;

  Impl(IoExecutor& io, const Router& router, ServerOptions options)
      : executor(io),
        acceptor(io.context()),
        accept_retry(io.context()),
        state(std::make_shared<ServerState>(router, std::move(options))) {
    state->date = date_now();
  }

  void load_tls(const TlsFiles& files) {
    tls.emplace(asio::ssl::context::tls_server);
    tls->set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 |
                     asio::ssl::context::no_tlsv1_1 | asio::ssl::context::no_sslv2 |
                     asio::ssl::context::no_sslv3);
    tls->use_certificate_chain_file(files.certificate);
    tls->use_private_key_file(files.key, asio::ssl::context::pem);
  }

  void accept() {
    auto stream = std::make_shared<PlainStream>(executor.context());
    acceptor.async_accept(*stream, [self = shared_from_this(), stream](error_code error) {
      if (error == asio::error::operation_aborted || !self->acceptor.is_open()) return;
      if (error) return self->accept_later();
      self->begin(std::move(*stream));
      self->accept_waiting();
      self->accept();
    });
  }

  // One a round of the loop would keep those who come all at once waiting for as many rounds.
  void accept_waiting() {
    for (int i = 1; i < kAcceptedAtOnce; ++i) {
      PlainStream stream(executor.context());
      error_code error;
      acceptor.accept(stream, error);
      if (error) return;  // nobody, mostly; anything else comes again, and is handled then
      begin(std::move(stream));
    }
  }

  // Out of file descriptors, most likely: the sweep may free some.
  void accept_later() {
    accept_retry.expires_after(std::chrono::milliseconds{200});
    accept_retry.async_wait([self = shared_from_this()](error_code error) {
      if (!error && self->acceptor.is_open()) self->accept();
    });
  }

  void begin(PlainStream stream) {
    error_code error;
    const auto peer = stream.remote_endpoint(error);
    if (error) return;
    ++state->counters.accepted;
    if (state->sessions.size() >= state->options.connections_max) return turn_away(stream);
    stream.set_option(tcp::no_delay{true}, error);
    auto address = peer.address();
    if (address.is_v6() && address.to_v6().is_v4_mapped()) {
      address = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
    }
    if (tls) {
      start_http(state, std::make_unique<TlsStream>(std::move(stream), *tls), address.to_string());
    } else {
      start_http(state, std::make_unique<PlainStream>(std::move(stream)), address.to_string());
    }
  }

  // One attempt that does not wait: a full house must cost next to nothing.
  void turn_away(PlainStream& stream) {
    ++state->counters.refused;
    error_code ignored;
    if (!tls) {
      static constexpr std::string_view kFull =
          "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\n"
          "Connection: close\r\n\r\n";
      stream.non_blocking(true, ignored);
      stream.write_some(asio::buffer(kFull), ignored);
    }
    stream.shutdown(asio::socket_base::shutdown_both, ignored);
    stream.close(ignored);
  }

  void sweep() {
    state->date = date_now();
    for_each([now = steady_clock::now()](Session& session) { session.sweep(now); });
    if (!state->stopping) return;
    if (state->sessions.empty()) return finish_stop();
    if (steady_clock::now() <= stop_deadline) return;
    cut();
    finish_stop();
  }

  // Over a copy: a call may end sessions.
  template <class Call>
  void for_each(Call call) {
    const std::vector<Session*> all{state->sessions.begin(), state->sessions.end()};
    for (Session* session : all) {
      if (state->sessions.contains(session)) call(*session);
    }
  }

  void cut() {
    for_each([](Session& session) { session.abort(); });
  }

  void finish_stop() {
    sweeper.reset();
    if (stopped) executor.post(std::exchange(stopped, nullptr));
  }

  IoExecutor& executor;
  Acceptor acceptor;
  asio::steady_timer accept_retry;
  std::optional<asio::ssl::context> tls;
  std::shared_ptr<ServerState> state;
  std::unique_ptr<Timer> sweeper;
  SteadyTime stop_deadline;
  std::function<void()> stopped;
};

Server::Server(IoExecutor& io, const Router& router, ServerOptions options)
    : impl_(std::make_shared<Impl>(io, router, std::move(options))) {}

Server::~Server() {
  error_code ignored;
  impl_->acceptor.close(ignored);
  impl_->accept_retry.cancel();
  impl_->sweeper.reset();
  impl_->cut();
}

Result<std::uint16_t, ListenError> Server::listen() {
  const ServerOptions& options = impl_->state->options;
  const std::string where = options.address + " port " + std::to_string(options.port) + ": ";
  auto trusted = AddressSet::parse(options.trusted_proxies);
  if (!trusted) return Failure{ListenError{"not an address of a proxy: " + trusted.error()}};
  impl_->state->trusted_proxies = std::move(*trusted);
  try {
    if (options.tls) impl_->load_tls(*options.tls);
    const tcp::endpoint endpoint{asio::ip::make_address(options.address), options.port};
    impl_->acceptor.open(endpoint.protocol());
    impl_->acceptor.set_option(asio::socket_base::reuse_address{true});
    // Inherited by every connection.
    impl_->acceptor.set_option(NotSentLowAt{options.unsent_bytes_max});
    impl_->acceptor.bind(endpoint);
    impl_->acceptor.listen(kBacklog);
    impl_->acceptor.non_blocking(true);
    const std::uint16_t port = impl_->acceptor.local_endpoint().port();
    impl_->accept();
    impl_->sweeper =
        impl_->executor.every(options.sweep_period, [impl = impl_.get()] { impl->sweep(); });
    return port;
  } catch (const std::exception& error) {
    error_code ignored;
    impl_->acceptor.close(ignored);
    return Failure{ListenError{where + error.what()}};
  }
}

void Server::stop(std::chrono::milliseconds deadline, std::uint16_t close_code,
                  std::function<void()> done) {
  error_code ignored;
  impl_->acceptor.close(ignored);
  impl_->accept_retry.cancel();
  impl_->state->stopping = true;
  impl_->state->close_code = close_code;
  impl_->stop_deadline = steady_clock::now() + deadline;
  impl_->stopped = std::move(done);
  impl_->for_each([close_code](Session& session) { session.stop(close_code); });
  // A finer beat than the usual sweep: a stop takes as long as its slowest client, not a second more.
  impl_->sweeper = impl_->executor.every(std::chrono::milliseconds{20},
                                         [impl = impl_.get()] { impl->sweep(); });
}

ServerCounters Server::counters() const {
  ServerCounters counters = impl_->state->counters;
  counters.connections = impl_->state->sessions.size();
  return counters;
}

}  // namespace svar::net
