// The webhook events of Messenger and Instagram, which have one shape and differ in details.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "bot/service/delivery/incoming.h"

namespace svar::graph {

struct PageEvents {
  std::string_view object;  // of the envelope: "page", "instagram"
  // The page or Instagram account that is ours. What is for another is kept as unknown: it belongs
  // to another municipality. Empty: any.
  std::string account;
  // Our app: echoes that it caused are ours, whatever they hold. Empty: not known.
  std::string app_id;
  // The token under which we sent this text to this contact, empty when we did not; for platforms
  // whose echoes don't say who sent them. May be unset.
  std::function<std::string(const std::string& contact, const std::string& text)> token_of_sent;
};

// Any bytes: never throws. In the order of the envelope. Event ids: «m:<mid>» a message or button,
// «a:<mid>» what was attached to a text, «e:<mid>:<number>» an edit, «d:<mid>» taken back,
// «pb:<contact>:<time>» a button of an older version, «r:…» and «l:…» receipts. While another app
// has the thread (standby), and in the dashboard's test, nothing is taken for a citizen's word.
service::Decoded decode_page_events(std::string_view body, const PageEvents& of);

}  // namespace svar::graph
