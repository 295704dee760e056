#include "bot/server/channels/messaging.h"

#include <cstring>
#include <utility>

#include "bot/server/channels/secret_file.h"
#include "bot/server/log.h"
#include "bot/store/delivery/sqlite_delivery_store.h"
#include "connectors/graph/webhook.h"
#include "connectors/instagram/instagram_channel.h"
#include "connectors/messenger/messenger_channel.h"
#include "connectors/outbound/cpprest_http_client.h"
#include "connectors/outbound/system_resolver.h"
#include "connectors/telegram/telegram_channel.h"
#include "connectors/telegram/update_decoding.h"
#include "connectors/webhook/webhook_endpoint.h"
#include "connectors/whatsapp/whatsapp_channel.h"

namespace svar::server {
namespace {

using graph::GraphChannel;
using service::Intake;
using telegram::TelegramChannel;
using webhook::WebhookChannel;

constexpr std::size_t kTelegramBodyBytesMax = 1 << 20;

std::string at(const ChannelAccount& account, const std::string& why) {
  return account.where + ": " + account.id() + ": " + why;
}

// A secret of the data folder as the bytes of a key.
template <class Key>
Result<Key, std::string> key_of(const DataFolder& data, const char* name, const char* variable) {
  Key key{};
  const auto bytes = data.secret(name, key.size(), variable);
  if (!bytes) return Failure{bytes.error()};
  std::memcpy(key.data(), bytes->data(), key.size());
  return key;
}

template <class Made>
Result<std::unique_ptr<GraphChannel>, std::string> as_graph(
    Result<std::unique_ptr<Made>, std::string> made) {
  if (!made) return Failure{made.error()};
  return std::unique_ptr<GraphChannel>{std::move(*made)};
}

Result<graph::GraphAccount, std::string> graph_account(const ChannelAccount& account,
                                                       const ChannelSettings& settings) {
  graph::GraphAccount out;
  out.site = SiteId{account.site};
  out.account = account.node;
  out.app_id = account.app;
  out.origin = settings.graph_api;
  out.version = settings.graph_version;
  for (const auto& [file, secret] : {std::pair{&account.token_file, &out.token},
                                     std::pair{&account.secret_file, &out.app_secret},
                                     std::pair{&account.verify_token_file, &out.verify_token}}) {
    auto read = read_secret(*file);
    if (!read) return Failure{read.error()};
    *secret = std::move(*read);
  }
  return out;
}

net::Response later(std::chrono::milliseconds wait) {
  auto response = net::text_response(503, "later");
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
  response.headers.emplace_back("Retry-After", std::to_string(std::max<long>(seconds, 1)));
  return response;
}

}  // namespace

struct Messaging::Impl {
  explicit Impl(const House& house) : house(house) {}

  House house;
  std::unique_ptr<outbound::HttpClient> http;
  std::vector<std::pair<std::string, std::unique_ptr<TelegramChannel>>>
      telegrams;  // with their paths
  std::vector<std::pair<std::string, std::unique_ptr<GraphChannel>>> graphs;
  std::vector<std::pair<std::string, std::unique_ptr<WebhookChannel>>> bridges;
  std::unique_ptr<store::SqliteDeliveryStore> rows;
  std::unique_ptr<service::Delivery> delivery;
  std::unique_ptr<Intake> intake;

  std::optional<std::string> open() {
    const auto contacts = key_of<store::SealingKey>(house.data, "contacts", "SVAR_CONTACTS_KEY");
    if (!contacts) return contacts.error();
    const auto ids = key_of<service::IntakeKey>(house.data, "intake", "SVAR_INTAKE_KEY");
    if (!ids) return ids.error();
    if (auto why = open_client()) return why;
    for (const ChannelAccount& account : house.settings.accounts) {
      if (auto why = open_account(account)) return at(account, *why);
    }
    rows = std::make_unique<store::SqliteDeliveryStore>(house.log, *contacts);
    delivery = std::make_unique<service::Delivery>(
        *rows, house.conversations, house.clock, service::Delivery::Options{},
        [](const std::string& channel, const std::string& why) {
          if (why.empty())
            return log_event(Level::info, "channel_goes_again", {{"channel", channel}});
          log_event(Level::error, "channel_stopped", {{"channel", channel}, {"why", why}});
        });
    for (auto& [path, channel] : telegrams) delivery->add(*channel);
    for (auto& [path, channel] : graphs) delivery->add(*channel);
    for (auto& [path, channel] : bridges) delivery->add(*channel);
    intake =
        std::make_unique<Intake>(house.events, house.conversations, *delivery, house.clock, *ids);
    return std::nullopt;
  }

  std::optional<std::string> open_client() {
    auto destinations = outbound::Destinations::of(house.settings.internal_origins);
    if (!destinations) return "channels.internal_origins: " + destinations.error();
    auto made = outbound::make_cpprest_http_client(
        {std::move(*destinations), house.settings.extra_authority}, house.executor,
        std::make_shared<outbound::SystemResolver>());
    if (!made) return "channels.extra_authority: " + made.error();
    http = std::move(*made);
    return std::nullopt;
  }

