#include "connectors/webchat/frames.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <nlohmann/json.hpp>

#include "connectors/webchat/frame_writer.h"

namespace svar::webchat {

namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr int kDepthMax = 16;
constexpr std::size_t kIdBytesMax = 64;
constexpr std::size_t kTextBytesMax = 64 * 1024;  // a frame's; the service counts code points
constexpr std::size_t kPostedFramesMax = 40;

// Before parsing: copying or printing a deep value overflows the stack.
bool too_deep(std::string_view text) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '[' || c == '{') {
      if (++depth > kDepthMax) return true;
    } else if (c == ']' || c == '}') {
      --depth;
    }
  }
  return false;
}

bool is_id(std::string_view id) {
  return !id.empty() && id.size() <= kIdBytesMax && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view{"._:-"}.find(c) != std::string_view::npos;
  });
}

// Reads the fields of one object; after the first fault everything else is void and `fault` names it.
class Fields {
 public:
  Fields(const json& object, std::string prefix, std::initializer_list<std::string_view> known)
      : object_(object), prefix_(std::move(prefix)) {
    if (!object.is_object()) {
      fail("");
      return;
    }
    for (const auto& [key, value] : object.items()) {
      if (std::find(known.begin(), known.end(), key) == known.end()) {
        fail(std::string_view{key}.substr(0, kIdBytesMax));
      }
    }
  }

  const std::optional<std::string>& fault() const { return fault_; }

  const json* optional(std::string_view name) {
    if (fault_) return nullptr;
    const auto found = object_.find(std::string{name});
    return found == object_.end() ? nullptr : &*found;
  }

  std::string text(std::string_view name, std::size_t bytes_max) {
    const json* value = optional(name);
    if (!value) return fail(name), std::string{};
    return as_text(*value, name, bytes_max);
  }

  std::string optional_text(std::string_view name, std::size_t bytes_max) {
    const json* value = optional(name);
    return value ? as_text(*value, name, bytes_max) : std::string{};
  }

  std::string id(std::string_view name) {
    std::string value = text(name, kIdBytesMax);
    if (!fault_ && !is_id(value)) fail(name);
    return fault_ ? std::string{} : value;
  }

  std::int64_t number(std::string_view name, std::int64_t least, std::int64_t most) {
    const json* value = optional(name);
    if (!value || !value->is_number_integer()) return fail(name), 0;
    const auto given = value->is_number_unsigned() && value->get<std::uint64_t>() > INT64_MAX
                           ? INT64_MAX
                           : value->get<std::int64_t>();
    if (given < least || given > most) fail(name);
    return given;
  }

  void fail(std::string_view name) {
    if (!fault_) fault_ = prefix_ + std::string{name};
  }

 private:
  std::string as_text(const json& value, std::string_view name, std::size_t bytes_max) {
    if (!value.is_string()) return fail(name), std::string{};
    const auto& given = value.get_ref<const std::string&>();
    if (given.size() > bytes_max || given.find('\0') != std::string::npos) {
      return fail(name), std::string{};
    }
    return given;
  }

  const json& object_;
  std::string prefix_;
  std::optional<std::string> fault_;
};

std::string page_address(std::string url) {
  if (!url.starts_with("https://") && !url.starts_with("http://")) return {};
  url.resize(std::min(url.size(), url.find_first_of("?#")));
  return url.size() > 500 ? std::string{} : url;
}

std::string one_line(std::string text, std::size_t bytes_max) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  if (text.size() <= bytes_max) return text;
  while (bytes_max > 0 && (static_cast<unsigned char>(text[bytes_max]) & 0xc0) == 0x80) --bytes_max;
  text.resize(bytes_max);
  return text;
}

using Decoded = std::variant<ClientFrame, BadFrame>;

Decoded finish(const Fields& fields, ClientFrame frame, ClientId id = {}) {
  if (fields.fault()) return BadFrame{*fields.fault(), std::move(id)};
  return frame;
}

Decoded decode_hello(const json& object) {
  Fields fields{object, "", {"type", "site", "language", "page", "resume", "incidents"}};
  HelloFrame hello;
  hello.site = SiteId{fields.id("site")};
  if (fields.optional("language")) {
    hello.language = language_from_code(fields.text("language", kIdBytesMax));
    if (!hello.language) fields.fail("language");
  }
  hello.incidents = fields.optional_text("incidents", kIdBytesMax);
  if (const json* page = fields.optional("page")) {
    Fields inner{*page, "page.", {"url", "title"}};
    hello.page_url = page_address(inner.optional_text("url", 8 * 1024));
    hello.page_title = one_line(inner.optional_text("title", 8 * 1024), 200);
    if (inner.fault()) return BadFrame{*inner.fault(), {}};
  }
  if (const json* resume = fields.optional("resume")) {
    if (resume->is_object() && resume->contains("code")) {
      Fields inner{*resume, "resume.", {"code"}};
      hello.resume = ResumeByCode{inner.text("code", 64)};
      if (inner.fault()) return BadFrame{*inner.fault(), {}};
    } else {
      Fields inner{*resume, "resume.", {"conversation", "token", "after"}};
      ResumeByToken by{inner.text("conversation", 128), inner.text("token", 128), Seq{0}};
      if (inner.optional("after")) by.after = Seq{inner.number("after", 0, INT64_MAX)};
      if (inner.fault()) return BadFrame{*inner.fault(), {}};
      hello.resume = std::move(by);
    }
  }
  return finish(fields, std::move(hello));
}

