#include "connectors/outbound/cpprest_http_client.h"

#include <cpprest/containerstream.h>
#include <cpprest/http_client.h>
#include <pplx/threadpool.h>

#include <atomic>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <mutex>
#include <optional>
#include <set>
#include <utility>

#include "connectors/outbound/request_faults.h"
#include "connectors/outbound/socket_watch.h"

namespace svar::outbound {
namespace {

namespace asio = boost::asio;
namespace http = web::http;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;
using Body = concurrency::streams::container_buffer<std::vector<std::uint8_t>>;
using Done = std::function<void(HttpOutcome)>;

constexpr std::size_t kLibraryThreads = 4;
constexpr milliseconds kWatchPeriod{20};
// How long the library may take to let go of a connection that was shut down, before the outcome is
// given without it.
constexpr milliseconds kLettingGoMax{2000};
// The answer's head, and the handshake: what is counted at the socket is more than the body.
constexpr std::size_t kHeadBytesMax = 64 * 1024;
constexpr std::size_t kHandshakeBytesMax = 64 * 1024;

asio::io_context& library_threads() {
  return crossplat::threadpool::shared_instance().service();
}

struct TooLarge : std::exception {
  const char* what() const noexcept override { return "larger than allowed"; }
};

struct Aborted : std::exception {
  const char* what() const noexcept override { return "aborted before the connection"; }
};

std::string lower_case(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

class Call;

// The calls under way, shared by the client and its calls, so that a call can end after the client.
class CallsUnderWay {
 public:
  // False when there are `calls_max` already.
  bool add(const std::shared_ptr<Call>& call, std::size_t calls_max) {
    const std::lock_guard lock(mutex_);
    return calls_.size() < calls_max && calls_.insert(call).second;
  }
  void remove(const std::shared_ptr<Call>& call) {
    const std::lock_guard lock(mutex_);
    calls_.erase(call);
  }
  std::set<std::shared_ptr<Call>> all() const {
    const std::lock_guard lock(mutex_);
    return calls_;
  }

 private:
  mutable std::mutex mutex_;
  std::set<std::shared_ptr<Call>> calls_;  // guarded by mutex_
};

// One request from its look-up to its outcome. Runs on the resolver's and the library's threads;
// mutex_ orders them.
class Call : public std::enable_shared_from_this<Call> {
 public:
  Call(HttpRequest request, Url url, Done done, std::shared_ptr<const OutboundSettings> settings,
       service::Executor& executor, std::shared_ptr<CallsUnderWay> calls);

  void start(Resolver& resolver);
  // The outcome is posted when this returns, if it was not before.
  void stop();

 private:
  void watch();  // with mutex_ held: looks after the call again and again until it has ended
  void look();
  void abort(HttpFault fault);  // with mutex_ held
  void connect(const std::vector<std::string>& addresses);
  void begin_request(const std::string& address);
  http::client::http_client_config config();
  http::http_request message();
  void hold_socket(http::client::native_handle handle);
  void finish(const pplx::task<http::http_response>& task);
  HttpResponse response_of(const http::http_response& answer);
  HttpError error(HttpFault fault) const;
  void end(HttpOutcome outcome);  // with mutex_ held

  HttpRequest request_;
  const Url url_;
  const std::shared_ptr<const OutboundSettings> settings_;
  service::Executor& executor_;
  const std::shared_ptr<CallsUnderWay> calls_;
  const Clock::time_point deadline_;
  Body body_;
  // Set by the library when the head of the request has been handed to the system: before that the
  // other side cannot have acted. Definitive once the library has let go of the call.
  std::atomic<bool> handed_over_{false};

  std::mutex mutex_;
  Done done_;  // these are guarded by mutex_
  asio::steady_timer timer_;
  bool requested_ = false;
  bool ended_ = false;
  std::optional<HttpFault> aborted_;
  Clock::time_point aborted_at_{};
  std::optional<SocketWatch> socket_;
};

Call::Call(HttpRequest request, Url url, Done done,
           std::shared_ptr<const OutboundSettings> settings, service::Executor& executor,
           std::shared_ptr<CallsUnderWay> calls)
    : request_(std::move(request)),
      url_(std::move(url)),
      settings_(std::move(settings)),
      executor_(executor),
      calls_(std::move(calls)),
      deadline_(Clock::now() + request_.time_max),
      done_(std::move(done)),
      timer_(library_threads()) {}

void Call::start(Resolver& resolver) {
  {
    const std::lock_guard lock(mutex_);
    watch();
  }
  resolver.resolve(url_.host, [self = shared_from_this()](std::vector<std::string> addresses) {
    asio::post(library_threads(), [self, found = std::move(addresses)] { self->connect(found); });
  });
}

void Call::stop() {
  const std::lock_guard lock(mutex_);
  abort(HttpFault::stopped);
  end(Failure{error(HttpFault::stopped)});
}

void Call::watch() {
  timer_.expires_after(kWatchPeriod);
  timer_.async_wait([self = shared_from_this()](boost::system::error_code) { self->look(); });
}

void Call::look() {
  const std::lock_guard lock(mutex_);
  if (ended_) return;
  const auto now = Clock::now();
  const auto bytes_max = request_.answer_bytes_max + request_.answer_bytes_max / 16 +
                         kHeadBytesMax + kHandshakeBytesMax;
  if (now >= deadline_) abort(HttpFault::timeout);
  if (socket_ && socket_->bytes_received() > bytes_max) abort(HttpFault::too_large);
  if (aborted_ && (!requested_ || now >= aborted_at_ + kLettingGoMax)) {
    end(Failure{error(*aborted_)});
    return;
  }
  watch();
}

void Call::abort(HttpFault fault) {
  if (aborted_ || ended_) return;
  aborted_ = fault;
  aborted_at_ = Clock::now();
  if (socket_) socket_->shut_down();
}

void Call::connect(const std::vector<std::string>& addresses) {
  {
    const std::lock_guard lock(mutex_);
    if (ended_) return;
    if (addresses.empty()) return end(Failure{error(HttpFault::no_address)});
    for (const std::string& address : addresses) {
      if (!settings_->destinations.may_connect(url_, address))
        return end(Failure{error(HttpFault::refused)});
    }
    requested_ = true;
  }
  begin_request(addresses.front());
}

void Call::begin_request(const std::string& address) {
  const std::string base = (url_.scheme == Scheme::https ? "https://" : "http://") + address + ":" +
                           std::to_string(url_.port);
  pplx::task<http::http_response> answered;
  try {
    http::client::http_client client(base, config());
    answered = client.request(message()).then(
        [](http::http_response head) { return head.content_ready(); });
  } catch (...) {
    answered = pplx::task_from_exception<http::http_response>(std::current_exception());
  }
  answered.then(
      [self = shared_from_this()](pplx::task<http::http_response> done) { self->finish(done); });
}

http::client::http_client_config Call::config() {
  http::client::http_client_config config;
  config.set_max_redirects(0);
  // A second net under the deadline; the library begins anew with every piece that arrives.
  config.set_timeout(request_.time_max + kLettingGoMax);
  config.set_proxy(web::web_proxy(web::web_proxy::disabled));
  config.set_ssl_context_callback([settings = settings_](asio::ssl::context& context) {
    context.set_options(asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1);
    if (!settings->extra_authority.empty()) context.load_verify_file(settings->extra_authority);
  });
  config.set_nativehandle_options(
      [this](http::client::native_handle handle) { hold_socket(handle); });
  return config;
}

http::http_request Call::message() {
  http::http_request message(request_.method == Method::post ? http::methods::POST
                                                             : http::methods::GET);
  message.set_request_uri(web::uri(url_.target));
  if (!request_.body.empty())
    message.set_body(std::move(request_.body), "application/octet-stream");
  for (const HttpHeader& header : request_.headers) message.headers()[header.name] = header.value;
  const bool bare = url_.scheme == Scheme::https;
  message.headers()["Host"] =
      bare ? url_.host : url_.origin().substr(std::string_view{"http://"}.size());
  message.headers()["Connection"] = "close";
  message.headers()["User-Agent"] = "Svarsentral";
  message.set_response_stream(body_.create_ostream());
  message.set_progress_handler(
      [self = shared_from_this()](http::message_direction::direction way, utility::size64_t bytes) {
        if (way == http::message_direction::upload) {
          self->handed_over_ = true;
        } else if (bytes > self->request_.answer_bytes_max) {
          throw TooLarge{};
        }
      });
  return message;
}

// The library shows its socket before it opens it.
void Call::hold_socket(http::client::native_handle handle) {
  using Socket = asio::ip::tcp::socket;
  Socket& socket = url_.scheme == Scheme::https
                       ? static_cast<asio::ssl::stream<Socket&>*>(handle)->next_layer()
                       : *static_cast<Socket*>(handle);
  const std::lock_guard lock(mutex_);
  if (aborted_) throw Aborted{};
  socket.open(asio::ip::tcp::v4());
  socket_.emplace(socket.native_handle());
}

void Call::finish(const pplx::task<http::http_response>& task) {
  std::optional<HttpResponse> response;
  HttpFault fault = handed_over_ ? HttpFault::broken : HttpFault::unreachable;
  try {
    response = response_of(task.get());  // has ended: does not block
  } catch (const TooLarge&) {
    fault = HttpFault::too_large;
  } catch (const std::exception& thrown) {
    // The library tells a failed handshake by these words alone; they name the fault and decide
    // nothing.
    if (std::string_view{thrown.what()}.substr(0, 22) == "Error in SSL handshake")
      fault = HttpFault::certificate;
  }
  const std::lock_guard lock(mutex_);
  if (response) return end(std::move(*response));
  end(Failure{error(aborted_.value_or(fault))});
}

HttpResponse Call::response_of(const http::http_response& answer) {
  const auto& bytes = body_.collection();
  if (bytes.size() > request_.answer_bytes_max) throw TooLarge{};
  if (answer.status_code() < 200 || answer.status_code() > 599)
    throw std::runtime_error("no status of an answer");
  HttpResponse response;
  response.status = answer.status_code();
  for (const auto& [name, value] : answer.headers())
    response.headers.push_back({lower_case(name), value});
  response.body.assign(bytes.begin(), bytes.end());
  return response;
}

HttpError Call::error(HttpFault fault) const {
  const auto why = fault == HttpFault::refused
                       ? "not on the public internet, and not named in the settings"
                       : words_of(fault);
  return {handed_over_ ? Sent::maybe : Sent::no, fault, url_.host + ": " + std::string(why)};
}

void Call::end(HttpOutcome outcome) {
  if (ended_) return;
  ended_ = true;
  timer_.cancel();
  // Posting never runs the task inside the call, so that it is safe under the mutex; and it must
  // be, for stop().
  executor_.post([done = std::move(done_), result = std::move(outcome)] { done(result); });
  calls_->remove(shared_from_this());
}

std::optional<std::string> fault_of_authority(const std::string& file) {
  if (file.empty()) return std::nullopt;
  boost::system::error_code error;
  asio::ssl::context context(asio::ssl::context::tls_client);
  context.load_verify_file(file, error);
  if (error) return file + " holds no certificate that can be read";
  return std::nullopt;
}

class CpprestHttpClient final : public HttpClient {
 public:
  CpprestHttpClient(OutboundSettings settings, service::Executor& executor,
                    std::shared_ptr<Resolver> resolver)
      : settings_(std::make_shared<const OutboundSettings>(std::move(settings))),
        executor_(executor),
        resolver_(std::move(resolver)) {}

  ~CpprestHttpClient() override {
    for (const auto& call : calls_->all()) call->stop();
  }

  void send(HttpRequest request, Done done) override {
    if (const auto fault = fault_of(request))
      return refuse(std::move(done), HttpFault::refused, *fault);
    const auto url = settings_->destinations.admit(request.url);
    if (!url) return refuse(std::move(done), HttpFault::refused, url.error());
    const std::string host = url->host;
    const auto call =
        std::make_shared<Call>(std::move(request), *url, done, settings_, executor_, calls_);
    if (!calls_->add(call, settings_->calls_max))
      return refuse(std::move(done), HttpFault::busy,
                    host + ": " + std::string(words_of(HttpFault::busy)));
    call->start(*resolver_);
  }

 private:
  void refuse(Done done, HttpFault fault, std::string what) {
    executor_.post([done = std::move(done), error = HttpError{Sent::no, fault, std::move(what)}] {
      done(Failure{error});
    });
  }

  const std::shared_ptr<const OutboundSettings> settings_;
  service::Executor& executor_;
  const std::shared_ptr<Resolver> resolver_;
  const std::shared_ptr<CallsUnderWay> calls_ = std::make_shared<CallsUnderWay>();
};

void limit_library_threads() {
  static std::once_flag once;
  std::call_once(once, [] { crossplat::threadpool::initialize_with_threads(kLibraryThreads); });
}

}  // namespace

Result<std::unique_ptr<HttpClient>, std::string> make_cpprest_http_client(
    OutboundSettings settings, service::Executor& executor, std::shared_ptr<Resolver> resolver) {
  if (auto fault = fault_of_authority(settings.extra_authority)) return Failure{std::move(*fault)};
  limit_library_threads();
  std::unique_ptr<HttpClient> client =
      std::make_unique<CpprestHttpClient>(std::move(settings), executor, std::move(resolver));
  return client;
}

}  // namespace svar::outbound
