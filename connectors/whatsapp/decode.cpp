#include "connectors/whatsapp/decode.h"

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "connectors/graph/json_reading.h"
#include "connectors/graph/tokens.h"
#include "connectors/graph/unknown_events.h"

namespace svar::whatsapp {
namespace {

using graph::array_in;
using graph::field_in;
using graph::id_in;
using graph::object_in;
using graph::text_in;
using nlohmann::json;
using service::Incoming;
using service::Rank;

const json kNothing = json::object();

const json& part_of(const json& object, std::string_view name) {
  const json* part = object_in(object, name);
  return part ? *part : kNothing;
}

// What a message of this type is called where it is no text; empty for types that aren't known.
std::string_view kind_of(std::string_view type) {
  static const std::map<std::string_view, std::string_view> kKinds{
      {"image", "image"},       {"video", "video"},     {"audio", "audio"},
      {"document", "file"},     {"sticker", "sticker"}, {"location", "location"},
      {"contacts", "contact"},  {"order", "other"},     {"interactive", "other"},
      {"unsupported", "other"},
  };
  const auto found = kKinds.find(type);
  return found == kKinds.end() ? std::string_view{} : found->second;
}

// The words in a message: a text's, or a picture's caption.
std::string words_of(const json& message) {
  const std::string type = text_in(message, "type");
  if (type == "text") return text_in(part_of(message, "text"), "body");
  return text_in(part_of(message, type), "caption");
}

std::optional<Rank> rank_of(std::string_view status) {
  if (status == "sent") return Rank::sent;
  if (status == "delivered") return Rank::delivered;
  if (status == "read" || status == "played") return Rank::read;
  if (status == "failed") return Rank::failed;
  return std::nullopt;
}

std::string code_of_errors(const json& status) {
  const json* errors = array_in(status, "errors");
  if (!errors || errors->empty()) return {};
  const auto code = graph::number_in(errors->front(), "code");
  return code ? std::to_string(*code) : std::string{};
}

class Reader {
 public:
  explicit Reader(const Account& account) : account_(account) {}

  service::Decoded read(std::string_view body) {
    const json root = graph::parse_bounded(body);
    const json* entries = array_in(root, "entry");
    if (text_in(root, "object") != "whatsapp_business_account" || !entries) {
      decoded_.unknown.push_back(graph::unknown_bytes("envelope", body));
      return std::move(decoded_);
    }
    for (const auto& entry : *entries) {
      const json* changes = array_in(entry, "changes");
      if (!changes) keep_unknown("entry", entry);
      if (!changes) continue;
      for (const auto& change : *changes) read_change(change);
    }
    return std::move(decoded_);
  }

 private:
  void read_change(const json& change) {
    const std::string field = text_in(change, "field");
    const json& value = part_of(change, "value");
    const bool known = field == "messages" || field == "smb_message_echoes";
    if (!known) return keep_unknown(field.empty() ? "change" : field, value);
    if (!account_.phone_number_id.empty() &&
        id_in(part_of(value, "metadata"), "phone_number_id") != account_.phone_number_id) {
      return keep_unknown("account", value);
    }
    read_contacts(value);
    each(value, "messages", [this](const json& message) { read_message(message); });
    each(value, "statuses", [this](const json& status) { read_status(status); });
    each(value, "message_echoes", [this](const json& echo) { read_echo(echo); });
    each(value, "errors", [this](const json& error) { keep_unknown("error", error); });
  }

  template <class Read>
  void each(const json& value, std::string_view list, Read read) {
    const json* items = array_in(value, list);
    if (!items) return;
    for (const auto& item : *items) read(item);
  }

  void read_contacts(const json& value) {
    user_ids_.clear();
    first_contact_.clear();
    each(value, "contacts", [this](const json& contact) {
      const std::string number = id_in(contact, "wa_id");
      const std::string user = id_in(contact, "user_id");
      if (!number.empty() && !user.empty()) user_ids_[number] = user;
      if (first_contact_.empty()) first_contact_ = user.empty() ? number : user;
    });
  }

  std::string contact_of(const std::string& user, const std::string& number) const {
    if (!user.empty()) return user;
    if (number.empty()) return first_contact_;
    const auto found = user_ids_.find(number);
    return found == user_ids_.end() ? number : found->second;
  }

