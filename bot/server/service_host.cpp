#include "bot/server/service_host.h"

#include <algorithm>
#include <csignal>
#include <cstring>

#include "bot/server/backup/control_socket.h"
#include "bot/server/backup/copy_request.h"
#include "bot/server/backup/restore.h"
#include "bot/server/channels/messaging.h"
#include "bot/server/data_folder.h"
#include "bot/server/erasure_lister.h"
#include "bot/server/keeping.h"
#include "bot/server/log.h"
#include "bot/server/operations.h"
#include "bot/server/people/people_requests.h"
#include "bot/server/people/sealing_key.h"
#include "bot/server/place_teller.h"
#include "bot/server/published_content.h"
#include "bot/server/roster_file.h"
#include "bot/server/system_clock.h"
#include "bot/server/transcript_following.h"
#include "bot/server/web_chat_settings.h"
#include "bot/service/desk/assignments.h"
#include "bot/service/desk/contact_log.h"
#include "bot/service/desk/delivery_view.h"
#include "bot/service/desk/desk_duties.h"
#include "bot/service/desk/desk_view.h"
#include "bot/service/desk/team_work.h"
#include "bot/service/incidents/incidents.h"
#include "bot/service/people/argon2_hasher.h"
#include "bot/service/people/first_accounts.h"
#include "bot/service/people/sign_in.h"
#include "bot/service/timers/sweeps.h"
#include "bot/service/turn/conversations.h"
#include "bot/store/erasure_keeper.h"
#include "bot/store/people/sqlite_people_store.h"
#include "bot/store/removal/conversation_remover.h"
#include "bot/store/sqlite_event_store.h"
#include "connectors/desk/binding_guard.h"
#include "connectors/desk/desk_connector.h"
#include "connectors/net/server.h"
#include "connectors/webchat/webchat.h"

