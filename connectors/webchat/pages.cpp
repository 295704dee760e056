#include "connectors/webchat/pages.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

#include "connectors/webchat/joining.h"

namespace svar::webchat {

namespace {

using Headers = std::vector<std::pair<std::string, std::string>>;

constexpr std::string_view kDemoPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
constexpr std::string_view kCommonColour = "#1e4b6e";

// The name in widget.<hash>.js: as the widget's own build makes it.
std::string content_hash(const std::string& body) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(body.data()),
                     body.size());
  std::array<char, 17> hex{};
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), 8);
  return hex.data();
}

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&': result += "&amp;"; break;
      case '<': result += "&lt;"; break;
      case '>': result += "&gt;"; break;
      case '"': result += "&quot;"; break;
      case '\'': result += "&#39;"; break;
      default: result += c;
    }
  }
  return result;
}

std::string filled(std::string text, std::string_view name, std::string_view value) {
  const std::string mark = "{{" + std::string{name} + "}}";
  for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) {
    text.replace(at, mark.size(), value);
    at += value.size();
  }
  return text;
}

// Empty when it cannot be read.
std::string contents(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

net::AssetFolder folder_or_nothing(const std::filesystem::path& path) {
  if (path.empty()) return {};
  auto loaded = net::AssetFolder::load(path);
  return loaded ? std::move(*loaded) : net::AssetFolder{};
}

net::Response html(std::string body) {
  net::Response response;
  response.headers = {{"Content-Type", "text/html; charset=utf-8"},
                      {"Cache-Control", "no-cache"},
                      {"Content-Security-Policy", std::string{kDemoPolicy}}};
  response.body = std::move(body);
  return response;
}

std::string list_item(std::string_view site, const std::string& name) {
  return "<li><a href=\"/demo/" + escaped(site) + "\">" + escaped(name) + "</a></li>\n";
}

}  // namespace

Pages::Pages(const std::filesystem::path& web_folder, const std::filesystem::path& demo_folder,
             service::Conversations::ReleaseSource release)
    : widget_(net::make_asset("widget.js", contents(web_folder / "widget.js"))),
      demo_(folder_or_nothing(demo_folder)),
      release_(std::move(release)) {
  const std::string hash = content_hash(widget_.body);
  description_ = net::make_asset("widget.json", R"({"hash":")" + hash +
                                                    R"(","url":"/chat/v1/widget.)" + hash +
                                                    R"(.js","integrity":"sha384-)" +
                                                    widget_.sha384 + "\"}\n");
}

void Pages::mount(net::Router& router) const {
  if (!widget_.body.empty()) mount_widget(router);
  if (demo_.find("index.html") != nullptr && demo_.find("page.html") != nullptr) {
    mount_demo(router);
  }
}

// Any page may load the script; what it may say then is decided by its origin.
void Pages::mount_widget(net::Router& router) const {
  const auto add = [&router](const std::string& path, const net::Asset& asset, Headers headers) {
    headers.emplace_back("Access-Control-Allow-Origin", "*");  // integrity needs CORS
    headers.emplace_back("Cross-Origin-Resource-Policy", "cross-origin");
    router.add("GET", path, [&asset, headers](const net::Request& request,
                                              const net::Respond& respond) {
      respond(net::asset_response(request, asset, headers));
    });
  };
  const std::string prefix = "/chat/v1/";
  add(prefix + "widget.js", widget_, {{"Cache-Control", "public, max-age=300"}});
  add(prefix + "widget.json", description_, {{"Cache-Control", "public, max-age=300"}});
  add(prefix + "widget." + content_hash(widget_.body) + ".js", widget_,
      {{"Cache-Control", "public, max-age=31536000, immutable"}});
}

void Pages::mount_demo(net::Router& router) const {
  router.add("GET", "/demo", [](const net::Request&, const net::Respond& respond) {
    net::Response response;
    response.status = 308;
    response.headers.emplace_back("Location", "/demo/");
    respond(std::move(response));
  });
  router.add("GET", "/demo/", [this](const net::Request&, const net::Respond& respond) {
    respond(index());
  });
  for (const auto& [name, asset] : demo_.all()) {
    if (name.ends_with(".html")) continue;
    router.add("GET", "/demo/" + name, [&asset = asset](const net::Request& request,
                                                        const net::Respond& respond) {
      respond(net::asset_response(request, asset, {{"Cache-Control", "no-cache"}}));
    });
  }
  router.add("GET", "/demo/*", [this](const net::Request& request, const net::Respond& respond) {
    respond(page(SiteId{request.captures.front()}));
  });
}

net::Response Pages::index() const {
  const auto release = release_();
  std::string list;
  for (const auto& [id, municipality] : release->municipalities) {
    list += list_item(id.value, municipality.name);
  }
  list += list_item(kCommonSite.value, release->text("common_site_name", Language::nn));
  return html(filled(demo_.find("index.html")->body, "municipalities", list));
}

net::Response Pages::page(const SiteId& site) const {
  const auto release = release_();
  if (!release->knows_site(site)) return net::text_response(404, "not found\n");
  const kb::Municipality* municipality = release->municipality(MunicipalityId{site.value});
  const Language language = language_of_site(site, *release);
  const std::string common = release->text("common_site_name", language);
  std::string body = demo_.find("page.html")->body;
  body = filled(std::move(body), "site", escaped(site.value));
  body = filled(std::move(body), "name", escaped(municipality ? municipality->name : common));
  body = filled(std::move(body), "full_name",
                escaped(municipality ? municipality->full_name.in(language) : common));
  body = filled(std::move(body), "colour",
                escaped(municipality ? municipality->colour : kCommonColour));
  body = filled(std::move(body), "language", code(language));
  return html(std::move(body));
}

}  // namespace svar::webchat
