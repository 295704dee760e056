// svarsentral ask: answers messages and says why; stores nothing. The wire of --jsonl is a public
// contract.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "bot/domain/time.h"
#include "bot/server/commands/release_loading.h"

namespace svar::server {

struct AskOptions {
  ContentChoice content;
  std::string site = "felles";
  std::string language;            // empty: the site's
  std::vector<std::string> words;  // the message; joined with blanks
  std::string now;                 // ISO 8601; empty: the present
  std::string why_not;             // a topic's id: why the message did not lead there
  bool json = false;               // one line as in --jsonl, for the one message
  bool jsonl = false;              // many messages from `in`
};

// Exit code: 0 answered, 1 the content can't be used, 2 misuse (an unknown site or topic, a line
// that is no JSON object).
int run_ask(const AskOptions& options, Time now, std::istream& in, std::ostream& out,
            std::ostream& err);

// «2026-11-24T10:00:00+01:00», «…Z», with or without seconds and fractions; no zone means UTC.
std::optional<Time> parse_time(const std::string& text);

}  // namespace svar::server