namespace svar::server {
namespace {

constexpr std::chrono::milliseconds kStopWithin{3'000};  // for sockets and responses under way
constexpr std::chrono::milliseconds kStopAtLatest{
    4'500};  // whatever happens; SIGTERM must end in 5 s

}  // namespace

// In the order they are made; destroyed the other way round, so that nothing outlives what it
// refers to.
struct ServiceHost::Parts {
  Settings settings;
  DataFolder data;
  PublishedContent content;
  net::IoExecutor io;
  SystemClock clock;
  Tally tally;
  service::TypingHub typing;

  std::unique_ptr<store::SqliteEventStore> log;
  std::unique_ptr<service::EventStore> around_log;
  std::unique_ptr<store::ErasureKeeper> erasures;
  std::unique_ptr<ErasureLister> erasure_lister;
  std::optional<store::ConversationRemover> remover;
  std::unique_ptr<TranscriptFollowing> transcripts;
  std::unique_ptr<ControlSocket> control;
  std::unique_ptr<store::SqlitePeopleStore> people_store;
  std::unique_ptr<service::People> people;
  std::unique_ptr<service::Incidents> incidents;
  std::unique_ptr<service::Argon2Hasher> hasher;
  std::unique_ptr<service::AuditTrail> audit;
  std::unique_ptr<service::SignIn> sign_in;
  std::unique_ptr<service::OwnAccount> own_account;
  std::unique_ptr<service::Administration> administration;
  std::unique_ptr<service::Conversations> conversations;
  std::unique_ptr<service::Sweeps> sweeps;
  std::unique_ptr<service::Presence> presence;
  std::unique_ptr<service::DeskView> desk_view;
  std::unique_ptr<service::TeamWork> team;
  std::unique_ptr<service::Assignments> assignments;
  std::unique_ptr<service::DeskDuties> duties;
  std::unique_ptr<Messaging> messaging;
  std::unique_ptr<service::DeliveryView> delivery_view;
  std::unique_ptr<service::ContactLog> contacts;
  RosterFile roster_file{settings.desk.roster};
  std::unique_ptr<webchat::WebChat> chat;
  std::unique_ptr<PlaceTeller> place_teller;
  std::optional<net::AssetFolder> console;
  std::unique_ptr<desk::DeskConnector> agents;
  net::Router router;
  std::unique_ptr<net::Server> server;
  std::vector<std::unique_ptr<net::Timer>> timers;

  std::string origin;
  bool ready = false;
  bool stopping = false;
  int exit_code = 0;

  Parts(Settings given, DataFolder folder, PublishedContent published)
      : settings(std::move(given)), data(std::move(folder)), content(std::move(published)) {}

  std::optional<std::string> open_stores(const AroundStore& around);
  std::optional<std::string> start_safekeeping();
  void make_people_services();
  void make_desk();
  std::optional<std::string> make_channels();
  std::optional<std::string> listen(const ChangeServer& change);
  std::optional<net::TlsFiles> tls_files(std::string& why) const;
  void begin(const std::function<void(const Started&)>& started);
  void serve(const std::function<void(const Started&)>& started);
  void start_timers();
  void stop(int signal);
  void fail(std::string_view event, const std::string& why);
  service::Conversations::ReleaseSource release_source() {
    return [this] { return content.release(); };
  }
};

std::optional<std::string> ServiceHost::Parts::open_stores(const AroundStore& around) {
  auto opened = store::SqliteEventStore::open({.file = data.path() / kLogFile}, io);
  if (!opened) return opened.error().what;
  log = std::move(*opened);
  if (around) around_log = around(*log, io);
  const auto key = sealing_key(data);
  if (!key) return key.error();
  auto people_opened = store::SqlitePeopleStore::open(data.path() / kPeopleFile, io, *key);
  if (!people_opened) return people_opened.error().what;
  people_store = std::move(*people_opened);
  service::People::Limits limits;
  limits.idle_max = settings.desk.idle;
  limits.session_max = settings.desk.session_max;
  auto loaded = service::People::load(*people_store, clock, limits);
  if (!loaded) return loaded.error().what;
  people = std::move(*loaded);
  auto incident_log = service::Incidents::load(*people_store, clock);
  if (!incident_log) return incident_log.error().what;
  incidents = std::move(*incident_log);
  auto following = TranscriptFollowing::start(data, io);
  if (!following) return following.error();
  transcripts = std::move(*following);
  return std::nullopt;
}

// The list of erasures, and the ear for «svarsentral backup» and «svarsentral user».
std::optional<std::string> ServiceHost::Parts::start_safekeeping() {
  store::ErasureKeeper::Options options;
  options.log = data.path() / kLogFile;
  options.list = data.path() / kErasureList;
  if (!settings.backup.path.empty()) {
    if (auto why = make_private_folder(settings.backup.path)) return why;
    options.beside_backups = std::filesystem::path{settings.backup.path} / kErasureList;
  }
  options.failed = [](const std::string& why) {
    log_event(Level::error, "erasures_not_listed", {{"why", why}});
  };
  auto keeper = store::ErasureKeeper::start(std::move(options));
  if (!keeper) return keeper.error().what;
  erasures = std::move(*keeper);
  erasure_lister = std::make_unique<ErasureLister>(*erasures);
  remover.emplace(*log, [this] { return erasures->listed(); });
  auto socket = ControlSocket::open(data.path(), [this](const auto& request, const auto& tell) {
    if (is_people_request(request))
      return answer_people_line(io, {*administration, *own_account}, request, tell);
    log_event(Level::info, "backup_asked_for", {});
    return answer_copy_request(*log, request, tell);
  });
  if (!socket) return socket.error();
  control = std::move(*socket);
  return std::nullopt;
}

void ServiceHost::Parts::make_people_services() {
  hasher = std::make_unique<service::Argon2Hasher>(io);
  audit = std::make_unique<service::AuditTrail>(*people_store, clock);
  sign_in = std::make_unique<service::SignIn>(*people, *hasher, *audit, io, clock);
  own_account = std::make_unique<service::OwnAccount>(*people, *hasher, *audit, clock);
  const auto is_municipality = [this](const MunicipalityId& id) {
    return content.release()->municipality(id) != nullptr;
  };
  administration = std::make_unique<service::Administration>(
      *people, *audit, clock, is_municipality, settings.desk.invitation_life);
}

void ServiceHost::Parts::make_desk() {
  const auto accounts = [this](const AgentId& name) { return people->account(name); };
  presence = std::make_unique<service::Presence>(
      accounts, clock, service::Presence::Options{settings.desk.queue, settings.desk.lost_after});
  conversations->ask_staffing([this] { return presence->staffing(); });
  conversations->ask_incidents([this] { return incidents->of_topics(); });
  desk_view = std::make_unique<service::DeskView>(*conversations, *log, typing, release_source());
  desk_view->queue().know_team(*presence, clock);
  team = std::make_unique<service::TeamWork>(service::TeamWork::Setup{
      *desk_view, *presence, accounts, release_source(), settings.desk.capacity});
  assignments = std::make_unique<service::Assignments>(
      *desk_view, *presence, *team, clock,
      service::Assignments::Options{settings.desk.push_in, settings.desk.push_max});
  duties = std::make_unique<service::DeskDuties>(
      *conversations, *desk_view, *presence, release_source(), clock,
      service::DeskDuties::Options{settings.desk.transfer_max, settings.desk.wait_max,
                                   settings.desk.wait_max_in});
}

std::optional<std::string> ServiceHost::Parts::make_channels() {
  const auto key = data.secret("web-chat", sizeof(webchat::TokenKey), "SVAR_WEB_CHAT_KEY");
  if (!key) return key.error();
  service::EventStore& events = around_log ? *around_log : *log;
  make_people_services();
  conversations = std::make_unique<service::Conversations>(events, io, clock, release_source(),
                                                           service::Conversations::Limits{});
  conversations->add_observer(tally);
  conversations->add_observer(*erasure_lister);
  conversations->add_observer(*transcripts);
  sweeps = std::make_unique<service::Sweeps>(*conversations, *log, clock,
                                             keeping_options(settings, release_source(), *remover));
  make_desk();

  webchat::WebChatSetup setup{*conversations, release_source(), clock, io, typing};
  setup.places = &desk_view->queue();
  setup.incidents = incidents.get();
  std::memcpy(setup.key.data(), key->data(), setup.key.size());
  apply(settings, setup);
  chat = std::make_unique<webchat::WebChat>(std::move(setup));
  place_teller = std::make_unique<PlaceTeller>(desk_view->queue(), *chat);
  chat->mount(router);
  auto attached =
      Messaging::make({settings.channels, data, *log, events, *conversations, clock, io});
  if (!attached) return attached.error();
  messaging = std::move(*attached);
  messaging->mount(router);
  delivery_view = std::make_unique<service::DeliveryView>(service::DeliveryView::Setup{
      *desk_view, *audit, release_source(), clock, messaging->reports()});
  contacts = std::make_unique<service::ContactLog>(events, *conversations, clock);

  if (auto built = net::AssetFolder::load(std::filesystem::path{settings.http.web} / "console")) {
    console = std::move(*built);
  } else {
    log_event(Level::warn, "console_not_built", {{"why", built.error().what}});
  }
  agents = std::make_unique<desk::DeskConnector>(desk::Setup{
      *desk_view, *presence, *team, *people, *sign_in, *own_account, *administration, *audit,
      *incidents, transcripts->search(), *delivery_view, *contacts, typing, clock, release_source(),
      console ? &*console : nullptr, assignments.get(), roster_file.roster()});
  agents->mount(router);
  mount_operations(
      router,
      {tally, [this] { return ready && !stopping; }, [this] { return server->counters(); },
       [this] { return chat->counters(); }, [this] { return content.release()->number.value; },
       [this] { return static_cast<std::int64_t>(desk_view->queue().waiting()); },
       [this] { return messaging->delivery_counters(); },
       [this] { return messaging->intake_counters(); }});
  return std::nullopt;
}

std::optional<net::TlsFiles> ServiceHost::Parts::tls_files(std::string& why) const {
  if (settings.http.tls == Tls::files)
    return net::TlsFiles{settings.http.tls_certificate, settings.http.tls_key};
  if (settings.http.tls == Tls::off) return std::nullopt;
  auto made =
      net::self_signed_certificate(data.path(), {"localhost", "127.0.0.1", settings.http.address});
  if (made) return *made;
  why = made.error().what;
  return std::nullopt;
}

std::optional<std::string> ServiceHost::Parts::listen(const ChangeServer& change) {
  std::string why;
  net::ServerOptions options;
  options.address = settings.http.address;
  options.port = static_cast<std::uint16_t>(settings.http.port);
  options.tls = tls_files(why);
  if (!why.empty()) return why;
  if (settings.http.behind_proxy) options.trusted_proxies = settings.http.trusted_proxies;
  options.connections_max = static_cast<std::size_t>(settings.http.connections_max);
  if (change) change(options);
  server = std::make_unique<net::Server>(io, router, options);
  const auto port = server->listen();
  if (!port) return port.error().what + ". Choose another port with http.port (deploy/run --port).";
  const bool any = settings.http.address == "0.0.0.0" || settings.http.address == "::";
  origin = (options.tls ? "https://" : "http://") +
           (any ? std::string{"localhost"} : settings.http.address) + ":" + std::to_string(*port);
  return std::nullopt;
}

void ServiceHost::Parts::begin(const std::function<void(const Started&)>& started) {
  desk_view->start([this, started](const std::optional<service::StoreError>& error) {
    if (error) return fail("desk_not_loaded", error->what);
    serve(started);
  });
}

void ServiceHost::Parts::serve(const std::function<void(const Started&)>& started) {
  service::create_first_accounts(
      *people, *hasher,
      [this, started](Result<std::optional<service::FirstLogins>, service::PeopleError> made) {
        if (!made) return fail("first_account_not_made", made.error().what);
        ready = true;
        messaging->start();
        start_timers();
        const auto release = content.release();
        log_event(Level::info, "serving", {{"origin", origin}, {"release", release->number.value}});
        Started facts{origin, {}, {}, release->number.value};
        if (settings.webchat.demo_pages) {
          for (const auto& [id, municipality] : release->municipalities)
            facts.sites.push_back(id.value);
          facts.sites.push_back(kCommonSite.value);
        }
        facts.first_logins = std::move(*made);
        started(facts);
      });
}

void ServiceHost::Parts::start_timers() {
  timers.push_back(io.every(std::chrono::seconds{1}, [this] {
    sweeps->sweep();
    messaging->sweep();
    desk_view->sweep();
    duties->sweep();
    assignments->sweep();
  }));
  timers.push_back(io.every(std::chrono::milliseconds{400}, [this] { agents->sweep(); }));
  timers.push_back(io.every(std::chrono::minutes{1}, [this] { people->sweep(); }));
  roster_file.look();
  timers.push_back(io.every(std::chrono::seconds{10}, [this] { roster_file.look(); }));
  audit->keep(settings.audit.retention);
  timers.push_back(
      io.every(std::chrono::hours{6}, [this] { audit->keep(settings.audit.retention); }));
  timers.push_back(io.every(std::chrono::hours{24}, [this] { content.renew(clock.now()); }));
}

// Accept no more, close the sockets, finish the appends, end.
void ServiceHost::Parts::stop(int signal) {
  if (stopping) return;
  stopping = true;
  log_event(Level::info, "stopping", {{"signal", static_cast<std::int64_t>(signal)}});
  chat->stop();
  timers.push_back(io.after(kStopAtLatest, [this] { io.stop(); }));
  const auto left = std::make_shared<int>(2);  // requests, and sends to messaging platforms
  const auto ended = [this, left] {
    if (--*left == 0) conversations->drain([this] { io.stop(); });
  };
  server->stop(kStopWithin, 1001, ended);
  messaging->stop(ended);
}

void ServiceHost::Parts::fail(std::string_view event, const std::string& why) {
  log_event(Level::error, event, {{"why", why}});
  exit_code = 1;
  io.stop();
}

ServiceHost::ServiceHost(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

// The timers and the server end while the executor that they hang on is still there.
ServiceHost::~ServiceHost() {
  if (!parts_) return;
  parts_->timers.clear();
  parts_->server.reset();
}

Result<std::unique_ptr<ServiceHost>, std::string> ServiceHost::make(const Settings& settings,
                                                                    const AroundStore& around,
                                                                    const ChangeServer& change) {
  const auto& http = settings.http;
  if (const auto refusal =
          desk::binding_refusal({http.address, http.tls != Tls::off, http.behind_proxy})) {
    return Failure{*refusal};
  }
  auto data = DataFolder::open(settings.store.path);
  if (!data) return Failure{data.error()};
  if (auto why = interrupted_restore(data->path())) return Failure{*why};
  auto content = PublishedContent::open(settings.content.path, data->path() / kReleaseFolder,
                                        SystemClock{}.now());
  if (!content) return Failure{content.error()};
  const auto is_served = [release = content->release()](const MunicipalityId& id) {
    return release->municipality(id) != nullptr;
  };
  if (auto why = unknown_municipalities(settings, is_served)) return Failure{*why};
  auto parts = std::make_unique<Parts>(settings, std::move(*data), std::move(*content));
  if (auto why = parts->open_stores(around)) return Failure{*why};
  if (auto why = parts->start_safekeeping()) return Failure{*why};
  if (auto why = parts->make_channels()) return Failure{*why};
  if (auto why = parts->listen(change)) return Failure{*why};
  return std::unique_ptr<ServiceHost>{new ServiceHost{std::move(parts)}};
}

int ServiceHost::run(const std::function<void(const Started&)>& started) {
  Parts& parts = *parts_;
  parts.io.on_signals({SIGTERM, SIGINT}, [&parts](int signal) { parts.stop(signal); });
  parts.io.post([&parts, started] { parts.begin(started); });
  parts.io.run();
  log_event(Level::info, "stopped", {});
  return parts.exit_code;
}

}  // namespace svar::server