  std::optional<std::string> open_account(const ChannelAccount& account) {
    if (account.platform == Platform::telegram) return open_telegram(account);
    if (account.platform == Platform::webhook) return open_bridge(account);
    auto made = open_graph(account);
    if (!made) return made.error();
    graphs.emplace_back(account.path(), std::move(*made));
    return std::nullopt;
  }

  std::optional<std::string> open_telegram(const ChannelAccount& account) {
    auto token = read_secret(account.token_file);
    if (!token) return token.error();
    auto secret = read_secret(account.secret_file);
    if (!secret) return secret.error();
    auto made = TelegramChannel::open(
        {SiteId{account.site}, std::move(*token), std::move(*secret), house.settings.telegram_api},
        *http, house.executor);
    if (!made) return made.error();
    telegrams.emplace_back(account.path(), std::move(*made));
    return std::nullopt;
  }

  std::optional<std::string> open_bridge(const ChannelAccount& account) {
    auto secret = read_secret(account.secret_file);
    if (!secret) return secret.error();
    auto made = WebhookChannel::open({SiteId{account.site}, std::move(*secret), account.url}, *http,
                                     house.clock, house.executor);
    if (!made) return made.error();
    bridges.emplace_back(account.path(), std::move(*made));
    return std::nullopt;
  }

  // Precondition: a platform of Meta's.
  Result<std::unique_ptr<GraphChannel>, std::string> open_graph(const ChannelAccount& account) {
    auto known = graph_account(account, house.settings);
    if (!known) return Failure{known.error()};
    switch (account.platform) {
      case Platform::messenger:
        return as_graph(messenger::MessengerChannel::open(std::move(*known), *http));
      case Platform::instagram:
        return as_graph(instagram::InstagramChannel::open(std::move(*known), *http));
      case Platform::whatsapp:
      case Platform::telegram:
      case Platform::webhook:
        break;
    }
    return as_graph(whatsapp::WhatsAppChannel::open(std::move(*known), *http));
  }

  void take_telegram(TelegramChannel& channel, const net::Request& request,
                     const net::Respond& respond) {
    if (!channel.admits(request.header(telegram::kSecretHeader)))
      return respond(net::text_response(401, "unknown"));
    service::Decoded decoded = telegram::decode(request.body);
    auto stored = decoded.incoming;
    intake->take(channel, std::move(decoded),
                 [&channel, respond, stored = std::move(stored)](Intake::Outcome outcome) {
                   if (const auto* wait = std::get_if<Intake::TryLater>(&outcome))
                     return respond(later(wait->after));
                   channel.acknowledge(stored);
                   respond(net::text_response(200, "ok"));
                 });
  }

  void take(const service::Channel& channel, service::Decoded decoded,
            std::function<void(std::optional<std::chrono::milliseconds>)> done) {
    intake->take(channel, std::move(decoded), [done = std::move(done)](Intake::Outcome outcome) {
      const auto* wait = std::get_if<Intake::TryLater>(&outcome);
      done(wait ? std::optional{wait->after} : std::nullopt);
    });
  }
};

Messaging::Messaging(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Messaging::~Messaging() = default;

Result<std::unique_ptr<Messaging>, std::string> Messaging::make(const House& house) {
  auto impl = std::make_unique<Impl>(house);
  if (!house.settings.accounts.empty()) {
    if (auto why = impl->open()) return Failure{std::move(*why)};
  }
  return std::unique_ptr<Messaging>{new Messaging{std::move(impl)}};
}

void Messaging::mount(net::Router& router) {
  Impl& impl = *impl_;
  for (auto& [path, channel] : impl.telegrams) {
    router.add(
        "POST", path,
        [&impl, &channel = *channel](const net::Request& request, const net::Respond& respond) {
          impl.take_telegram(channel, request, respond);
        },
        kTelegramBodyBytesMax);
  }
  for (auto& [path, channel] : impl.graphs) {
    graph::mount(router, path, *channel, [&impl](const auto& from, auto decoded, auto done) {
      impl.take(from, std::move(decoded), std::move(done));
    });
  }
  for (auto& [path, channel] : impl.bridges) {
    webhook::mount(router, path, *channel, [&impl](const auto& from, auto decoded, auto done) {
      impl.take(from, std::move(decoded), std::move(done));
    });
  }
}

void Messaging::start() {
  if (impl_->delivery) impl_->delivery->start();
}

void Messaging::sweep() {
  if (impl_->delivery) impl_->delivery->sweep();
}

void Messaging::stop(std::function<void()> done) {
  if (!impl_->delivery) return done();
  impl_->delivery->stop(std::move(done));
}

service::DeliveryReports* Messaging::reports() {
  return impl_->delivery.get();
}

std::vector<service::Delivery::Counters> Messaging::delivery_counters() const {
  return impl_->delivery ? impl_->delivery->counters() : std::vector<service::Delivery::Counters>{};
}

service::Intake::Counters Messaging::intake_counters() const {
  return impl_->intake ? impl_->intake->counters() : service::Intake::Counters{};
}

}  // namespace svar::server