  void read_message(const json& message) {
    id_ = id_in(message, "id");
    at_ = graph::time_in(message, "timestamp");
    contact_ = contact_of(id_in(message, "from_user_id"), id_in(message, "from"));
    const std::string type = text_in(message, "type");
    if (id_.empty() || contact_.empty()) return keep_unknown("message", message);
    if (field_in(message, "group_id")) return keep_unknown("group", message, "m:" + id_);
    if (type == "button") {
      const json& button = part_of(message, "button");
      return read_press(message, text_in(button, "payload"), text_in(button, "text"));
    }
    if (type == "edit") return read_edit(message);
    if (type == "revoke") return read_revoke(message);
    if (type == "interactive" && read_choice(message)) return;
    read_words(message, type);
  }

  void read_words(const json& message, const std::string& type) {
    const std::string words = words_of(message);
    const std::string_view kind = kind_of(type);
    if (!words.empty() && (type == "text" || !kind.empty())) {
      add("m:" + id_, Incoming::Said{words});
      if (!kind.empty()) add("a:" + id_, Incoming::SentOther{std::string{kind}});
    } else if (!kind.empty()) {
      add("m:" + id_, Incoming::SentOther{std::string{kind}});
    } else {
      keep_unknown(type.empty() ? "message" : type, message, "m:" + id_);
    }
  }

  bool read_choice(const json& message) {
    const json& interactive = part_of(message, "interactive");
    const std::string type = text_in(interactive, "type");
    if (type != "button_reply" && type != "list_reply") return false;
    const json& reply = part_of(interactive, type);
    read_press(message, text_in(reply, "id"), text_in(reply, "title"));
    return true;
  }

  void read_press(const json& message, std::string key, std::string label) {
    if (key.empty() && label.empty()) return keep_unknown("button", message, "m:" + id_);
    add("m:" + id_, Incoming::Pressed{std::move(key), std::move(label)});
  }

  void read_edit(const json& message) {
    const json& edit = part_of(message, "edit");
    const std::string of = id_in(edit, "original_message_id");
    const std::string words = words_of(part_of(edit, "message"));
    if (of.empty() || words.empty()) return keep_unknown("edit", message, "m:" + id_);
    add("m:" + id_, Incoming::Edited{"m:" + of, words});
  }

  void read_revoke(const json& message) {
    const std::string of = id_in(part_of(message, "revoke"), "original_message_id");
    if (of.empty()) return keep_unknown("revoke", message, "m:" + id_);
    add("m:" + id_, Incoming::Withdrawn{"m:" + of});
  }

  void read_status(const json& status) {
    id_ = id_in(status, "id");
    at_ = graph::time_in(status, "timestamp");
    contact_ = contact_of(id_in(status, "recipient_user_id"), id_in(status, "recipient_id"));
    const std::string name = text_in(status, "status");
    const auto rank = rank_of(name);
    if (text_in(status, "recipient_type") == "group") return keep_unknown("group", status);
    if (id_.empty() || !rank) return keep_unknown("status", status);
    const std::string token = graph::token_of(text_in(status, "biz_opaque_callback_data"));
    if (!token.empty()) add("t:" + id_ + ":" + name, Incoming::Echo{token, id_});
    add("s:" + id_ + ":" + name, Incoming::Receipt{id_, *rank, code_of_errors(status)});
  }

  // Somebody answered in the business app on a telephone that shares the number.
  void read_echo(const json& echo) {
    id_ = id_in(echo, "id");
    at_ = graph::time_in(echo, "timestamp");
    contact_ = contact_of(id_in(echo, "to_user_id"), id_in(echo, "to"));
    const std::string type = text_in(echo, "type");
    const std::string words = words_of(echo);
    const std::string_view kind = kind_of(type);
    if (id_.empty() || contact_.empty() || (words.empty() && kind.empty()))
      return keep_unknown("echo", echo);
    add("m:" + id_,
        Incoming::AnsweredElsewhere{words.empty() ? "[" + std::string{kind} + "]" : words});
  }

  void add(std::string event, decltype(Incoming::what) what) {
    decoded_.incoming.push_back({contact_, std::move(event), at_, std::move(what)});
  }

  void keep_unknown(std::string_view kind, const json& event, std::string id = {}) {
    decoded_.unknown.push_back(graph::unknown_event(kind, event, std::move(id)));
  }

  const Account& account_;
  service::Decoded decoded_;
  // Of the change that is being read: business-scoped ids by number, and whoever stands first.
  std::map<std::string, std::string> user_ids_;
  std::string first_contact_;
  // Of the event that is being read.
  std::string id_;
  std::string contact_;
  Time at_{};
};

}  // namespace

service::Decoded decode(std::string_view body, const Account& account) {
  return Reader{account}.read(body);
}

}  // namespace svar::whatsapp
