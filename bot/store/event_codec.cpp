#include "bot/store/event_codec.h"

#include <algorithm>
#include <array>
#include <concepts>
#include <nlohmann/json.hpp>
#include <utility>

#include "bot/domain/json_text.h"
#include "bot/store/event_shape.h"

namespace svar::store {
namespace {

using Json = nlohmann::json;

template <class T>
concept Enumeration = std::is_enum_v<T>;
template <class T>
concept Identifier = requires(const T& id) {
  id.value;
  id <=> id;
};
template <class T>
concept Optional = requires(const T& value) {
  value.has_value();
};

std::optional<Language> from_code(std::string_view code, Language) {
  return language_from_code(code);
}
std::optional<Outcome> from_code(std::string_view code, Outcome) {
  return outcome_from_code(code);
}
std::optional<SafetyKind> from_code(std::string_view code, SafetyKind) {
  return safety_kind_from_code(code);
}
std::optional<HandoffReason> from_code(std::string_view code, HandoffReason) {
  return handoff_reason_from_code(code);
}
std::optional<FormStage> from_code(std::string_view code, FormStage) {
  return form_stage_from_code(code);
}
std::optional<ClosedBy> from_code(std::string_view code, ClosedBy) {
  return closed_by_from_code(code);
}

std::optional<Delay> from_code(std::string_view code, Delay) {
  return delay_from_code(code);
}
std::optional<TransferKind> from_code(std::string_view code, TransferKind) {
  return transfer_kind_from_code(code);
}
std::optional<TransferEnd> from_code(std::string_view code, TransferEnd) {
  return transfer_end_from_code(code);
}
std::optional<CloseOutcome> from_code(std::string_view code, CloseOutcome) {
  return close_outcome_from_code(code);
}

// Writes the object of one Shape. Straight into the string, because building a document first costs
// several times more, on every turn.
class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) { out_ += '{'; }
  void close() { out_ += '}'; }

  template <class T>
  void operator()(const char* name, const T& value) {
    // A default is left out, except in enums, where the default may one day be another.
    if constexpr (Optional<T>) {
      if (value.has_value()) put_field(name, *value);
    } else if constexpr (Enumeration<T>) {
      put_field(name, value);
    } else {
      if (!(value == T{})) put_field(name, value);
    }
  }

 private:
  template <class T>
  void put_field(const char* name, const T& value) {
    if (out_.back() != '{') out_ += ',';
    ((out_ += '"') += name) += "\":";
    put(value);
  }

  void put(const bool& value) { out_ += value ? "true" : "false"; }
  void put(const double& value) { append_json(out_, value); }
  void put(const std::string& value) { append_json(out_, value); }
  // Milliseconds, as everywhere in the store.
  void put(const Time& value) {
    append_json(out_, static_cast<std::int64_t>(value.time_since_epoch().count()));
  }
  template <class T>
  void put(const T& value) {
    if constexpr (std::integral<T>) {
      append_json(out_, static_cast<std::int64_t>(value));
    } else if constexpr (Enumeration<T>) {
      append_json(out_, code(value));
    } else if constexpr (Identifier<T>) {
      put(value.value);
    } else {
      Writer inner(out_);
      Shape<T>::fields(inner, value);
      inner.close();
    }
  }
  template <class T>
  void put(const std::vector<T>& list) {
    char before = '[';
    for (const T& item : list) {
      out_ += std::exchange(before, ',');
      put(item);
    }
    out_ += ']';  // never empty: that is a default
  }

  std::string& out_;
};

// Fills the members of one Shape from an object.
class Reader {
 public:
  explicit Reader(const Json& object) : object_(object) {}

  // The name of the first field that could not be read; empty when all could.
  const std::string& fault() const { return fault_; }

  template <class T>
  void operator()(const char* name, T& value) {
    const auto found = object_.find(name);
    if (found == object_.end() || found->is_null()) return;
    if (!read(*found, value) && fault_.empty()) fault_ = name;
  }

