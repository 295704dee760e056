// The widget's own files, and the demo pages that show it.
#pragma once

#include <filesystem>

#include "bot/service/turn/conversations.h"
#include "connectors/net/asset_folder.h"
#include "connectors/net/http.h"

namespace svar::webchat {

class Pages {
 public:
  // Reads widget.js of the web folder, and the demo folder; what is missing is not served. `release` names the
  // municipalities of the demo pages.
  Pages(const std::filesystem::path& web_folder, const std::filesystem::path& demo_folder,
        service::Conversations::ReleaseSource release);

  // This object outlives the router.
  void mount(net::Router& router) const;

 private:
  void mount_widget(net::Router& router) const;
  void mount_demo(net::Router& router) const;
  net::Response index() const;
  net::Response page(const SiteId& site) const;

  net::Asset widget_;       // no body when it was not built
  net::Asset description_;  // widget.json
  net::AssetFolder demo_;
  service::Conversations::ReleaseSource release_;
};

}  // namespace svar::webchat