template <class Frame>
Decoded decode_plain(const json& object) {
  Fields fields{object, "", {"type", "id"}};
  ClientId id{fields.id("id")};
  return finish(fields, Frame{id}, id);
}

Decoded decode_say(const json& object) {
  Fields fields{object, "", {"type", "id", "text"}};
  SayFrame say{{fields.id("id")}, fields.text("text", kTextBytesMax)};
  ClientId id = say.id;
  return finish(fields, std::move(say), std::move(id));
}

Decoded decode_choose(const json& object) {
  Fields fields{object, "", {"type", "id", "choice"}};
  ChooseFrame choose{{fields.id("id")}, fields.text("choice", 256)};
  ClientId id = choose.id;
  return finish(fields, std::move(choose), std::move(id));
}

Decoded decode_rate(const json& object) {
  Fields fields{object, "", {"type", "id", "score", "text"}};
  RateFrame rate;
  rate.id = ClientId{fields.id("id")};
  rate.score = static_cast<int>(fields.number("score", 1, 5));
  rate.text = fields.optional_text("text", kTextBytesMax);
  ClientId id = rate.id;
  return finish(fields, std::move(rate), std::move(id));
}

Decoded decode_seen(const json& object) {
  Fields fields{object, "", {"type", "seq"}};
  return finish(fields, SeenFrame{Seq{fields.number("seq", 0, INT64_MAX)}});
}

// `id` is what a ping or a typing may carry and nobody reads: none.
template <class Frame>
Decoded decode_bare(const json& object) {
  return finish(Fields{object, "", {"type"}}, Frame{});
}

// One "…" without escapes off the front of `rest`, and the byte behind it; nothing when it is not as plain as that.
std::optional<std::string_view> take_plain(std::string_view& rest, char behind) {
  if (rest.empty() || rest.front() != '"') return std::nullopt;
  const std::size_t end = rest.find('"', 1);
  if (end == std::string_view::npos || end + 1 >= rest.size() || rest[end + 1] != behind) return std::nullopt;
  const std::string_view text = rest.substr(1, end - 1);
  if (!is_plain_json_text(text)) return std::nullopt;
  rest.remove_prefix(end + 2);
  return text;
}

// What nearly every citizen's frame looks like, read without a document; anything else is left to the parser.
std::optional<SayFrame> plain_say(std::string_view frame) {
  static constexpr std::string_view kBegin = R"({"type":"say","id":)";
  static constexpr std::string_view kText = R"("text":)";
  if (!frame.starts_with(kBegin)) return std::nullopt;
  frame.remove_prefix(kBegin.size());
  const auto id = take_plain(frame, ',');
  if (!id || !is_id(*id) || !frame.starts_with(kText)) return std::nullopt;
  frame.remove_prefix(kText.size());
  const auto text = take_plain(frame, '}');
  if (!text || !frame.empty() || text->size() > kTextBytesMax) return std::nullopt;
  return SayFrame{{std::string{*id}}, std::string{*text}};
}

using Decoder = Decoded (*)(const json&);
constexpr std::array<std::pair<std::string_view, Decoder>, 12> kDecoders = {{
    {"hello", decode_hello},
    {"say", decode_say},
    {"choose", decode_choose},
    {"human", decode_plain<HumanFrame>},
    {"bot", decode_plain<BotFrame>},
    {"rate", decode_rate},
    {"typing", decode_bare<TypingFrame>},
    {"seen", decode_seen},
    {"close", decode_plain<CloseFrame>},
    {"delete", decode_plain<DeleteFrame>},
    {"code", decode_plain<CodeFrame>},
    {"ping", decode_bare<PingFrame>},
}};

std::optional<json> parse(std::string_view text) {
  if (too_deep(text)) return std::nullopt;
  json parsed = json::parse(text.begin(), text.end(), nullptr, false);
  if (parsed.is_discarded()) return std::nullopt;
  return parsed;
}