 private:
  static bool read(const Json& from, std::string& to) {
    if (!from.is_string()) return false;
    to = from.get_ref<const std::string&>();
    return true;
  }
  static bool read(const Json& from, bool& to) {
    if (!from.is_boolean()) return false;
    to = from.get<bool>();
    return true;
  }
  static bool read(const Json& from, double& to) {
    if (!from.is_number()) return false;
    to = from.get<double>();
    return true;
  }
  template <std::integral T>
  static bool read(const Json& from, T& to) {
    if (from.is_number_unsigned()) {
      const auto number = from.get<std::uint64_t>();
      if (!std::in_range<T>(number)) return false;
      to = static_cast<T>(number);
      return true;
    }
    if (!from.is_number_integer()) return false;
    const auto number = from.get<std::int64_t>();
    if (!std::in_range<T>(number)) return false;
    to = static_cast<T>(number);
    return true;
  }
  static bool read(const Json& from, Time& to) {
    std::int64_t milliseconds = 0;
    if (!read(from, milliseconds)) return false;
    to = Time{std::chrono::milliseconds{milliseconds}};
    return true;
  }
  template <Enumeration T>
  static bool read(const Json& from, T& to) {
    if (!from.is_string()) return false;
    const std::optional<T> value = from_code(from.get_ref<const std::string&>(), T{});
    if (value) to = *value;
    return value.has_value();
  }
  template <Identifier T>
  static bool read(const Json& from, T& to) {
    return read(from, to.value);
  }
  template <class T>
  static bool read(const Json& from, std::optional<T>& to) {
    return read(from, to.emplace());
  }
  template <class T>
  static bool read(const Json& from, std::vector<T>& to) {
    if (!from.is_array()) return false;
    to.reserve(from.size());
    for (const Json& item : from) {
      if (!read(item, to.emplace_back())) return false;
    }
    return true;
  }
  template <class T>
  requires requires { sizeof(Shape<T>); }
  static bool read(const Json& from, T& to) {
    if (!from.is_object()) return false;
    Reader inner(from);
    Shape<T>::fields(inner, to);
    return inner.fault().empty();
  }

  const Json& object_;
  std::string fault_;
};

template <class T>
std::string text_of(const T& event) {
  if constexpr (std::same_as<T, ConversationOpened>) {
    if (event.page_url.empty() && event.page_title.empty()) return {};
    return event.page_url + '\n' + event.page_title;
  } else if constexpr (requires { Shape<T>::text(event); }) {
    return Shape<T>::text(event);
  } else {
    return {};
  }
}

template <class T>
void put_text(T& event, std::string text) {
  if constexpr (std::same_as<T, ConversationOpened>) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    event.page_title = text.substr(std::min(end + 1, text.size()));
    text.resize(end);
    event.page_url = std::move(text);
  } else if constexpr (requires { Shape<T>::text(event); }) {
    Shape<T>::text(event) = std::move(text);
  }
}

template <class T>
Result<Event, DecodeError> decode_as(std::string_view body, std::string text) {
  T event;
  if (body != "{}") {
    const Json object = Json::parse(body.begin(), body.end(), nullptr, /*allow_exceptions=*/false);
    if (!object.is_object()) {
      return Failure{DecodeError{std::string(Shape<T>::kName) + ": its body is no JSON object"}};
    }
    Reader reader(object);
    Shape<T>::fields(reader, event);
    if (!reader.fault().empty()) {
      return Failure{
          DecodeError{std::string(Shape<T>::kName) + ": cannot read its field " + reader.fault()}};
    }
  }
  put_text(event, std::move(text));
  return Event(std::move(event));
}

using Decoder = Result<Event, DecodeError> (*)(std::string_view, std::string);
using NamedDecoder = std::pair<std::string_view, Decoder>;

template <std::size_t... index>
constexpr auto decoders_of(std::index_sequence<index...>) {
  return std::array{NamedDecoder{Shape<std::variant_alternative_t<index, Event>>::kName,
                                 &decode_as<std::variant_alternative_t<index, Event>>}...};
}
constexpr auto kDecoders = decoders_of(std::make_index_sequence<std::variant_size_v<Event>>{});

}  // namespace

EncodedEvent encode(const Event& event) {
  return std::visit(
      []<class T>(const T& held) {
        std::string body;
        Writer writer(body);
        Shape<T>::fields(writer, held);
        writer.close();
        return EncodedEvent{Shape<T>::kName, std::move(body), text_of(held)};
      },
      event);
}

Result<Event, DecodeError> decode(std::string_view name, std::string_view body, std::string text) {
  for (const auto& [known, decoder] : kDecoders) {
    if (known == name) return decoder(body, std::move(text));
  }
  return Failure{DecodeError{"unknown event " + std::string(name)}};
}

void clear_text(Event& event) {
  std::visit([](auto& held) { put_text(held, std::string()); }, event);
}

}  // namespace svar::store
