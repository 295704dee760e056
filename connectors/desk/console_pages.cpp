#include "connectors/desk/console_pages.h"

#include <string>
#include <utility>
#include <vector>

namespace svar::desk {
namespace {

using Headers = std::vector<std::pair<std::string, std::string>>;

// Only our own files run; nothing inline, no other origin, in nobody's frame.
constexpr const char* kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'";

Headers page_headers() {
  return {{"Content-Security-Policy", kPolicy},
          {"Cross-Origin-Opener-Policy", "same-origin"},
          {"Cross-Origin-Resource-Policy", "same-origin"},
          {"Cache-Control", "no-cache"}};
}

// Files with a hash in their name («app.X7K2ABCD.js») never change; the rest is asked for anew.
bool has_hash(std::string_view name) {
  const auto last = name.rfind('.');
  if (last == std::string_view::npos || last == 0) return false;
  const auto before = name.rfind('.', last - 1);
  return before != std::string_view::npos && last - before - 1 >= 8;
}

Headers headers_of(std::string_view name) {
  if (!has_hash(name)) return page_headers();
  return {{"Cache-Control", "public, max-age=31536000, immutable"},
          {"Cross-Origin-Resource-Policy", "same-origin"}};
}

}  // namespace

void mount_console(net::Router& router, const net::AssetFolder* console) {
  router.add("GET", "/desk", [](const net::Request&, net::Respond respond) {
    net::Response redirect = net::text_response(308, "");
    redirect.headers.emplace_back("Location", "/desk/");
    respond(std::move(redirect));
  });
  const net::Asset* page = console ? console->find("index.html") : nullptr;
  router.add("GET", "/desk/", [page](const net::Request& request, net::Respond respond) {
    if (page) return respond(net::asset_response(request, *page, page_headers()));
    respond(net::text_response(503, "Desken er ikkje bygd. Køyr ./deploy/run, som byggjer han."));
  });
  if (console) console->mount(router, "/desk/", headers_of);
}

}  // namespace svar::desk
