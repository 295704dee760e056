#include <algorithm>
#include <map>

#include "connectors/net/http.h"
#include "connectors/net/route_match.h"

namespace svar::net {

namespace {

struct Method {
  Handler handler;
  std::size_t bytes_max = 0;
};

struct Route {
  std::vector<std::string> segments;  // «*» matches any
  std::map<std::string, Method> methods;
  Upgrade upgrade;
  std::size_t frame_bytes_max = 0;
};

std::vector<std::string> split(std::string_view path) {
  std::vector<std::string> segments;
  path.remove_prefix(path.empty() ? 0 : 1);
  for (;;) {
    const auto slash = path.find('/');
    segments.emplace_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return segments;
    path.remove_prefix(slash + 1);
  }
}

std::string join(const std::vector<std::string>& segments) {
  std::string path;
  for (const auto& segment : segments) path += '/' + segment;
  return path;
}

bool matches(const Route& route, const std::vector<std::string>& segments,
             std::vector<std::string>& captures) {
  if (route.segments.size() != segments.size()) return false;
  captures.clear();
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (route.segments[i] == "*") {
      if (segments[i].empty()) return false;
      captures.push_back(segments[i]);
    } else if (route.segments[i] != segments[i]) {
      return false;
    }
  }
  return true;
}

std::string allowed_methods(const Route& route) {
  std::string allow;
  const auto add = [&allow](std::string_view method) {
    if (!allow.empty()) allow += ", ";
    allow += method;
  };
  for (const auto& [method, ignored] : route.methods) {
    add(method);
    if (method == "GET" && !route.methods.contains("HEAD")) add("HEAD");
  }
  if (route.upgrade && !route.methods.contains("GET")) add("GET");
  return allow;
}

}  // namespace

struct Router::Impl {
  std::map<std::string, Route, std::less<>> literal;  // by pattern
  std::vector<Route> patterns;                        // with «*», in the order they were added

  Route& route(const std::string& pattern) {
    if (pattern.find('*') == std::string::npos) return literal[pattern];
    const auto segments = split(pattern);
    const auto found = std::find_if(patterns.begin(), patterns.end(),
                                    [&](const Route& r) { return r.segments == segments; });
    if (found != patterns.end()) return *found;
    patterns.push_back({segments, {}, {}, 0});
    return patterns.back();
  }

  const Route* find(std::string_view path, std::vector<std::string>& captures) const {
    const auto exact = literal.find(path);
    if (exact != literal.end()) return &exact->second;
    const auto segments = split(path);
    for (const Route& route : patterns) {
      if (matches(route, segments, captures)) return &route;
    }
    return nullptr;
  }
};

Router::Router() : impl_(std::make_unique<Impl>()) {}
Router::~Router() = default;

void Router::add(std::string method, std::string pattern, Handler handler,
                 std::size_t body_bytes_max) {
  impl_->route(pattern).methods[std::move(method)] = {std::move(handler), body_bytes_max};
}

void Router::add_socket(std::string pattern, Upgrade upgrade, std::size_t frame_bytes_max) {
  Route& route = impl_->route(pattern);
  route.upgrade = std::move(upgrade);
  route.frame_bytes_max = frame_bytes_max;
}

std::vector<Router::Entry> Router::routes() const {
  std::vector<Entry> all;
  const auto add = [&all](const std::string& pattern, const Route& route) {
    for (const auto& [method, ignored] : route.methods) all.push_back({method, pattern, false});
    if (route.upgrade) all.push_back({"GET", pattern, true});
  };
  for (const auto& [pattern, route] : impl_->literal) add(pattern, route);
  for (const Route& route : impl_->patterns) add(join(route.segments), route);
  return all;
}

Router::Match Router::match(std::string_view method, std::string_view path) const {
  Match match;
  const Route* route = impl_->find(path, match.captures);
  if (route == nullptr) return match;
  auto found = route->methods.find(std::string{method});
  if (found == route->methods.end() && method == "HEAD") found = route->methods.find("GET");
  if (found != route->methods.end()) {
    match.kind = Match::Kind::handler;
    match.handler = &found->second.handler;
    match.bytes_max = found->second.bytes_max;
  } else if (route->upgrade && method == "GET") {
    match.kind = Match::Kind::socket;
    match.upgrade = &route->upgrade;
    match.bytes_max = route->frame_bytes_max;
  } else {
    match.kind = Match::Kind::wrong_method;
    match.allow = allowed_methods(*route);
  }
  return match;
}

}  // namespace svar::net