std::string dumped(const ordered_json& frame) {
  return frame.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace

Decoded decode_frame(std::string_view text) {
  if (text == R"({"type":"ping"})") return ClientFrame{PingFrame{}};  // most frames of a quiet night
  if (auto say = plain_say(text)) return ClientFrame{std::move(*say)};
  const auto parsed = parse(text);
  if (!parsed || !parsed->is_object()) return BadFrame{};
  const auto type = parsed->find("type");
  if (type == parsed->end() || !type->is_string()) return BadFrame{"type", {}};
  const auto& name = type->get_ref<const std::string&>();
  for (const auto& [known, decode] : kDecoders) {
    if (known == name) return decode(*parsed);
  }
  return BadFrame{"type", {}};
}

std::variant<std::vector<std::string>, BadFrame> decode_posted(std::string_view body) {
  const auto parsed = parse(body);
  if (!parsed || !parsed->is_object()) return BadFrame{};
  Fields fields{*parsed, "", {"frames"}};
  const json* frames = fields.optional("frames");
  if (!frames || !frames->is_array() || frames->empty() || frames->size() > kPostedFramesMax) {
    return BadFrame{fields.fault().value_or("frames"), {}};
  }
  std::vector<std::string> cut;
  for (const json& frame : *frames) cut.push_back(frame.dump());
  return cut;
}

std::string encode(const Welcome& welcome) {
  FrameWriter frame{"welcome"};
  frame.text("conversation", welcome.conversation);
  frame.text("token", welcome.token);
  frame.number("seq", welcome.seq.value);
  frame.text("language", code(welcome.language));
  frame.text("owner", welcome.owner);
  frame.object("site", [&] {
    frame.text("id", welcome.site);
    frame.text("name", welcome.site_name);
    if (!welcome.site_colour.empty()) frame.text("colour", welcome.site_colour);
  });
  frame.object("notice", [&] {
    frame.text("version", welcome.notice_version);
    frame.text("text", welcome.notice_text);
    frame.text("controller", welcome.notice_controller);
    frame.number("days", welcome.notice_days);
  });
  frame.text("agents", welcome.agents_open ? "open" : "closed");
  if (!welcome.agents_open && welcome.opens) frame.text("opens", iso_time(*welcome.opens));
  return frame.take();
}

std::string encode(const ErrorFrame& error) {
  ordered_json frame = {{"type", "error"}};
  if (!error.id.empty()) frame["id"] = error.id.value;
  frame["code"] = error.code;
  frame["text"] = error.text;
  if (!error.field.empty()) frame["field"] = error.field;
  if (error.retry_after_ms > 0) frame["retry_after_ms"] = error.retry_after_ms;
  return dumped(frame);
}

std::string encode_ack(const ClientId& id, Seq seq, const std::string& text) {
  FrameWriter frame{"ack"};
  frame.text("id", id.value);
  frame.number("seq", seq.value);
  if (!text.empty()) frame.text("text", text);
  return frame.take();
}

std::string encode_code(const ClientId& id, const std::string& code, Time expires) {
  return dumped({{"type", "code"}, {"id", id.value}, {"code", code}, {"expires", iso_time(expires)}});
}

std::string encode_place(const service::QueuePlace& place) {
  ordered_json frame = {{"type", "place"}, {"waiting", place.waiting}, {"minutes", nullptr}};
  if (place.minutes) frame["minutes"] = {place.minutes->first, place.minutes->second};
  return dumped(frame);
}

std::string_view typing_frame() { return R"({"type":"typing","from":"agent"})"; }
std::string_view pong_frame() { return R"({"type":"pong"})"; }

std::string encode_posted(const std::vector<std::string>& frames, int close) {
  std::string body = R"({"frames":[)";
  for (const std::string& frame : frames) {
    if (body.back() == '}') body += ',';
    body += frame;
  }
  body += ']';
  if (close != 0) body += R"(,"close":)" + std::to_string(close);
  return body + '}';
}

std::string iso_time(Time time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{time - day};
  std::string text;
  text.reserve(24);
  const auto put = [&text](int value, int digits, char before) {
    if (before != 0) text += before;
    for (int unit = digits == 4 ? 1000 : digits == 3 ? 100 : 10; unit > 0; unit /= 10) {
      text += static_cast<char>('0' + value / unit % 10);
    }
  };
  put(static_cast<int>(date.year()), 4, 0);
  put(static_cast<int>(static_cast<unsigned>(date.month())), 2, '-');
  put(static_cast<int>(static_cast<unsigned>(date.day())), 2, '-');
  put(static_cast<int>(clock.hours().count()), 2, 'T');
  put(static_cast<int>(clock.minutes().count()), 2, ':');
  put(static_cast<int>(clock.seconds().count()), 2, ':');
  put(static_cast<int>(clock.subseconds().count()), 3, '.');
  return text += 'Z';
}

}  // namespace svar::webchat
