#include "connectors/graph/page_events.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "connectors/graph/json_reading.h"
#include "connectors/graph/tokens.h"
#include "connectors/graph/unknown_events.h"

namespace svar::graph {
namespace {

using nlohmann::json;
using service::Incoming;
using service::Rank;

constexpr std::string_view kTestEntry = "0";

// As events name what is no text.
std::string kind_of(const json& attachments) {
  static constexpr std::array<std::string_view, 7> kKnown{"image",   "audio",    "video",  "file",
                                                          "sticker", "location", "contact"};
  std::string kind = "other";
  for (const auto& attachment : attachments) {
    const json* payload = object_in(attachment, "payload");
    std::string type = text_in(attachment, "type");
    if (payload && field_in(*payload, "sticker_id")) type = "sticker";
    if (std::find(kKnown.begin(), kKnown.end(), type) == kKnown.end()) continue;
    // A sticker comes as a picture too, for those who don't know it.
    if (kind == "other" || type == "sticker") kind = type;
  }
  return kind;
}

// The name of what an event is about: its one field beside the envelope's.
std::string kind_of_event(const json& event) {
  static constexpr std::array<std::string_view, 4> kEnvelope{"sender", "recipient", "timestamp",
                                                             "hop_context"};
  for (const auto& [name, value] : event.items()) {
    if (std::find(kEnvelope.begin(), kEnvelope.end(), name) == kEnvelope.end()) return name;
  }
  return "empty";
}

class Reader {
 public:
  explicit Reader(const PageEvents& of) : of_(of) {}

  service::Decoded read(std::string_view body) {
    const json root = parse_bounded(body);
    const json* entries = array_in(root, "entry");
    if (text_in(root, "object") != of_.object || !entries) {
      decoded_.unknown.push_back(unknown_bytes("envelope", body));
    } else {
      for (const auto& entry : *entries) read_entry(entry);
    }
    return std::move(decoded_);
  }

 private:
  void read_entry(const json& entry) {
    account_ = id_in(entry, "id");
    if (account_ == kTestEntry) return keep_unknown("test", entry);
    if (!of_.account.empty() && account_ != of_.account) return keep_unknown("account", entry);
    bool any = false;
    for (const char* list : {"messaging", "standby", "changes"}) {
      const json* events = array_in(entry, list);
      if (!events) continue;
      any = true;
      for (const auto& event : *events) {
        if (std::string_view{list} == "messaging") {
          read_event(event);
        } else {
          keep_unknown(list, event);
        }
      }
    }
    if (!any) keep_unknown("entry", entry);
  }

  void read_event(const json& event) {
    const json* sender = object_in(event, "sender");
    const json* recipient = object_in(event, "recipient");
    sender_ = sender ? id_in(*sender, "id") : std::string{};
    recipient_ = recipient ? id_in(*recipient, "id") : std::string{};
    at_ = time_in(event, "timestamp");
    if (const json* message = object_in(event, "message")) return read_message(event, *message);
    if (const json* postback = object_in(event, "postback")) return read_postback(event, *postback);
    if (const json* edit = object_in(event, "message_edit")) return read_edit(event, *edit);
    if (const json* read = object_in(event, "read"))
      return read_receipt(event, *read, Rank::read, "r:");
    if (const json* delivery = object_in(event, "delivery"))
      return read_receipt(event, *delivery, Rank::delivered, "l:");
    keep_unknown(event.is_object() ? kind_of_event(event) : "event", event);
  }

  void read_message(const json& event, const json& message) {
    const std::string mid = id_in(message, "mid");
    if (mid.empty()) return keep_unknown("message", event);
    if (is_true_in(message, "is_echo")) return read_echo(event, message, mid);
    if (!by_citizen()) return keep_unknown("message", event, "m:" + mid);
    if (is_true_in(message, "is_deleted"))
      return add(sender_, "d:" + mid, Incoming::Withdrawn{"m:" + mid});
    const std::string text = text_in(message, "text");
    const json* quick_reply = object_in(message, "quick_reply");
    if (const auto key = quick_reply ? text_in(*quick_reply, "payload") : ""; !key.empty())
      return add(sender_, "m:" + mid, Incoming::Pressed{key, text});
    const json* attachments = array_in(message, "attachments");
    const std::string kind = attachments ? kind_of(*attachments) : "other";
    if (!text.empty()) {
      add(sender_, "m:" + mid, Incoming::Said{text});
      // What lies beside a text without being a picture or a file is its preview.
      if (kind != "other") add(sender_, "a:" + mid, Incoming::SentOther{kind});
      return;
    }
    if ((attachments && !attachments->empty()) || is_true_in(message, "is_unsupported"))
      return add(sender_, "m:" + mid, Incoming::SentOther{kind});
    keep_unknown("message", event, "m:" + mid);
  }

