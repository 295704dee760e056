// What a citizen writes, any bytes, one message a line: masked as the log would hold it, read as
// the rules see it, and answered in one dialogue. Whatever points into a message points between two
// of its code points.
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <string>

#include "bot/engine/digits.h"
#include "bot/engine/masking.h"
#include "intents/intent_matcher.h"
#include "intents/normal_text.h"
#include "kb-adapter/articles/article_index.h"
#include "kb-adapter/articles/folding.h"
#include "tests/engine/small_release.h"
#include "tests/fuzz/hold.h"

namespace svar::fuzz {
namespace {

constexpr std::string_view kHidden = "•";
constexpr std::size_t kMessagesMax = 12;

// Broken bytes as a frame's decoder would never let them through.
std::string repaired(std::string_view text) {
  std::string whole;
  while (!text.empty()) {
    const std::size_t bytes = code_point_bytes(text);
    whole += bytes == 0 ? std::string_view{"\xEF\xBF\xBD"} : text.substr(0, bytes);
    text.remove_prefix(std::max<std::size_t>(bytes, 1));
  }
  return whole;
}

bool is_border(std::string_view text, std::size_t at) {
  return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

void check_span(std::string_view text, Span span) {
  hold(span.begin <= span.end && span.end <= text.size(), "a span lies within the message", text);
  if (!is_utf8(text)) return;
  hold(is_border(text, span.begin) && is_border(text, span.end), "a span cuts no letter", text);
}

void check_spans(std::string_view text, const std::vector<Span>& spans) {
  for (const Span span : spans) check_span(text, span);
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Characters that nobody sees separate nothing: «1», a zero-width space and eleven digits are
// twelve.
std::string as_seen(std::string_view text) {
  std::string seen;
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < size;) {
    const std::int32_t begin = at;
    UChar32 c = 0;
    U8_NEXT(text.data(), at, size, c);
    const bool hidden = c >= 0 && u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
    if (!hidden)
      seen += text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(at - begin));
  }
  return seen;
}

// Eleven digits by themselves whose first four can be a day and a month: what must never be stored.
bool holds_identity_number(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::size_t end = at;
    while (end < text.size() && is_digit(text[end])) ++end;
    if (end - at == 11) {
      const int day = (text[at] - '0') * 10 + text[at + 1] - '0';
      const int month = (text[at + 2] - '0') * 10 + text[at + 3] - '0';
      if (day >= 1 && day <= 31 && month >= 1 && month <= 12) return true;
    }
    at = std::max(at, end);
  }
  return false;
}

engine::Masked masked(std::string_view text) {
  engine::Masked out = engine::mask(text);
#ifdef SVAR_PLANTED_FAULT  // reads the byte behind the text
  if (out.changed()) {
    const std::vector<char> copy(text.begin(), text.end());
    if (is_digit(copy.data()[copy.size()])) out.hidden.clear();
  }
#endif
  return out;
}

void check_masking(const std::string& text) {
  const engine::Masked once = masked(text);
  hold(once.changed() == (once.text != text), "masking says whether it changed anything", text);
  hold(is_utf8(once.text), "what is masked is UTF-8", once.text);
  hold(!holds_identity_number(as_seen(once.text)), "no identity number is left", once.text);
  std::size_t at = 0;
  std::size_t from = 0;
  const auto kept = [&](std::size_t to) {
    const std::string_view part = std::string_view(text).substr(from, to - from);
    hold(once.text.compare(at, part.size(), part) == 0, "only digits are hidden", text);
    at += part.size();
    from = to;
  };
  for (const engine::Digit& digit : engine::digits_of(text)) {
    kept(digit.begin);
    if (once.text.compare(at, kHidden.size(), kHidden) == 0) {
      at += kHidden.size();
      from = digit.end;
    }
    kept(digit.end);
  }
  kept(text.size());
  hold(at == once.text.size(), "nothing is added", text);
  hold(masked(once.text).text == once.text, "masking again changes nothing", once.text);
}

void check_normalised(std::string_view text) {
  const intents::NormalText normal = intents::normalise(text);
  hold(is_utf8(normal.text), "normalised text is UTF-8", normal.text);
  hold(!normal.text.starts_with(' ') && !normal.text.ends_with(' '), "no blank at an end",
       normal.text);
  std::size_t end = 0;
  for (const intents::Token& token : normal.tokens) {
    hold(token.begin >= end && token.begin <= token.end && token.end <= normal.text.size(),
         "tokens follow each other", normal.text);
    end = token.end;
    check_span(text, token.original);
    hold(is_utf8(intents::fold(normal.word(token))), "a fold is UTF-8", normal.word(token));
    hold(is_utf8(intents::fold_letters(normal.word(token))), "a fold is UTF-8", normal.word(token));
  }
  hold(normal.emoji.size() == normal.emoji_originals.size(), "an emoji has its place", text);
  check_spans(text, normal.emoji_originals);
}

void check_matches(std::string_view text, const intents::IntentMatcher& matcher) {
  const intents::Matches found = matcher.match(text);
  if (found.safety) check_spans(text, found.safety->matched);
  hold(found.safety.has_value() == matcher.match_safety(text).has_value(),
       "danger is seen whatever else is said", text);
  for (const auto& act : found.acts) {
    check_spans(text, act.matched);
    hold(act.share >= 0 && act.share <= 1, "a share is a share", text);
  }
  for (const auto& hit : found.hits) {
    check_spans(text, hit.matched);
    hold(hit.weight > 0 && hit.weight <= 1, "a weight is a weight", text);
  }
  check_spans(text, found.place.spans);
  hold(is_utf8(found.search_text), "what is searched is UTF-8", found.search_text);
}

void check_search(std::string_view text, const kb::ArticleIndex& index) {
  double before = 1;
  for (const kb::ArticleHit& hit : index.search(text, 5)) {
    hold(hit.article && hit.score > 0 && hit.score <= before, "hits come best first", text);
    before = hit.score;
  }
  for (const std::string& word : kb::fold_words(text, 400)) {
    hold(!word.empty() && is_utf8(word), "a folded word is UTF-8", word);
  }
}

void check_answer(const std::string& text, fakes::Citizen& citizen) {
  const engine::Reply reply = citizen.says(text);
  hold(is_utf8(reply.said.text), "an answer is UTF-8", reply.said.text);
  hold(reply.handoff || !reply.said.text.empty(), "an answer says something", text);
  hold((reply.said.outcome == Outcome::safety) == reply.said.safety.has_value(),
       "a safety text says for what", text);
  hold(reply.said.confidence >= 0 && reply.said.confidence <= 1, "0…1", text);
  check_spans(text, reply.said.because.matched);
}

void check_messages(std::string_view input) {
  static const auto release = fakes::small_release();
  fakes::Citizen citizen(input.size() % 2 == 0 ? "osteroy" : "felles");
  std::size_t count = 0;
  for (const std::string_view line : split(input, "\n")) {
    if (++count > kMessagesMax) break;
    check_normalised(line);
    check_matches(line, *release->intents);
    check_search(line, *release->articles);
    const std::string text = repaired(line);
    check_masking(text);
    check_answer(engine::mask(text).text, citizen);
  }
}

}  // namespace
}  // namespace svar::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  svar::fuzz::check_messages({reinterpret_cast<const char*>(data), size});
  return 0;
}
