// Rows of the log as a disk may give them back. A line is one row: its name, body and text with
// tabs between (a vertical tab in the text stands for a line feed). What decodes encodes to what
// decodes to the same; a log of whatever decoded folds; and every event can be shown to the
// citizen.
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "bot/domain/conversation.h"
#include "bot/store/event_codec.h"
#include "connectors/webchat/event_frames.h"
#include "tests/engine/scripted_answering.h"
#include "tests/fuzz/hold.h"

namespace svar::fuzz {
namespace {

constexpr std::size_t kRowsMax = 64;
constexpr std::size_t kFaultBytesMax = 200;

struct Row {
  std::string name, body, text;
  bool operator==(const Row&) const = default;
};

Row row_of(std::string_view line) {
  const auto parts = split(line, "\t");
  Row row{std::string{parts[0]}, "{}", {}};
  if (parts.size() > 1) row.body = parts[1];
  if (parts.size() > 2) row.text = parts[2];
  for (char& c : row.text) c = c == '\v' ? '\n' : c;
  return row;
}

Row written(Event event) {
#ifdef SVAR_PLANTED_FAULT  // a codec that forgets what is not confirmed
  if (auto* said = std::get_if<BotReplied>(&event)) {
    for (Link& link : said->links) link.sample = false;
  }
#endif
  const store::EncodedEvent encoded = store::encode(event);
  return {std::string{encoded.name}, encoded.body, encoded.text};
}

Result<Event, store::DecodeError> read(const Row& row) {
  return store::decode(row.name, row.body, row.text);
}

void check_stable(const Event& event) {
  const Row row = written(event);
  const auto again = read(row);
  hold(again.has_value(), "what was encoded decodes", row.body);
  hold(*again == event, "what was encoded decodes to the same", row.body);
  hold(written(*again) == row, "the same event is always spelled alike", row.body);
  hold(nlohmann::json::accept(row.body), "a body is JSON", row.body);
  hold(row.body.find('\n') == std::string::npos, "a body is one line", row.body);
}

void check_cleared(Event event) {
  store::clear_text(event);
  hold(written(std::move(event)).text.empty(), "a cleared event has no text");
}

// The socket's other end ends the connection at the first frame that is not UTF-8.
void check_shown(const Recorded& recorded) {
  static const engine::Release release = fakes::scripted_release();
  const auto shown = webchat::show(recorded, release);
  if (!shown) return;
  hold(is_utf8(shown->frame), "a frame is UTF-8", shown->frame);
  hold(nlohmann::json::accept(shown->frame), "a frame is JSON", shown->frame);
  hold(shown->seq == recorded.seq, "a frame keeps its event's number");
}

void check_rows(std::string_view input) {
  const Time start{std::chrono::milliseconds{1'795'518'000'000}};
  Conversation state;
  std::vector<Recorded> log;
  for (const std::string_view line : split(input, "\n")) {
    if (log.size() == kRowsMax) break;
    const Row row = row_of(line);
    auto event = read(row);
    if (!event) {
      hold(!event.error().what.empty(), "a refusal says why", row.body);
      hold(row.name.size() > kFaultBytesMax || event.error().what.size() <= kFaultBytesMax * 2,
           "a refusal names a field, not a value", event.error().what);
      continue;
    }
    check_stable(*event);
    check_cleared(*event);
    log.push_back({Seq{state.last_seq.value + 1}, start, std::move(*event)});
    check_shown(log.back());
    evolve(state, log.back());
    hold((state.owner == Owner::agent) == state.agent.has_value(), "an agent owns or is absent");
    hold(!state.answer_due || state.owner == Owner::bot, "only the bot owes an answer");
  }
  Conversation folded;
  for (const Recorded& recorded : log) evolve(folded, recorded);
  hold(folded == state, "a log folds to one state");
}

}  // namespace
}  // namespace svar::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  svar::fuzz::check_rows({reinterpret_cast<const char*>(data), size});
  return 0;
}