  // An echo has sender and recipient exchanged: the contact is whom the account wrote to.
  void read_echo(const json& event, const json& message, const std::string& mid) {
    if (recipient_.empty()) return keep_unknown("echo", event, "m:" + mid);
    const std::string text = text_in(message, "text");
    std::string token = token_of(text_in(message, "metadata"));
    if (token.empty() && of_.token_of_sent && !text.empty())
      token = of_.token_of_sent(recipient_, text);
    const bool by_our_app = !of_.app_id.empty() && id_in(message, "app_id") == of_.app_id;
    if (!token.empty() || by_our_app)
      return add(recipient_, "m:" + mid, Incoming::Echo{std::move(token), mid});
    if (!text.empty()) return add(recipient_, "m:" + mid, Incoming::AnsweredElsewhere{text});
    const json* attachments = array_in(message, "attachments");
    if (!attachments || attachments->empty()) return keep_unknown("echo", event, "m:" + mid);
    add(recipient_, "m:" + mid, Incoming::AnsweredElsewhere{"[" + kind_of(*attachments) + "]"});
  }

  void read_postback(const json& event, const json& postback) {
    const std::string key = text_in(postback, "payload");
    const std::string label = text_in(postback, "title");
    if (!by_citizen() || (key.empty() && label.empty())) return keep_unknown("postback", event);
    const std::string mid = id_in(postback, "mid");
    add(sender_,
        mid.empty() ? "pb:" + sender_ + ":" + std::to_string(at_.time_since_epoch().count())
                    : "m:" + mid,
        Incoming::Pressed{key, label});
  }

  void read_edit(const json& event, const json& edit) {
    const std::string mid = id_in(edit, "mid");
    const std::string text = text_in(edit, "text");
    if (!by_citizen() || mid.empty() || text.empty()) return keep_unknown("message_edit", event);
    add(sender_, "e:" + mid + ":" + id_in(edit, "num_edit"), Incoming::Edited{"m:" + mid, text});
  }

  void read_receipt(const json& event, const json& receipt, Rank rank, const std::string& prefix) {
    const Time watermark = time_in(receipt, "watermark");
    if (watermark != Time{} && by_citizen()) {
      const auto count = std::to_string(watermark.time_since_epoch().count());
      return add(sender_, prefix + sender_ + ":" + count, Incoming::ReceiptUpTo{watermark, rank});
    }
    std::vector<std::string> mids{id_in(receipt, "mid")};
    if (const json* list = array_in(receipt, "mids")) {
      for (const auto& mid : *list) mids.push_back(mid.is_string() ? mid.get<std::string>() : "");
    }
    std::erase(mids, "");
    if (mids.empty()) return keep_unknown(rank == Rank::read ? "read" : "delivery", event);
    for (const std::string& mid : mids)
      add(sender_, prefix + mid, Incoming::Receipt{mid, rank, {}});
  }

  bool by_citizen() const { return !sender_.empty() && sender_ != account_; }

  void add(std::string contact, std::string event, decltype(Incoming::what) what) {
    decoded_.incoming.push_back({std::move(contact), std::move(event), at_, std::move(what)});
  }

  void keep_unknown(std::string_view kind, const json& event, std::string id = {}) {
    decoded_.unknown.push_back(unknown_event(kind, event, std::move(id)));
  }

  const PageEvents& of_;
  service::Decoded decoded_;
  // Of the event that is being read.
  std::string account_;
  std::string sender_;
  std::string recipient_;
  Time at_{};
};

}  // namespace

service::Decoded decode_page_events(std::string_view body, const PageEvents& of) {
  return Reader{of}.read(body);
}

}  // namespace svar::graph
