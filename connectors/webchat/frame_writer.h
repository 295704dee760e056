// One frame of protocol.md, written field by field in the order it is read by people. A frame goes
// out on every turn, so it is no document tree: bot/domain/json_text.h says why.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "bot/domain/json_text.h"

namespace svar::webchat {

// Names are ours and need no escaping; values do, and get it.
class FrameWriter {
 public:
  explicit FrameWriter(std::string_view type) {
    out_.reserve(512);
    out_ += '{';
    text("type", type);
  }

  void text(std::string_view name, std::string_view value) {
    field(name);
    append_json(out_, value);
  }
  void number(std::string_view name, std::int64_t value) {
    field(name);
    append_json(out_, value);
  }
  void truth(std::string_view name) {
    field(name);
    out_ += "true";
  }

  // Calls write(item) between the brackets for each item; what it writes are the fields of one
  // object.
  template <class List, class Write>
  void objects(std::string_view name, const List& list, Write write) {
    field(name);
    out_ += '[';
    for (const auto& item : list) {
      if (out_.back() != '[') out_ += ',';
      object([&] { write(item); });
    }
    out_ += ']';
  }
  template <class List, class NumberOf>
  void numbers(std::string_view name, const List& list, NumberOf number_of) {
    field(name);
    out_ += '[';
    for (const auto& item : list) {
      if (out_.back() != '[') out_ += ',';
      append_json(out_, number_of(item));
    }
    out_ += ']';
  }
  template <class Write>
  void object(std::string_view name, Write write) {
    field(name);
    object(write);
  }

  // Ends the frame; the writer is spent.
  std::string take() {
    out_ += '}';
    return std::move(out_);
  }

 private:
  void field(std::string_view name) {
    if (out_.back() != '{') out_ += ',';
    ((out_ += '"') += name) += "\":";
  }
  template <class Write>
  void object(Write write) {
    out_ += '{';
    write();
    out_ += '}';
  }

  std::string out_;
};

}  // namespace svar::webchat
