// A folder of built files, kept in memory and served with ETag. For the widget, the console and their like.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "bot/domain/result.h"
#include "connectors/net/http.h"

namespace svar::net {

struct Asset {
  std::string body;
  std::string content_type;  // from the file's ending
  std::string etag;          // with its quotes; of the content
  std::string sha384;        // base64, for Subresource Integrity: «sha384-<this>»
};

struct AssetError {
  std::string what;
};

class AssetFolder {
 public:
  // Reads every regular file below `folder`; names that begin with a dot are left out. Blocks; at most 64 MB in all.
  static Result<AssetFolder, AssetError> load(const std::filesystem::path& folder);

  // By path within the folder, «assets/main.js»; null when there is none. Lives as long as this object.
  const Asset* find(std::string_view name) const;
  const std::map<std::string, Asset, std::less<>>& all() const { return assets_; }

  // GET <prefix><name> for every file, e.g. prefix «/desk/». `headers` names Cache-Control and what else a file of that
  // name needs (Content-Security-Policy for pages). This object must outlive the router.
  using Headers =
      std::function<std::vector<std::pair<std::string, std::string>>(std::string_view name)>;
  void mount(Router& router, const std::string& prefix, const Headers& headers) const;

 private:
  std::map<std::string, Asset, std::less<>> assets_;
};

// 200 with the asset, or 304 when the client's If-None-Match names it.
Response asset_response(const Request& request, const Asset& asset,
                        std::vector<std::pair<std::string, std::string>> headers);

// An asset from text that was made at run time.
Asset make_asset(std::string_view name, std::string body);

}  // namespace svar::net
