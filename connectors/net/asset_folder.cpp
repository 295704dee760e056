#include "connectors/net/asset_folder.h"

#include <openssl/evp.h>

#include <array>
#include <fstream>
#include <iterator>

namespace svar::net {

namespace {

constexpr std::size_t kBytesMax = 64 * 1024 * 1024;

std::string content_type(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 14> kTypes = {{
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".mjs", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".json", "application/json"},
      {".map", "application/json"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".ico", "image/x-icon"},
      {".webp", "image/webp"},
      {".woff2", "font/woff2"},
      {".txt", "text/plain; charset=utf-8"},
      {".webmanifest", "application/manifest+json"},
      {".wasm", "application/wasm"},
  }};
  for (const auto& [ending, type] : kTypes) {
    if (name.ends_with(ending)) return std::string{type};
  }
  return "application/octet-stream";
}

std::string base64(const unsigned char* bytes, std::size_t count) {
  std::string text(4 * ((count + 2) / 3) + 1, '\0');
  const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytes,
                                     static_cast<int>(count));
  text.resize(static_cast<std::size_t>(length));
  return text;
}

bool names_etag(std::string_view if_none_match, std::string_view etag) {
  return if_none_match == "*" || if_none_match.find(etag) != std::string_view::npos;
}

}  // namespace

Asset make_asset(std::string_view name, std::string body) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int count = 0;
  EVP_Digest(body.data(), body.size(), digest.data(), &count, EVP_sha384(), nullptr);
  Asset asset;
  asset.content_type = content_type(name);
  asset.sha384 = base64(digest.data(), count);
  static constexpr std::string_view kHex = "0123456789abcdef";
  asset.etag = "\"";
  for (std::size_t i = 0; i < 16; ++i) {
    asset.etag += kHex[digest[i] >> 4];
    asset.etag += kHex[digest[i] & 15];
  }
  asset.etag += '"';
  asset.body = std::move(body);
  return asset;
}

Result<AssetFolder, AssetError> AssetFolder::load(const std::filesystem::path& folder) {
  namespace fs = std::filesystem;
  AssetFolder loaded;
  std::size_t bytes = 0;
  try {
    for (auto at = fs::recursive_directory_iterator(folder); at != fs::recursive_directory_iterator();
         ++at) {
      if (at->path().filename().string().starts_with('.')) {
        at.disable_recursion_pending();
        continue;
      }
      if (at->is_symlink() || !at->is_regular_file()) continue;
      bytes += at->file_size();
      if (bytes > kBytesMax) return Failure{AssetError{folder.string() + " holds over 64 MB"}};
      std::ifstream file(at->path(), std::ios::binary);
      std::string body{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
      if (!file) return Failure{AssetError{"cannot read " + at->path().string()}};
      const std::string name = fs::relative(at->path(), folder).generic_string();
      loaded.assets_.emplace(name, make_asset(name, std::move(body)));
    }
  } catch (const fs::filesystem_error& error) {
    return Failure{AssetError{error.what()}};
  }
  return loaded;
}

const Asset* AssetFolder::find(std::string_view name) const {
  const auto found = assets_.find(name);
  return found == assets_.end() ? nullptr : &found->second;
}

void AssetFolder::mount(Router& router, const std::string& prefix, const Headers& headers) const {
  for (const auto& [name, asset] : assets_) {
    router.add("GET", prefix + name,
               [&asset = asset, extra = headers(name)](const Request& request, Respond respond) {
                 respond(asset_response(request, asset, extra));
               });
  }
}

Response asset_response(const Request& request, const Asset& asset,
                        std::vector<std::pair<std::string, std::string>> headers) {
  Response response;
  response.headers = std::move(headers);
  response.headers.emplace_back("ETag", asset.etag);
  if (names_etag(request.header("if-none-match"), asset.etag)) {
    response.status = 304;
    return response;
  }
  response.headers.emplace_back("Content-Type", asset.content_type);
  response.body = asset.body;
  return response;
}

}  // namespace svar::net
